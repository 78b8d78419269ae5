import { describe, expect, it } from "vitest";
import { activeWindow } from "../../../lib/domain/windows/active-window.ts";
import { lastEnd } from "../../../lib/domain/windows/last-end.ts";
import { nextChange } from "../../../lib/domain/windows/next-change.ts";
import type { WindowRule } from "../../../lib/domain/windows/window-rule.ts";
import { windowsBetween } from "../../../lib/domain/windows/windows-between.ts";
import { at, ruleOf, windowOf } from "./rules.ts";

/** The first windows of a rule in UTC, by the day and time they start. */
function starts(start: string, repeat: string, rest: Partial<WindowRule> = {}, limit = 4): readonly string[] {
  const rule = ruleOf(start, start.replace(/T.*/, "T23:59"), { timeZone: "UTC", repeat, ...rest });
  return windowsBetween(rule, at("1990-01-01T00:00Z"), at("2500-01-01T00:00Z"), limit).map(({ startsAt }) =>
    new Date(startsAt).toISOString().slice(0, 16),
  );
}

describe("windows without repeat", () => {
  it("there is one window, half-open", () => {
    const rule = ruleOf("2026-11-27T00:00", "2026-11-28T00:00");
    const window = windowOf("2026-11-27T05:00Z", "2026-11-28T05:00Z");

    const seen = ["2026-11-27T04:59:59.999Z", "2026-11-27T05:00Z", "2026-11-28T04:59:59.999Z", "2026-11-28T05:00Z"].map((text) =>
      activeWindow(rule, at(text)),
    );

    expect(seen).toEqual([undefined, window, window, undefined]);
  });

  it("it changes at its start and at its end, and never again", () => {
    const rule = ruleOf("2026-11-27T00:00", "2026-11-28T00:00");

    const changes = ["2026-01-01T00:00Z", "2026-11-27T05:00Z", "2026-11-28T05:00Z"].map((text) => nextChange(rule, at(text)));

    expect(changes).toEqual([at("2026-11-27T05:00Z"), at("2026-11-28T05:00Z"), undefined]);
  });

  it("the last end is known from the end on", () => {
    const rule = ruleOf("2026-11-27T00:00", "2026-11-28T00:00");

    const ends = ["2026-11-28T04:59:59.999Z", "2026-11-28T05:00Z", "2030-01-01T00:00Z"].map((text) => lastEnd(rule, at(text)));

    expect(ends).toEqual([undefined, at("2026-11-28T05:00Z"), at("2026-11-28T05:00Z")]);
  });

  it("without an end it is on until somebody disables it", () => {
    const rule = ruleOf("2026-11-27T00:00", undefined);

    expect(activeWindow(rule, at("2126-11-27T00:00Z"))).toEqual(windowOf("2026-11-27T05:00Z"));
    expect(nextChange(rule, at("2026-11-27T05:00Z"))).toBeUndefined();
    expect(lastEnd(rule, at("2126-11-27T00:00Z"))).toBeUndefined();
  });

  it("a moment with an offset is not moved by the zone, not even to the first of two equal times", () => {
    const rule = ruleOf("2026-11-01T01:30:00-05:00", "2026-11-01T01:45:00-05:00");

    const active = activeWindow(rule, at("2026-11-01T06:30Z"));
    const change = nextChange(rule, at("2026-11-01T05:00Z"));

    expect(active).toEqual(windowOf("2026-11-01T06:30Z", "2026-11-01T06:45Z"));
    expect(change).toBe(at("2026-11-01T06:30Z"));
  });

  it("a window may last for years", () => {
    const rule = ruleOf("2020-02-29T12:00", "2032-02-29T12:00");

    expect(activeWindow(rule, at("2026-01-01T00:00Z"))).toEqual(windowOf("2020-02-29T17:00Z", "2032-02-29T17:00Z"));
    expect(nextChange(rule, at("2026-01-01T00:00Z"))).toBe(at("2032-02-29T17:00Z"));
  });

  it("an exception on its own date leaves no window", () => {
    const rule = ruleOf("2026-11-27T20:00", "2026-11-28T02:00", { except: ["2026-11-27"] });

    expect(activeWindow(rule, at("2026-11-28T02:00Z"))).toBeUndefined();
    expect(nextChange(rule, at("2026-01-01T00:00Z"))).toBeUndefined();
  });
});

