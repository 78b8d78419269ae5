import { type Instant, MINUTE, plus } from "../../domain/instant.ts";
import { groupOfCell } from "../../domain/layers/claims.ts";
import type { Change } from "../../domain/ledger/decide-target.ts";
import type { CellKey, Intent } from "../../domain/ledger/ledger.ts";
import { cellKeys, intentCells } from "../../domain/ledger/settle-intent.ts";
import type { RecentWrite } from "../ports/state-table.ts";

/** For so long after a write a read may still show what was there before. */
export const UNSEEN_MS = MINUTE;

function cellsAfter(intent: Intent): RecentWrite["cells"] {
  return Object.fromEntries(intentCells(intent).map(([cell, { after }]) => [cell, after]));
}

/** @returns what to remember of a change of a promotion that has been seen in place; of a coupon's nothing, for it has no list to be echoed. */
export function recentWrite(intent: Intent): RecentWrite | undefined {
  return intent.triggersBefore === undefined ? undefined : { at: intent.acceptedAt ?? intent.at, cells: cellsAfter(intent) };
}

/** @returns the write as long as a read may not show it yet. */
export function stillRecent(write: RecentWrite | undefined, at: Instant): RecentWrite | undefined {
  return write !== undefined && at < plus(write.at, UNSEEN_MS) ? write : undefined;
}

function isIn(groups: readonly number[], cell: CellKey): boolean {
  return groups.includes(groupOfCell(cell));
}

/**
 * A promotion's whole list is sent as it was read. Where a read is behind, that would undo what Doorman itself has just written, and the
 * group would pass for a person's from then on.
 *
 * @returns whether the change would set a cell back to what it held before Doorman's last write, only because it was read so.
 */
export function wouldUndo(write: RecentWrite | undefined, change: Change, at: Instant): boolean {
  const recent = stillRecent(write, at);
  if (recent === undefined || change.kind !== "groups") return false;
  const { before, after } = change;
  return cellKeys(recent.cells).some((cell) => {
    const isShown = isIn(before, cell);
    return isShown !== (recent.cells[cell] === "in") && isIn(after, cell) === isShown;
  });
}
