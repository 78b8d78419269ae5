import { describe, expect, it } from "vitest";
import { checkWindowRule } from "../../../lib/domain/windows/check-window-rule.ts";
import { nextChange } from "../../../lib/domain/windows/next-change.ts";
import type { WindowRule } from "../../../lib/domain/windows/window-rule.ts";
import { at, ruleOf } from "./rules.ts";

/** A rule on a Thursday evening in New York. */
function thursday(rest: Partial<WindowRule>): WindowRule {
  return ruleOf("2026-11-26T18:00", "2026-11-26T22:00", rest);
}

const LISTS = "with commas between them";
const UNTIL_FORMS = "write a date (20261231, that day included), a local time (20261231T180000) or one in UTC (20261231T180000Z)";

describe("rules that are good", () => {
  it.each([
    {},
    { end: undefined },
    { timeZone: "UTC" },
    { timeZone: "US/Eastern" },
    { repeat: "FREQ=DAILY" },
    { repeat: "FREQ=WEEKLY;BYDAY=MO,TH;INTERVAL=2;WKST=SU;COUNT=10" },
    { repeat: "FREQ=WEEKLY;BYDAY=TH;UNTIL=20261231" },
    { repeat: "FREQ=WEEKLY;BYDAY=TH;UNTIL=20261231T180000" },
    { repeat: "FREQ=WEEKLY;BYDAY=TH;UNTIL=20261231T230000Z" },
    { repeat: "FREQ=YEARLY;BYMONTH=11;BYDAY=4TH" },
    { repeat: "FREQ=DAILY", except: ["2026-12-24", "2026-12-25"] },
  ])("%j", (rest) => {
    expect(checkWindowRule(thursday(rest))).toEqual({ problems: [], warnings: [] });
  });
});

describe("time zones", () => {
  it.each([
    ["Europe/Berln", '"Europe/Berln" is not a time zone: did you mean Europe/Berlin?'],
    ["berlin", '"berlin" is not a time zone: did you mean Europe/Berlin?'],
    ["America/New York", '"America/New York" is not a time zone: did you mean America/New_York?'],
    ["utc ", '"utc " is not a time zone: did you mean UTC?'],
    ["+02:00", '"+02:00" is not a time zone: write an IANA name such as America/New_York'],
    ["", '"" is not a time zone: write an IANA name such as America/New_York'],
    ["Mars/Olympus", '"Mars/Olympus" is not a time zone: write an IANA name such as America/New_York'],
  ])("%s is refused", (timeZone, message) => {
    expect(checkWindowRule(thursday({ timeZone })).problems).toEqual([{ field: "timeZone", message }]);
  });
});

