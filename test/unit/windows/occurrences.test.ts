import { describe, expect, it } from "vitest";
import { DAY, instant } from "../../../lib/domain/instant.ts";
import { listedOccurrences } from "../../../lib/domain/windows/listed-occurrences.ts";
import { type Occurrences, withoutDays } from "../../../lib/domain/windows/occurrences.ts";
import { periodicOccurrences } from "../../../lib/domain/windows/periodic-occurrences.ts";
import { createWindowPage } from "../../../lib/domain/windows/window-page.ts";
import type { Window } from "../../../lib/domain/windows/window-rule.ts";

const SIXTHS = DAY / 6;

interface Case {
  readonly what: string;
  readonly occurrences: Occurrences;
  readonly times: readonly number[];
}

const TIMES = [10, 20, 21, 40];
const OVER_DAYS = [1, 2, 3, 6, 7, 11, 12, 13, 17, 18, 30].map((sixth) => sixth * SIXTHS);

const CASES: readonly Case[] = [
  { what: "none", occurrences: listedOccurrences([]), times: [] },
  { what: "listed", occurrences: listedOccurrences(TIMES), times: TIMES },
  {
    what: "periodic, to a last one",
    occurrences: periodicOccurrences({ start: 10, period: 10, offsets: [0, 3, 9], last: 43 }),
    times: [10, 13, 19, 20, 23, 29, 30, 33, 39, 40, 43],
  },
  {
    what: "periodic, the last time between two",
    occurrences: periodicOccurrences({ start: 10, period: 20, offsets: [1], last: 45 }),
    times: [11, 31],
  },
];

describe.each(CASES)("occurrences, $what", ({ occurrences, times }) => {
  const asked = Array.from({ length: 60 }, (_each, time) => time);

  it("are found after a time, that time left out", () => {
    expect(asked.map((after) => occurrences.next(after))).toEqual(asked.map((after) => times.find((time) => time > after)));
    expect(occurrences.next(Number.NEGATIVE_INFINITY)).toBe(times[0]);
  });

  it("are found before a time, that time left out", () => {
    expect(asked.map((before) => occurrences.previous(before))).toEqual(asked.map((before) => times.findLast((time) => time < before)));
  });

  it("are found between two times, both included", () => {
    for (const from of asked.slice(5, 50)) {
      const found = asked.map((to) => occurrences.between(from, to));

      expect(found).toEqual(asked.map((to) => times.filter((time) => time >= from && time <= to)));
    }
  });
});

it("occurrences on days that are left out are passed over in each direction", () => {
  const left = withoutDays(listedOccurrences(OVER_DAYS), new Set([0, 2, 5]));
  const times = OVER_DAYS.filter((time) => ![0, 2, 5].includes(Math.floor(time / DAY)));
  const asked = Array.from({ length: 40 }, (_each, sixth) => sixth * SIXTHS);

  expect(times).toEqual([6, 7, 11, 18].map((sixth) => sixth * SIXTHS));
  expect(asked.map((after) => left.next(after))).toEqual(asked.map((after) => times.find((time) => time > after)));
  expect(asked.map((before) => left.previous(before))).toEqual(asked.map((before) => times.findLast((time) => time < before)));
  expect(left.between(0, 40 * SIXTHS)).toEqual(times);
});

describe("a page of windows", () => {
  const window = (startsAt: number, endsAt?: number): Window =>
    endsAt === undefined ? { startsAt: instant(startsAt) } : { startsAt: instant(startsAt), endsAt: instant(endsAt) };
  const [FROM, TO] = [100, 200];
  const PAGES: readonly (readonly [string, readonly Window[]])[] = [
    ["none", []],
    ["some apart", [window(110, 120), window(130, 140)]],
    ["some that touch", [window(100, 120), window(120, 140), window(140, 200)]],
    ["some over others", [window(90, 190), window(110, 120), window(115, 118), window(150, 250)]],
    ["some that start together", [window(110, 120), window(110, 180), window(150, 160)]],
    ["one without an end", [window(50), window(120, 130)]],
    ["one over both ends", [window(50, 300)]],
  ];

  it.each(PAGES)("with %s tells what is on, what changes next, and what ended last", (_what, windows) => {
    const page = createWindowPage(windows, instant(FROM), instant(TO));
    const asked = Array.from({ length: TO - FROM }, (_each, index) => instant(FROM + index));
    const ends = windows.flatMap(({ endsAt }) => (endsAt !== undefined && endsAt > FROM && endsAt <= TO ? [endsAt] : []));
    const changes = [...ends, ...windows.map(({ startsAt }) => startsAt).filter((startsAt) => startsAt >= FROM)];

    expect(asked.map(page.activeAt)).toEqual(
      asked.map((at) => windows.findLast(({ startsAt, endsAt }) => startsAt <= at && (endsAt === undefined || at < endsAt))),
    );
    expect(asked.map(page.changeAfter)).toEqual(asked.map((at) => changes.filter((change) => change > at).toSorted((a, b) => a - b)[0]));
    expect(asked.map(page.endedBy)).toEqual(asked.map((at) => ends.filter((end) => end <= at).toSorted((a, b) => b - a)[0]));
    expect(page.size).toBe(windows.length);
    expect([page.from, page.to]).toEqual([FROM, TO]);
  });

  it("asks only once what lies beyond it and before it", () => {
    const page = createWindowPage([], instant(FROM), instant(TO));
    let asked = 0;
    const find = () => {
      asked += 1;
      return asked === 1 ? instant(300) : undefined;
    };

    expect([page.beyond(find), page.beyond(find), page.before(find), page.before(find)]).toEqual([300, 300, undefined, undefined]);
    expect(asked).toBe(2);
  });
});
