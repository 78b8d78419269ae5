import { describe, expect, it } from "vitest";
import { DAY, instant, parseInstant } from "../../../lib/domain/instant.ts";
import { firstDayOf, januaryOf, monthNumber, monthOf } from "../../../lib/domain/windows/calendar-month.ts";
import { dateAndTime } from "../../../lib/domain/windows/date-text.ts";
import { isTimeZone, suggestTimeZone } from "../../../lib/domain/windows/time-zone.ts";
import {
  endOfWallDay,
  formatWallClock,
  formatWallDay,
  parseWallClock,
  parseWallDay,
  placeWallClock,
  readWallClock,
  wallClockText,
  wallDayOf,
  weekdayOfDay,
} from "../../../lib/domain/windows/wall-clock.ts";

describe("a wall clock", () => {
  it.each([
    ["2026-11-27T18:00", Date.UTC(2026, 10, 27, 18), "2026-11-27T18:00", "2026-11-27T18:00 (a Friday)"],
    ["2026-11-27T18:00:07", Date.UTC(2026, 10, 27, 18, 0, 7), "2026-11-27T18:00:07", "2026-11-27T18:00:07 (a Friday)"],
    ["1969-12-31T23:59", -60_000, "1969-12-31T23:59", "1969-12-31T23:59 (a Wednesday)"],
    ["1970-01-05T00:00", 4 * DAY, "1970-01-05T00:00", "1970-01-05T00:00 (a Monday)"],
    ["2024-02-29T00:00:00", Date.UTC(2024, 1, 29), "2024-02-29T00:00", "2024-02-29T00:00 (a Thursday)"],
  ])("is read from %s, and written", (text, wallClock, short, long) => {
    expect([parseWallClock(text), parseWallClock(text)]).toEqual([wallClock, wallClock]);
    expect([wallClockText(wallClock), formatWallClock(wallClock)]).toEqual([short, long]);
  });

  it.each([
    "",
    "2026-11-27",
    "2026-11-27 18:00",
    "2026-02-29T00:00",
    "2026-11-27T24:00",
    "2026-11-27T18:60",
    "2026-11-27T18:00:60",
    "2026-11-27T18:00Z",
    " 2026-11-27T18:00",
    "2026-11-27T18:00:00.5",
    "+002026-11-27T18:00",
  ])("is not read from %j", (text) => {
    expect([parseWallClock(text), parseWallClock(text)]).toEqual([undefined, undefined]);
  });

  it("is in a day of 24 hours, before 1970 too", () => {
    expect([0, DAY - 1, DAY, -1, -DAY].map(wallDayOf)).toEqual([0, 0, 1, -1, -1]);
    expect([0, 1, -1].map(endOfWallDay)).toEqual([DAY - 1, 2 * DAY - 1, -1]);
  });

  it.each([
    ["2026-11-27", Date.UTC(2026, 10, 27) / DAY],
    ["1969-12-31", -1],
  ])("has a day that is written %s", (text, day) => {
    expect([parseWallDay(text), formatWallDay(day)]).toEqual([day, text]);
  });

  it.each(["", "2026-02-29", "2026-11-27T00:00", "27.11.2026", " 2026-11-27", "2026-11-27 ", "20261127"])("%j names no day", (text) => {
    expect(parseWallDay(text)).toBeUndefined();
  });

  it("has weekdays from Monday, 0, to Sunday, 6, before 1970 too", () => {
    expect(Array.from({ length: 16 }, (_each, index) => weekdayOfDay(index - 8))).toEqual([2, 3, 4, 5, 6, 0, 1, 2, 3, 4, 5, 6, 0, 1, 2, 3]);
  });

  it.each([
    ["2026-03-29T01:59:59", "2026-03-29T00:59:59Z", "2026-03-29T01:59:59"],
    ["2026-03-29T02:30", "2026-03-29T01:30:00Z", "2026-03-29T03:30"],
    ["2026-03-29T03:00", "2026-03-29T01:00:00Z", "2026-03-29T03:00"],
    ["2026-10-25T02:30", "2026-10-25T00:30:00Z", "2026-10-25T02:30"],
    ["2026-10-25T03:00", "2026-10-25T02:00:00Z", "2026-10-25T03:00"],
    ["2026-10-22T02:30", "2026-10-22T00:30:00Z", "2026-10-22T02:30"],
    ["2026-10-28T02:30", "2026-10-28T01:30:00Z", "2026-10-28T02:30"],
  ])("of %s in Berlin is at %s, where the wall shows %s", (text, at, shown) => {
    const placed = placeWallClock(parseWallClock(text) ?? Number.NaN, "Europe/Berlin");

    expect(placed).toBe(parseInstant(at));
    expect(wallClockText(readWallClock(placed, "Europe/Berlin"))).toBe(shown);
  });
});

describe("the months of the calendar", () => {
  const MONTHS = Array.from({ length: 900 * 12 }, (_each, index) => 1_550 * 12 + index);
  const firstDay = (month: number) => Date.UTC(Math.floor(month / 12), month % 12, 1) / DAY;

  it("begin when they do", () => {
    expect(MONTHS.map(firstDayOf)).toEqual(MONTHS.map(firstDay));
  });

  it("hold their first day and their last, in the year that they are of", () => {
    const days = MONTHS.map((month) => [monthOf(firstDay(month)), monthOf(firstDay(month + 1) - 1)]);

    expect(days).toEqual(MONTHS.map((month) => [month, month]));
    expect(MONTHS.map((month) => [januaryOf(month), monthNumber(month)])).toEqual(
      MONTHS.map((month) => [month - (month % 12), (month % 12) + 1]),
    );
  });
});

describe("date and time as text", () => {
  it.each([
    [0, "1970-01-01T00:00:00"],
    [-1, "1969-12-31T23:59:59"],
    [Date.UTC(2026, 10, 27, 9, 5, 3) + 999, "2026-11-27T09:05:03"],
    [Date.UTC(2026, 10, 27, 10, 10, 10), "2026-11-27T10:10:10"],
    [Date.UTC(2026, 10, 27, 23, 59, 59), "2026-11-27T23:59:59"],
  ])("of %d is %s", (milliseconds, text) => {
    expect([dateAndTime(milliseconds, "T"), dateAndTime(milliseconds, " ")]).toEqual([text, text.replace("T", " ")]);
  });
});

describe("the name of a time zone", () => {
  it.each(["America/New_York", "UTC", "Etc/GMT+5", "America/Port-au-Prince", "europe/berlin"])("may be %s", (name) => {
    expect(isTimeZone(name)).toBe(true);
  });

  it.each(["", "+02:00", "Europe/Berln", "Mars/Base", " UTC", "UTC ", "Europe/Berlin\n", "UTC[u-ca=x]"])("may not be %j", (name) => {
    expect(isTimeZone(name)).toBe(false);
  });

  it.each([
    ["Europe/Berln", "Europe/Berlin"],
    ["utc", "UTC"],
    ["america/new york", "America/New_York"],
    [" Europe/Berlin ", "Europe/Berlin"],
    ["America/New   York", "America/New_York"],
    ["tokyo", "Asia/Tokyo"],
    ["New York", "America/New_York"],
    ["Nowhere", undefined],
  ])("is guessed from %j", (typed, meant) => {
    expect(suggestTimeZone(typed)).toBe(meant);
  });
});

it("an instant is where the wall shows it, at the far ends of time too", () => {
  for (const farthest of [-8.64e15, 8.64e15]) expect(readWallClock(instant(farthest), "UTC")).toBe(farthest);
});