describe("repeat rules that cannot be used", () => {
  it.each([
    ["", 'it has an empty part: write NAME=VALUE, with one ";" between two parts and none at the end'],
    ["FREQ=DAILY;", 'it has an empty part: write NAME=VALUE, with one ";" between two parts and none at the end'],
    ["RRULE:FREQ=DAILY", 'leave out the "RRULE:" in front'],
    ["FREQ=DAILY; COUNT=2", "it holds a space or a line break: a rule is one line without spaces: take it out"],
    [
      "DTSTART:20260101T000000\nRRULE:FREQ=DAILY",
      "DTSTART does not belong in a repeat rule: the first window is set by `start`; leave DTSTART out",
    ],
    ["FREQ=DAILY;DTSTART=20260101", "DTSTART does not belong in a repeat rule: the first window is set by `start`; leave DTSTART out"],
    ["FREQ=DAILY;EXDATE=20260101", "EXDATE does not belong in a repeat rule: name dates without a window in `except`; leave EXDATE out"],
    [
      "RSCALE=CHINESE;FREQ=DAILY",
      "RSCALE does not belong in a repeat rule: dates are always those of the everyday (Gregorian) calendar; leave RSCALE out",
    ],
    ["FREQ=DAILY;BYDAYS=FR", '"BYDAYS" is not a part of a repeat rule: did you mean BYDAY?'],
    [
      "FREQ=DAILY;EVERY=2",
      '"EVERY" is not a part of a repeat rule; the parts are FREQ, INTERVAL, COUNT, UNTIL, BYDAY, WKST, BYSECOND, BYMINUTE, BYHOUR, BYMONTHDAY, BYYEARDAY, BYWEEKNO, BYMONTH, BYSETPOS',
    ],
    ["FREQ=DAILY;FREQ=DAILY", "FREQ is there twice: put all its values behind one FREQ="],
    ["FREQ", "FREQ has no value: write FREQ=…"],
    ["BYDAY=FR", "it does not say how often: begin with FREQ=, one of DAILY, WEEKLY, MONTHLY, YEARLY"],
    ["FREQ=HOURLY", "FREQ=HOURLY: windows cannot come round faster than once a day; use DAILY with BYHOUR (FREQ=DAILY;BYHOUR=9,12,15)"],
    ["FREQ=MINUTELY", "FREQ=MINUTELY: windows cannot come round faster than once a day; use DAILY with BYHOUR (FREQ=DAILY;BYHOUR=9,12,15)"],
    ["FREQ=WEEKY", "FREQ=WEEKY: did you mean WEEKLY?"],
    ["FREQ=SOMETIMES", "FREQ=SOMETIMES: write one of DAILY, WEEKLY, MONTHLY, YEARLY"],
    ["FREQ=DAILY;COUNT=0", "COUNT=0: write a whole number from 1 to 1000"],
    ["FREQ=DAILY;COUNT=1001", "COUNT=1001: write a whole number from 1 to 1000"],
    ["FREQ=DAILY;INTERVAL=1.5", "INTERVAL=1.5: write a whole number from 1 to 10000"],
    ["FREQ=DAILY;COUNT=3;UNTIL=20270101", "COUNT and UNTIL both say when it stops: leave one of them out"],
    ["FREQ=DAILY;UNTIL=2026-12-31", `UNTIL=2026-12-31: ${UNTIL_FORMS}`],
    ["FREQ=DAILY;UNTIL=20270230", `UNTIL=20270230: there is no such date; ${UNTIL_FORMS}`],
    ["FREQ=DAILY;UNTIL=20270228T250000", `UNTIL=20270228T250000: there is no such time of day; ${UNTIL_FORMS}`],
    ["FREQ=DAILY;BYHOUR=24", `BYHOUR=24: write whole numbers from 0 to 23, ${LISTS}`],
    ["FREQ=DAILY;BYHOUR=9,,12", `BYHOUR=9,,12: write whole numbers from 0 to 23, ${LISTS}`],
    ["FREQ=MONTHLY;BYMONTHDAY=0", `BYMONTHDAY=0: write whole numbers from 1 to 31, or -1 to -31 to count from the end, ${LISTS}`],
    ["FREQ=YEARLY;BYWEEKNO=53", `BYWEEKNO=53: write whole numbers from 2 to 51, or -2 to -51 to count from the end, ${LISTS}`],
    ["FREQ=WEEKLY;BYDAY=FRI", `BYDAY=FRI: write days as MO, TU, WE, TH, FR, SA, SU, ${LISTS}; "-1FR" is the last Friday`],
    ["FREQ=WEEKLY;WKST=1", "WKST=1: write one of MO, TU, WE, TH, FR, SA, SU"],
    ["FREQ=WEEKLY;BYDAY=1FR", 'BYDAY with a number ("1MO") goes with FREQ=MONTHLY and FREQ=YEARLY only'],
    ["FREQ=YEARLY;BYWEEKNO=20;BYDAY=1FR", 'BYDAY with a number ("1MO") does not go with BYWEEKNO'],
    ["FREQ=WEEKLY;BYMONTHDAY=1", "BYMONTHDAY does not go with FREQ=WEEKLY: use FREQ=MONTHLY"],
    ["FREQ=MONTHLY;BYYEARDAY=1", "BYYEARDAY goes with FREQ=YEARLY only"],
    ["FREQ=MONTHLY;BYWEEKNO=20", "BYWEEKNO goes with FREQ=YEARLY only"],
    ["FREQ=DAILY;BYSETPOS=1", "BYSETPOS picks from what other parts select: add BYDAY or another BY… part"],
    [
      "FREQ=MONTHLY;BYDAY=6FR",
      'a month has at most five of a weekday, and every year has 52 ("-1MO" is the last Monday, whether the 52nd or the 53rd)',
    ],
    [
      "FREQ=YEARLY;BYYEARDAY=100;BYDAY=MO",
      "BYYEARDAY does not go with BYDAY, BYMONTHDAY or BYWEEKNO here: say it with BYMONTH and BYMONTHDAY",
    ],
    [
      "FREQ=YEARLY;BYWEEKNO=20;BYMONTH=5",
      "BYWEEKNO goes with BYDAY only here, not with BYMONTH, BYMONTHDAY or BYSETPOS: leave BYWEEKNO or the others out",
    ],
    [
      "FREQ=YEARLY;BYDAY=20MO;BYMONTHDAY=13",
      'BYDAY with a number ("1MO") does not go with BYMONTHDAY in FREQ=YEARLY here: use FREQ=MONTHLY with BYMONTH',
    ],
    [
      "FREQ=DAILY;BYHOUR=1,2,3,4,5;BYMINUTE=1,2,3,4,5,6,7,8,9,10;BYSECOND=1,2,3,4,5,6",
      "BYHOUR, BYMINUTE and BYSECOND make 300 windows a day; at most 288 are allowed: leave some out",
    ],
  ])("%j", (repeat, reason) => {
    const { problems, warnings } = checkWindowRule(thursday({ repeat }));

    const quoted = repeat.length > 60 ? `${repeat.slice(0, 60)}…` : repeat;
    expect(problems).toEqual([{ field: "repeat", message: `${JSON.stringify(quoted)}: ${reason}` }]);
    expect(warnings).toEqual([]);
  });

  it("a rule is not read without end", () => {
    const repeat = `FREQ=DAILY;BYHOUR=${"1,".repeat(600)}2`;

    const { problems } = checkWindowRule(thursday({ repeat }));

    expect(problems[0]?.message).toContain("it is 1219 characters long; at most 1000 are read");
  });

  it("everything wrong in a rule is said at once", () => {
    const { problems } = checkWindowRule(thursday({ repeat: "FREQ=DAYLY;BYHOUR=25;COUNT=x" }));

    expect(problems.map(({ message }) => message.split(": ")[1])).toEqual(["FREQ=DAYLY", "BYHOUR=25", "COUNT=X"]);
  });

  it.each([
    "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
    "FREQ=WEEKLY;BYDAY=MO;BYSETPOS=2",
    "FREQ=DAILY;UNTIL=20250101",
    "FREQ=DAILY;INTERVAL=7;BYDAY=MO",
  ])("%s never selects a date", (repeat) => {
    const { problems } = checkWindowRule(thursday({ repeat }));

    const message = `"${repeat}" never selects a date from 2026-11-26T18:00 (a Thursday) on: check UNTIL, and whether its parts can hold together`;
    expect(problems).toEqual([{ field: "repeat", message }]);
  });

  it("a rule that never selects a date is not warned of besides", () => {
    expect(checkWindowRule(thursday({ repeat: "FREQ=DAILY;UNTIL=20250101", except: ["2026-11-26"] })).warnings).toEqual([]);
  });

  it("a rule whose UNTIL is an instant before its first window has no window", () => {
    const { problems, warnings } = checkWindowRule(thursday({ repeat: "FREQ=DAILY;UNTIL=20261126T120000Z", except: ["2026-11-26"] }));

    const message = "daylight saving in America/New_York, or UNTIL, leaves no window with any length: move start, end or UNTIL";
    expect({ problems, warnings }).toEqual({ problems: [{ field: "repeat", message }], warnings: [] });
  });

  it("a rule that cannot be used may not be asked for its windows", () => {
    const rule = thursday({ repeat: "FREQ=DAYLY;COUNT=0" });

    expect(() => nextChange(rule, at("2026-11-26T00:00Z"))).toThrow(
      new RangeError(
        '"FREQ=DAYLY;COUNT=0" is not a repeat rule: FREQ=DAYLY: did you mean DAILY?; COUNT=0: write a whole number from 1 to 1000',
      ),
    );
  });

  it("a rule whose start cannot be read may not be asked either", () => {
    const rule = ruleOf("tomorrow", undefined);

    expect(() => nextChange(rule, at("2026-11-26T00:00Z"))).toThrow(new RangeError('"tomorrow" is not a local date and time'));
  });

  it("a rule whose every window falls into the spring gap has no window", () => {
    const rule = ruleOf("2026-03-08T02:30", "2026-03-08T03:10", { repeat: "FREQ=YEARLY;BYMONTH=3;BYDAY=2SU" });

    const { problems } = checkWindowRule(rule);

    const message = "daylight saving in America/New_York, or UNTIL, leaves no window with any length: move start, end or UNTIL";
    expect(problems).toEqual([{ field: "repeat", message }]);
  });
});

