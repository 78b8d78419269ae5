import type { CampaignId, TargetKey } from "../identifiers.ts";
import { keyInWords } from "../identifiers.ts";
import { DAY, earliest, formatLocal, type Instant, latest, plus } from "../instant.ts";
import { beginsAt, type WindowAhead, windowsAhead } from "../usability/windows-ahead.ts";
import { type Activity, activitiesAt } from "./activity.ts";
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
  /** For what is under way, when it began: the text of a warning does not move with the clock. Absent: nobody wrote that down. */
  readonly began: Instant | undefined;
  readonly from: Instant;
  readonly to: Instant | undefined;
}

function beganAt(one: WindowAhead, other: WindowAhead, from: Instant): Instant | undefined {
  const [first, second] = [one.startsAt, other.startsAt];
  if (first !== "forced" && second !== "forced") return latest(first, second);
  // The other one's start counts only if it is still to come, for before that it was not forced on as far as anybody knows.
  return first === from || second === from ? from : undefined;
}

function firstOverlap(one: Layer, other: Layer, at: Instant): Span | undefined {
  const until = plus(at, TOLD_AHEAD_MS);
  const others = windowsAhead(other, at, until, MOST_WINDOWS);
  for (const window of windowsAhead(one, at, until, MOST_WINDOWS)) {
    for (const each of others) {
      const from = latest(beginsAt(window, at), beginsAt(each, at));
      const to = earliest(window.endsAt, each.endsAt);
      if (to === undefined || from < to) return { began: beganAt(window, each, from), from, to };
    }
  }
  return undefined;
}

function whyItWins(winner: Activity, loser: Activity): string {
  if (winner.layer.priority !== loser.layer.priority) return "its priority is higher";
  const id = `its campaign id, ${winner.layer.campaignId}, is the greater`;
  if (winner.startedAt === loser.startedAt)
    return winner.startedAt === "forced" ? `both are forced on, and ${id}` : `both start together, and ${id}`;
  return winner.startedAt === "forced" ? "it is forced on" : "its window starts later";
}

/** A campaign that asks for something else at the same time as the one that was saved. */
export interface Overlap {
  readonly campaignId: CampaignId;
  readonly target: TargetKey;
  /** When the first of their overlaps is over; absent: never, without an edit. */
  readonly until?: Instant | undefined;
  /** When, with whom, who wins and why, in a marketer's words. */
  readonly message: string;
}

/**
 * @param layer of the campaign that has been saved. @param others all layers of the same target.
 * @returns for each other campaign that asks for something else at the same time the first time that it does; overrides are counted in.
 */
export function overlapsOf(layer: Layer, target: TargetKey, others: readonly Layer[], at: Instant): readonly Overlap[] {
  const rivals = others.filter((other) => other.campaignId !== layer.campaignId && isContested(layer, other));
  return rivals.flatMap((other) => {
    const span = firstOverlap(layer, other, at);
    if (span === undefined) return [];
    const [winner, loser] = activitiesAt([layer, other], span.from);
    // Stryker disable next-line ConditionalExpression,LogicalOperator,ArrayDeclaration: never so, for both are on where they overlap; the compiler has to be told
    if (winner === undefined || loser === undefined) return [];
    const { timeZone } = layer.windows;
    const until = span.to === undefined ? "" : ` until ${formatLocal(span.to, timeZone)}`;
    const when = span.began === undefined ? `now${until}` : `from ${formatLocal(span.began, timeZone)}${until}`;
    const outcome = `"${winner.layer.campaignName}" wins, because ${whyItWins(winner, loser)}`;
    const message = `overlaps with "${other.campaignName}" on ${keyInWords(target)} ${when}: ${outcome}`;
    return [{ campaignId: other.campaignId, target, until: span.to, message }];
  });
}
