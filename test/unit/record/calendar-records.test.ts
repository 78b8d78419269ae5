import { describe, expect, it } from "vitest";
import { parseCalendarRecord } from "../../../lib/application/record/parse-calendar-record.ts";
import { parseCampaignRecord } from "../../../lib/application/record/parse-campaign-record.ts";
import { campaignOf, problemOf, RECORD } from "./records.ts";

const CALENDAR = { storeId: "1003", campaignId: "calendar#holidays", dates: ["2026-12-25"] };

function problems(changes: object): readonly string[] {
  const parsed = parseCalendarRecord({ ...CALENDAR, ...changes });
  return parsed.kind === "broken" ? parsed.problems.map(({ path, message }) => `${path}: ${message}`) : [];
}

describe("a calendar's record", () => {
  it("is read as it is meant, with no more in it than was typed", () => {
    const parsed = parseCalendarRecord({ ...CALENDAR, storeId: 1003, status: { state: "ACTIVE" } });

    const day = { from: "2026-12-25", to: "2026-12-25" };
    expect(parsed).toStrictEqual({ kind: "good", calendar: { storeId: "1003", name: "holidays", days: [day], freeze: false } });
  });

  it("holds single dates and ranges, a zone, a freeze, a name and a note", () => {
    const dates = ["2026-12-25", "2026-12-31/2027-01-01", "2027-01-06/2027-01-06"];
    const parsed = parseCalendarRecord({ ...CALENDAR, dates, freeze: true, timeZone: "Europe/Berlin", name: "Holidays", note: "n" });

    expect(parsed).toStrictEqual({
      kind: "good",
      calendar: {
        storeId: "1003",
        name: "holidays",
        days: [
          { from: "2026-12-25", to: "2026-12-25" },
          { from: "2026-12-31", to: "2027-01-01" },
          { from: "2027-01-06", to: "2027-01-06" },
        ],
        freeze: true,
        timeZone: "Europe/Berlin",
        note: "n",
      },
    });
  });

  const DATE = "write a date there is, such as 2026-12-25, or two with a slash, such as 2026-12-24/2026-12-26 (both included)";
  const ID = 'write calendar# and a name of letters, digits, ".", "_" and "-" that begins with a letter, such as calendar#holidays-de';

  it.each([
    ["a date there is not", { dates: ["2026-02-30"] }, `dates[0]: "2026-02-30" cannot be used: ${DATE}`],
    ["a range that begins nowhere", { dates: ["2026-02-30/2026-03-01"] }, `dates[0]: "2026-02-30/2026-03-01" cannot be used: ${DATE}`],
    ["a range that ends nowhere", { dates: ["2026-02-01/2026-02-30"] }, `dates[0]: "2026-02-01/2026-02-30" cannot be used: ${DATE}`],
    ["a range the wrong way round", { dates: ["2026-12-26/2026-12-24"] }, `dates[0]: "2026-12-26/2026-12-24" cannot be used: ${DATE}`],
    [
      "three dates in one",
      { dates: ["2026-12-01/2026-12-02/2026-12-03"] },
      `dates[0]: "2026-12-01/2026-12-02/2026-12-03" cannot be used: ${DATE}`,
    ],
    ["an empty text", { dates: [""] }, `dates[0]: "" cannot be used: ${DATE}`],
    ["a date that is no text", { dates: [20261225] }, `dates[0]: 20261225 cannot be used: ${DATE}`],
    [
      "no list",
      { dates: "2026-12-25" },
      'dates: "2026-12-25" cannot be used: write a list of dates, such as ["2026-12-25", "2026-12-31/2027-01-01"]',
    ],
    ["a freeze in quotation marks", { freeze: "true" }, 'freeze: "true" cannot be used: write true or false, without quotation marks'],
    ["a zone misspelt", { timeZone: "Europe/Berln" }, 'timeZone: "Europe/Berln" cannot be used: did you mean Europe/Berlin?'],
    ["a zone that is like none", { timeZone: "!!" }, 'timeZone: "!!" cannot be used: write an IANA name such as America/New_York'],
    ["a zone that is no text", { timeZone: 5 }, "timeZone: 5 cannot be used: write an IANA name such as America/New_York"],
    ["a name that begins with a digit", { campaignId: "calendar#2026" }, `campaignId: "calendar#2026" cannot be used: ${ID}`],
    ["a campaign's name", { campaignId: "sale" }, `campaignId: "sale" cannot be used: ${ID}`],
    ["a name that is no text", { campaignId: 5 }, `campaignId: 5 cannot be used: ${ID}`],
    [
      "a name for people that is blank",
      { name: " " },
      'name: " " cannot be used: write a text that is not blank, at most 200 characters, on one line',
    ],
    ["a note that no screen shows", { note: "\u0000" }, "note: "],
    ["a field there is not", { freezes: true }, 'freezes: there is no such field: did you mean "freeze"?'],
    [
      "a field that is like none",
      { colour: "red" },
      "colour: there is no such field: take it out, or use one of storeId, campaignId, name, dates, freeze, timeZone, note",
    ],
    ["a store that is none", { storeId: "x" }, 'storeId: "x" cannot be used: write the store\'s number, such as 1003'],
  ])("is told in one sentence of %s", (_what, changes, problem) => {
    const found = problems(changes);

    expect(found).toEqual([expect.stringContaining(problem)]);
  });

  it("holds a thousand days, and no more", () => {
    const found = ["2026-01-01/2028-09-26", "2026-01-01/2028-09-27"].map((range) => problems({ dates: [range] }));
    const summed = problems({ dates: ["2026-01-01/2028-09-26", "2030-01-01"] });

    const tooMany = "dates: it holds 1001 days; at most 1000 are allowed: make two calendars of it";
    expect(found).toEqual([[], [tooMany]]);
    expect(summed).toEqual([tooMany]);
  });

  it("is not larger than 300 KB", () => {
    const found = problems({ note: "n".repeat(300 * 1_024) });

    expect(found).toEqual(["record: it is larger than 300 KB: make two calendars of it, or shorten its texts"]);
  });

  it("is none the larger for its status", () => {
    expect(problems({ status: { text: "n".repeat(300 * 1_024) } })).toEqual([]);
  });

  it("names no field of Doorman's own among those that may be typed", () => {
    const fields = "storeId, campaignId, name, dates, freeze, timeZone, note";

    expect(problems({ colour: "red" })).toEqual([`colour: there is no such field: take it out, or use one of ${fields}`]);
  });

  it("says all that is wrong at once", () => {
    const found = problems({ storeId: "x", dates: [], freeze: 1, extra: 1 });

    expect(found.map((problem) => problem.split(":")[0])).toEqual(["storeId", "freeze", "extra"]);
  });

  it.each([
    [null, "null"],
    [undefined, "it is missing"],
    ["text", '"text"'],
    [[CALENDAR], "a list of 1"],
    [5, "5"],
  ])("is an object, and nothing else: %j", (item, shown) => {
    const parsed = parseCalendarRecord(item);

    expect(parsed).toEqual({
      kind: "broken",
      problems: [{ path: "record", message: expect.stringContaining("write an object with the fields of a calendar") }],
    });
    expect(JSON.stringify(parsed)).toContain(JSON.stringify(shown).slice(1, -1));
  });
});

