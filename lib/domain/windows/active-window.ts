import type { Instant } from "../instant.ts";
import type { WallClock } from "./wall-clock.ts";
import type { Window, WindowRule } from "./window-rule.ts";
import { SLACK, type WindowSeries, windowSeries } from "./window-series.ts";

/**
 * @returns the window that covers `at`; of several, the one that started last (of those that started together, the one that ends last);
 * undefined if none does. Half-open: a window covers its start and not its end.
 * @throws RangeError if the rule is not one that checkWindowRule finds usable.
 */
export function activeWindow(rule: WindowRule, at: Instant): Window | undefined {
  const series = windowSeries(rule);
  const latest = latestCovering(series, at);
  if (latest === undefined) return undefined;

  // Within a daylight-saving gap the latest on the wall need not be the latest on the time line.
  return series.occurrences
    .between(latest - SLACK, latest)
    .map((occurrence) => series.windowOf(occurrence))
    .filter((window) => window !== undefined)
    .filter((window) => covers(window, at))
    .reduce<Window | undefined>((last, window) => (last === undefined || startsLater(window, last) ? window : last), undefined);
}

function latestCovering({ occurrences, length, windowOf, wallClockAt }: WindowSeries, at: Instant): WallClock | undefined {
  const wallClock = wallClockAt(at);
  const earliest = length === undefined ? Number.NEGATIVE_INFINITY : wallClock - length - SLACK;
  let occurrence = occurrences.previous(wallClock + SLACK);
  while (occurrence !== undefined && occurrence >= earliest) {
    const window = windowOf(occurrence);
    if (window !== undefined && covers(window, at)) return occurrence;
    occurrence = occurrences.previous(occurrence);
  }
  return undefined;
}

function covers({ startsAt, endsAt }: Window, at: Instant): boolean {
  return startsAt <= at && (endsAt === undefined || at < endsAt);
}

function startsLater(one: Window, other: Window): boolean {
  if (one.startsAt !== other.startsAt) return one.startsAt > other.startsAt;
  return (one.endsAt ?? Number.POSITIVE_INFINITY) > (other.endsAt ?? Number.POSITIVE_INFINITY);
}
