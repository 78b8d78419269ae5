import type { Calendar, DayRange } from "../../domain/campaign/calendar.ts";
import type { Problem } from "../../domain/campaign/status.ts";
import { calendarName, isCalendarName, nameInCalendarRecordId } from "../../domain/identifiers.ts";
import { isTimeZone, suggestTimeZone } from "../../domain/windows/time-zone.ts";
import { parseWallDay } from "../../domain/windows/wall-clock.ts";
import { field, listOf, noSuchField, refusal } from "./field.ts";
import { NAME, NOTE, STORE_ID } from "./fields.ts";
import { printPath } from "./print-value.ts";
import { createRecordReader } from "./record-reader.ts";
import { isLargerThan, MOST_BYTES } from "./record-size.ts";

/** A calendar's record that has been read: a calendar, or everything that keeps it from being one. */
export type ParsedCalendar =
  | { readonly kind: "good"; readonly calendar: Calendar }
  | { readonly kind: "broken"; readonly problems: readonly Problem[] };

const FIELDS = ["storeId", "campaignId", "name", "dates", "freeze", "timeZone", "note", "status"] as const;
/** So many days may a calendar hold: each is one that a campaign's rule has to step over. */
const MOST_DAYS = 1_000;

function readRange(typed: unknown): DayRange | undefined {
  if (typeof typed !== "string") return undefined;
  const [from = "", to = from, ...rest] = typed.split("/");
  const [first, last] = [parseWallDay(from), parseWallDay(to)];
  return first !== undefined && last !== undefined && first <= last && rest.length === 0 ? { from, to } : undefined;
}

const RANGE = field(
  readRange,
  "write a date there is, such as 2026-12-25, or two with a slash, such as 2026-12-24/2026-12-26 (both included)",
);
const DATES = listOf(RANGE, 'write a list of dates, such as ["2026-12-25", "2026-12-31/2027-01-01"]');
const FREEZE = field((typed) => (typeof typed === "boolean" ? typed : undefined), "write true or false, without quotation marks");
const ZONE = field(
  (typed) => (typeof typed === "string" && isTimeZone(typed) ? typed : undefined),
  (typed) => {
    const meant = typeof typed === "string" ? suggestTimeZone(typed) : undefined;
    return meant === undefined ? "write an IANA name such as America/New_York" : `did you mean ${meant}?`;
  },
);
const RECORD_ID = field((typed) => {
  const name = typeof typed === "string" ? nameInCalendarRecordId(typed) : undefined;
  return name !== undefined && isCalendarName(name) ? calendarName(name) : undefined;
}, 'write calendar# and a name of letters, digits, ".", "_" and "-" that begins with a letter, such as calendar#holidays-de');

function daysIn(days: readonly DayRange[]): number {
  return days.reduce((sum, { from, to }) => sum + (parseWallDay(to) ?? 0) - (parseWallDay(from) ?? 0) + 1, 0);
}

/**
 * Reads a calendar as people typed it: a record of the campaigns table whose `campaignId` is `calendar#<name>`. Never throws; `status` is
 * ignored.
 *
 * @returns the calendar, or all problems at once, in a marketer's words.
 */
export function parseCalendarRecord(item: unknown): ParsedCalendar {
  if (typeof item !== "object" || item === null || Array.isArray(item)) {
    return { kind: "broken", problems: [{ path: "record", message: refusal(item, "write an object with the fields of a calendar") }] };
  }
  const typed = new Map<string, unknown>(Object.entries(item).filter(([name]) => name !== "status"));
  const reader = createRecordReader<(typeof FIELDS)[number]>(typed);
  if (isLargerThan([...typed], MOST_BYTES)) {
    reader.complain({
      path: "record",
      message: `it is larger than ${MOST_BYTES / 1_024} KB: make two calendars of it, or shorten its texts`,
    });
  }
  const storeId = reader.read("storeId", STORE_ID);
  const name = reader.read("campaignId", RECORD_ID);
  reader.readIfThere("name", NAME);
  const days = reader.read("dates", DATES);
  const freeze = reader.readIfThere("freeze", FREEZE) ?? false;
  const timeZone = reader.readIfThere("timeZone", ZONE);
  const note = reader.readIfThere("note", NOTE);
  if (days !== undefined && daysIn(days) > MOST_DAYS) {
    reader.complain({
      path: "dates",
      message: `it holds ${daysIn(days)} days; at most ${MOST_DAYS} are allowed: make two calendars of it`,
    });
  }
  const strangers = [...typed.keys()].filter((key) => !FIELDS.some((known) => known === key));
  reader.complain(...strangers.map((key) => ({ path: printPath([key]), message: noSuchField(key, FIELDS.slice(0, -1)) })));
  const problems = reader.problems();
  if (problems.length > 0 || storeId === undefined || name === undefined || days === undefined) return { kind: "broken", problems };
  const optional = { ...(timeZone !== undefined && { timeZone }), ...(note !== undefined && { note }) };
  return { kind: "good", calendar: { storeId, name, days, freeze, ...optional } };
}
