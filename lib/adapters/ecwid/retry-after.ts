import { type Instant, isInstantText, parseInstant, SECOND } from "../../domain/instant.ts";

/** What Ecwid's own client waits where the header is missing (RateLimitedHttpClientWrapper of ecwid-java-api-client). */
export const DEFAULT_RETRY_AFTER_MS = 10 * SECOND;

/** A year: no wait is longer, so that no header can push an instant out of range. */
const LONGEST_SECONDS = 366 * 24 * 3_600;
const SECONDS = /^\d{1,15}(\.\d+)?$/;
const HTTP_DATE = /^[A-Z][a-z]{2}, (\d{2}) ([A-Z][a-z]{2}) (\d{4}) (\d{2}:\d{2}:\d{2}) GMT$/;
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

function secondsUntil(httpDate: string, now: Instant): number | undefined {
  const [, day, monthName = "", year, time] = HTTP_DATE.exec(httpDate) ?? [];
  const month = String(MONTHS.indexOf(monthName) + 1).padStart(2, "0");
  const text = `${year}-${month}-${day}T${time}Z`;
  return isInstantText(text) ? (parseInstant(text) - now) / SECOND : undefined;
}

/**
 * Reads a `Retry-After` header: seconds, or an HTTP date (RFC 9110, 10.2.3), which is measured from `now`.
 * @returns milliseconds, at least one second and at most a year; 10 s where the header cannot be read; undefined where there is none.
 */
export function readRetryAfter(header: string | null, now: Instant): number | undefined {
  if (header === null) return undefined;
  const text = header.trim();
  const seconds = SECONDS.test(text) ? Number(text) : secondsUntil(text, now);
  if (seconds === undefined) return DEFAULT_RETRY_AFTER_MS;
  return Math.ceil(Math.min(Math.max(seconds, 1), LONGEST_SECONDS) * SECOND);
}