describe("which dates a rule selects", () => {
  it.each([
    [
      "every other week on two days",
      "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR,SU",
      ["2026-11-27T09:00", "2026-11-29T09:00", "2026-12-11T09:00", "2026-12-13T09:00"],
    ],
    [
      "the week may begin on Sunday",
      "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR,SU;WKST=SU",
      ["2026-11-27T09:00", "2026-12-06T09:00", "2026-12-11T09:00", "2026-12-20T09:00"],
    ],
    [
      "the last Friday of a month",
      "FREQ=MONTHLY;BYDAY=-1FR",
      ["2026-11-27T09:00", "2026-12-25T09:00", "2027-01-29T09:00", "2027-02-26T09:00"],
    ],
    [
      "the fourth Friday of November",
      "FREQ=YEARLY;BYMONTH=11;BYDAY=4FR",
      ["2026-11-27T09:00", "2027-11-26T09:00", "2028-11-24T09:00", "2029-11-23T09:00"],
    ],
    [
      "Friday the thirteenth",
      "FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13",
      ["2027-08-13T09:00", "2028-10-13T09:00", "2029-04-13T09:00", "2029-07-13T09:00"],
    ],
    [
      "the last working day of a month",
      "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
      ["2026-11-30T09:00", "2026-12-31T09:00", "2027-01-29T09:00", "2027-02-26T09:00"],
    ],
    ["twice a day", "FREQ=DAILY;BYHOUR=9,17", ["2026-11-27T09:00", "2026-11-27T17:00", "2026-11-28T09:00", "2026-11-28T17:00"]],
    ["in lower case", "freq=daily;interval=3", ["2026-11-27T09:00", "2026-11-30T09:00", "2026-12-03T09:00", "2026-12-06T09:00"]],
    ["COUNT counts windows", "FREQ=DAILY;COUNT=2", ["2026-11-27T09:00", "2026-11-28T09:00"]],
    ["a date as UNTIL is included", "FREQ=DAILY;UNTIL=20261128", ["2026-11-27T09:00", "2026-11-28T09:00"]],
    ["a local time as UNTIL is included", "FREQ=DAILY;UNTIL=20261128T090000", ["2026-11-27T09:00", "2026-11-28T09:00"]],
    ["a local time as UNTIL may be just too early", "FREQ=DAILY;UNTIL=20261128T085959", ["2026-11-27T09:00"]],
    [
      "the seven days of calendar week 48 take the start's weekday",
      "FREQ=YEARLY;BYWEEKNO=48",
      ["2026-11-27T09:00", "2027-12-03T09:00", "2028-12-01T09:00", "2029-11-30T09:00"],
    ],
  ])("%s", (_name, repeat, expected) => {
    expect(starts("2026-11-27T09:00", repeat)).toEqual(expected);
  });

  it("weekdays of a year with and without a number stand side by side", () => {
    const found = starts("2026-12-01T09:00", "FREQ=YEARLY;BYDAY=-1TH,5MO,WE", {}, 7);

    expect(found.map((text) => text.slice(0, 10))).toEqual([
      "2026-12-02",
      "2026-12-09",
      "2026-12-16",
      "2026-12-23",
      "2026-12-30",
      "2026-12-31",
      "2027-01-06",
    ]);
  });

  it("a 29 February comes round in leap years only", () => {
    expect(starts("2024-02-29T09:00", "FREQ=YEARLY")).toEqual([
      "2024-02-29T09:00",
      "2028-02-29T09:00",
      "2032-02-29T09:00",
      "2036-02-29T09:00",
    ]);
  });

  it("a 31st comes round in long months only", () => {
    expect(starts("2026-01-31T09:00", "FREQ=MONTHLY")).toEqual([
      "2026-01-31T09:00",
      "2026-03-31T09:00",
      "2026-05-31T09:00",
      "2026-07-31T09:00",
    ]);
  });

  it("a Monday that is a 29 February is found across forty years", () => {
    const found = starts("2072-02-29T09:00", "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=29;BYDAY=MO", {}, 2);

    expect(found).toEqual(["2072-02-29T09:00", "2112-02-29T09:00"]);
  });

  it("a rule that does not select the start begins with the first date that it selects", () => {
    expect(starts("2026-11-26T09:00", "FREQ=WEEKLY;BYDAY=FR;COUNT=2")).toEqual(["2026-11-27T09:00", "2026-12-04T09:00"]);
  });

  it("UNTIL with Z is compared on the time line", () => {
    const rule = (until: string) => ruleOf("2026-10-31T01:45", "2026-10-31T03:00", { repeat: `FREQ=DAILY;UNTIL=${until}` });
    const count = (until: string) => windowsBetween(rule(until), at("2026-10-01T00:00Z"), at("2026-12-01T00:00Z"), 9).length;

    // On 1 November, 01:45 means the first, 05:45Z; at 06:30Z the wall shows 01:30 for the second time.
    expect([count("20261101T054459Z"), count("20261101T054500Z"), count("20261101T063000Z")]).toEqual([1, 2, 2]);
  });

  it("a fixed start with a rule is read as the wall clock of the zone", () => {
    const rule = ruleOf("2026-03-07T23:00:00Z", "2026-03-08T01:00:00Z", { repeat: "FREQ=DAILY" });

    const windows = windowsBetween(rule, at("2026-03-07T12:00Z"), at("2026-03-09T12:00Z"), 9);

    expect(windows).toEqual([windowOf("2026-03-07T23:00Z", "2026-03-08T01:00Z"), windowOf("2026-03-08T22:00Z", "2026-03-09T00:00Z")]);
  });
});

