import { type CampaignId, campaignOfWindow } from "../identifiers.ts";
import { earliest, type Instant } from "../instant.ts";
import { activitiesAt, nextBoundaryOf } from "../layers/activity.ts";
import { groupCell, groupOfCell, groupsNamed } from "../layers/claims.ts";
import type { Layer } from "../layers/layer.ts";
import type { LiveCoupon, LivePromotion, LiveTarget } from "../live.ts";
import type { CellDecision } from "./decide-cell.ts";
import { type CellsQuestion, decideCells, ledgerAfter } from "./decide-cells.ts";
import { type Intent, isOpen, type Ledger } from "./ledger.ts";
import { cellKeys } from "./settle-intent.ts";

/** Ecwid's limit on `triggers.customerGroups` (docs: update promotion). */
const MOST_GROUPS = 200;

/** Everything that a target's decision depends on. The same question always has the same answer. */
export interface TargetQuestion {
  readonly layers: readonly Layer[];
  readonly ledger: Ledger;
  readonly live: LiveTarget;
  /** The as-of instant. */
  readonly at: Instant;
  /** Groups that are known not to exist any more. */
  readonly missingGroups: ReadonlySet<number>;
}

/** What to send to Ecwid: nothing, one value, or a refusal that a person has to act on. */
export type Change =
  | { readonly kind: "none" }
  | { readonly kind: "limit"; readonly before: string; readonly after: string }
  | { readonly kind: "groups"; readonly before: readonly number[]; readonly after: readonly number[] }
  | {
      readonly kind: "refused";
      readonly code: "NO_GROUP_LIST" | "EMPTY_GROUP_LIST" | "TOO_MANY_GROUPS" | "GROUP_MISSING";
      readonly reason: string;
    };

export interface TargetDecision {
  readonly at: Instant;
  readonly cells: readonly CellDecision[];
  readonly change: Change;
  /** The ledger once the change is known to have happened. */
  readonly ledgerAfter: Ledger;
  /** When a doubt is to be settled. */
  readonly recheckAt: Instant | undefined;
  /** Ids that could not be put back, or stay in, because the groups are gone. */
  readonly leftOut: readonly number[];
}

type Asked = TargetQuestion & CellsQuestion;

function answer(question: Asked, cells: readonly CellDecision[], change: Change, leftOut: readonly number[] = []): TargetDecision {
  const recheckAt = earliest(...cells.map((cell) => cell.recheckAt));
  return { at: question.at, cells, change, ledgerAfter: ledgerAfter(question, cells), recheckAt, leftOut };
}

function decideCoupon(question: Asked, live: LiveCoupon): TargetDecision {
  const cells = decideCells(question, ["applicationLimit"], () => live.applicationLimit);
  const want = cells[0]?.want ?? live.applicationLimit;
  const change: Change = want === live.applicationLimit ? { kind: "none" } : { kind: "limit", before: live.applicationLimit, after: want };
  return answer(question, cells, change);
}

/**
 * A group that does not exist cannot come in. One that would have come back is left out; one that a campaign asks for stays unowned. Either
 * way the other groups go on, so that no campaign's missing group keeps another's from being put back. One that is still in the list lets
 * nobody in, and Ecwid may refuse the list because of it: it is left out as well, and held by nobody.
 */
function leaveOutMissing({ ledger, missingGroups }: TargetQuestion, decisions: readonly CellDecision[]): readonly CellDecision[] {
  return decisions.map((each) => {
    if (each.want !== "in" || !missingGroups.has(groupOfCell(each.cell))) return each;
    if (each.live === "in")
      return { ...each, want: "out", ledger: undefined, ...(each.winner !== undefined && { rule: "missing" as const }) };
    if (each.winner === undefined) return { ...each, want: each.live };
    return { ...each, rule: "missing", want: each.live, ledger: ledger.cells[each.cell] };
  });
}

/** @returns what a marketer should hear of groups that a campaign asks for and that the store does not have. */
function missingGroupsReason(groups: readonly number[]): string {
  return `customer group ${groups.join(", ")} does not exist in the store; correct the campaign or create the group`;
}

