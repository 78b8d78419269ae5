import ICAL from "ical.js";
import type { AskedRule } from "./asked-rule.ts";
import { placeByTrial } from "./icu-placement.ts";

/** In milliseconds since 1970-01-01T00:00Z; without end `Infinity`. */
export interface ListedWindow {
  readonly startsAt: number;
  readonly endsAt: number;
}

export interface ListedWindows {
  /** In order of their starts on the wall. */
  readonly windows: readonly ListedWindow[];
  /** Until when, in milliseconds since 1970-01-01T00:00Z, no window is missing; `Infinity` if none is at all. */
  readonly knownUntil: number;
}

const DAY = 86_400_000;

/**
 * Lists windows the slow way: ical.js counts the recurrence out on floating time, and each wall clock is placed by trial (ICU).
 *
 * `UNTIL` is compared here, because ical.js takes a date for its first second and cannot know the zone of floating time: a date or local
 * time on the wall, `…Z` on the time line.
 *
 * @param most how many occurrences are counted out.
 */
export function listWindows({ zone, start, end, repeat = "", except = [] }: AskedRule, most: number): ListedWindows {
  const first = wallOf(start);
  const length = end === undefined ? undefined : wallOf(end) - first;
  const isWithinUntil = untilOf(repeat, zone);
  const windows: ListedWindow[] = [];
  const times = recurrenceOf(repeat, first);
  for (let counted = 0; counted < most; counted += 1) {
    const wall = times();
    if (wall === undefined || !isWithinUntil(wall)) return { windows, knownUntil: Number.POSITIVE_INFINITY };
    if (counted === most - 1) return { windows, knownUntil: placeByTrial(wall, zone) - 3 * DAY };
    if (except.includes(dateOf(wall))) continue;
    const startsAt = placeByTrial(wall, zone);
    const endsAt = length === undefined ? Number.POSITIVE_INFINITY : placeByTrial(wall + length, zone);
    if (endsAt > startsAt) windows.push({ startsAt, endsAt });
  }
  return { windows, knownUntil: Number.NEGATIVE_INFINITY };
}

/** @param text `YYYY-MM-DDTHH:MM:SS`. @returns milliseconds since 1970-01-01T00:00 on the wall. */
function wallOf(text: string): number {
  return Date.parse(`${text}Z`);
}

function dateOf(wall: number): string {
  return new Date(wall).toISOString().slice(0, 10);
}

function recurrenceOf(repeat: string, first: number): () => number | undefined {
  const parts = repeat.split(";").filter((part) => !part.startsWith("UNTIL="));
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] =
    new Date(first).toISOString().slice(0, 19).match(/\d+/g)?.map(Number) ?? [];
  const start = new ICAL.Time({ year, month, day, hour, minute, second, isDate: false }, ICAL.Timezone.localTimezone);
  const iterator = ICAL.Recur.fromString(parts.join(";")).iterator(start);
  return () => {
    const next: ICAL.Time | null = iterator.next();
    return next === null ? undefined : Date.UTC(next.year, next.month - 1, next.day, next.hour, next.minute, next.second);
  };
}

function untilOf(repeat: string, zone: string): (wall: number) => boolean {
  const until = /UNTIL=(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})(\d{2})(Z?))?/.exec(repeat);
  if (until === null) return () => true;
  const [, year, month, day, hour = "23", minute = "59", second = "59", utc] = until;
  const last = wallOf(`${year}-${month}-${day}T${hour}:${minute}:${second}`);
  return utc === "Z" ? (wall) => placeByTrial(wall, zone) <= last : (wall) => wall <= last;
}