describe("exceptions", () => {
  it("no window starts on an excepted date; one that began the day before goes on into it", () => {
    const rule = ruleOf("2026-12-23T22:00", "2026-12-24T04:00", { timeZone: "UTC", repeat: "FREQ=DAILY", except: ["2026-12-25"] });

    const windows = windowsBetween(rule, at("2026-12-24T12:00Z"), at("2026-12-27T00:00Z"), 9);

    expect(windows).toEqual([windowOf("2026-12-24T22:00Z", "2026-12-25T04:00Z"), windowOf("2026-12-26T22:00Z", "2026-12-27T04:00Z")]);
  });

  it("an excepted date is the one on the wall, whatever the date is in UTC", () => {
    const rule = ruleOf("2026-12-23T22:00", "2026-12-23T23:00", { repeat: "FREQ=DAILY", except: ["2026-12-24"] });

    const change = nextChange(rule, at("2026-12-24T04:00Z"));

    expect(change).toBe(at("2026-12-26T03:00Z"));
  });

  it("an excepted date is the one the rule says, before daylight saving moves the start to another", () => {
    const rule = ruleOf("2011-12-28T10:00", "2011-12-28T12:00", { timeZone: "Pacific/Apia", repeat: "FREQ=DAILY", except: ["2011-12-31"] });

    const active = activeWindow(rule, at("2011-12-30T21:00Z"));

    expect(active).toEqual(windowOf("2011-12-30T20:00Z", "2011-12-30T22:00Z"));
  });

  it("an excepted date still counts for COUNT", () => {
    expect(starts("2026-11-27T09:00", "FREQ=DAILY;COUNT=3", { except: ["2026-11-28"] })).toEqual(["2026-11-27T09:00", "2026-11-29T09:00"]);
  });

  it("a thousand excepted dates in a row are passed over", () => {
    const except = Array.from({ length: 1_000 }, (_, day) => new Date(Date.UTC(2026, 0, 2 + day)).toISOString().slice(0, 10));
    const rule = ruleOf("2026-01-01T09:00", "2026-01-01T10:00", { timeZone: "UTC", repeat: "FREQ=DAILY", except });

    expect(nextChange(rule, at("2026-01-01T10:00Z"))).toBe(at("2028-09-28T09:00Z"));
    expect(lastEnd(rule, at("2028-09-28T08:00Z"))).toBe(at("2026-01-01T10:00Z"));
  });
});

