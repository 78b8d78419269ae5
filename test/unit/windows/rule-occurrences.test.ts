import { describe, expect, it } from "vitest";
import { parseRepeat } from "../../../lib/domain/windows/parse-repeat.ts";
import { createOccurrences } from "../../../lib/domain/windows/rule-occurrences.ts";
import { parseWallClock, type WallClock } from "../../../lib/domain/windows/wall-clock.ts";

/** Rules that end, from when on, and all that they select: on the time of day of the start where none is written. rrule-temporal agrees. */
const RULES: readonly (readonly [string, string, string])[] = [
  ["FREQ=DAILY;UNTIL=20261202", "2026-11-29T18:30:07", "2026-11-29 2026-11-30 2026-12-01 2026-12-02"],
  [
    "FREQ=DAILY;INTERVAL=2;BYHOUR=9,18;BYMINUTE=0,30;BYSECOND=15;UNTIL=20261203T093015",
    "2026-11-29T18:00",
    [
      "2026-11-29T18:00:15 2026-11-29T18:30:15 2026-12-01T09:00:15 2026-12-01T09:30:15 2026-12-01T18:00:15",
      "2026-12-01T18:30:15 2026-12-03T09:00:15 2026-12-03T09:30:15",
    ].join(" "),
  ],
  [
    "FREQ=DAILY;BYHOUR=9,12,18;BYSETPOS=-1,1,4,-4;UNTIL=20261201",
    "2026-11-29T12:00",
    "2026-11-29T18:00 2026-11-30T09:00 2026-11-30T18:00 2026-12-01T09:00 2026-12-01T18:00",
  ],
  [
    "FREQ=DAILY;INTERVAL=3;BYDAY=MO,TH;UNTIL=20270131",
    "2026-11-29T12:00",
    "2026-12-14 2026-12-17 2027-01-04 2027-01-07 2027-01-25 2027-01-28",
  ],
  [
    "FREQ=DAILY;BYMONTH=12;BYMONTHDAY=1,-1;UNTIL=20281231",
    "2026-11-29T12:00",
    "2026-12-01 2026-12-31 2027-12-01 2027-12-31 2028-12-01 2028-12-31",
  ],
  ["FREQ=DAILY;INTERVAL=400;UNTIL=20310101", "2026-11-29T12:00", "2026-11-29 2028-01-03 2029-02-06 2030-03-13"],
  ["FREQ=DAILY;INTERVAL=401;UNTIL=20310101", "2026-11-29T12:00", "2026-11-29 2028-01-04 2029-02-08 2030-03-16"],
  ["FREQ=WEEKLY;UNTIL=20261202", "2026-11-29T12:00", "2026-11-29"],
  ["FREQ=WEEKLY;UNTIL=20261206T120000", "2026-11-29T12:00", "2026-11-29 2026-12-06"],
  [
    "FREQ=WEEKLY;BYDAY=MO,FR,SU;INTERVAL=2;UNTIL=20270110",
    "2026-11-29T12:00",
    ["2026-11-29 2026-12-07 2026-12-11 2026-12-13 2026-12-21 2026-12-25 2026-12-27 2027-01-04", "2027-01-08 2027-01-10"].join(" "),
  ],
  [
    "FREQ=WEEKLY;BYDAY=MO,FR,SU;INTERVAL=2;WKST=SU;UNTIL=20270110",
    "2026-11-29T12:00",
    ["2026-11-29 2026-11-30 2026-12-04 2026-12-13 2026-12-14 2026-12-18 2026-12-27 2026-12-28", "2027-01-01 2027-01-10"].join(" "),
  ],
  ["FREQ=WEEKLY;BYDAY=TU,TH;BYSETPOS=-1;COUNT=3", "2026-11-29T12:00", "2026-12-03 2026-12-10 2026-12-17"],
  [
    "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1,1;UNTIL=20270310",
    "2026-11-29T12:00",
    "2026-11-30 2026-12-01 2026-12-31 2027-01-01 2027-01-29 2027-02-01 2027-02-26 2027-03-01",
  ],
  ["FREQ=MONTHLY;UNTIL=20270601", "2026-10-31T12:00", "2026-10-31 2026-12-31 2027-01-31 2027-03-31 2027-05-31"],
  [
    "FREQ=MONTHLY;INTERVAL=2;BYMONTHDAY=31,-1,30;UNTIL=20270601",
    "2026-10-31T12:00",
    "2026-10-31 2026-12-30 2026-12-31 2027-02-28 2027-04-30",
  ],
  [
    "FREQ=MONTHLY;BYDAY=2TU,-1SU;UNTIL=20270215",
    "2026-11-01T12:00",
    "2026-11-10 2026-11-29 2026-12-08 2026-12-27 2027-01-12 2027-01-31 2027-02-09",
  ],
  [
    "FREQ=YEARLY;BYYEARDAY=1,-1,366,60;UNTIL=20281231",
    "2026-01-01T12:00",
    "2026-01-01 2026-03-01 2026-12-31 2027-01-01 2027-03-01 2027-12-31 2028-01-01 2028-02-29 2028-12-31",
  ],
  ["FREQ=YEARLY;BYDAY=1MO,-1FR;UNTIL=20281231", "2026-01-01T12:00", "2026-01-05 2026-12-25 2027-01-04 2027-12-31 2028-01-03 2028-12-29"],
  [
    "FREQ=YEARLY;BYMONTH=3,11;BYDAY=2SU,-1FR;UNTIL=20271231",
    "2026-01-01T12:00",
    "2026-03-08 2026-03-27 2026-11-08 2026-11-27 2027-03-14 2027-03-26 2027-11-14 2027-11-26",
  ],
  [
    "FREQ=YEARLY;BYWEEKNO=20,-2;BYDAY=MO,SU;UNTIL=20281231",
    "2026-01-01T12:00",
    [
      "2026-05-11 2026-05-17 2026-12-21 2026-12-27 2027-05-17 2027-05-23 2027-12-20 2027-12-26",
      "2028-05-15 2028-05-21 2028-12-18 2028-12-24",
    ].join(" "),
  ],
  ["FREQ=YEARLY;BYWEEKNO=20;WKST=SU;UNTIL=20291231", "2026-01-01T12:00", "2026-05-21 2027-05-20 2028-05-18 2029-05-17"],
  [
    "FREQ=YEARLY;UNTIL=21040301",
    "2024-02-29T12:00",
    [
      "2024-02-29 2028-02-29 2032-02-29 2036-02-29 2040-02-29 2044-02-29 2048-02-29 2052-02-29",
      "2056-02-29 2060-02-29 2064-02-29 2068-02-29 2072-02-29 2076-02-29 2080-02-29 2084-02-29",
      "2088-02-29 2092-02-29 2096-02-29 2104-02-29",
    ].join(" "),
  ],
  ["FREQ=YEARLY;INTERVAL=3;UNTIL=20360101", "2026-05-05T12:00", "2026-05-05 2029-05-05 2032-05-05 2035-05-05"],
  ["FREQ=YEARLY;BYMONTH=2,8;UNTIL=20280301", "2026-05-05T12:00", "2026-08-05 2027-02-05 2027-08-05 2028-02-05"],
  ["FREQ=YEARLY;BYMONTHDAY=13;BYDAY=FR;UNTIL=20281231", "2026-05-05T12:00", "2026-11-13 2027-08-13 2028-10-13"],
  ["FREQ=DAILY;COUNT=3", "2026-11-29T12:00", "2026-11-29 2026-11-30 2026-12-01"],
];

