import { earliest, type Instant } from "../instant.ts";
import type { WallClock } from "./wall-clock.ts";
import type { Window, WindowRule } from "./window-rule.ts";
import { MOST_SKIPPED, SLACK, type WindowSeries, windowSeries } from "./window-series.ts";

/**
 * @returns the first instant later than `after` at which a window starts or ends, which are the only ones at which the active window can
 * change; undefined if there is none any more.
 * @throws RangeError if the rule is not one that checkWindowRule finds usable.
 */
export function nextChange(rule: WindowRule, after: Instant): Instant | undefined {
  const series = windowSeries(rule);
  return earliest(
    firstBoundary(series, after, 0, ({ startsAt }) => startsAt),
    firstBoundary(series, after, series.length, ({ endsAt }) => endsAt),
  );
}

/** @param shift what is added to an occurrence to find the boundary on the wall; undefined if there is no such boundary. */
function firstBoundary(
  { occurrences, windowOf, wallClockAt }: WindowSeries,
  after: Instant,
  shift: WallClock | undefined,
  boundary: (window: Window) => Instant | undefined,
): Instant | undefined {
  if (shift === undefined) return undefined;

  const boundaryOf = (occurrence: WallClock) => {
    const window = windowOf(occurrence);
    const at = window && boundary(window);
    return at !== undefined && at > after ? at : undefined;
  };
  let occurrence = occurrences.next(wallClockAt(after) - shift - SLACK);
  for (let skipped = 0; occurrence !== undefined && boundaryOf(occurrence) === undefined && skipped < MOST_SKIPPED; skipped += 1) {
    occurrence = occurrences.next(occurrence);
  }
  if (occurrence === undefined) return undefined;
  return earliest(...occurrences.between(occurrence, occurrence + SLACK).map(boundaryOf));
}
