import { DAY, type Instant } from "../instant.ts";
import type { WallClock } from "./wall-clock.ts";
import type { Window, WindowRule } from "./window-rule.ts";
import { SLACK, type WindowSeries, windowSeries } from "./window-series.ts";

/** Occurrences are fetched by the stretch, at a third of the price of one by one: about so many at a time. */
const SOME = 64;
const LONGEST_STRETCH = 512 * DAY;

/**
 * @param limit how many windows at most: the earliest are kept.
 * @returns the windows that overlap `[from, to)`, in order of start (of those that start together, the one that ends first comes first).
 * Two that a daylight-saving gap makes the same are one. A window that began long before `from` and is still on is one of them.
 * @throws RangeError if the rule is not one that checkWindowRule finds usable.
 */
export function windowsBetween(rule: WindowRule, from: Instant, to: Instant, limit: number): readonly Window[] {
  return windowsOfSeries(windowSeries(rule), from, to, limit);
}

/** @returns as {@link windowsBetween} does, of a rule that has been read already. */
export function windowsOfSeries(series: WindowSeries, from: Instant, to: Instant, limit: number): readonly Window[] {
  if (from >= to || limit < 1) return [];

  const { windowOf, wallClockAt } = series;
  const overlapping: Window[] = [];
  const ends = new Map<Instant, (Instant | undefined)[]>();
  let latest: WallClock = wallClockAt(to) + SLACK;
  for (const occurrence of occurrencesFrom(series, from, latest, Math.min(limit, SOME))) {
    if (occurrence > latest) break;
    const window = windowOf(occurrence);
    if (window !== undefined && overlaps(window, from, to) && isNew(window, ends)) {
      overlapping.push(window);
      // Enough, but for those that a daylight-saving gap puts before one that is earlier on the wall.
      if (overlapping.length === limit) latest = Math.min(latest, occurrence + SLACK);
    }
  }
  return overlapping.sort(inOrder).slice(0, limit);
}

/** @param ends of the windows so far, by their starts. */
function isNew({ startsAt, endsAt }: Window, ends: Map<Instant, (Instant | undefined)[]>): boolean {
  const known = ends.get(startsAt);
  if (known === undefined) {
    ends.set(startsAt, [endsAt]);
    return true;
  }
  if (known.includes(endsAt)) return false;
  known.push(endsAt);
  return true;
}

/** Those whose windows may reach beyond `from`, up to `last`, in order; about `some` of them are looked up at a time. */
function* occurrencesFrom(
  { occurrences, length, wallClockAt }: WindowSeries,
  from: Instant,
  last: WallClock,
  some: number,
): Generator<WallClock> {
  let first = occurrences.next(length === undefined ? Number.NEGATIVE_INFINITY : wallClockAt(from) - length - SLACK);
  if (first === undefined || first > last) return;
  yield first;
  const second = occurrences.next(first);
  let stretch = second === undefined ? DAY : withinBounds((second - first) * some);
  for (first = second; first !== undefined && first <= last; ) {
    const end = Math.min(first + stretch, last);
    const found = occurrences.between(first, end);
    yield* found;
    if (found.length < some / 4) stretch = withinBounds(stretch * 2);
    if (found.length > some * 2) stretch = withinBounds(Math.floor(stretch / 4));
    first = end === last ? undefined : occurrences.next(end);
  }
}

function withinBounds(stretch: WallClock): WallClock {
  return Math.min(Math.max(stretch, DAY), LONGEST_STRETCH);
}

function overlaps({ startsAt, endsAt }: Window, from: Instant, to: Instant): boolean {
  return startsAt < to && (endsAt === undefined || endsAt > from);
}

function inOrder(one: Window, other: Window): number {
  if (one.startsAt !== other.startsAt) return one.startsAt - other.startsAt;
  return (one.endsAt ?? Number.MAX_VALUE) - (other.endsAt ?? Number.MAX_VALUE);
}
