import type { Instant } from "../instant.ts";
import type { WallClock } from "./wall-clock.ts";
import type { WindowRule } from "./window-rule.ts";
import { MOST_SKIPPED, SLACK, windowSeries } from "./window-series.ts";

/**
 * @returns the latest instant at or before `at` at which a window ended; undefined if none has.
 * @throws RangeError if the rule is not one that checkWindowRule finds usable.
 */
export function lastEnd(rule: WindowRule, at: Instant): Instant | undefined {
  const { occurrences, length, windowOf, wallClockAt } = windowSeries(rule);
  if (length === undefined) return undefined;

  const endOf = (occurrence: WallClock) => {
    const endsAt = windowOf(occurrence)?.endsAt;
    return endsAt !== undefined && endsAt <= at ? endsAt : undefined;
  };
  let occurrence = occurrences.previous(wallClockAt(at) - length + SLACK);
  for (let skipped = 0; occurrence !== undefined && endOf(occurrence) === undefined && skipped < MOST_SKIPPED; skipped += 1) {
    occurrence = occurrences.previous(occurrence);
  }
  if (occurrence === undefined) return undefined;
  return greatest(occurrences.between(occurrence - SLACK, occurrence).map(endOf));
}

function greatest(instants: readonly (Instant | undefined)[]): Instant | undefined {
  return instants.reduce((most, at) => (at !== undefined && (most === undefined || at > most) ? at : most), undefined);
}
