import type { TargetKey } from "../identifiers.ts";
import { DAY, formatLocal, type Instant, latest, plus } from "../instant.ts";
import { windowsBetween } from "../windows/windows-between.ts";
import { activitiesAt } from "./activity.ts";
import { groupCell, groupsNamed, valueAsked } from "./claims.ts";
import type { Layer } from "./layer.ts";

/** Overlaps are told for the coming year; a rule that goes on tells of the first one only. */
const TOLD_AHEAD_MS = 365 * DAY;
const MOST_WINDOWS = 400;

/** Whether two layers ask for different values somewhere: only then does it matter who wins. */
function isContested(one: Layer, other: Layer): boolean {
  const named = [...groupsNamed(one.ask), ...groupsNamed(other.ask)].map(groupCell);
  return (["applicationLimit", ...named] as const).some((cell) => {
    const [first, second] = [valueAsked(one.ask, cell), valueAsked(other.ask, cell)];
    return first !== undefined && second !== undefined && first !== second;
  });
}

interface Span {
  readonly from: Instant;
  readonly to: Instant | undefined;
}

function firstOverlap(one: Layer, other: Layer, at: Instant): Span | undefined {
  const until = plus(at, TOLD_AHEAD_MS);
  const others = windowsBetween(other.windows, at, until, MOST_WINDOWS);
  for (const window of windowsBetween(one.windows, at, until, MOST_WINDOWS)) {
    for (const each of others) {
      const from = latest(window.startsAt, each.startsAt);
      const ends = [window.endsAt, each.endsAt].filter((end) => end !== undefined);
      const to = ends.length === 0 ? undefined : ends.reduce((least, end) => (end < least ? end : least));
      if (to === undefined || (from < to && to > at)) return { from: latest(from, at), to };
    }
  }
  return undefined;
}

function whyItWins(winner: Layer, loser: Layer): string {
  return winner.priority === loser.priority ? "its window starts later, or its id is the greater" : "its priority is higher";
}

/**
 * @param layer of the campaign that has been saved. @param others all layers of the same target.
 * @returns for each other campaign that asks for something else at the same time: when first, and who wins, in a marketer's words.
 */
export function overlapWarnings(layer: Layer, target: TargetKey, others: readonly Layer[], at: Instant): readonly string[] {
  if (!layer.enabled) return [];
  return others
    .filter((other) => other.campaignId !== layer.campaignId && other.enabled && isContested(layer, other))
    .flatMap((other) => {
      const overlap = firstOverlap(layer, other, at);
      if (overlap === undefined) return [];
      const { timeZone } = layer.windows;
      const until = overlap.to === undefined ? "" : ` until ${formatLocal(overlap.to, timeZone)}`;
      const winner = activitiesAt([layer, other], overlap.from)[0]?.layer ?? layer;
      const loser = winner === layer ? other : layer;
      const when = `from ${formatLocal(overlap.from, timeZone)}${until}`;
      return [
        `overlaps with "${other.campaignName}" on ${target.replace("#", " ")} ${when}: "${winner.campaignName}" wins, because ${whyItWins(winner, loser)}`,
      ];
    });
}
