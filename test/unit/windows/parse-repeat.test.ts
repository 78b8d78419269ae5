import { describe, expect, it } from "vitest";
import { parseRepeat } from "../../../lib/domain/windows/parse-repeat.ts";

const DAYS = "FREQ=MONTHLY;BYMONTHDAY=1";
const HOURS = Array.from({ length: 24 }, (_each, hour) => hour).join(",");

/** A rule that is so many characters long, all of them good. */
function ofLength(length: number): string {
  const rest = length - DAYS.length;
  return `${DAYS}${",1".repeat(Math.floor(rest / 2) - 1)}${rest % 2 === 0 ? ",1" : ",11"}`;
}

describe("a repeat rule is read", () => {
  it.each([
    ["with as much text as may be", ofLength(1_000)],
    ["with as many occurrences", "FREQ=DAILY;COUNT=1000"],
    ["with as long an interval", "FREQ=DAILY;INTERVAL=10000"],
    ["with the fifth of a weekday in a month", "FREQ=MONTHLY;BYDAY=5MO"],
    ["with the 52nd of a weekday in a year", "FREQ=YEARLY;BYDAY=-52MO"],
    ["with a weekday and a day of the month, month by month", "FREQ=MONTHLY;BYDAY=1MO;BYMONTHDAY=1"],
    ["with a window every five minutes", `FREQ=DAILY;BYHOUR=${HOURS};BYMINUTE=0,5,10,15,20,25,30,35,40,45,50,55`],
    ["with the first of two times a day", "FREQ=DAILY;BYHOUR=9,10;BYSETPOS=1"],
    ["with day 366 from either end", "FREQ=YEARLY;BYYEARDAY=366,-366"],
  ])("%s", (_what, text) => {
    expect(parseRepeat(text).problems).toEqual([]);
  });

  it("into its parts, capitals or not, each number once and in order", () => {
    expect(parseRepeat("freq=yearly;interval=2;bymonth=12,3,12;byday=mo,-1fr,+2tu;bysetpos=-1,1;wkst=su;until=20261231").parts).toEqual({
      frequency: "YEARLY",
      interval: 2,
      count: undefined,
      until: { kind: "wall", at: Date.UTC(2027, 0, 1) - 1 },
      byDay: ["MO", "-1FR", "2TU"],
      weekStart: "SU",
      lists: { BYMONTH: [3, 12], BYSETPOS: [-1, 1] },
    });
  });

  it.each([
    ["20261231T180000", { kind: "wall", at: Date.UTC(2026, 11, 31, 18) }],
    ["20261231T180000Z", { kind: "instant", at: Date.UTC(2026, 11, 31, 18) }],
  ])("until %s", (until, read) => {
    expect(parseRepeat(`FREQ=DAILY;UNTIL=${until}`).parts?.until).toEqual(read);
  });
});

const NAMES = "FREQ, INTERVAL, COUNT, UNTIL, BYDAY, WKST, BYSECOND, BYMINUTE, BYHOUR, BYMONTHDAY, BYYEARDAY, BYWEEKNO, BYMONTH, BYSETPOS";
const FASTER = "windows cannot come round faster than once a day; use DAILY with BYHOUR (FREQ=DAILY;BYHOUR=9,12,15)";
const WEEKDAYS = 'write days as MO, TU, WE, TH, FR, SA, SU, with commas between them; "-1FR" is the last Friday';
const MONTH_DAYS = "write whole numbers from 1 to 31, or -1 to -31 to count from the end, with commas between them";
const ORDINAL_BOUND =
  'a month has at most five of a weekday, and every year has 52 ("-1MO" is the last Monday, whether the 52nd or the 53rd)';
const ORDINAL_FREQUENCY = 'BYDAY with a number ("1MO") goes with FREQ=MONTHLY and FREQ=YEARLY only';

