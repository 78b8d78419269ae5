import { describe, expect, it } from "vitest";
import { couponId, promotionId } from "../../../lib/domain/identifiers.ts";
import type { Layer } from "../../../lib/domain/layers/layer.ts";
import { EMPTY_LEDGER } from "../../../lib/domain/ledger/ledger.ts";
import type { JsonObject, LiveCoupon, LivePromotion, LiveTarget } from "../../../lib/domain/live.ts";
import { problemForAll, problemsStanding, targetProblems } from "../../../lib/domain/usability/target-problems.ts";
import { windowText } from "../../../lib/domain/usability/windows-ahead.ts";
import { at, groupsAsk, layer } from "../../support/layers.ts";

const NOW = at("2026-11-20T09:00");
const WINDOW = "the window from 2026-11-27 10:00:00 to 2026-11-27 12:00:00 UTC";
const NOTHING = "changes nothing for customers";

function coupon(more: Partial<LiveCoupon> = {}): LiveCoupon {
  return { kind: "coupon", id: couponId("7"), code: "BF26", applicationLimit: "NEW_CUSTOMER_ONLY", status: "ACTIVE", ...more };
}

function promotion(triggers: JsonObject = {}, more: Partial<LivePromotion> = {}): LivePromotion {
  const base = { kind: "promotion", id: promotionId("8"), name: "Early access", enabled: true, customerGroups: [0, 1] } as const;
  return { ...base, triggers: { customerGroups: [0, 1], ...triggers }, ...more };
}

function problems(
  live: LiveTarget,
  layers: readonly Layer[],
  more: { readonly now?: ReturnType<typeof at>; readonly zone?: string; readonly missing?: readonly number[] } = {},
) {
  const question = { layers, ledger: EMPTY_LEDGER, live, at: more.now ?? NOW, missingGroups: new Set(more.missing ?? []) };
  return targetProblems(question, more.zone ?? "UTC");
}

function told(...asked: Parameters<typeof problems>): readonly string[] {
  return problems(...asked).map(({ message }) => message);
}

const weekly = (activeDays: readonly string[], start?: string, end?: string): JsonObject => ({
  recurring: true,
  recurrenceSettings: {
    activeDays: [...activeDays],
    ...(start !== undefined && { activeDayStartTime: start }),
    ...(end !== undefined && { activeDayEndTime: end }),
  },
});

