import { describe, expect, it } from "vitest";
import { checkRecord } from "../../../lib/application/commands/check-record.ts";
import { compareSwitches } from "../../../lib/application/commands/compare-switches.ts";
import { foretell } from "../../../lib/application/commands/foretell.ts";
import { outlooksOf } from "../../../lib/application/commands/outlooks.ts";
import { type StoreView, unseenStore, viewOfRecords, zoneOfCopy, zoneOfStore } from "../../../lib/application/commands/store-view.ts";
import { calendarName, campaignId, couponId, type TargetKey, targetKey, windowId } from "../../../lib/domain/identifiers.ts";
import type { Ledger } from "../../../lib/domain/ledger/ledger.ts";
import type { Json, JsonObject } from "../../../lib/domain/live.ts";
import { at } from "../../support/layers.ts";
import { COUPON, STORE, sale } from "../../support/world.ts";

const NOW = at("2026-11-27T09:00");
const KEY = targetKey({ kind: "coupon", id: couponId(String(COUPON)) });
const { timeZone: _named, ...UNZONED } = sale();

function view(before: Partial<StoreView>, ...records: readonly JsonObject[]): StoreView {
  const known = { ...unseenStore(STORE, "UTC"), ...before };
  return viewOfRecords(
    known,
    records.map((item) => ({ storeId: STORE, campaignId: String(item["campaignId"]), item })),
    NOW,
  );
}

function held(key: TargetKey = KEY, label?: string): StoreView["targets"][number] {
  const window = windowId(campaignId("sale"), "2026-11-27T08:00:00Z");
  const ledger: Ledger = {
    cells: { applicationLimit: { base: "NEW_CUSTOMER_ONLY", written: "UNLIMITED", window, policy: "yield", standIn: false, heldAt: NOW } },
    yielded: {},
  };
  return { target: key, ledger, attemptsBegun: 0, failuresInARow: 0, warnings: [], label };
}

describe("a record that is to be put", () => {
  it("is good as the table keys it, without its status", () => {
    const checked = checkRecord({ ...sale(), storeId: 1003, status: { state: "ACTIVE" } }, "UTC");

    expect(checked).toEqual({ ok: true, item: sale(), warnings: [] });
  });

  it("may be a calendar", () => {
    const item = { storeId: STORE, campaignId: "calendar#xmas", dates: ["2026-12-24"] };

    const checked = checkRecord(item, undefined);

    expect(checked).toEqual({ ok: true, item, warnings: [] });
  });

  it("says what will be strange about it", () => {
    const checked = checkRecord(sale({ except: ["2026-12-01"] }), "UTC");

    expect(checked).toMatchObject({ ok: true, warnings: ["except names 2026-12-01, on which no window would start anyway"] });
  });

  const PREFIX = { path: "campaignId", message: 'a calendar\'s begins with "calendar#": write "calendar#xmas"' };

  it.each([
    ["a calendar without its prefix", { storeId: STORE, campaignId: "xmas", dates: [] }, [PREFIX]],
    ["a freeze without its prefix", { storeId: STORE, campaignId: "xmas", freeze: true }, [PREFIX]],
  ])("is told what its name should be where it is %s", (_what, item, problems) => {
    const checked = checkRecord(item, "UTC");

    expect(checked).toEqual({ ok: false, problems });
  });

  it.each([
    ["has a campaign's fields too", { ...sale(), dates: [] }],
    ["has no name at all", { storeId: STORE, dates: [] }],
    ["has a name that is no text", { storeId: STORE, campaignId: 5, dates: [] }],
    ["is broken like any campaign", sale({ name: "" })],
    ["has nothing but its keys", { storeId: STORE, campaignId: "xmas" }],
    ["is no object", "text"],
    ["is nothing", null],
    ["is a list", [sale()]],
    ["is a calendar that is broken", { storeId: STORE, campaignId: "calendar#xmas", dates: "x" }],
    ["is keyed by a number that was rounded", { ...sale(), storeId: 2 ** 60 }],
  ])("is refused for what it is where it %s", (_what, item) => {
    const checked = checkRecord(item as unknown as Json, "UTC");

    expect(checked.ok).toBe(false);
    expect(JSON.stringify(checked)).not.toContain("begins with");
  });
});

