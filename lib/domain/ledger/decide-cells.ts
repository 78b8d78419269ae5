import type { WindowId } from "../identifiers.ts";
import type { Instant } from "../instant.ts";
import { type Activity, coveringWindows } from "../layers/activity.ts";
import { winnerOf } from "../layers/claims.ts";
import type { Layer } from "../layers/layer.ts";
import { baseToReturnTo } from "./base-to-return-to.ts";
import { type CellDecision, decideCell } from "./decide-cell.ts";
import type { CellKey, CellLedger, CellValue, Ledger } from "./ledger.ts";

/** What the decision of a target's cells depends on, apart from what is live in them. */
export interface CellsQuestion {
  readonly layers: readonly Layer[];
  readonly ledger: Ledger;
  /** The as-of instant. */
  readonly at: Instant;
  /** The layers that are active at that instant, strongest first. */
  readonly activities: readonly Activity[];
}

/**
 * The one way to decide: `plan`, `why`, the timeline, the pre-flight checks and the reconcile all call this.
 *
 * @param liveValue what a cell holds.
 * @returns what should be live in each of the cells, in their order, and why.
 */
export function decideCells(
  { layers, ledger, at, activities }: CellsQuestion,
  cells: readonly CellKey[],
  liveValue: (cell: CellKey) => CellValue,
): readonly CellDecision[] {
  return cells.map((cell) => {
    const held = ledger.cells[cell];
    return decideCell({
      cell,
      live: liveValue(cell),
      ledger: held === undefined ? undefined : { ...held, base: baseToReturnTo(layers, held, at) },
      yielded: ledger.yielded[cell] ?? [],
      winner: winnerOf(activities, cell),
      at,
    });
  });
}

/** Windows that may still come back: a window that gave way is remembered only among these. */
function windowsInSight({ layers, at }: CellsQuestion): ReadonlySet<WindowId> {
  return new Set(layers.flatMap((layer) => coveringWindows(layer, at)));
}

/** @returns the ledger once the decisions are known to have been carried out. */
export function ledgerAfter(question: CellsQuestion, decisions: readonly CellDecision[]): Ledger {
  const cells: Partial<Record<CellKey, CellLedger>> = {};
  const yielded: Partial<Record<CellKey, readonly WindowId[]>> = {};
  const inSight = decisions.some((each) => each.yielded.length > 0) ? windowsInSight(question) : new Set<WindowId>();
  for (const each of decisions) {
    if (each.ledger !== undefined) cells[each.cell] = each.ledger;
    const remembered = each.yielded.filter((window) => inSight.has(window));
    if (remembered.length > 0) yielded[each.cell] = remembered;
  }
  return { cells, yielded };
}
