import { DAY, HOUR, type Instant, latest, plus } from "../instant.ts";
import { activityOf, nextBoundaryOf } from "../layers/activity.ts";
import type { Layer } from "../layers/layer.ts";
import { windowsAhead } from "./windows-ahead.ts";

/**
 * How long before a window its targets are looked at. Whoever decides comes once an hour, so the second look is made one to two hours ahead:
 * an hour is left to put things right.
 */
const LEADS_MS = [DAY, 2 * HOUR] as const;

/**
 * Tells since when the targets of a campaign should have been looked at: since it was saved, since a day before a window, and again since
 * shortly before it. Compared with when they *were* looked at, so that a look or a sweep that was lost is made good by the next one.
 *
 * @param savedAt when the campaign last changed.
 * @returns undefined if it is neither on at `at` nor ever again: then there is nothing to look for.
 */
export function checkWantedSince(layer: Layer, savedAt: Instant, at: Instant): Instant | undefined {
  if (activityOf(layer, at) === undefined && nextBoundaryOf(layer, at) === undefined) return undefined;
  let since = savedAt;
  for (const { startsAt } of windowsAhead(layer, at, plus(at, DAY + 1))) {
    if (startsAt === "forced" || startsAt <= at) continue;
    for (const lead of LEADS_MS) {
      const wantedAt = plus(startsAt, -lead);
      if (wantedAt <= at) since = latest(since, wantedAt);
    }
  }
  return since;
}
