import { type Instant, isInstantText, parseInstant } from "../instant.ts";
import type { Json } from "../live.ts";

/** `yyyy-MM-dd`, then perhaps ` HH:mm:ss`, then perhaps ` +0000`: every form of a date as text that Ecwid documents. */
const DATE = /^(\d{4}-\d{2}-\d{2})(?: (\d{2}:\d{2}:\d{2})(?: ([+-]\d{2}):?(\d{2}))?)?$/;

/**
 * Reads a date as Ecwid's REST API writes it, such as `2026-11-27 05:00:00 +0000`. Without an offset it is UTC: "dates returned by the API
 * are UTC" (older documentation, page "REST API"), and a bare day is its midnight.
 *
 * @returns undefined where there is none; "unreadable" for anything that Ecwid does not document, so that nobody guesses at it.
 */
export function readEcwidDate(value: Json | undefined): Instant | "unreadable" | undefined {
  if (value === undefined || value === null || value === "") return undefined;
  const match = typeof value === "string" ? DATE.exec(value) : null;
  if (match === null) return "unreadable";
  const [, date, time = "00:00:00", hours, minutes] = match;
  const text = `${date}T${time}${hours === undefined ? "Z" : `${hours}:${minutes}`}`;
  return isInstantText(text) ? parseInstant(text) : "unreadable";
}
