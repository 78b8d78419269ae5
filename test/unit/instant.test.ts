import fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import { describe, expect, it } from "vitest";
import {
  DAY,
  earliest,
  formatInstant,
  formatLocal,
  HOUR,
  instant,
  isInstantText,
  latest,
  MINUTE,
  parseInstant,
  plus,
  SECOND,
  sortableInstant,
  startOfMinute,
} from "../../lib/domain/instant.ts";

const FARTHEST = 8.64e15;
const NOON = parseInstant("2026-11-27T12:00Z");

describe("an instant", () => {
  it.each([0, 1, -1, FARTHEST, -FARTHEST])("may be %d milliseconds from 1970", (milliseconds) => {
    expect(instant(milliseconds)).toBe(milliseconds);
  });

  it("is 0 where it is -0", () => {
    expect(instant(-0)).toBe(0);
  });

  it.each([0.5, Number.NaN, Number.POSITIVE_INFINITY, FARTHEST + 1, -FARTHEST - 1])("may not be %d", (milliseconds) => {
    const message = `${milliseconds} is not a whole number of milliseconds within 100,000,000 days of 1970`;

    expect(() => instant(milliseconds)).toThrow(new RangeError(message));
  });

  it("is read with an offset or Z, and from nothing else", () => {
    expect([parseInstant("2026-11-27T12:00Z"), parseInstant("2026-11-27T14:00:00+02:00")]).toEqual([NOON, NOON]);
    expect([isInstantText("2026-11-27T12:00Z"), isInstantText("2026-11-27T12:00")]).toEqual([true, false]);
  });

  it.each([
    ["2026-11-27T12:00:00Z", "2026-11-27T12:00:00.000Z"],
    ["2026-11-27T12:00:00.5Z", "2026-11-27T12:00:00.500Z"],
    ["1969-12-31T23:59:59.001Z", "1969-12-31T23:59:59.001Z"],
  ])("is written for people as %s, and to be sorted as %s", (shortest, sortable) => {
    expect(formatInstant(parseInstant(shortest))).toBe(shortest);
    expect(sortableInstant(parseInstant(shortest))).toBe(sortable);
  });

  it("is read and written as Temporal does it, whatever it is", () => {
    const anyInstant = fc.oneof(fc.integer({ min: -FARTHEST, max: FARTHEST }), fc.integer({ min: -1e11, max: 4e12 }));

    fc.assert(
      fc.property(anyInstant, (at) => {
        const asked = Temporal.Instant.fromEpochMilliseconds(at);
        const [short, long] = [asked.toString(), asked.toString({ smallestUnit: "millisecond" })];

        expect([sortableInstant(instant(at)), parseInstant(long), parseInstant(short)]).toEqual([long, instant(at), instant(at)]);
      }),
      { numRuns: 2_000 },
    );
  });

  it.each([
    ["2026-02-29T00:00:00Z", false],
    ["2028-02-29T00:00:00.000Z", true],
    ["2026-11-27T24:00:00Z", false],
    ["2026-11-27T23:60:00Z", false],
    ["2026-11-27T23:59:60Z", true],
    ["0000-01-01T00:00:00Z", true],
    ["2026-11-27T12:00:00.1234Z", true],
    [" 2026-11-27T12:00:00Z", false],
    ["2026-11-27T12:00:00Z\n", false],
  ])("is read from %j as Temporal reads it", (text, isRead) => {
    expect(isInstantText(text)).toBe(isRead);
    if (isRead) expect(parseInstant(text)).toBe(Temporal.Instant.from(text).epochMilliseconds);
    else expect(() => Temporal.Instant.from(text)).toThrow(RangeError);
  });

  it.each([
    ["America/New_York", "2026-11-27 07:00:00 America/New_York"],
    ["UTC", "2026-11-27 12:00:00 UTC"],
    ["Asia/Kathmandu", "2026-11-27 17:45:00 Asia/Kathmandu"],
  ])("is told in %s as %s", (timeZone, text) => {
    expect(formatLocal(NOON, timeZone)).toBe(text);
  });

  it("is moved by whole milliseconds, forth and back", () => {
    expect([plus(NOON, 1.4), plus(NOON, -1.6)]).toEqual([NOON + 1, NOON - 2]);
  });

  it("lies in the minute that began last, before 1970 too", () => {
    const starts = [NOON, plus(NOON, 1), plus(NOON, MINUTE - 1), plus(NOON, MINUTE), instant(-1)].map(startOfMinute);

    expect(starts).toEqual([NOON, NOON, NOON, NOON + MINUTE, -MINUTE]);
  });
});

describe("of several instants", () => {
  const later = plus(NOON, 1);

  it("the earliest is found among those there are", () => {
    expect(earliest(later, undefined, NOON, later)).toBe(NOON);
    expect(earliest(undefined, later)).toBe(later);
    expect(earliest(undefined)).toBeUndefined();
    expect(earliest()).toBeUndefined();
  });

  it("the later of two is found, whichever comes first", () => {
    expect([latest(NOON, later), latest(later, NOON), latest(NOON, NOON)]).toEqual([later, later, NOON]);
  });

  it("each length of time is so many of the one before", () => {
    expect([SECOND, MINUTE, HOUR, DAY]).toEqual([1_000, 60_000, 3_600_000, 86_400_000]);
  });
});
