import { type Instant, plus } from "../../domain/instant.ts";
import { groupOfCell } from "../../domain/layers/claims.ts";
import { compareTriggers } from "../../domain/ledger/compare-triggers.ts";
import type { CellKey, CellValue, Intent, Ledger } from "../../domain/ledger/ledger.ts";
import { intentCells, settleIntent } from "../../domain/ledger/settle-intent.ts";
import type { LiveTarget } from "../../domain/live.ts";
import type { RecentWrite } from "../ports/state-table.ts";
import { type Attempt, labelOf } from "./attempt.ts";
import { seenValue } from "./check-in-passing.ts";
import type { Reach } from "./handle-failure.ts";
import { recentWrite, UNSEEN_MS } from "./recent-write.ts";
import { restoreTriggers } from "./restore-triggers.ts";
import type { StoreSession } from "./store-session.ts";
import { tellSwitch } from "./tell-switch.ts";

/** @returns the value of each cell of a live target. */
export function cellsOf(live: LiveTarget): (cell: CellKey) => CellValue {
  if (live.kind === "coupon") return () => live.applicationLimit;
  const groups = new Set(live.customerGroups ?? []);
  return (cell) => (groups.has(groupOfCell(cell)) ? "in" : "out");
}

/** Ecwid had accepted the change, and what is there now is neither it nor what was there before: no stale read shows that. */
function wasOverwritten({ cells, acceptedAt }: Intent, valueIn: (cell: CellKey) => CellValue): boolean {
  if (acceptedAt === undefined) return false;
  return intentCells({ cells }).some(([cell, { before, after }]) => valueIn(cell) !== before && valueIn(cell) !== after);
}

async function tellUnseen(session: StoreSession, attempt: Attempt, { told, acceptedAt }: Intent, live: LiveTarget): Promise<void> {
  if (acceptedAt === undefined) return;
  const reason = `${told.reason}; Ecwid accepted it, and when it was next read, ${seenValue(live)} was there`;
  await tellSwitch(session, attempt, { ...told, reason }, { at: acceptedAt, label: labelOf(live) });
}

/**
 * Takes up what an earlier attempt wrote and nobody read back. If it happened, it is told now, and if it cost the promotion a condition,
 * that is put back. What Ecwid accepted and nobody found in place is told as well. It is never carried out again: the caller decides afresh on the ledger returned, and keeps an `unseen` intent unless
 * it writes another.
 */
export async function takeUpIntent(
  session: StoreSession,
  attempt: Attempt,
  live: LiveTarget,
  asOf: Instant,
): Promise<
  { readonly ledger: Ledger; readonly unseen?: Intent; readonly lastWrite?: RecentWrite | undefined } | { readonly reach: Reach }
> {
  const { intent, ledger } = attempt.state;
  if (intent === undefined) return { ledger };
  const valueIn = cellsOf(live);
  const settled = settleIntent(ledger, intent, valueIn);
  const hasHappened = intentCells(intent).some(([cell, { after }]) => valueIn(cell) === after);
  if (!hasHappened) {
    // What was sent a moment ago may only not show yet: one stale read does not prove that it never happened.
    if (asOf < plus(intent.at, UNSEEN_MS) && !wasOverwritten(intent, valueIn)) return { ledger: settled, unseen: intent };
    await tellUnseen(session, attempt, intent, live);
    return { ledger: settled };
  }
  const { triggersBefore } = intent;
  if (live.kind === "promotion" && triggersBefore !== undefined) {
    const { vanished } = compareTriggers(triggersBefore, live.triggers);
    const lost = { live, before: triggersBefore, vanished, intent, ledger, asOf };
    if (vanished.length > 0) return { reach: await restoreTriggers(session, attempt, lost) };
  }
  await tellSwitch(session, attempt, intent.told, { at: intent.at, label: labelOf(live) });
  return { ledger: settled, lastWrite: recentWrite(intent) };
}
