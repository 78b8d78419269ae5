import type { CalendarName, StoreId } from "../identifiers.ts";
import { earliest, type Instant } from "../instant.ts";
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
    // Stryker disable next-line ConditionalExpression,LogicalOperator: nothing lies between a day and one there is not; the compiler has to be told
    if (first === undefined || last === undefined) continue;
    for (let day = first; day <= last; day += 1) dates.add(formatWallDay(day));
  }
  return [...dates].toSorted();
}

/**
 * @param timeZone in which the days begin and end.
 * @param before the freezes of the calendar's last version: time that stays frozen is so from when it was first saved, however its days are
 * written now, so that no edit opens what has been kept shut.
 * @param now since when other time is.
 * @returns the times in which no window may start; none for a calendar that freezes nothing.
 */
export function freezesOf({ days, freeze }: Calendar, timeZone: string, before: readonly Freeze[], now: Instant): readonly Freeze[] {
  if (!freeze) return [];
  return days.flatMap((range) => {
    const [first, last] = [parseWallDay(range.from), parseWallDay(range.to)];
    if (first === undefined || last === undefined) return [];
    const from = placeWallClock(endOfWallDay(first - 1) + 1, timeZone);
    const to = placeWallClock(endOfWallDay(last) + 1, timeZone);
    return frozenSince({ from, to }, before, now);
  });
}

/** @returns the span in as few pieces as there are times since when parts of it have been frozen. */
function frozenSince({ from, to }: Omit<Freeze, "since">, before: readonly Freeze[], now: Instant): readonly Freeze[] {
  const within = before.flatMap((each) => [each.from, each.to]).filter((at) => at > from && at < to);
  const edges = [...new Set([from, ...within])].toSorted((one, other) => one - other);
  const pieces: Freeze[] = [];
  for (const [index, edge] of edges.entries()) {
    const known = before.filter((each) => each.from <= edge && each.to > edge).map(({ since }) => since);
    const piece = { from: edge, to: edges[index + 1] ?? to, since: earliest(...known) ?? now };
    const last = pieces.at(-1);
    if (last !== undefined && goesOn(last, piece)) pieces[pieces.length - 1] = { ...last, to: piece.to };
    else pieces.push(piece);
  }
  return pieces;
}

/** What was saved before its time has come holds for all of it, whenever that was. */
function goesOn(before: Freeze, after: Freeze): boolean {
  return before.since === after.since || Math.max(before.since, after.since) <= after.from;
}