describe("a coupon and the windows ahead", () => {
  it.each([
    ["PAUSED", "paused"],
    ["EXPIRED", "expired"],
    ["USEDUP", "used up"],
  ])("is told to be useless while its status is %s", (status, words) => {
    expect(told(coupon({ status }), [layer()])).toEqual([`coupon BF26 is ${words} in Ecwid: as long as it is, ${WINDOW} ${NOTHING}`]);
  });

  it.each([["ACTIVE"], [undefined], ["SOMETHING_NEW"]])("says nothing of the status %s", (status) => {
    expect(told(coupon({ status }), [layer()])).toEqual([]);
  });

  it.each<[string, Partial<LiveCoupon>, string | undefined]>([
    ["begins with the window", { launchDate: "2026-11-27 10:00:00 +0000" }, undefined],
    [
      "begins in the window",
      { launchDate: "2026-11-27 11:00:00 +0000" },
      `coupon BF26 begins in Ecwid only on 2026-11-27 11:00:00 UTC: ${WINDOW} ${NOTHING} until then`,
    ],
    [
      "begins when the window ends",
      { launchDate: "2026-11-27 12:00:00 +0000" },
      `coupon BF26 begins in Ecwid only on 2026-11-27 12:00:00 UTC: ${WINDOW} ${NOTHING}`,
    ],
    ["ends with the window", { expirationDate: "2026-11-27 12:00:00 +0000" }, undefined],
    ["ends in the window's last minute", { expirationDate: "2026-11-27 11:59:59 +0000" }, undefined],
    [
      "ends in the window",
      { expirationDate: "2026-11-27 11:30:00 +0000" },
      `coupon BF26 expires in Ecwid on 2026-11-27 11:30:00 UTC: ${WINDOW} ${NOTHING} after that`,
    ],
    [
      "ends when the window begins",
      { expirationDate: "2026-11-27 10:00:00 +0000" },
      `coupon BF26 expires in Ecwid on 2026-11-27 10:00:00 UTC: ${WINDOW} ${NOTHING}`,
    ],
    ["has ended", { expirationDate: "2026-11-01" }, `coupon BF26 expired in Ecwid on 2026-11-01 00:00:00 UTC: ${WINDOW} ${NOTHING}`],
    ["is written with another offset", { launchDate: "2026-11-27 14:00:00 +0400", expirationDate: "2026-11-27 16:00:00 +0400" }, undefined],
    ["is written without an offset, in UTC", { launchDate: "2026-11-27 10:00:00", expirationDate: "2026-11-27 12:00:00" }, undefined],
  ])("compares dates where it %s", (_name, dates, message) => {
    expect(told(coupon(dates), [layer()])).toEqual(message === undefined ? [] : [message]);
  });

  it.each(["tomorrow", "27.11.2026", "2026-02-30 00:00:00 +0000", 1_795_000_000])("never guesses at the date %j", (expirationDate) => {
    expect(told(coupon({ expirationDate }), [layer()])).toEqual([
      `coupon BF26 has an end date of its own in Ecwid that could not be read (${JSON.stringify(expirationDate)}): compare it with the campaign's windows`,
    ]);
  });

  it("never guesses at a start date either", () => {
    expect(problems(coupon({ launchDate: "soon", expirationDate: "later" }), [layer()])).toMatchObject([
      {
        code: "START_UNREADABLE",
        message:
          'coupon BF26 has a start date of its own in Ecwid that could not be read ("soon"): compare it with the campaign\'s windows',
      },
      { code: "END_UNREADABLE" },
    ]);
  });

  it("holds a window to within a minute of its end, and no less", () => {
    expect(told(coupon({ expirationDate: "2026-11-27 11:59:00 +0000" }), [layer()])).toEqual([]);
    expect(told(coupon({ expirationDate: "2026-11-27 11:58:59 +0000" }), [layer()])).toHaveLength(1);
  });

  it("spoils a window of less than a minute if it ends as that begins", () => {
    const short = layer({ start: "2026-11-27T10:00:00", end: "2026-11-27T10:00:30" });

    expect(told(coupon({ expirationDate: "2026-11-27 10:00:00 +0000" }), [short])).toEqual([
      `coupon BF26 expires in Ecwid on 2026-11-27 10:00:00 UTC: the window from 2026-11-27 10:00:00 to 2026-11-27 10:00:30 UTC ${NOTHING}`,
    ]);
    expect(told(coupon({ expirationDate: "2026-11-27 10:00:01 +0000" }), [short])).toEqual([]);
  });

  it("has expired from the very instant on", () => {
    const now = at("2026-11-20T09:00");

    expect(told(coupon({ expirationDate: "2026-11-20 09:00:00 +0000" }), [layer()], { now })[0]).toContain("BF26 expired in Ecwid on");
  });

  it("says of one that is paused when it ends too, and of one that has expired when it begins", () => {
    const dates = { launchDate: "2026-11-27 11:00:00 +0000", expirationDate: "2026-11-27 11:30:00 +0000" };
    const codes = (status: string) => problems(coupon({ status, ...dates }), [layer()]).map(({ code }) => code);

    expect(codes("PAUSED")).toEqual(["PAUSED", "BEGINS_LATE", "ENDS_EARLY"]);
    expect(codes("EXPIRED")).toEqual(["EXPIRED", "BEGINS_LATE"]);
  });

  it("says once that it has expired", () => {
    const problem = problems(coupon({ status: "EXPIRED", expirationDate: "2026-11-01 00:00:00 +0000" }), [layer()]);

    expect(problem).toMatchObject([{ code: "EXPIRED" }]);
  });

  it("names the first of many windows that it spoils, in the campaign's own zone", () => {
    const daily = layer({ repeat: "FREQ=DAILY;COUNT=20" });
    const berlin = { ...daily, windows: { ...daily.windows, timeZone: "Europe/Berlin" } };

    const [problem] = problems(coupon({ expirationDate: "2026-11-30 10:30:00 +0000" }), [berlin]);

    expect(problem).toMatchObject({ code: "ENDS_EARLY", startsAt: at("2026-11-30T09:00"), endsAt: at("2026-11-30T11:00") });
    expect(problem?.message).toBe(
      "coupon BF26 expires in Ecwid on 2026-11-30 11:30:00 Europe/Berlin: the window from 2026-11-30 10:00:00 to 2026-11-30 12:00:00 Europe/Berlin changes nothing for customers after that",
    );
  });

  it("spoils a campaign without an end from its expiry on", () => {
    expect(told(coupon({ expirationDate: "2030-01-01" }), [layer({ end: undefined })])).toEqual([
      `coupon BF26 expires in Ecwid on 2030-01-01 00:00:00 UTC: the window from 2026-11-27 10:00:00 UTC on ${NOTHING} after that`,
    ]);
  });

  it("says nothing to campaigns that are past, disabled or held off, and the rest to each", () => {
    const off = { state: "off", until: at("2026-12-01T00:00"), reason: "stock" } as const;
    const layers = [
      layer({ id: "past", start: "2026-11-01T10:00", end: "2026-11-01T12:00" }),
      layer({ id: "disabled", enabled: false }),
      layer({ id: "held", override: off }),
      layer({ id: "one" }),
      layer({ id: "other", start: "2026-11-28T10:00", end: "2026-11-28T12:00" }),
    ];

    expect(problems(coupon({ status: "PAUSED" }), layers).map(({ campaignId }) => campaignId)).toEqual(["one", "other"]);
  });

  it("counts an override in: what is forced on, and what goes on once it is held off no more", () => {
    const until = at("2026-11-21T00:00");
    const forced = layer({ id: "forced", override: { state: "on", until, reason: "early" } });
    const held = layer({ id: "held", override: { state: "off", until: at("2026-11-27T11:00"), reason: "late" } });

    expect(told(coupon({ status: "PAUSED" }), [forced, held])).toEqual([
      `coupon BF26 is paused in Ecwid: as long as it is, the time it is forced on, until 2026-11-21 00:00:00 UTC ${NOTHING}`,
      `coupon BF26 is paused in Ecwid: as long as it is, the window from 2026-11-27 11:00:00 to 2026-11-27 12:00:00 UTC ${NOTHING}`,
    ]);
  });

  it("of a window that is on, minds only what is left", () => {
    const now = at("2026-11-27T11:00");

    expect(told(coupon({ launchDate: "2026-11-27 10:30:00 +0000" }), [layer()], { now })).toEqual([]);
  });
});

