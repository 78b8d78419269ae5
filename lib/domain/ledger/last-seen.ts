import { type CellKey, type CellValue, type Ledger, UNSEEN } from "./ledger.ts";

/** What was last seen in a cell that is held, and whose it is. */
export interface LastSeen {
  /** {@link UNSEEN} where only that it is not Doorman's is known. */
  readonly value: CellValue;
  /** In doubt: not what Doorman wrote, and read again in a minute before a person is believed to have set it. */
  readonly by: "doorman" | "person" | "in doubt";
}

/** @returns what the ledger tells of a cell's live value; undefined where the cell is not held. */
export function lastSeen({ cells, yielded }: Ledger, cell: CellKey): LastSeen | undefined {
  const held = cells[cell];
  if (held === undefined) return undefined;
  if (held.doubt !== undefined) return { value: held.doubt.value, by: "in doubt" };
  if (held.setByPerson !== undefined) return { value: held.setByPerson, by: "person" };
  if (held.standIn || yielded[cell]?.includes(held.window) !== true) return { value: held.written, by: "doorman" };
  return { value: otherThan(cell, held.written), by: "person" };
}

/** Ledgers from before the value was kept: of a group it can only be the other of two. */
function otherThan(cell: CellKey, written: CellValue): CellValue {
  if (cell === "applicationLimit") return UNSEEN;
  return written === "in" ? "out" : "in";
}