describe("windows of one rule that overlap", () => {
  const rule = ruleOf("2026-12-01T12:00", "2026-12-02T18:00", { timeZone: "UTC", repeat: "FREQ=DAILY;COUNT=3" });

  it("the latest started names it", () => {
    const active = ["2026-12-02T11:59Z", "2026-12-02T12:00Z", "2026-12-02T18:00Z", "2026-12-04T17:59Z"].map(
      (text) => activeWindow(rule, at(text))?.startsAt,
    );

    expect(active).toEqual([at("2026-12-01T12:00Z"), at("2026-12-02T12:00Z"), at("2026-12-02T12:00Z"), at("2026-12-03T12:00Z")]);
  });

  it("every start and every end is a change", () => {
    const changes = ["2026-12-01T12:00Z", "2026-12-02T12:00Z", "2026-12-02T18:00Z", "2026-12-04T18:00Z"].map((text) =>
      nextChange(rule, at(text)),
    );

    expect(changes).toEqual([at("2026-12-02T12:00Z"), at("2026-12-02T18:00Z"), at("2026-12-03T12:00Z"), undefined]);
  });

  it("daily windows of ten years are each found", () => {
    const long = ruleOf("2020-01-01T00:00", "2030-01-01T00:00", { timeZone: "UTC", repeat: "FREQ=DAILY" });

    expect(activeWindow(long, at("2029-12-31T12:00Z"))?.startsAt).toBe(at("2029-12-31T00:00Z"));
    expect(windowsBetween(long, at("2029-12-31T12:00Z"), at("2029-12-31T13:00Z"), 2)).toEqual([
      windowOf("2020-01-01T00:00Z", "2030-01-01T00:00Z"),
      windowOf("2020-01-02T00:00Z", "2030-01-02T00:00Z"),
    ]);
    expect(lastEnd(long, at("2030-01-02T12:00Z"))).toBe(at("2030-01-02T00:00Z"));
  });

  it("without an end each window stays on, and the latest started names it", () => {
    const open = ruleOf("2026-12-01T12:00", undefined, { timeZone: "UTC", repeat: "FREQ=WEEKLY" });

    expect(activeWindow(open, at("2026-12-01T11:59Z"))).toBeUndefined();
    expect(activeWindow(open, at("2026-12-10T00:00Z"))).toEqual(windowOf("2026-12-08T12:00Z"));
    expect(nextChange(open, at("2026-12-10T00:00Z"))).toBe(at("2026-12-15T12:00Z"));
    expect(lastEnd(open, at("2026-12-10T00:00Z"))).toBeUndefined();
    expect(windowsBetween(open, at("2026-12-10T00:00Z"), at("2026-12-16T00:00Z"), 9)).toHaveLength(3);
  });

  it("windows that touch are two, and the instant between them belongs to the later", () => {
    const touching = ruleOf("2026-12-01T00:00", "2026-12-02T00:00", { timeZone: "UTC", repeat: "FREQ=DAILY" });

    expect(activeWindow(touching, at("2026-12-05T00:00Z"))?.startsAt).toBe(at("2026-12-05T00:00Z"));
    expect(nextChange(touching, at("2026-12-04T12:00Z"))).toBe(at("2026-12-05T00:00Z"));
    expect(lastEnd(touching, at("2026-12-05T00:00Z"))).toBe(at("2026-12-05T00:00Z"));
  });
});

describe("stretches", () => {
  const rule = ruleOf("2026-12-01T12:00", "2026-12-01T13:00", { timeZone: "UTC", repeat: "FREQ=DAILY" });

  it.each([
    ["2026-12-05T13:00Z", "2026-12-06T12:00Z"],
    ["2026-12-05T12:30Z", "2026-12-05T12:30Z"],
    ["2026-12-07T00:00Z", "2026-12-05T00:00Z"],
    ["2026-11-01T00:00Z", "2026-12-01T12:00Z"],
  ])("none overlaps %s to %s", (from, to) => {
    expect(windowsBetween(rule, at(from), at(to), 9)).toEqual([]);
  });

  it("a limit of none gives none", () => {
    expect(windowsBetween(rule, at("2026-12-05T00:00Z"), at("2026-12-06T00:00Z"), 0)).toEqual([]);
  });

  it.each([
    ["UTC", "2026-12-01T12:00Z", "9999-12-31T13:00Z"],
    ["Asia/Kathmandu", "2026-12-01T06:15Z", "9999-12-31T07:15Z"],
    ["America/New_York", "2026-12-01T17:00Z", "9999-12-31T18:00Z"],
  ])("instants at the ends of time have an answer in %s", (timeZone, first, last) => {
    const elsewhere = { ...rule, timeZone };
    const [least, most] = [at("-271821-04-20T00:00Z"), at("+275760-09-13T00:00Z")];

    expect(activeWindow(elsewhere, least)).toBeUndefined();
    expect(activeWindow(elsewhere, most)).toBeUndefined();
    expect(nextChange(elsewhere, least)).toBe(at(first));
    expect(nextChange(elsewhere, most)).toBeUndefined();
    expect(lastEnd(elsewhere, most)).toBe(at(last));
  });

  it("a rule that was never checked and is not one is refused", () => {
    const broken = ruleOf("2026-12-01T12:00", "2026-12-01T13:00", { repeat: "FREQ=SOMETIMES" });

    expect(() => nextChange(broken, at("2026-12-05T00:00Z"))).toThrow(RangeError);
    expect(() => nextChange(ruleOf("soon", undefined), at("2026-12-05T00:00Z"))).toThrow(RangeError);
  });
});
