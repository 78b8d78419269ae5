import type { CellKey, CellLedger, CellValue, Intent, Ledger } from "./ledger.ts";

/**
 * Takes up what was being written when somebody was interrupted, or reads back what has just been written. Per cell: `after` is there, so
 * it happened; `before` is still there, so it never did; anything else is a person's, made after ours. An intent is never carried out
 * again: whoever calls this decides afresh.
 *
 * @param liveValue what the cell holds now.
 * @returns the ledger as the live values prove it. A cell that was to be opened and does not show is not owned.
 */
export function settleIntent(ledger: Ledger, intent: Intent, liveValue: (cell: CellKey) => CellValue): Ledger {
  const cells: Partial<Record<CellKey, CellLedger>> = { ...intent.ledgerAfter.cells };
  for (const [cell, { before, after }] of intentCells(intent)) {
    const live = liveValue(cell);
    const earlier = ledger.cells[cell];
    if (live === after) continue;
    // Still as before, or closed with a person's value there: the cell stands as it stood.
    if (live === before || cells[cell] === undefined) {
      if (earlier === undefined) delete cells[cell];
      else cells[cell] = earlier;
    }
  }
  return { cells, yielded: intent.ledgerAfter.yielded };
}

/** @returns the cells that an intent was to change. */
export function intentCells(
  intent: Pick<Intent, "cells">,
): readonly (readonly [CellKey, { readonly before: CellValue; readonly after: CellValue }])[] {
  return cellEntries(intent.cells);
}

/** @returns the entries of a record keyed by cell, with the keys' type kept. */
function cellEntries<Value>(record: Readonly<Partial<Record<CellKey, Value>>>): readonly (readonly [CellKey, Value])[] {
  const entries: (readonly [CellKey, Value])[] = [];
  for (const key of cellKeys(record)) {
    const value = record[key];
    if (value !== undefined) entries.push([key, value]);
  }
  return entries;
}

/** @returns the cell keys of a record. */
export function cellKeys(record: Readonly<Partial<Record<CellKey, unknown>>>): readonly CellKey[] {
  return Object.keys(record).filter(isCellKey);
}

/** @returns whether the text is the key of a cell. */
function isCellKey(text: string): text is CellKey {
  return text === "applicationLimit" || /^group:\d+$/.test(text);
}
