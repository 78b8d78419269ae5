import type { CalendarName, StoreId } from "../identifiers.ts";
import type { Instant } from "../instant.ts";
import { endOfWallDay, formatWallDay, parseWallDay, placeWallClock } from "../windows/wall-clock.ts";
import type { Freeze } from "../windows/window-rule.ts";

/** Local dates from one to another, both included: `2026-12-24` to `2026-12-26`. A single date has the same twice. */
export interface DayRange {
  readonly from: string;
  readonly to: string;
}

/** Dates under a name, that campaigns may leave out (`except`), or in which nothing in the store may start (`freeze`). */
export interface Calendar {
  readonly storeId: StoreId;
  readonly name: CalendarName;
  readonly days: readonly DayRange[];
  readonly freeze: boolean;
  /** In which a freeze's days begin and end. Absent: the store's own zone. `except` is read in each campaign's zone. */
  readonly timeZone?: string | undefined;
  readonly note?: string | undefined;
}

/** What a campaign's `except` and the store's freezes come to, once calendars have been looked up. */
export interface ResolvedCalendars {
  /** Local dates. */
  readonly except: readonly string[];
  readonly freezes: readonly Freeze[];
}

/** @returns each local date of the ranges, once, in order. */
export function datesOf(days: readonly DayRange[]): readonly string[] {
  const dates = new Set<string>();
  for (const { from, to } of days) {
    const [first, last] = [parseWallDay(from), parseWallDay(to)];
    if (first === undefined || last === undefined) continue;
    for (let day = first; day <= last; day += 1) dates.add(formatWallDay(day));
  }
  return [...dates].toSorted();
}

/**
 * @param timeZone in which the days begin and end.
 * @param before the freezes of the calendar's last version: one that stays holds from when it was first saved.
 * @param now since when a new one holds.
 * @returns the times in which no window may start; none for a calendar that freezes nothing.
 */
export function freezesOf({ days, freeze }: Calendar, timeZone: string, before: readonly Freeze[], now: Instant): readonly Freeze[] {
  if (!freeze) return [];
  return days.flatMap((range) => {
    const [first, last] = [parseWallDay(range.from), parseWallDay(range.to)];
    if (first === undefined || last === undefined) return [];
    const from = placeWallClock(endOfWallDay(first - 1) + 1, timeZone);
    const to = placeWallClock(endOfWallDay(last) + 1, timeZone);
    const known = before.find((each) => each.from === from && each.to === to);
    return [{ from, to, since: known?.since ?? now }];
  });
}
