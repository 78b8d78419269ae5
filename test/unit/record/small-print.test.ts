import { describe, expect, it } from "vitest";
import { applyStops } from "../../../lib/application/record/apply-stops.ts";
import { printPath, printValue } from "../../../lib/application/record/print-value.ts";
import { readStops } from "../../../lib/application/record/read-stops.ts";
import { isLargerThan } from "../../../lib/application/record/record-size.ts";
import { renderCampaignRecord } from "../../../lib/application/record/render-campaign-record.ts";
import { isSameText, typedText } from "../../../lib/application/record/same-text.ts";
import { at } from "../../support/layers.ts";
import { campaignOf, problemsOf, RECORD, recordWith } from "./records.ts";

describe("a campaign that is rendered", () => {
  it("holds nothing that is not needed", () => {
    const record = renderCampaignRecord(campaignOf(RECORD));

    expect(record).toStrictEqual({
      storeId: "1003",
      campaignId: "black-friday-2026",
      name: "Black Friday for everyone",
      start: "2026-11-27T00:00",
      coupons: [{ couponId: "162428889", applicationLimit: "UNLIMITED" }],
      priority: 0,
      onManualEdit: "yield",
      enabled: true,
    });
  });

  it("holds all that was typed, instants in UTC", () => {
    const typed = {
      start: "2026-11-27T10:00+02:00",
      end: "2026-11-28T00:00Z",
      timeZone: "Europe/Paris",
      except: ["2026-11-27"],
      ignoreFreeze: "agreed",
      coupons: [],
      promotions: [
        { promotionId: 1, addGroups: [1], removeGroups: [2] },
        { promotionId: 2, addGroups: [1] },
        { promotionId: 3, removeGroups: [1] },
        { promotionId: 4, setGroups: [1] },
      ],
      priority: 5,
      onManualEdit: "enforce",
      override: { state: "off", until: "2026-11-27T12:00:30Z", reason: "r", by: "ana" },
      enabled: false,
      note: "n",
    };
    const campaign = campaignOf(recordWith(typed));

    const record = renderCampaignRecord(campaign);

    const { coupons: _none, ...rest } = typed;
    expect(record).toStrictEqual({
      ...rest,
      storeId: "1003",
      campaignId: "black-friday-2026",
      name: "Black Friday for everyone",
      start: "2026-11-27T08:00:00Z",
      end: "2026-11-28T00:00:00Z",
      promotions: typed.promotions.map((promotion) => ({ ...promotion, promotionId: String(promotion.promotionId) })),
    });
  });

  it("is read again as the same campaign, to the letter", () => {
    const changes = [
      { repeat: "FREQ=DAILY", end: "2026-11-27T02:00" },
      { coupons: [{ couponId: 1, applicationLimit: "UNLIMITED", afterwards: "NEW_CUSTOMER_ONLY" }] },
      { override: { state: "on", until: "2026-11-27T12:00Z", reason: "r" } },
    ];
    for (const each of changes) {
      const campaign = campaignOf(recordWith(each));

      expect(campaignOf(renderCampaignRecord(campaign))).toStrictEqual(campaign);
      expect(renderCampaignRecord(campaign)).not.toHaveProperty("promotions");
    }
  });
});

