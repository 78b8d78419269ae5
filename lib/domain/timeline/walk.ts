import { earliest, type Instant } from "../instant.ts";
import { createActivityWalk } from "../layers/activity-walk.ts";
import { type Claim, claimsOn, groupCell, groupOfCell, groupsNamed } from "../layers/claims.ts";
import type { Layer } from "../layers/layer.ts";
import { type CellDecision, hasGivenWay } from "../ledger/decide-cell.ts";
import { decideCells, ledgerAfter } from "../ledger/decide-cells.ts";
import { lastSeen } from "../ledger/last-seen.ts";
import { type CellKey, type CellValue, UNSEEN } from "../ledger/ledger.ts";
import { reasonOf } from "../ledger/reasons.ts";
import { cellKeys } from "../ledger/settle-intent.ts";
import type { CellOutlook, Claimant, TargetOutlook } from "./outlook.ts";

/** One decision, taken as given and carried out. */
export interface Step {
  readonly at: Instant;
  readonly cells: readonly CellOutlook[];
  /** When the next one is due, if nobody edits anything. */
  readonly next: Instant | undefined;
}

/** Of a promotion the groups that are named anywhere: the others stay as they are, unless a campaign with `set` leaves them out. */
function cellsForecast({ target, layers, ledger, known = {} }: TargetOutlook): readonly CellKey[] {
  if (target.kind === "coupon") return ["applicationLimit"];
  const named = layers.flatMap(({ ask }) => groupsNamed(ask)).map(groupCell);
  const cells = new Set([...named, ...cellKeys(ledger.cells), ...cellKeys(ledger.yielded), ...cellKeys(known)]);
  return [...cells].toSorted((one, other) => groupOfCell(one) - groupOfCell(other));
}

function liveAtFirst({ ledger, known = {} }: TargetOutlook, cell: CellKey): CellValue {
  return known[cell] ?? lastSeen(ledger, cell)?.value ?? UNSEEN;
}

function claimant({ activity, value }: Claim): Claimant {
  const { layer, window, startedAt, endsAt } = activity;
  const { campaignId, campaignName, priority } = layer;
  return { campaignId, campaignName, window, value, priority, startedAt, endsAt };
}

function outlookOf(decision: CellDecision, claims: readonly Claim[], layers: readonly Layer[]): CellOutlook {
  const { cell, want, ledger } = decision;
  const [winner, ...losers] = claims.map(claimant);
  const reason = reasonOf(decision, layers);
  return { cell, value: want, base: ledger?.base ?? want, winner, losers, gaveWay: hasGivenWay(decision), reason };
}

/**
 * Walks from decision to decision as the reconcile would if it were on time and nobody edited anything: at each boundary, and where a doubt
 * is to be settled, the cells are decided by the same function and the ledger is carried along. Not foretold is what only Ecwid can tell:
 * a group that is missing, a list that would be left empty.
 *
 * @returns steps in order, the first at `outlook.from`; without end where the layers' windows are.
 */
export function* walk(outlook: TargetOutlook): Generator<Step, void> {
  const { layers } = outlook;
  const forecast = cellsForecast(outlook);
  const live = new Map(forecast.map((cell) => [cell, liveAtFirst(outlook, cell)]));
  const activityStep = createActivityWalk(layers);
  let { ledger } = outlook;
  let next: Instant | undefined = outlook.from;
  while (next !== undefined) {
    const at: Instant = next;
    const { activities, nextBoundary } = activityStep(at);
    const question = { layers, ledger, at, activities };
    const decisions = decideCells(question, forecast, (cell) => live.get(cell) ?? UNSEEN);
    next = earliest(nextBoundary, ...decisions.map(({ recheckAt }) => recheckAt));
    yield { at, cells: decisions.map((each) => outlookOf(each, claimsOn(activities, each.cell), layers)), next };
    ledger = ledgerAfter(question, decisions);
    for (const { cell, want } of decisions) live.set(cell, want);
  }
}