describe("a store as it would run", () => {
  it("holds nothing before its records are read", () => {
    const unseen = unseenStore(STORE, "UTC");

    expect(unseen).toStrictEqual({ storeId: STORE, timeZone: "UTC", store: undefined, calendars: [], copies: [], targets: [] });
  });

  it("reads times in its own zone, then in that of a campaign", () => {
    const campaigns = view({ timeZone: undefined }, UNZONED, sale({ campaignId: "paris", timeZone: "Europe/Paris" }));

    const zones = [
      zoneOfStore(view({}, sale({ timeZone: "Europe/Paris" }))),
      zoneOfStore(campaigns),
      zoneOfStore(view({ timeZone: undefined })),
    ];

    expect(zones).toEqual(["UTC", "Europe/Paris", undefined]);
  });

  it("reads a campaign's times in its own zone, then in the store's", () => {
    const one = view({}, sale({ timeZone: "Europe/Paris" }));

    const zones = [zoneOfCopy(one.copies[0], one), zoneOfCopy(undefined, one)];

    expect(zones).toEqual(["Europe/Paris", "UTC"]);
  });

  it("leaves out records under names that are none", () => {
    const one = view({}, sale({ campaignId: "bad name" }), { storeId: STORE, campaignId: "calendar#2026", dates: [] }, sale());

    expect([one.copies.map((copy) => copy.campaignId), one.calendars]).toEqual([["sale"], []]);
  });

  it("keeps the last good version of what is broken now, and of nothing else", () => {
    const before = view({}, sale({ campaignId: "other", name: "Other" }), sale({ name: "Last good" }));

    const now = viewOfRecords(
      before,
      [sale({ name: "" }), sale({ campaignId: "new", name: "" })].map((item) => ({ storeId: STORE, campaignId: item.campaignId, item })),
      NOW,
    );

    expect(now.copies.map(({ campaign, fingerprint }) => [campaign?.name, fingerprint])).toEqual([
      ["Last good", ""],
      [undefined, ""],
    ]);
  });

  it("keeps each calendar that is broken now by its own name", () => {
    const record = (name: string, dates: unknown) => ({ storeId: STORE, campaignId: `calendar#${name}`, dates }) as JsonObject;
    const before = view({}, record("a", ["2026-12-24"]), record("b", ["2026-12-25"]));

    const now = view(before, record("b", "broken"));

    expect(now.calendars).toEqual([before.calendars[1]]);
  });

  it("asks nothing of any target by records that never were good, or that wait for a zone", () => {
    const outlooks = [view({}, sale({ name: "" })), view({ timeZone: undefined }, UNZONED)].map((each) => outlooksOf(each, NOW, "as held"));

    expect(outlooks).toEqual([[], []]);
  });

  it("keeps the last good calendar where its record is broken, and none where there was none", () => {
    const good = view({}, { storeId: STORE, campaignId: "calendar#xmas", dates: ["2026-12-24"], freeze: true });
    const broken = { storeId: STORE, campaignId: "calendar#xmas", dates: "x" };

    const kept = [view(good, broken), view({}, broken)].map(({ calendars }) => calendars);

    expect(kept).toEqual([good.calendars, []]);
    expect(good.calendars).toMatchObject([
      { name: calendarName("xmas"), freezes: [{ from: at("2026-12-24T00:00"), since: NOW }], problems: [], compiledAt: NOW },
    ]);
  });

  it.each([
    ["its own zone", { timeZone: "Asia/Tokyo" }, "Europe/Paris", at("2026-12-23T15:00")],
    ["the store's", {}, "Europe/Paris", at("2026-12-23T23:00")],
    ["UTC where that is not known", {}, undefined, at("2026-12-24T00:00")],
  ])("freezes a calendar's days in %s", (_zone, changes, timeZone, from) => {
    const { calendars } = view(
      { timeZone },
      { storeId: STORE, campaignId: "calendar#xmas", dates: ["2026-12-24"], freeze: true, ...changes },
    );

    expect(calendars[0]?.freezes[0]?.from).toBe(from);
  });

  it("keeps since when days are frozen", () => {
    const record = { storeId: STORE, campaignId: "calendar#xmas", dates: ["2026-12-24"], freeze: true };
    const before = view({}, record);

    const later = viewOfRecords(before, [{ storeId: STORE, campaignId: "calendar#xmas", item: record }], at("2026-12-24T12:00"));

    expect(later.calendars[0]?.freezes).toEqual(before.calendars[0]?.freezes);
  });
});

