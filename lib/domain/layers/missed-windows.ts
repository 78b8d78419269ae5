import { type CampaignId, windowId } from "../identifiers.ts";
import { DAY, formatInstant, type Instant, latest, plus } from "../instant.ts";
import { windowSeries } from "../windows/window-series.ts";
import { windowsOfSeries } from "../windows/windows-between.ts";
import { activityOf } from "./activity.ts";
import type { Layer } from "./layer.ts";

/** A window that began and ended while nobody decided anything. */
export interface MissedWindow {
  readonly campaignId: CampaignId;
  readonly campaignName: string;
  readonly startsAt: Instant;
  readonly endsAt: Instant;
}

export interface MissedWindows {
  /** The last of them, at most 100, in order of start. */
  readonly last: readonly MissedWindow[];
  /** How many there were in all. */
  readonly count: number;
}

/** As many as the history lists (design 7). */
const MOST_LISTED = 100;
/** As long as the history is kept: what was missed before that would be gone from it at once. */
const LONGEST_AGO = 400 * DAY;
/** Windows are read by the stretch, so that a year of five-minute windows is never in memory at once. */
const STRETCH = 16 * DAY;
/** More than a rule that the check accepts can have in a stretch. */
const MOST_IN_A_STRETCH = 10_000;

/**
 * Finds the windows that lie wholly between two decisions: they came and went, and nothing was switched for them. One that an override, a
 * freeze or `enabled: false` kept shut is none of them.
 *
 * @param after the instant of the last decision.
 * @param until the instant of the decision that is being taken.
 */
export function missedWindows(layers: readonly Layer[], after: Instant, until: Instant): MissedWindows {
  const from = latest(after, plus(until, -LONGEST_AGO));
  const missed = layers.map((layer) => missedOf(layer, from, until));
  const last = missed.flatMap((each) => each.last).toSorted((one, other) => one.startsAt - other.startsAt);
  return { last: last.slice(-MOST_LISTED), count: missed.reduce((sum, { count }) => sum + count, 0) };
}

function missedOf(layer: Layer, after: Instant, until: Instant): MissedWindows {
  let last: MissedWindow[] = [];
  let count = 0;
  if (!layer.enabled) return { last, count };
  const series = windowSeries(layer.windows);
  for (let from = after; from < until; from = plus(from, STRETCH)) {
    for (const { startsAt, endsAt } of windowsOfSeries(series, from, plus(from, STRETCH), MOST_IN_A_STRETCH)) {
      // One that reaches over the end of a stretch is met again in the next: it counts where it starts.
      const isWhole = startsAt > after && startsAt >= from && endsAt !== undefined && endsAt <= until;
      if (!isWhole || activityOf(layer, startsAt)?.window !== windowId(layer.campaignId, formatInstant(startsAt))) continue;
      last.push({ campaignId: layer.campaignId, campaignName: layer.campaignName, startsAt, endsAt });
      count += 1;
    }
    last = last.slice(-MOST_LISTED);
  }
  return { last, count };
}