/** Beside what check-window-rule.test.ts tells. */
describe("what is wrong with a repeat rule is said in a sentence", () => {
  it.each([
    [ofLength(1_001), "it is 1001 characters long; at most 1000 are read: write it shorter"],
    ["rrule:FREQ=DAILY", 'leave out the "rrule:" in front'],
    ["FREQ=DAILY\nDTSTART:20261127", "DTSTART does not belong in a repeat rule: the first window is set by `start`; leave DTSTART out"],
    ["FREQ=DAILY;XDTSTART=1", `"XDTSTART" is not a part of a repeat rule; the parts are ${NAMES}`],
    ["FREQ=DAILY;DTEND=1", "DTEND does not belong in a repeat rule: the length of a window is set by `start` and `end`; leave DTEND out"],
    ["FREQ=DAILY;TZID/X=1", "TZID does not belong in a repeat rule: the zone is set by `timeZone`; leave TZID out"],
    ["FREQ=DAILY;EXDATE:20261225", "EXDATE does not belong in a repeat rule: name dates without a window in `except`; leave EXDATE out"],
    ["FREQ=DAILY;RDATE=1", "RDATE does not belong in a repeat rule: single extra dates need a campaign of their own; leave RDATE out"],
    ["FREQ=DAILY;SKIP=OMIT", "SKIP does not belong in a repeat rule: a date that a month does not have is left out; leave SKIP out"],
    ["FREQ=DAILY;=5", `"" is not a part of a repeat rule; the parts are ${NAMES}`],
    ["FREQ=DAILY;WEEKLY", '"WEEKLY" is not a part of a repeat rule: did you mean FREQ=WEEKLY?'],
    ["FREQ=SECONDLY", `FREQ=SECONDLY: ${FASTER}`],
    ["FREQ=DAILY;COUNT==", "COUNT==: write a whole number from 1 to 1000"],
    ["FREQ=DAILY;COUNT=1=2", "COUNT=1=2: write a whole number from 1 to 1000"],
    ["FREQ=DAILY;INTERVAL=10001", "INTERVAL=10001: write a whole number from 1 to 10000"],
    ["FREQ=DAILY;INTERVAL=0000000001", "INTERVAL=0000000001: write a whole number from 1 to 10000"],
    ["FREQ=MONTHLY;BYMONTHDAY=X1", `BYMONTHDAY=X1: ${MONTH_DAYS}`],
    ["FREQ=MONTHLY;BYMONTHDAY=1X", `BYMONTHDAY=1X: ${MONTH_DAYS}`],
    ["FREQ=MONTHLY;BYMONTHDAY=1e1", `BYMONTHDAY=1E1: ${MONTH_DAYS}`],
    ["FREQ=MONTHLY;BYMONTHDAY=0x1", `BYMONTHDAY=0X1: ${MONTH_DAYS}`],
    ["FREQ=MONTHLY;BYMONTHDAY=-32", `BYMONTHDAY=-32: ${MONTH_DAYS}`],
    ["FREQ=DAILY;BYHOUR=-1", "BYHOUR=-1: write whole numbers from 0 to 23, with commas between them"],
    ["FREQ=WEEKLY;BYDAY=MO,XX", `BYDAY=MO,XX: ${WEEKDAYS}`],
    ["FREQ=YEARLY;BYDAY=54MO", `BYDAY=54MO: ${WEEKDAYS}`],
    ["FREQ=YEARLY;BYDAY=0MO", `BYDAY=0MO: ${WEEKDAYS}`],
    ["FREQ=DAILY;BYDAY=1MO", ORDINAL_FREQUENCY],
    ["FREQ=WEEKLY;BYDAY=MO,1TU", ORDINAL_FREQUENCY],
    ["FREQ=MONTHLY;BYDAY=1MO,6MO", ORDINAL_BOUND],
    ["FREQ=YEARLY;BYMONTH=1;BYDAY=6MO", ORDINAL_BOUND],
    ["FREQ=YEARLY;BYDAY=53MO", ORDINAL_BOUND],
  ])("%s", (text, problem) => {
    expect(parseRepeat(text).problems).toEqual([problem]);
  });

  it("for every part at once, and once where two parts have the same", () => {
    expect(parseRepeat("FREQ=DAILY;;COUNT=1;").problems).toHaveLength(1);
    expect(parseRepeat("FREQ=DAYLY;COUNT=0;WKST=1").problems).toHaveLength(3);
  });
});