function refusal(code: (Change & { kind: "refused" })["code"], reason: string): Change {
  return { kind: "refused", code, reason };
}

function groupsChange(before: readonly number[], decisions: readonly CellDecision[]): Change {
  const wanted = new Set(decisions.filter((each) => each.want === "in").map((each) => groupOfCell(each.cell)));
  const added = [...wanted].filter((group) => !before.includes(group)).toSorted((one, other) => one - other);
  const after = [...before.filter((group) => wanted.has(group)), ...added];
  if (added.length === 0 && after.length === before.length) {
    const gone = decisions.filter((each) => each.rule === "missing").map((each) => groupOfCell(each.cell));
    return gone.length === 0 ? { kind: "none" } : refusal("GROUP_MISSING", missingGroupsReason(gone));
  }
  if (after.length === 0) {
    return refusal(
      "EMPTY_GROUP_LIST",
      "this would leave the promotion with no customer group, which Ecwid may read as open to everyone; leave at least one group in",
    );
  }
  if (after.length > MOST_GROUPS) {
    return refusal("TOO_MANY_GROUPS", `this would give the promotion ${after.length} customer groups; Ecwid allows ${MOST_GROUPS}`);
  }
  return { kind: "groups", before, after };
}

function decidePromotion(question: Asked, live: LivePromotion): TargetDecision {
  const { ledger, at, activities } = question;
  const groups = live.customerGroups;
  if (groups === undefined) {
    const idle = activities.length === 0 && !isOpen(ledger);
    const reason =
      "the promotion has no customer group list, so it is open to everyone, and that cannot be told safely from open to nobody; give it a list in Ecwid first";
    const change: Change = idle ? { kind: "none" } : refusal("NO_GROUP_LIST", reason);
    return { at, cells: [], change, ledgerAfter: ledger, recheckAt: undefined, leftOut: [] };
  }
  const named = activities.flatMap((activity) => groupsNamed(activity.layer.ask));
  const universe = new Set([...groups.map(groupCell), ...named.map(groupCell), ...cellKeys(ledger.cells), ...cellKeys(ledger.yielded)]);
  const decided = decideCells(question, [...universe], (cell) => (groups.includes(groupOfCell(cell)) ? "in" : "out"));
  const cells = leaveOutMissing(question, decided);
  const leftOut = cells.filter((each, index) => decided[index] !== each && each.rule !== "missing").map((each) => groupOfCell(each.cell));
  return answer(question, cells, groupsChange(groups, cells), leftOut);
}

/**
 * Decides a target whose live value is known: the desired value of each cell, whether that needs a write, and why. The cells are decided
 * by {@link decideCells}, as they are for `plan`, `why` and the timeline.
 */
export function decideTarget(question: TargetQuestion): TargetDecision {
  const { live, layers, at } = question;
  const asked = { ...question, activities: activitiesAt(layers, at) };
  return live.kind === "coupon" ? decideCoupon(asked, live) : decidePromotion(asked, live);
}

/** @returns the first instant after `at` at which the target has something to do by its windows alone. */
export function nextBoundary(layers: readonly Layer[], at: Instant): Instant | undefined {
  return earliest(...layers.map((layer) => nextBoundaryOf(layer, at)));
}

/** @returns the cells that a decision changes, with what is there and what is to be. */
export function changedCells(decision: TargetDecision): Intent["cells"] {
  const changed = decision.cells.filter((each) => each.want !== each.live);
  return Object.fromEntries(changed.map((each) => [each.cell, { before: each.live, after: each.want }]));
}

/** @returns the campaigns that a decision's cells have to do with: who wins now, and who held them so far. */
export function campaignsBehind(decision: TargetDecision): readonly CampaignId[] {
  const winners = decision.cells.map((cell) => cell.winner?.activity.layer.campaignId);
  const holders = decision.cells.map((cell) => (cell.heldFor === undefined ? undefined : campaignOfWindow(cell.heldFor)));
  return [...new Set([...winners, ...holders].filter((id) => id !== undefined))];
}
