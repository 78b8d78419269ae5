import type { Instant } from "../instant.ts";
import type { WallClock } from "./wall-clock.ts";
import type { Window, WindowRule } from "./window-rule.ts";
import { SLACK, windowSeries } from "./window-series.ts";

/**
 * @param limit how many windows at most: the earliest are kept.
 * @returns the windows that overlap `[from, to)`, in order of start (of those that start together, the one that ends first comes first).
 * Two that a daylight-saving gap makes the same are one. A window that began long before `from` and is still on is one of them.
 * @throws RangeError if the rule is not one that checkWindowRule finds usable.
 */
export function windowsBetween(rule: WindowRule, from: Instant, to: Instant, limit: number): readonly Window[] {
  if (from >= to || limit < 1) return [];

  const { occurrences, length, windowOf, wallClockAt } = windowSeries(rule);
  const overlapping = new Map<string, Window>();
  let latest: WallClock = wallClockAt(to) + SLACK;
  let occurrence = occurrences.next(length === undefined ? Number.NEGATIVE_INFINITY : wallClockAt(from) - length - SLACK);
  while (occurrence !== undefined && occurrence <= latest) {
    const window = windowOf(occurrence);
    if (window !== undefined && overlaps(window, from, to)) {
      overlapping.set(`${window.startsAt}/${window.endsAt}`, window);
      // Enough, but for those that a daylight-saving gap puts before one that is earlier on the wall.
      if (overlapping.size === limit) latest = Math.min(latest, occurrence + SLACK);
    }
    occurrence = occurrences.next(occurrence);
  }
  return [...overlapping.values()].sort(inOrder).slice(0, limit);
}

function overlaps({ startsAt, endsAt }: Window, from: Instant, to: Instant): boolean {
  return startsAt < to && (endsAt === undefined || endsAt > from);
}

function inOrder(one: Window, other: Window): number {
  if (one.startsAt !== other.startsAt) return one.startsAt - other.startsAt;
  return (one.endsAt ?? Number.MAX_VALUE) - (other.endsAt ?? Number.MAX_VALUE);
}
