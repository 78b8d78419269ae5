import { earliest, type Instant, plus } from "../../domain/instant.ts";
import type { TargetDecision } from "../../domain/ledger/decide-target.ts";
import { campaignsBehind, nextBoundary } from "../../domain/ledger/decide-target.ts";
import type { Intent, Ledger } from "../../domain/ledger/ledger.ts";
import { explain, warningsOf } from "../../domain/ledger/reasons.ts";
import type { HistoryEntry } from "../ports/history.ts";
import type { Block, RecentWrite, Shadow, TargetState } from "../ports/state-table.ts";
import { type Attempt, labelOf } from "./attempt.ts";
import { checkInPassing, type Seen } from "./check-in-passing.ts";
import type { ReconcileDependencies } from "./dependencies.ts";
import { stillRecent, UNSEEN_MS } from "./recent-write.ts";
import { tellMissed } from "./tell-missed.ts";

/** Rules after which a person's value stands: they are told, and kept in the history. */
const PERSONS_VALUE = new Set(["yield", "keep-close", "rebase", "enforce", "enforce-close", "resume"]);

/** What becomes of a target once its attempt is over. */
export interface Outcome {
  readonly ledger: Ledger;
  readonly asOf: Instant;
  readonly recheckAt?: Instant | undefined;
  readonly block?: Block | undefined;
  readonly warnings: TargetState["warnings"];
  readonly label?: string | undefined;
  /** The target as the attempt last read it. */
  readonly seen?: Seen | undefined;
  /** Kept as long as nobody has read whether it happened. */
  readonly intent?: Intent | undefined;
  /** The change that the attempt made, once it was seen in place. */
  readonly wrote?: RecentWrite | undefined;
  /** In shadow mode only. */
  readonly shadow?: Shadow | undefined;
}

/**
 * Writes down how an attempt ended: the windows it came too late for, then ledger, next `dueAt` = the earliest of boundary, recheck and another look at a block.
 *
 * @returns the new `dueAt`, or "lost" if somebody wrote to the target meanwhile: then it is due again and is decided afresh.
 */
export async function commit(
  dependencies: ReconcileDependencies,
  attempt: Attempt,
  outcome: Outcome,
): Promise<Instant | undefined | "lost"> {
  const { asOf, recheckAt, block, ledger, warnings, label, intent, seen, wrote, shadow } = outcome;
  const dueAt = earliest(nextBoundary(attempt.layers, asOf), recheckAt, block?.lookAgainAt);
  const next: TargetState = {
    ledger,
    intent,
    dueAt,
    decidedAt: asOf,
    attemptsBegun: 0,
    failuresInARow: 0,
    block,
    warnings,
    check: checkInPassing(attempt, ledger, asOf, seen),
    lastWrite: wrote ?? stillRecent(attempt.state.lastWrite, asOf),
    label: label ?? attempt.state.label,
    shadow,
  };
  await tellMissed(dependencies, attempt, asOf);
  const written = await dependencies.state.writeTarget(attempt.storeId, attempt.key, next, attempt.version);
  return written ? dueAt : "lost";
}

/** The entry for a value that stands because a person set it; kept under the version that the commit is about to write. */
function keptEntry(attempt: Attempt, decision: TargetDecision): HistoryEntry {
  const { storeId, key, version, owedSince, state, layers } = attempt;
  return {
    storeId,
    target: key,
    version: version + 1,
    kind: "kept",
    at: decision.at,
    dueAt: owedSince,
    latenessMs: Math.max(0, decision.at - owedSince),
    reason: explain(decision, layers),
    campaignIds: campaignsBehind(decision),
    attempt: state.failuresInARow + 1,
  };
}

/**
 * Nothing has to be written to Ecwid: settles the ledger, and tells people of a value of theirs that stands.
 *
 * @param unseen a change sent a moment ago, of which nothing shows. It stays, with the ledger before it, and is looked for again.
 */
export async function commitInPlace(
  dependencies: ReconcileDependencies,
  attempt: Attempt,
  decision: TargetDecision,
  seen: Seen,
  unseen?: Intent,
): Promise<Instant | undefined | "lost"> {
  const label = labelOf(seen.live);
  const { history, telemetry } = dependencies;
  const { storeId, key, layers, state } = attempt;
  const news = decision.cells.some(
    (cell) => PERSONS_VALUE.has(cell.rule) && JSON.stringify(cell.ledger) !== JSON.stringify(state.ledger.cells[cell.cell]),
  );
  if (news) await history.record(keptEntry(attempt, decision));
  telemetry.emit({
    kind: "decided",
    label,
    storeId,
    target: key,
    decision: decision.cells.map((cell) => cell.rule).join(","),
    reason: explain(decision, layers),
  });
  const { at: asOf, ledgerAfter: ledger, recheckAt } = decision;
  const common = { asOf, warnings: warningsOf(decision, layers), label, seen };
  if (unseen === undefined) return commit(dependencies, attempt, { ...common, ledger, recheckAt });
  const again = earliest(recheckAt, plus(unseen.at, UNSEEN_MS));
  return commit(dependencies, attempt, { ...common, ledger: state.ledger, recheckAt: again, intent: unseen });
}
