import { compareTriggers } from "../../domain/ledger/compare-triggers.ts";
import { decideTarget, type TargetDecision } from "../../domain/ledger/decide-target.ts";
import type { Ledger } from "../../domain/ledger/ledger.ts";
import { explain, warningsOf } from "../../domain/ledger/reasons.ts";
import { intentCells, settleIntent } from "../../domain/ledger/settle-intent.ts";
import type { LiveTarget } from "../../domain/live.ts";
import { labelOf, type SentChange, valueInWords } from "./attempt.ts";
import { blockTarget } from "./block-target.ts";
import { commit, historyEntry } from "./commit.ts";
import { handleFailure, type Reach } from "./handle-failure.ts";
import type { LiveValues } from "./live-values.ts";
import { cellsOf, missingGroups } from "./send-change.ts";
import type { StoreSession } from "./store-session.ts";

const TARGET_ONLY: Reach = { scope: "target" };
/** How often in a row a change that Ecwid accepted may fail to show before a person is asked. */
const UNSEEN_BEFORE_BLOCKING = 3;

/** What is there after a write: the ledger as it is proven, and whether everything came out as sent. */
interface Proof {
  readonly live: LiveTarget;
  readonly settled: Ledger;
  readonly allThere: boolean;
}

function prove(change: SentChange, live: LiveTarget): Proof {
  const valueIn = cellsOf(live);
  const settled = settleIntent(change.ledger, change.intent, valueIn);
  return { live, settled, allThere: intentCells(change.intent).every(([cell, { after }]) => valueIn(cell) === after) };
}

/**
 * The second half of a reconcile of one target: reads back what was sent, compares every trigger, writes the history, then commits.
 *
 * @returns how far a failure reaches.
 */
export async function readBack(session: StoreSession, values: LiveValues, change: SentChange): Promise<Reach> {
  const { dependencies, token } = session;
  const { attempt, ledger, decision } = change;
  const reply = await values.read(attempt.target);
  if (!reply.ok) return handleFailure(dependencies, attempt, { failure: reply.failure, ledger, asOf: decision.at, token });
  const proof = prove(change, reply.value);
  const damage = damageOf(change, reply.value);
  if (damage.vanished.length > 0) return restoreTriggers(session, change, damage.vanished);
  if (!proof.allThere) return settleUnseen(session, change, proof);
  await finish(session, change, proof, damage.changed);
  return TARGET_ONLY;
}

function damageOf(change: SentChange, live: LiveTarget): { readonly vanished: readonly string[]; readonly changed: readonly string[] } {
  if (change.sentTriggers === undefined || live.kind !== "promotion") return { vanished: [], changed: [] };
  return compareTriggers(change.sentTriggers, live.triggers);
}

/** Everything is as sent: tells it, writes the history, commits. */
async function finish(session: StoreSession, change: SentChange, proof: Proof, editedMeanwhile: readonly string[]): Promise<void> {
  const { dependencies, storeId, timeZone } = session;
  const { history, telemetry } = dependencies;
  const { attempt, decision, appliedAt, live } = change;
  if (decision.change.kind !== "limit" && decision.change.kind !== "groups") return;
  const before = valueInWords(decision.change.before);
  const after = valueInWords(decision.change.after);
  const note = editedMeanwhile.length > 0 ? `; somebody changed ${editedMeanwhile.join(", ")} meanwhile: kept` : "";
  const reason = `${explain(decision, attempt.layers)}${note}`;
  const entry = historyEntry(attempt, decision, { kind: "switched", at: appliedAt, before, after, reason });
  await history.record(entry);
  telemetry.emit({
    kind: "switched",
    storeId,
    target: attempt.key,
    label: labelOf(live),
    before,
    after,
    reason,
    campaignIds: entry.campaignIds,
    dueAt: attempt.owedSince,
    appliedAt,
    latenessMs: entry.latenessMs,
    timeZone,
  });
  const warnings = warningsOf(decision, attempt.layers);
  const outcome = { ledger: proof.settled, asOf: decision.at, recheckAt: decision.recheckAt, warnings, label: labelOf(live) };
  session.early.settled(attempt.key, await commit(dependencies, attempt, outcome));
}

/** Ecwid took the change but it does not show: a group that is gone, a read that is behind, or a person who was faster. */
async function settleUnseen(session: StoreSession, change: SentChange, proof: Proof): Promise<Reach> {
  const { dependencies, ecwid, token } = session;
  const { attempt, decision, ledger } = change;
  const gone = await missingGroups(ecwid, decision.change);
  if (gone.size > 0) return settleWithoutGroups(session, change, proof, gone);
  if (attempt.state.failuresInARow + 1 >= UNSEEN_BEFORE_BLOCKING) {
    const reason = "Ecwid accepts the change, but it does not show afterwards; look at it in Ecwid";
    session.early.settled(
      attempt.key,
      await blockTarget(dependencies, attempt, { code: "NOT_TAKEN", reason, ledger: proof.settled, asOf: decision.at }),
    );
    return TARGET_ONLY;
  }
  const failure = { kind: "outcome-unknown", message: "the change was accepted but does not show yet" } as const;
  return handleFailure(dependencies, attempt, { failure, ledger, asOf: decision.at, token });
}

async function settleWithoutGroups(session: StoreSession, change: SentChange, proof: Proof, gone: ReadonlySet<number>): Promise<Reach> {
  const { dependencies } = session;
  const { attempt, decision } = change;
  const again = decideTarget({ layers: attempt.layers, ledger: proof.settled, live: proof.live, at: decision.at, missingGroups: gone });
  if (again.change.kind === "none") {
    await finish(session, { ...change, decision: withoutGone(decision, again, proof.live) }, { ...proof, settled: again.ledgerAfter }, []);
    return TARGET_ONLY;
  }
  const reason =
    again.change.kind === "refused" ? again.change.reason : `customer group ${[...gone].join(", ")} does not exist in the store`;
  const blocked = { code: "GROUP_MISSING", reason, ledger: proof.settled, asOf: decision.at, label: labelOf(proof.live) };
  session.early.settled(attempt.key, await blockTarget(dependencies, attempt, blocked));
  return TARGET_ONLY;
}

/** The decision as it really came out: the same change, less the groups that are gone. */
function withoutGone(decision: TargetDecision, again: TargetDecision, live: LiveTarget): TargetDecision {
  if (decision.change.kind !== "groups" || live.kind !== "promotion") return decision;
  return { ...decision, change: { ...decision.change, after: live.customerGroups ?? [] }, leftOut: again.leftOut };
}

/** A trigger that was sent and is gone is our doing: the whole old `triggers` go back, and a person is asked (design 6). */
async function restoreTriggers(session: StoreSession, change: SentChange, vanished: readonly string[]): Promise<Reach> {
  const { dependencies, ecwid, token } = session;
  const { attempt, live, ledger, decision } = change;
  if (live.kind !== "promotion") return TARGET_ONLY;
  const restored = await ecwid.writeTriggers(live.id, live.triggers);
  if (!restored.ok) return handleFailure(dependencies, attempt, { failure: restored.failure, ledger, asOf: decision.at, token });
  const reason = `Ecwid dropped ${vanished.join(", ")} from the promotion's conditions when its groups were changed; the old conditions are back, and it is left alone until the campaign's next boundary`;
  const blocked = { code: "TRIGGERS_LOST", reason, ledger, asOf: decision.at, label: labelOf(live), lookAgain: false };
  session.early.settled(attempt.key, await blockTarget(dependencies, attempt, blocked));
  return TARGET_ONLY;
}