describe("starts and ends", () => {
  it.each([
    [
      "the same moment",
      ruleOf("2026-11-26T18:00", "2026-11-26T18:00"),
      "2026-11-26T18:00 (a Thursday)",
      "2026-11-26T18:00 (a Thursday)",
      "",
    ],
    [
      "an earlier day",
      ruleOf("2026-11-26T18:00", "2026-11-25T18:00", { repeat: "FREQ=DAILY" }),
      "2026-11-25T18:00 (a Wednesday)",
      "2026-11-26T18:00 (a Thursday)",
      "",
    ],
    [
      "the same moment said differently",
      ruleOf("2026-11-26T18:00", "2026-11-26T23:00Z"),
      "2026-11-26T18:00 (a Thursday)",
      "2026-11-26T18:00 (a Thursday)",
      "",
    ],
    [
      "moments with an offset that the wall shows in reverse order",
      ruleOf("2026-11-01T05:50:00Z", "2026-11-01T06:10:00Z", { repeat: "FREQ=DAILY" }),
      "2026-11-01T01:10 (a Sunday)",
      "2026-11-01T01:50 (a Sunday)",
      " (as the clock shows them in America/New_York)",
    ],
  ])("an end that is not after the start is refused: %s", (_name, rule, end, start, read) => {
    const message = `the end, ${end}, is not after the start, ${start}${read}: move one of them`;

    expect(checkWindowRule(rule).problems).toEqual([{ field: "end", message }]);
  });

  it("moments with an offset are compared on the time line where nothing repeats", () => {
    expect(checkWindowRule(ruleOf("2026-11-01T05:50:00Z", "2026-11-01T06:10:00Z")).problems).toEqual([]);
  });

  it("a moment on the wall and one with an offset are compared on the time line", () => {
    expect(checkWindowRule(ruleOf("2026-11-01T01:30", "2026-11-01T06:15Z")).problems).toEqual([]);
  });

  it("a single window that the gap leaves without length is refused", () => {
    const message = "daylight saving in America/New_York leaves no time between start and end: move one of them";

    expect(checkWindowRule(ruleOf("2026-03-08T02:30", "2026-03-08T03:10")).problems).toEqual([{ field: "end", message }]);
  });

  it("a moment with an offset may be beside one on the wall that the gap moves past it", () => {
    expect(checkWindowRule(ruleOf("2026-03-08T03:00-04:00", "2026-03-08T02:30")).problems).toEqual([]);
  });

  it("two moments on the wall have to be in order there, though the gap moves the earlier one past the later", () => {
    const message = "the end, 2026-03-08T02:30 (a Sunday), is not after the start, 2026-03-08T03:00 (a Sunday): move one of them";

    expect(checkWindowRule(ruleOf("2026-03-08T03:00", "2026-03-08T02:30")).problems).toEqual([{ field: "end", message }]);
  });

  it.each([
    ["a start", "2026-11-26T23:00:00Z", "2026-11-26T17:00"],
    ["an end", "2026-11-26T18:00", "2026-11-26T22:00:00Z"],
  ])("%s with an offset is told as the wall shows it where a rule repeats it", (_which, start, end) => {
    const message =
      "the end, 2026-11-26T17:00 (a Thursday), is not after the start, 2026-11-26T18:00 (a Thursday) (as the clock shows them in America/New_York): move one of them";

    expect(checkWindowRule(ruleOf(start, end, { repeat: "FREQ=DAILY" })).problems).toEqual([{ field: "end", message }]);
  });

  it("a repeated window has to have a length on the wall", () => {
    const { problems } = checkWindowRule(ruleOf("2026-11-26T18:00", "2026-11-26T18:00", { repeat: "FREQ=DAILY" }));

    expect(problems).toEqual([{ field: "end", message: expect.stringContaining("is not after the start") }]);
  });

  it("an end before its start is told though the zone is none, and not where either cannot be read", () => {
    const fields = (start: string, end: string, timeZone: string) =>
      checkWindowRule(ruleOf(start, end, { timeZone })).problems.map(({ field }) => field);

    expect(fields("2026-11-26T18:00", "2026-11-26T17:00", "Nowhere")).toEqual(["timeZone", "end"]);
    expect(fields("2026-02-29T00:00", "2026-11-26T17:00", "UTC")).toEqual(["start"]);
    expect(fields("2026-11-26T18:00", "24:00", "UTC")).toEqual(["end"]);
  });

  it("what is no date and time is refused, both at once", () => {
    const { problems } = checkWindowRule(ruleOf("2026-02-29T00:00", "24:00", { timeZone: "Nowhere" }));

    expect(problems).toEqual([
      { field: "timeZone", message: '"Nowhere" is not a time zone: write an IANA name such as America/New_York' },
      { field: "start", message: '"2026-02-29T00:00" is not a date and time there is: write it as 2026-11-27T18:00' },
      { field: "end", message: '"24:00" is not a date and time there is: write it as 2026-11-27T18:00' },
    ]);
  });
});