describe("a promotion and the windows ahead", () => {
  const campaign = layer({ ask: groupsAsk([2]) });

  it("is told to be disabled", () => {
    expect(told(promotion({}, { enabled: false }), [campaign])).toEqual([
      `promotion Early access is disabled in Ecwid: as long as it is, ${WINDOW} ${NOTHING}`,
    ]);
  });

  it("compares its own dates", () => {
    const dates = { startDate: "2026-11-27 11:00:00 +0000", endDate: "2026-11-27 11:30:00 +0000" };

    expect(problems(promotion(dates), [campaign])).toMatchObject([{ code: "BEGINS_LATE" }, { code: "ENDS_EARLY" }]);
    expect(told(promotion(dates), [campaign])[1]).toContain("promotion Early access ends in Ecwid on 2026-11-27 11:30:00 UTC");
    expect(told(promotion({ endDate: "2026-11-01" }), [campaign])[0]).toContain("promotion Early access ended in Ecwid on 2026-11-01");
  });

  it("looks beyond the first window where a later one may be spoiled, by its end or by its weekly hours", () => {
    const daily = layer({ ask: groupsAsk([2]), repeat: "FREQ=DAILY;COUNT=3" });

    expect(problems(promotion({ endDate: "2026-11-28 11:00:00 +0000" }), [daily])).toMatchObject([
      { code: "ENDS_EARLY", startsAt: at("2026-11-28T10:00") },
    ]);
    expect(problems(promotion(weekly(["FRI", "SAT"])), [daily])).toMatchObject([{ code: "HOURS", startsAt: at("2026-11-29T10:00") }]);
  });

  it("has a code for each kind of trouble, by which one that has been told is known again", () => {
    const codes = (live: LivePromotion) => problems(live, [campaign]).map(({ code }) => code);

    expect(codes(promotion({}, { enabled: false }))).toEqual(["DISABLED"]);
    expect(codes(promotion(weekly(["SAT"])))).toEqual(["HOURS"]);
    expect(codes(promotion(weekly([])))).toEqual(["HOURS_UNREADABLE"]);
  });

  it("is called by its number where it has no name", () => {
    const { name: _none, ...nameless } = promotion();

    expect(told(nameless, [campaign], { missing: [2] })[0]).toContain("promotion 8: customer group 2 does not exist");
    expect(told(promotion(), [campaign], { missing: [2] })[0]).toContain("promotion Early access: customer group 2 does not exist");
  });

  it("has no start for a problem with a time that is forced on, for nobody wrote that down", () => {
    const until = at("2026-11-21T00:00");
    const forced = layer({ ask: groupsAsk([2]), override: { state: "on", until, reason: "early" } });

    expect(problems(promotion({}, { enabled: false }), [forced])).toStrictEqual([
      {
        campaignId: "sale",
        code: "DISABLED",
        message: `promotion Early access is disabled in Ecwid: as long as it is, the time it is forced on, until 2026-11-21 00:00:00 UTC ${NOTHING}`,
        group: undefined,
        startsAt: undefined,
        endsAt: until,
      },
    ]);
  });

  it.each<[string, JsonObject, "all" | "part" | "none"]>([
    ["all of it", weekly(["FRI"]), "all"],
    ["all of it, to the second", weekly(["THU", "FRI"], "10:00:00", "12:00:00"), "all"],
    ["a part", weekly(["FRI"], "11:00:00", "18:00:00"), "part"],
    ["nothing: another day", weekly(["SAT", "SUN"]), "none"],
    ["nothing: other hours", weekly(["FRI"], "12:00:00", "18:00:00"), "none"],
    ["all of it where recurring is off", { ...weekly(["SAT"]), recurring: false }, "all"],
  ])("covers %s by its weekly hours", (_name, triggers, share) => {
    const effects = { all: [], part: [`${WINDOW} ${NOTHING} outside them`], none: [`${WINDOW} ${NOTHING}`] };

    const messages = told(promotion(triggers), [campaign]);

    expect(messages.map((message) => message.slice(message.indexOf("the window")))).toEqual(effects[share]);
  });

  it("reads weekly hours on the store's clock, and says that this is not documented", () => {
    const hours = weekly(["FRI"], "05:00:00", "07:00:00");

    expect(told(promotion(hours), [campaign], { zone: "America/New_York" })).toEqual([]);
    expect(told(promotion(hours), [campaign], { zone: "Europe/Berlin" })).toEqual([
      `promotion Early access holds in Ecwid only at certain hours (FRI 05:00:00–07:00:00, if that is the clock of Europe/Berlin: Ecwid does not say): ${WINDOW} ${NOTHING}`,
    ]);
  });

  it.each(["2026-03-29", "2026-10-25"])("covers a whole day on which the clocks change (%s)", (day) => {
    const next = day === "2026-03-29" ? "2026-03-30" : "2026-10-26";
    const setup = layer({ ask: groupsAsk([2]), start: `${day}T00:00`, end: `${next}T00:00` });
    const berlin = { ...setup, windows: { ...setup.windows, timeZone: "Europe/Berlin" } };
    const now = at("2026-03-01T00:00");

    expect(told(promotion(weekly(["SUN"])), [berlin], { now, zone: "Europe/Berlin" })).toEqual([]);
    expect(told(promotion(weekly(["SUN"], "00:00:00", "23:59:59")), [berlin], { now, zone: "Europe/Berlin" })).toEqual([]);
    expect(told(promotion(weekly(["SUN"], "00:00", "22:59")), [berlin], { now, zone: "Europe/Berlin" })).toHaveLength(1);
  });

  it("finds the gap in a window of months, and in one without an end", () => {
    const weekdays = weekly(["MON", "TUE", "WED", "THU", "FRI"]);
    const everyDay = weekly(["MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN"]);
    const long = layer({ ask: groupsAsk([2]), end: "2027-06-01T00:00" });
    const endless = layer({ ask: groupsAsk([2]), end: undefined });

    for (const each of [long, endless]) {
      expect(told(promotion(weekdays), [each])).toEqual([expect.stringContaining("outside them")]);
      expect(told(promotion(everyDay), [each])).toEqual([]);
    }
  });

  it.each<[string, JsonObject]>([
    ["no settings", { recurring: true }],
    ["no days", weekly([])],
    ["a day there is not", weekly(["FRIDAY"])],
    ["hours over midnight", weekly(["FRI"], "22:00:00", "02:00:00")],
    ["a time there is not", weekly(["FRI"], "25:00:00")],
    ["a time of another kind", { recurring: true, recurrenceSettings: { activeDays: ["FRI"], activeDayStartTime: 9 } }],
  ])("never guesses at weekly hours with %s", (_name, triggers) => {
    expect(told(promotion(triggers), [campaign])).toEqual([
      "promotion Early access has weekly hours of its own in Ecwid that could not be read: compare them with the campaign's windows",
    ]);
  });

  it("names each group that is missing, once for each campaign that would let it in", () => {
    const asks = layer({ ask: groupsAsk([77, 2, 78], [79]) });

    expect(problems(promotion(), [asks], { missing: [77, 78] })).toMatchObject([
      {
        code: "GROUP_MISSING",
        group: 77,
        message: expect.stringContaining(`customer group 77 does not exist in the store, so ${WINDOW} cannot let it in`),
      },
      { code: "GROUP_MISSING", group: 78 },
    ]);
  });

  it("tells of a missing group the campaign that wins it, and once", () => {
    const strong = layer({ id: "strong", ask: groupsAsk([77]), priority: 1 });
    const weak = layer({ id: "weak", ask: groupsAsk([77]) });

    const found = problems(promotion(), [strong, weak], { missing: [77] });

    expect(found.map(({ campaignId, code }) => [campaignId, code])).toEqual([["strong", "GROUP_MISSING"]]);
  });

  it("says before the window what its opening would be refused for", () => {
    expect(problems(promotion({ customerGroups: null }, { customerGroups: undefined }), [campaign])).toMatchObject([
      { code: "NO_GROUP_LIST", message: expect.stringContaining(`(in ${WINDOW})`) },
    ]);
    expect(problems(promotion(), [layer({ ask: groupsAsk([], [0, 1]) })])).toMatchObject([{ code: "EMPTY_GROUP_LIST" }]);
  });
});

it("a time that is forced on is told without an end where none is known", () => {
  expect(windowText({ startsAt: "forced" }, "UTC")).toBe("the time it is forced on");
});

describe("problems that are kept", () => {
  it("are none for campaigns that have no window ahead", () => {
    expect(problemForAll([layer({ enabled: false })], NOW, "GONE", (window) => window)).toEqual([]);
  });

  it("stand until their window is over", () => {
    const kept = problemForAll([layer(), layer({ id: "endless", end: undefined })], NOW, "GONE", (window) => `${window} needs it`);

    expect(kept).toHaveLength(2);
    expect(problemsStanding(kept, at("2026-11-27T11:59"))).toHaveLength(2);
    expect(problemsStanding(kept, at("2026-11-27T12:00")).map(({ campaignId }) => campaignId)).toEqual(["endless"]);
  });
});