describe("the outlooks of a store", () => {
  const one = view(
    { targets: [held(KEY, "coupon SPRING"), held("coupon#5" as TargetKey), held("nonsense" as TargetKey)] },
    sale(),
    sale({ campaignId: "other" }),
  );

  it("are those of every target that a campaign names or that is held, in order", () => {
    const outlooks = outlooksOf(one, NOW, "as held");

    expect(outlooks.map(({ key, label, timeZone, outlook }) => [key, label, timeZone, outlook.layers.length, outlook.from])).toEqual([
      [KEY, "coupon SPRING", "UTC", 2, NOW],
      ["coupon#5", undefined, "UTC", 0, NOW],
    ]);
    expect(outlooks[0]?.outlook.ledger).toEqual(held().ledger);
  });

  it("leave ledgers out for a look back", () => {
    const outlooks = outlooksOf(one, NOW, "none");

    expect(outlooks.map(({ outlook }) => outlook.ledger.cells)).toEqual([{}, {}]);
  });

  it("are read in UTC where no zone is known", () => {
    const outlooks = outlooksOf(view({ timeZone: undefined, targets: [held()] }), NOW, "as held");

    expect(outlooks.map(({ timeZone }) => timeZone)).toEqual(["UTC"]);
  });
});

describe("what a change of records does to the switches ahead", () => {
  function compared(before: readonly JsonObject[], after: readonly JsonObject[], count = 10, now = NOW) {
    const [old, next] = [before, after].map((records) => outlooksOf(view({}, ...records), now, "as held"));
    const { changes, until } = compareSwitches(old ?? [], next ?? [], now, count);
    return { changes: changes.map(({ kind, at: when, after: value }) => [kind, (when - NOW) / 3_600_000, value]), until };
  }

  const LIMIT = "UNLIMITED";
  const ANY = expect.any(String);

  it("is nothing where they are the same", () => {
    expect(compared([sale()], [sale({ note: "n" })])).toEqual({ changes: [], until: undefined });
  });

  it("drops and adds, in the order of time", () => {
    const { changes } = compared([sale()], [sale({ start: "2026-11-27T09:30" })]);

    expect(changes).toEqual([
      ["added", 0.5, LIMIT],
      ["dropped", 1, LIMIT],
    ]);
  });

  it("adds what is switched at once", () => {
    const during = { start: "2026-11-27T08:00" };

    expect(compared([], [sale(during)]).changes).toEqual([
      ["added", 0, LIMIT],
      ["added", 3, ANY],
    ]);
    expect(compared([sale(during)], []).changes).toEqual([
      ["added", 0, ANY],
      ["dropped", 3, ANY],
    ]);
  });

  it("is told for each target by itself", () => {
    const during = { start: "2026-11-27T08:00" };
    const five = [{ couponId: 5, applicationLimit: "REPEAT_CUSTOMER_ONLY" }];

    const { changes } = compared([sale(during)], [sale(during), sale({ ...during, campaignId: "five", coupons: five })]);

    expect(changes).toEqual([
      ["added", 0, "REPEAT_CUSTOMER_ONLY"],
      ["added", 3, ANY],
    ]);
  });

  it("is told for each group by itself", () => {
    const groups = (addGroups: readonly number[]) =>
      sale({ start: "2026-11-27T08:00", coupons: [], promotions: [{ promotionId: 8, addGroups }] });

    const { changes } = compared([groups([2])], [groups([2, 3])]);

    expect(changes).toEqual([
      ["added", 0, "in"],
      ["added", 3, ANY],
    ]);
  });

  it("is told neither of what is dropped nor of what is added later than that", () => {
    const daily = (changes: JsonObject) => sale({ repeat: "FREQ=DAILY", ...changes });

    const { changes, until } = compared([daily({})], [daily({ start: "2026-11-27T09:30", end: "2026-11-27T10:30" })], 2);

    expect(until).toBe(at("2026-11-27T10:30"));
    expect(changes).toEqual([
      ["added", 0.5, LIMIT],
      ["dropped", 1, LIMIT],
      ["added", 1.5, ANY],
    ]);
  });

  it("is told of nothing that is added later than the last switch there was", () => {
    const { changes, until } = compared(
      [sale({ repeat: "FREQ=DAILY" })],
      [sale({ start: "2026-11-29T10:00", end: "2026-11-29T12:00" })],
      2,
    );

    expect(until).toBe(at("2026-11-27T12:00"));
    expect(changes).toEqual([
      ["dropped", 1, LIMIT],
      ["dropped", 3, ANY],
    ]);
  });

  it("is told up to where one of the lists ends", () => {
    const daily = { repeat: "FREQ=DAILY" };

    const { changes, until } = compared([sale(daily)], [sale({ ...daily, end: "2026-11-27T11:00" })], 4);

    expect(until).toBe(at("2026-11-28T11:00"));
    expect(changes).toEqual([
      ["added", 2, ANY],
      ["dropped", 3, ANY],
      ["added", 26, ANY],
    ]);
  });
});

