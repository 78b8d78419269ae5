import { Temporal } from "temporal-polyfill";
import { type Instant, instant } from "../instant.ts";
import { dateAndTime } from "./date-text.ts";
import { offsetSpellAt } from "./zone-offsets.ts";

/**
 * What a clock on the wall shows, as milliseconds since 1970-01-01T00:00 *on that wall*. No zone and no daylight saving: every day has
 * 24 hours, so that it can be added to and compared. Only {@link placeWallClock} turns it into a point on the time line.
 */
export type WallClock = number;

/** Days since 1970-01-01 on the wall. */
export type WallDay = number;

const DAY_MS = 24 * 60 * 60 * 1_000;
/** Farther from a change of the clocks than any offset, and than where Temporal looks for one: the zone has one answer only. */
const CLEAR_MS = 3 * DAY_MS;
const DATE_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::[0-5]\d)?$/;
const DATE = /^\d{4}-\d{2}-\d{2}$/;
/** A campaign's few dates are asked for again and again while it is checked, compiled and walked; reading one takes Temporal a while. */
const MOST_READ = 1_000;
const read = new Map<string, number | undefined>();

/** @returns the wall clock that `YYYY-MM-DDTHH:MM[:SS]` names, or undefined for any other text and for a date or time there is not. */
export function parseWallClock(text: string): WallClock | undefined {
  return DATE_TIME.test(text) ? epochOnTheWall(text) : undefined;
}

/** @returns the day that `YYYY-MM-DD` names, or undefined for any other text and for a date there is not. */
export function parseWallDay(text: string): WallDay | undefined {
  const midnight = DATE.test(text) ? epochOnTheWall(text) : undefined;
  return midnight === undefined ? undefined : wallDayOf(midnight);
}

/** @returns the day that the wall clock is in. */
export function wallDayOf(wallClock: WallClock): WallDay {
  return Math.floor(wallClock / DAY_MS);
}

/** @returns the last millisecond of a day on the wall. */
export function endOfWallDay(day: WallDay): WallClock {
  return (day + 1) * DAY_MS - 1;
}

/** @returns `YYYY-MM-DDTHH:MM`, with `:SS` where there are seconds. */
export function wallClockText(wallClock: WallClock): string {
  const text = dateAndTime(wallClock, "T");
  return text.endsWith(":00") ? text.slice(0, -3) : text;
}

/** @returns the day as `YYYY-MM-DD`. */
export function formatWallDay(day: WallDay): string {
  return plainDateTime(day * DAY_MS)
    .toPlainDate()
    .toString();
}

/** @returns date, time and weekday as a marketer reads them: `2026-11-27T00:00 (a Friday)`. */
export function formatWallClock(wallClock: WallClock): string {
  return `${wallClockText(wallClock)} (a ${WEEKDAYS[weekdayOfDay(wallDayOf(wallClock))]})`;
}

/**
 * Puts a wall clock on the time line of a zone. A time that the wall skips moves forward by the length of the gap; one that it shows
 * twice means the first (RFC 5545 section 3.3.5; Temporal's "compatible"). So a later wall clock may come *earlier* on the time line,
 * but only within the length of one gap.
 *
 * @param timeZone IANA name. @throws RangeError if there is no such zone.
 */
export function placeWallClock(wallClock: WallClock, timeZone: string): Instant {
  const { from, to, offset } = offsetSpellAt(wallClock, timeZone);
  if (wallClock - CLEAR_MS >= from && wallClock + CLEAR_MS < to) return instant(wallClock - offset);
  const placed = plainDateTime(wallClock).toZonedDateTime(timeZone, { disambiguation: "compatible" });
  return instant(placed.epochMilliseconds);
}

/** @returns what the wall clock of a zone shows at an instant. @param timeZone IANA name. @throws RangeError if there is no such zone. */
export function readWallClock(at: Instant, timeZone: string): WallClock {
  return at + offsetSpellAt(at, timeZone).offset;
}

/** @returns 0 for Monday to 6 for Sunday. */
export function weekdayOfDay(day: WallDay): number {
  return (((day + 3) % 7) + 7) % 7; // 1970-01-01 was a Thursday
}

const WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"] as const;

function plainDateTime(wallClock: WallClock): Temporal.PlainDateTime {
  return Temporal.Instant.fromEpochMilliseconds(wallClock).toZonedDateTimeISO("UTC").toPlainDateTime();
}

/** As it was read before, or read now: the answer depends on the text alone. */
function epochOnTheWall(text: string): number | undefined {
  if (read.has(text)) return read.get(text);
  const [oldest] = read.keys();
  if (read.size >= MOST_READ && oldest !== undefined) read.delete(oldest);
  const epoch = readEpoch(text);
  read.set(text, epoch);
  return epoch;
}

function readEpoch(text: string): number | undefined {
  try {
    return Temporal.PlainDateTime.from(text).toZonedDateTime("UTC").epochMilliseconds;
  } catch {
    return undefined;
  }
}
