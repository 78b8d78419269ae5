import { Temporal } from "temporal-polyfill";

const SECOND_MS = 1_000;
const DAY_SECONDS = 24 * 60 * 60;

/** Writing a date through Temporal takes ten times as long as looking it up, and a timeline's windows share a year's days. */
const MOST_DAYS = 1_000;
const kept = new Map<number, string>();
const read = new Map<string, number>();

/** @param day days since 1970-01-01. */
function dateText(day: number): string {
  const known = kept.get(day);
  if (known !== undefined) return known;
  const text = Temporal.Instant.fromEpochMilliseconds(day * DAY_SECONDS * SECOND_MS)
    .toZonedDateTimeISO("UTC")
    .toPlainDate()
    .toString();
  const [oldest] = kept.keys();
  if (kept.size >= MOST_DAYS && oldest !== undefined) kept.delete(oldest);
  kept.set(day, text);
  return text;
}

/** @param text `YYYY-MM-DD`. @returns days since 1970-01-01; undefined for a date there is not. */
export function dayOfDateText(text: string): number | undefined {
  const known = read.get(text);
  if (known !== undefined) return known;
  const day = readDay(text);
  if (day === undefined) return undefined;
  const [oldest] = read.keys();
  if (read.size >= MOST_DAYS && oldest !== undefined) read.delete(oldest);
  read.set(text, day);
  return day;
}

function readDay(text: string): number | undefined {
  try {
    return Temporal.PlainDate.from(text).toZonedDateTime("UTC").epochMilliseconds / (DAY_SECONDS * SECOND_MS);
  } catch {
    return undefined;
  }
}

function twoDigits(number: number): string {
  return number < 10 ? `0${number}` : String(number);
}

/**
 * @param milliseconds since 1970-01-01T00:00, in UTC or on some wall. @param separator what stands between date and time.
 * @returns `2026-11-27T05:00:00`, any fraction of a second left out. @throws RangeError if Temporal cannot hold it.
 */
export function dateAndTime(milliseconds: number, separator: "T" | " "): string {
  const seconds = Math.floor(milliseconds / SECOND_MS);
  const day = Math.floor(seconds / DAY_SECONDS);
  const second = seconds - day * DAY_SECONDS;
  const time = `${twoDigits(Math.floor(second / 3_600))}:${twoDigits(Math.floor(second / 60) % 60)}:${twoDigits(second % 60)}`;
  return `${dateText(day)}${separator}${time}`;
}
