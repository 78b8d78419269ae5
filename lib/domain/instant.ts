import { Temporal } from "temporal-polyfill";
import { dateAndTime, dayOfDateText } from "./windows/date-text.ts";
import { offsetSpellAt } from "./windows/zone-offsets.ts";

declare const brand: unique symbol;
/** A point on the time line: whole milliseconds since 1970-01-01T00:00Z. A plain number, so that it compares and sorts. */
export type Instant = number & { readonly [brand]: "Instant" };

/** How far from 1970 Temporal reaches, and with it ECMAScript: a hundred million days. */
const FARTHEST_MS = 8.64e15;

/** @returns the instant `milliseconds` after 1970-01-01T00:00Z. @throws RangeError if it is not a whole number that Temporal can hold. */
export function instant(milliseconds: number): Instant {
  if (!Number.isInteger(milliseconds) || Math.abs(milliseconds) > FARTHEST_MS) {
    throw new RangeError(`${milliseconds} is not a whole number of milliseconds within 100,000,000 days of 1970`);
  }
  // Never -0, which Object.is, and so a test, tells from 0.
  return (milliseconds + 0) as Instant;
}

/** As `formatInstant` and `sortableInstant` write it, which is what nearly every text to be read is. */
const WRITTEN_HERE = /^(\d{4}-\d\d-\d\d)T([01]\d|2[0-3]):([0-5]\d):([0-5]\d)(?:\.(\d{3}))?Z$/;

/** @returns the instant that an ISO 8601 text with an offset or `Z` names. @throws RangeError on any other text. */
export function parseInstant(text: string): Instant {
  // Temporal takes twenty times as long, and a switch reads dozens.
  const [, date, hours, minutes, seconds, fraction = "0"] = WRITTEN_HERE.exec(text) ?? [];
  const day = date === undefined ? undefined : dayOfDateText(date);
  if (day === undefined) return instant(Temporal.Instant.from(text).epochMilliseconds);
  return instant(day * DAY + Number(hours) * HOUR + Number(minutes) * MINUTE + Number(seconds) * SECOND + Number(fraction));
}

/** @returns whether the text is ISO 8601 with an offset or `Z`. */
export function isInstantText(text: string): boolean {
  try {
    parseInstant(text);
    return true;
  } catch {
    return false;
  }
}

/** @returns ISO 8601 in UTC, to the second where there is no fraction: `2026-11-27T05:00:00Z`. For people and `status`. */
export function formatInstant(at: Instant): string {
  const fraction = fractionOf(at);
  return `${dateAndTime(at, "T")}${fraction === 0 ? "" : `.${threeDigits(fraction).replace(/0+$/, "")}`}Z`;
}

/** @returns ISO 8601 in UTC always to the millisecond, so that text order is time order: `2026-11-27T05:00:00.000Z`. For keys. */
export function sortableInstant(at: Instant): string {
  return `${dateAndTime(at, "T")}.${threeDigits(fractionOf(at))}Z`;
}

/** @returns the milliseconds since the last whole second, also before 1970. */
function fractionOf(at: Instant): number {
  return at - Math.floor(at / SECOND) * SECOND;
}

function threeDigits(milliseconds: number): string {
  return String(milliseconds).padStart(3, "0");
}

/** @returns the instant `milliseconds` later (earlier if negative). */
export function plus(at: Instant, milliseconds: number): Instant {
  return instant(at + Math.round(milliseconds));
}

/** @returns the earliest of the instants given, leaving out those that are undefined; undefined if none is left. */
export function earliest(...instants: readonly (Instant | undefined)[]): Instant | undefined {
  return instants.reduce((least, at) => (at !== undefined && (least === undefined || at < least) ? at : least), undefined);
}

/** @returns the later of two instants. */
export function latest(one: Instant, other: Instant): Instant {
  return one > other ? one : other;
}

/** @returns the start of the UTC minute that `at` lies in. */
export function startOfMinute(at: Instant): Instant {
  return instant(Math.floor(at / MINUTE) * MINUTE);
}

/** @returns date and wall-clock time with the zone's name, as a marketer reads it: `2026-11-27 00:00:00 America/New_York`. */
export function formatLocal(at: Instant, timeZone: string): string {
  return `${dateAndTime(at + offsetSpellAt(at, timeZone).offset, " ")} ${timeZone}`;
}

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