describe("what is foretold of a campaign", () => {
  it("is what its status will say of it", async () => {
    const one = view({}, sale({ start: "2026-11-26T10:00", end: "2026-11-26T12:00" }));

    const told = await foretell(one, campaignId("sale"), NOW);

    expect(told).toEqual({ problems: [], warnings: ["every window of this campaign is past: nothing will happen"] });
  });

  it("names its problems with their places", async () => {
    const one = view({}, sale({ except: ["xmas"] }));

    const told = await foretell(one, campaignId("sale"), NOW);

    expect(told.problems).toEqual([expect.stringMatching(/^except\[0\]: there is no calendar "xmas"/)]);
  });

  it("compares it with the other campaigns on its own targets", async () => {
    const rival = (id: number) =>
      sale({ campaignId: `on-${id}`, name: `On ${id}`, coupons: [{ couponId: id, applicationLimit: "REPEAT_CUSTOMER_ONLY" }] });
    const one = view({}, sale(), rival(COUPON), rival(5));

    const told = await foretell(one, campaignId("sale"), NOW);

    expect(told.warnings).toEqual([expect.stringContaining(`overlaps with "On ${COUPON}"`)]);
  });

  it.each([
    ["there is no such campaign", view({}, sale()), "other"],
    ["only the store's zone is missing", view({ timeZone: undefined }, UNZONED), "sale"],
  ])("is nothing where %s", async (_where, one, id) => {
    const told = await foretell(one, campaignId(id), NOW);

    expect(told).toEqual({ problems: [], warnings: [] });
  });

  const OPENS = "it opens at once, outside its windows: the override forces it on until 2026-11-27 11:00:00 UTC";
  const override = { state: "on", until: "2026-11-27T11:00", reason: "r" };

  it.each([
    ["an override forces it on before its window", { override }, NOW, true],
    ["its window is open anyway", { override, start: "2026-11-27T08:00" }, NOW, false],
    ["the override has lapsed", { override }, at("2026-11-27T11:00"), false],
    ["it is held off", { override: { ...override, state: "off" } }, NOW, false],
    ["it is disabled", { override, enabled: false }, NOW, false],
    ["nothing forces it", {}, NOW, false],
  ])("says whether it opens at once: %s", async (_where, changes, when, isTold) => {
    const told = await foretell(view({}, sale(changes)), campaignId("sale"), when);

    expect(told.warnings.includes(OPENS)).toBe(isTold);
  });

  it("counts what is known of its store", async () => {
    const noAccess = { code: "N", reason: "there is no secret", since: NOW };

    const told = await foretell(view({ store: { pausedKinds: {}, noAccess } }, sale()), campaignId("sale"), NOW);

    expect(told.warnings).toEqual(["there is no secret"]);
  });
});