describe("years past the calendar", () => {
  it.each([
    ["-000001-12-30T00:00:00Z", "-000001-12-29T23:59:59Z"],
    ["+010000-01-02T00:00:00Z", "+010000-01-02T00:00:01Z"],
  ])("a moment with an offset may be %s and not %s", (last, beyond) => {
    const problems = (text: string) => checkWindowRule(ruleOf(text, undefined, { timeZone: "UTC" })).problems;

    expect([problems(last).length, problems(beyond).length]).toEqual([0, 1]);
  });

  it.each(["+010001-01-01T00:00:00Z", "+275760-09-13T00:00:00Z", "-271821-04-20T00:00:00Z"])("%s is refused", (text) => {
    const message = `"${text}" is not a date and time there is: write it as 2026-11-27T18:00`;

    const { problems } = checkWindowRule(ruleOf(text, text, { timeZone: "Asia/Kathmandu" }));

    expect(problems).toEqual([
      { field: "start", message },
      { field: "end", message },
    ]);
  });

  it("the last minute of the year 9999 is the last", () => {
    const rule = ruleOf("9999-12-31T23:00", "9999-12-31T23:59", { repeat: "FREQ=DAILY" });

    expect(checkWindowRule(rule)).toEqual({ problems: [], warnings: [] });
    expect(nextChange(rule, at("+010000-01-01T04:30Z"))).toBe(at("+010000-01-01T04:59Z"));
    expect(nextChange(rule, at("+010000-01-01T04:59Z"))).toBeUndefined();
  });
});

