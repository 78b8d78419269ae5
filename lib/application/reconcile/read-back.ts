import { compareTriggers } from "../../domain/ledger/compare-triggers.ts";
import { decideTarget } from "../../domain/ledger/decide-target.ts";
import type { Ledger } from "../../domain/ledger/ledger.ts";
import { warningsOf } from "../../domain/ledger/reasons.ts";
import { intentCells, settleIntent } from "../../domain/ledger/settle-intent.ts";
import type { LiveTarget } from "../../domain/live.ts";
import { labelOf, type SentChange, valueInWords } from "./attempt.ts";
import { blockTarget } from "./block-target.ts";
import { commit } from "./commit.ts";
import { handleFailure, type Reach } from "./handle-failure.ts";
import type { LiveValues } from "./live-values.ts";
import { missingGroups } from "./missing-groups.ts";
import { recentWrite } from "./recent-write.ts";
import { restoreTriggers } from "./restore-triggers.ts";
import type { StoreSession } from "./store-session.ts";
import { cellsOf } from "./take-up-intent.ts";
import { tellSwitch } from "./tell-switch.ts";

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

function damageOf(change: SentChange, live: LiveTarget): { readonly vanished: readonly string[]; readonly changed: readonly string[] } {
  if (change.sentTriggers === undefined || live.kind !== "promotion") return { vanished: [], changed: [] };
  return compareTriggers(change.sentTriggers, live.triggers);
}

/**
 * The second half of a reconcile of one target: reads back what was sent, compares every trigger, writes the history, then commits.
 *
 * @returns how far a failure reaches.
 */
export async function readBack(session: StoreSession, values: LiveValues, change: SentChange): Promise<Reach> {
  const { dependencies, token, retryAt } = session;
  const { attempt, ledger, decision, live } = change;
  const reply = await values.read(attempt.target);
  if (!reply.ok) return handleFailure(dependencies, attempt, { failure: reply.failure, ledger, asOf: decision.at, token, retryAt });
  const proof = prove(change, reply.value);
  const damage = damageOf(change, reply.value);
  if (damage.vanished.length > 0 && live.kind === "promotion" && reply.value.kind === "promotion") {
    const lost = { live: reply.value, before: live.triggers, intent: change.intent, ledger, asOf: decision.at };
    return restoreTriggers(session, attempt, { ...lost, vanished: damage.vanished });
  }
  if (!proof.allThere) return settleUnseen(session, change, proof);
  await finish(session, change, proof, damage.changed);
  return TARGET_ONLY;
}

/** Everything is as sent: tells it, writes the history, commits. */
async function finish(session: StoreSession, change: SentChange, proof: Proof, editedMeanwhile: readonly string[]): Promise<void> {
  const { attempt, decision, appliedAt, intent } = change;
  const note = editedMeanwhile.length > 0 ? `; somebody changed ${editedMeanwhile.join(", ")} meanwhile: kept` : "";
  await tellSwitch(
    session,
    attempt,
    { ...intent.told, reason: `${intent.told.reason}${note}` },
    { at: appliedAt, label: labelOf(proof.live) },
  );
  const warnings = warningsOf(decision, attempt.layers);
  const seen = { live: proof.live, missingGroups: new Set<number>(), timeZone: session.timeZone };
  const { at: asOf, recheckAt } = decision;
  const wrote = recentWrite(intent);
  const outcome = { ledger: proof.settled, asOf, recheckAt, warnings, label: labelOf(proof.live), seen, wrote };
  session.early.settled(attempt.key, await commit(session.dependencies, attempt, outcome));
}

/** Ecwid took the change but it does not show: a group that is gone, a read that is behind, or a person who was faster. */
async function settleUnseen(session: StoreSession, change: SentChange, proof: Proof): Promise<Reach> {
  const { dependencies, ecwid, token, retryAt } = session;
  const { attempt, decision, ledger } = change;
  const gone = await missingGroups(ecwid, decision.change);
  if (gone.size > 0 && (await settleWithoutGroups(session, change, proof, gone))) return TARGET_ONLY;
  if (attempt.state.failuresInARow + 1 >= UNSEEN_BEFORE_BLOCKING) {
    const reason = "Ecwid accepts the change, but it does not show afterwards; look at it in Ecwid";
    // It may show later still. With its intent kept, it is then known for Doorman's own and not taken for the base.
    const blocked = { code: "NOT_TAKEN", reason, ledger, asOf: decision.at, intent: change.intent };
    session.early.settled(attempt.key, await blockTarget(dependencies, attempt, blocked));
    return TARGET_ONLY;
  }
  const failure = { kind: "outcome-unknown", message: "the change was accepted but does not show yet" } as const;
  return handleFailure(dependencies, attempt, { failure, ledger, asOf: decision.at, token, retryAt });
}

/**
 * Ecwid dropped groups that do not exist. What did come out is told and kept; what a campaign still asks for is a person's to mend.
 *
 * @returns false where more does not show than the groups explain: the read may be behind, so nothing is settled and the intent stays.
 */
async function settleWithoutGroups(session: StoreSession, change: SentChange, proof: Proof, gone: ReadonlySet<number>): Promise<boolean> {
  const { dependencies } = session;
  const { attempt, decision, intent, appliedAt, live } = change;
  const again = decideTarget({ layers: attempt.layers, ledger: proof.settled, live: proof.live, at: decision.at, missingGroups: gone });
  if (again.change.kind !== "none" && again.change.kind !== "refused") return false;
  const before = live.kind === "promotion" ? (live.customerGroups ?? []) : [];
  const after = proof.live.kind === "promotion" ? (proof.live.customerGroups ?? []) : [];
  const cameOut = before.length !== after.length || before.some((group) => !after.includes(group));
  const without = `; customer group ${[...gone].join(", ")} does not exist and is left out`;
  if (cameOut || again.change.kind === "none") {
    const told = { ...intent.told, after: valueInWords(after), reason: `${intent.told.reason}${without}` };
    await tellSwitch(session, attempt, told, { at: appliedAt, label: labelOf(proof.live) });
  }
  const common = { asOf: decision.at, label: labelOf(proof.live) };
  if (again.change.kind === "refused") {
    const blocked = { ...common, code: again.change.code, reason: again.change.reason, ledger: proof.settled, groups: [...gone] };
    session.early.settled(attempt.key, await blockTarget(dependencies, attempt, blocked));
    return true;
  }
  const settled = { ledger: again.ledgerAfter, recheckAt: again.recheckAt };
  const seen = { live: proof.live, missingGroups: gone, timeZone: session.timeZone };
  const outcome = { ...common, ...settled, warnings: warningsOf(again, attempt.layers), seen };
  session.early.settled(attempt.key, await commit(dependencies, attempt, outcome));
  return true;
}
