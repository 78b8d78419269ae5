import { type Instant, latest } from "../instant.ts";
import { type CellValue, UNSEEN } from "../ledger/ledger.ts";
import type { CellOutlook, TargetOutlook } from "./outlook.ts";
import { segmentsOf } from "./segments.ts";

export type { CellOutlook, Claimant, TargetOutlook } from "./outlook.ts";

/** What the forecast says of a cell whose value nobody has looked at: it is left, or put back, as it was found. */
export const AS_FOUND: CellValue = UNSEEN;

/** The state of a target's cells at one instant. */
export interface TargetForecast {
  readonly at: Instant;
  readonly cells: readonly CellOutlook[];
  /** When a value, or who wins or loses a cell, changes next; undefined if that never happens without an edit. */
  readonly nextChangeAt: Instant | undefined;
}

/**
 * The state of a target at an instant: what each cell holds, which campaign won it over which, and what the base is. The same decisions as
 * the reconcile's lead there ({@link segmentsOf}), so they agree as long as nobody edits anything.
 *
 * @param at an instant before `outlook.from` counts as that.
 */
export function forecastAt(outlook: TargetOutlook, at: Instant): TargetForecast {
  const asOf = latest(at, outlook.from);
  for (const { to, cells } of segmentsOf(outlook)) {
    if (to === undefined || to > asOf) return { at: asOf, cells, nextChangeAt: to };
  }
  throw new TypeError("a timeline ends with a segment that has no end");
}