describe("exceptions", () => {
  it("what is no date is refused, each for itself", () => {
    const { problems } = checkWindowRule(thursday({ repeat: "FREQ=DAILY", except: ["2026-11-27", "26.11.2026", "2026-02-30"] }));

    expect(problems).toEqual([
      { field: "except", message: '"26.11.2026" is not a date there is: write it as 2026-12-25' },
      { field: "except", message: '"2026-02-30" is not a date there is: write it as 2026-12-25' },
    ]);
  });

  it("no more than ten are named", () => {
    const except = Array.from({ length: 12 }, (_each, index) => `day ${index}`);

    expect(checkWindowRule(thursday({ repeat: "FREQ=DAILY", except })).problems).toHaveLength(10);
  });

  it("a thousand are allowed", () => {
    const except = Array.from({ length: 1_000 }, () => "2026-11-27");

    expect(checkWindowRule(thursday({ repeat: "FREQ=DAILY", except })).problems).toEqual([]);
  });

  it("more than a thousand are refused", () => {
    const except = Array.from({ length: 1_001 }, () => "2026-11-27");

    const { problems } = checkWindowRule(thursday({ repeat: "FREQ=DAILY", except }));

    expect(problems).toEqual([
      { field: "except", message: "it names 1001 dates; at most 1000 are allowed: leave out those that have passed" },
    ]);
  });
});

describe("warnings", () => {
  it("a rule that does not select the start is told with the date it begins on", () => {
    const { warnings } = checkWindowRule(thursday({ repeat: "FREQ=WEEKLY;BYDAY=FR" }));

    expect(warnings).toEqual([
      "repeat does not select the start itself, 2026-11-26T18:00 (a Thursday): the first window begins 2026-11-27T18:00 (a Friday)",
    ]);
  });

  it("an exception on which nothing would start is told", () => {
    const except = ["2026-11-01", "2026-12-24", "2020-01-01", "2020-01-02", "2020-01-03"];

    const { warnings } = checkWindowRule(thursday({ repeat: "FREQ=DAILY", except }));

    expect(warnings).toEqual(["except names 2026-11-01, 2020-01-01, 2020-01-02 and 1 more, on which no window would start anyway"]);
  });

  it.each([1, 2, 3])("%d such exceptions are all named", (count) => {
    const except = ["2020-01-01", "2020-01-02", "2020-01-03"].slice(0, count);

    const { warnings } = checkWindowRule(thursday({ repeat: "FREQ=DAILY", except }));

    expect(warnings).toEqual([`except names ${except.join(", ")}, on which no window would start anyway`]);
  });

  it.each([{}, { repeat: "FREQ=DAILY;COUNT=1" }])("exceptions that take every window away are told: %j", (rest) => {
    const { problems, warnings } = checkWindowRule(thursday({ ...rest, except: ["2026-11-26"] }));

    expect(problems).toEqual([]);
    expect(warnings).toEqual(["except takes away every window: the campaign never begins"]);
  });
});