describe("a value that a person is shown", () => {
  it.each([
    ["text", '"text"'],
    [null, "null"],
    [undefined, "undefined"],
    [true, "true"],
    [[], "an empty list"],
    [[1, 2], "a list of 2"],
    [new Set([1]), "a set of 1"],
    [5, "5"],
    [-0.5, "-0.5"],
    [10n, "10"],
    [10n ** 29n, `1${"0".repeat(29)}`],
    [10n ** 30n, `1${"0".repeat(29)}…`],
    [{ a: 1 }, "an object"],
    [() => 1, "a function"],
    [Symbol("s"), "a symbol"],
  ])("is short, and what it is: %o", (value, shown) => {
    const text = printValue(value);

    expect(text).toBe(shown);
  });

  it.each([
    [["coupons", 0, "couponId"], "coupons[0].couponId"],
    [["a b"], '["a b"]'],
    [["ok", "a.b"], 'ok["a.b"]'],
    [["_under-score1"], "_under-score1"],
    [["1st"], '["1st"]'],
    [["n".repeat(60)], "n".repeat(60)],
    [[], ""],
  ])("has its place written as people write it: %j", (path, expected) => {
    const text = printPath(path);

    expect(text).toBe(expected);
  });

  it("has a name that is too long for the line quoted instead", () => {
    expect(printPath(["n".repeat(61)])).toMatch(/^\["n+/);
  });
});

describe("the size of a record", () => {
  it.each([
    ["ab", 4],
    ['a"b', 6],
    ["é", 4],
    ["日", 5],
    [12.5, 4],
    [true, 4],
    [null, 4],
    [[], 2],
    [{}, 2],
    [[1, 2], 5],
    [{ a: 1 }, 7],
    [{ a: [1], b: "x" }, 17],
  ])("is what it takes as JSON: %j", (value, bytes) => {
    const sizes = [bytes - 1, bytes].map((limit) => isLargerThan(value, limit));

    expect(Buffer.byteLength(JSON.stringify(value))).toBe(bytes);
    expect(sizes).toEqual([true, false]);
  });

  it("counts nothing of what JSON has no word for", () => {
    expect(isLargerThan(Symbol("s"), 0)).toBe(false);
  });
});

describe("what a broken record stops, in its small print", () => {
  const LAST_GOOD = campaignOf(
    recordWith({
      promotions: [
        { promotionId: 5, addGroups: [1] },
        { promotionId: 6, addGroups: [1] },
      ],
    }),
  );

  it("leaves the promotions that are still in its list", () => {
    const stops = readStops({ ...RECORD, promotions: [{ promotionId: 6 }] });

    const left = applyStops(LAST_GOOD, stops);

    expect(left.promotions.map(({ promotionId }) => promotionId)).toEqual(["6"]);
    expect(left.coupons).toEqual(LAST_GOOD.coupons);
    expect(left.enabled).toBe(true);
    expect(left).not.toHaveProperty("override");
  });

  it.each([[[null]], [["x"]], [[[5]]]])("stops none where a list holds what is no entry: %j", (promotions) => {
    const stops = readStops({ ...RECORD, promotions });

    expect(stops.promotionsLeft).toBeUndefined();
  });

  it("leaves a version that is disabled so, with what else it stops", () => {
    const left = applyStops({ ...LAST_GOOD, enabled: false }, readStops({ ...RECORD, promotions: [] }));

    expect(left.enabled).toBe(false);
    expect(left.promotions).toEqual([]);
  });

  it("keeps who holds it off where that can be read, and nobody where it cannot", () => {
    const until = "2026-11-28T12:00Z";
    const [known, unknown] = ["ana", 5].map((by) => readStops({ override: { state: "off", until, reason: "r", by } }).overrideOff);

    expect(known).toStrictEqual({ state: "off", until: at("2026-11-28T12:00"), reason: "r", by: "ana" });
    expect(unknown).toStrictEqual({ state: "off", until: at("2026-11-28T12:00"), reason: "r" });
  });

  it.each([
    [{ timeZone: 5 }, "Europe/Paris", at("2026-11-28T11:00")],
    [{ timeZone: "nowhere" }, "Europe/Paris", at("2026-11-28T11:00")],
    [{}, undefined, undefined],
  ])("places a local end by a zone that is one: %j", (typed, fallback, until) => {
    const stops = readStops({ ...typed, override: { state: "off", until: "2026-11-28T12:00", reason: "r" } }, fallback);

    expect(stops.overrideOff?.until).toBe(until);
  });

  it.each([null, "text", []])("is nothing where there is no record: %j", (item) => {
    expect(readStops(item)).toStrictEqual({ disabled: false });
  });
});

describe("problems that no single field shows, in their small print", () => {
  const LOCAL_OVERRIDE = { state: "off", until: "2026-11-28T12:00", reason: "r" };

  function places(changes: Readonly<Record<string, unknown>>, zone?: string): readonly string[] {
    return problemsOf(recordWith(changes), zone).map(({ path }) => path);
  }

  it.each([
    ["start", { start: "soon", repeat: "FREQ=NEVER", except: ["2026-12-25"] }, ["start", "repeat"]],
    ["end", { end: "soon", repeat: "FREQ=NEVER" }, ["end", "repeat"]],
    ["start, beside an end long past", { start: "soon", end: "2025-12-01T00:00" }, ["start"]],
    ["end, beside a rule that needs one", { end: "soon", repeat: "FREQ=DAILY" }, ["end"]],
    ["an entry of promotions that is none", { promotions: [null] }, ["promotions[0]"]],
    ["nothing", { repeat: "FREQ=NEVER" }, ["repeat"]],
    ["start alone, with a rule that is good", { start: "soon", repeat: "FREQ=DAILY" }, ["start"]],
    ["start alone, with no rule", { start: "soon" }, ["start"]],
    ["another field, beside an end before the start", { name: "", end: "2026-11-26T00:00" }, ["name", "end"]],
    ["an end before the start alone", { end: "2026-11-26T00:00" }, ["end"]],
    ["end, beside a rule that never selects a date", { end: "soon", repeat: "FREQ=DAILY;UNTIL=20200101" }, ["end"]],
    ["a zone, beside an override with a local end", { timeZone: "nowhere", override: LOCAL_OVERRIDE }, ["timeZone"]],
    ["start, beside an override with a local end", { start: "soon", override: LOCAL_OVERRIDE }, ["start"]],
    ["a promotion that is a text", { promotions: ["608502"] }, ["promotions[0]"]],
    [
      "a group that is none, in both lists",
      { promotions: [{ promotionId: 5, addGroups: ["VIP"], removeGroups: ["VIP"] }] },
      ["promotions[0].addGroups[0]", "promotions[0].removeGroups[0]"],
    ],
    ["a start that is a list of one", { start: ["2026-11-27T24:00"] }, ["start"]],
    ["a zone, beside an end before the start", { timeZone: "nowhere", end: "2026-11-26T00:00" }, ["timeZone", "end"]],
  ])("are found where what is broken is %s", (_what, changes, expected) => {
    const found = places(changes, "UTC");

    expect(found.toSorted()).toEqual([...expected].toSorted());
  });

  it("are not looked for where it takes a zone that nobody knows", () => {
    expect(places({ end: "2026-11-26T00:00Z" })).toEqual([]);
    expect(places({ end: "2026-11-26T00:00" })).toEqual(["end"]);
    expect(places({ start: "2026-11-27T00:00Z", end: "2026-11-26T00:00Z" })).toEqual(["end"]);
  });
});

describe("targets, in their small print", () => {
  const MANY = Array.from({ length: 501 }, (_each, index) => ({ promotionId: index + 1, addGroups: [1] }));

  it.each([
    [
      { coupons: undefined, promotions: MANY },
      "promotions: the campaign changes 501 coupons and promotions; at most 500 are allowed: make two campaigns of it",
    ],
    [{ promotions: MANY }, "coupons: the campaign changes 502 coupons and promotions; at most 500 are allowed: make two campaigns of it"],
    [
      { coupons: undefined, promotions: [] },
      "promotions: the campaign changes nothing: name at least one promotion here, or one coupon in coupons",
    ],
    [{ coupons: [] }, "coupons: the campaign changes nothing: name at least one coupon here, or one promotion in promotions"],
    [
      { coupons: [], promotions: [] },
      "coupons: the campaign changes nothing: name at least one coupon here, or one promotion in promotions",
    ],
    [{ coupons: undefined }, "coupons: the campaign changes nothing: name at least one coupon here, or one promotion in promotions"],
  ])("are told where they are too many or none", (changes, problem) => {
    const found = problemsOf(recordWith(changes)).map(({ path, message }) => `${path}: ${message}`);

    expect(found).toEqual([problem]);
  });

  it("may be five hundred", () => {
    expect(problemsOf(recordWith({ promotions: MANY.slice(0, 499) }))).toEqual([]);
  });
});

describe("what people typed", () => {
  it("is the same whatever the order of its fields, and whatever its status", () => {
    const texts = [
      { b: 1, a: 2 },
      { a: 2, b: 1, status: { state: "ACTIVE" } },
    ].map((item) => typedText(item));

    expect(texts[0]).toBe('{"a":2,"b":1}');
    expect(texts[1]).toBe(texts[0]);
    expect(isSameText({ b: 1, a: 2 }, { a: 2, b: 1, status: { state: "ACTIVE" } })).toBe(true);
    expect(isSameText({ b: 1, a: 2 }, { a: 2, b: 2 })).toBe(false);
  });
});