function wallClock(text: string): WallClock {
  return parseWallClock(text) ?? Number.NaN;
}

/** Around each of the times, and between them. */
function around(times: readonly WallClock[]): readonly WallClock[] {
  return times.flatMap((time, index) => [time - 1, time, time + 1, Math.floor((time + (times[index + 1] ?? time + 1e10)) / 2)]);
}

describe("what a rule selects is found from wherever it is asked", () => {
  it.each(RULES)("%s from %s on", (repeat, start, text) => {
    const { parts } = parseRepeat(repeat);
    if (parts === undefined) throw new TypeError(`${repeat} cannot be read`);
    const times = text.split(" ").map((time) => wallClock(time.includes("T") ? time : `${time}T${start.slice(11)}`));
    const asked = [wallClock(start) - 1e12, wallClock(start), ...around(times), wallClock(start) + 1e13];

    const occurrences = createOccurrences(parts, wallClock(start), "UTC");

    expect(asked.map((at) => occurrences.next(at))).toEqual(asked.map((at) => times.find((time) => time > at)));
    expect(asked.map((at) => occurrences.previous(at))).toEqual(asked.map((at) => times.findLast((time) => time < at)));
    for (const from of asked) {
      const within = (to: WallClock) => times.filter((time) => time >= from && time <= to);

      expect(asked.map((to) => occurrences.between(from, to))).toEqual(asked.map(within));
    }
  });

  it("what is selected at UNTIL itself is the last", () => {
    const { parts } = parseRepeat("FREQ=MONTHLY;UNTIL=20270127T120000");
    if (parts === undefined) throw new TypeError();

    const { next } = createOccurrences(parts, wallClock("2026-11-27T12:00"), "UTC");

    expect(next(wallClock("2026-12-27T12:00"))).toBe(wallClock("2027-01-27T12:00"));
    expect(next(wallClock("2027-01-27T12:00"))).toBeUndefined();
  });

  it("a COUNT that reaches beyond the year 9999 counts up to there", () => {
    const { parts } = parseRepeat("FREQ=YEARLY;COUNT=5");
    if (parts === undefined) throw new TypeError();

    const occurrences = createOccurrences(parts, wallClock("9998-11-27T12:00"), "UTC");

    expect(occurrences.between(0, 1e15)).toEqual(["9998-11-27T12:00", "9999-11-27T12:00"].map(wallClock));
  });

  it("fractions of a second are those of the start", () => {
    const { parts } = parseRepeat("FREQ=DAILY;BYHOUR=9,10;COUNT=3");
    if (parts === undefined) throw new TypeError();

    const occurrences = createOccurrences(parts, wallClock("2026-11-29T09:30:15") + 250, "UTC");

    const times = ["2026-11-29T09:30:15", "2026-11-29T10:30:15", "2026-11-30T09:30:15"].map((text) => wallClock(text) + 250);
    expect(occurrences.between(0, 1e13)).toEqual(times);
  });

  it.each([
    ["an UNTIL that is an instant, for whoever compares instants", "FREQ=DAILY;UNTIL=20261129T230000Z", 4],
    ["a rule that goes on, to the end of the year 9999", "FREQ=YEARLY", 9999 - 2026 + 1],
  ])("%s: all that may count is selected", (_what, repeat, least) => {
    const { parts } = parseRepeat(repeat);
    if (parts === undefined) throw new TypeError();

    const found = createOccurrences(parts, wallClock("2026-11-27T12:00"), "Pacific/Kiritimati").between(0, 1e15);

    expect(found.length).toBeGreaterThanOrEqual(least);
    expect(found.every((time) => time <= wallClock("9999-12-31T23:59:59"))).toBe(true);
  });
});