describe("a campaign's record, in its small print", () => {
  it.each([
    [{ onManualEdit: " yeild " }, 'onManualEdit: " yeild " cannot be used: did you mean "yield"?'],
    [{ onManualEdit: 5 }, 'onManualEdit: 5 cannot be used: write "yield" or "enforce"'],
    [{ onManualEdit: "something else" }, 'onManualEdit: "something else" cannot be used: write "yield" or "enforce"'],
    [{ " nmae ": "x" }, 'did you mean "name"?'],
    [{ priority: "5" }, 'priority: "5" cannot be used: write a whole number without quotation marks, such as 0 or 10'],
    [{ priority: 0.5 }, "priority: 0.5 cannot be used: write a whole number, such as 0 or 10"],
    [{ start: 5 }, "start: 5 cannot be used: write date and time as"],
    [{ start: "2026-11-31T10:00" }, 'start: "2026-11-31T10:00" cannot be used: there is no such date or time; write date and time as'],
    [{ start: "9999-12-31T24:00" }, "there is no such date or time"],
    [{ start: "2026-02-30T24:00" }, "there is no such date or time"],
  ])("is told in one sentence: %j", (changes, problem) => {
    const found = problemOf({ ...changes } as Readonly<Record<string, unknown>>);

    expect(found).toContain(problem);
    expect(found.split("\n")).toHaveLength(1);
  });

  it.each([
    [49, 49],
    [50, 50],
    [51, 50],
    [60, 50],
  ])("names all of %i mistakes, as far as fifty sentences go", async (count, expected) => {
    const strangers = Object.fromEntries(Array.from({ length: count }, (_each, index) => [`stranger${index}`, 1]));

    const lines = problemOf({ ...RECORD, ...strangers }).split("\n");

    expect(lines).toHaveLength(expected);
    if (count > 50) expect(lines.at(-1)).toBe(`record: ${count - 49} more problems: put these right first`);
  });

  it("says of fifty mistakes each", () => {
    const strangers = Object.fromEntries(Array.from({ length: 50 }, (_each, index) => [`stranger${index}`, 1]));

    expect(problemOf({ ...RECORD, ...strangers })).not.toContain("more problems");
  });

  it("is an object, and says so of anything else", () => {
    const parsed = parseCampaignRecord("text");

    expect(parsed).toEqual({
      kind: "broken",
      problems: [{ path: "record", message: '"text" cannot be used: write an object with the fields of a campaign' }],
    });
  });

  it("may have ids as large whole numbers, and no other thing that reads like one", () => {
    expect(problemOf({ coupons: [{ couponId: 162428889n, applicationLimit: "UNLIMITED" }] })).toBe("");
    for (const couponId of [["5"], 5.5, true]) {
      expect(problemOf({ coupons: [{ couponId, applicationLimit: "UNLIMITED" }] })).toContain("coupons[0].couponId: ");
    }
  });

  it("takes a priority of minus zero for none", () => {
    expect(campaignOf({ ...RECORD, priority: -0 }).priority).toBe(0);
  });

  it("names each promotion once", () => {
    const promotions = [5, 6, 5].map((promotionId) => ({ promotionId, addGroups: [1] }));

    expect(problemOf({ promotions })).toBe("promotions[2].promotionId: 5 is already in promotions[0]: name each only once");
  });

  it("points to the first of several that are the same", () => {
    const promotions = [5, 5, 5].map((promotionId) => ({ promotionId, addGroups: [1] }));

    expect(problemOf({ promotions }).split("\n")).toEqual(
      [1, 2].map((index) => `promotions[${index}].promotionId: 5 is already in promotions[0]: name each only once`),
    );
  });

  it("may except a calendar's days beside single ones", () => {
    const except = ["2026-12-25", "holidays-de"];

    expect(campaignOf({ ...RECORD, repeat: "FREQ=DAILY", end: "2026-11-27T12:00", except }, "UTC").except).toEqual(except);
  });

  it("says nothing of the dates that a rule selects while nobody knows the zone", () => {
    const typed = { ...RECORD, start: "2026-11-27T00:30Z", end: "2026-11-27T01:30Z", repeat: "FREQ=WEEKLY;BYDAY=SA" };

    const [unknown, known] = [undefined, "UTC"].map((zone) => parseCampaignRecord(typed, zone));

    expect(unknown).toMatchObject({ kind: "good", warnings: [] });
    expect(known?.kind === "good" ? known.warnings : []).toHaveLength(1);
  });

  it("says of two lists of groups which of them is empty", () => {
    const promotion = (groups: object) => problemOf({ promotions: [{ promotionId: 5, ...groups }] });

    const found = [
      promotion({ removeGroups: [] }),
      promotion({ addGroups: [], removeGroups: [] }),
      promotion({ setGroups: [1], removeGroups: [2] }),
    ];

    expect(found).toEqual([
      "promotions[0].removeGroups: it names no group, so nothing would change: name at least one",
      "promotions[0].addGroups: it names no group, so nothing would change: name at least one",
      expect.stringContaining("promotions[0].setGroups: it already names every group that is in"),
    ]);
  });
});
