import { type Instant, latest } from "../instant.ts";
import { type CellValue, UNSEEN } from "../ledger/ledger.ts";
import type { CellOutlook, TargetOutlook } from "./outlook.ts";
import { type Segment, segmentsOf } from "./segments.ts";

export type { CellOutlook, Claimant, TargetOutlook } from "./outlook.ts";

/** What the forecast says of a cell whose value nobody has looked at: it is left, or put back, as it was found. */
export const AS_FOUND: CellValue = UNSEEN;

/** The state of a target's cells at one instant. */
export interface TargetForecast {
  readonly at: Instant;
  readonly cells: readonly CellOutlook[];
  /** When a value changes next; undefined if none is foreseen without an edit. */
  readonly nextChangeAt: Instant | undefined;
  /** When a value, or who wins or loses a cell, changes next; undefined if that never happens without an edit. */
  readonly nextEventAt: Instant | undefined;
}

/** So many times in a row only those that lose come and go: then no change of value is foreseen. */
const MOST_SEGMENTS = 1_000;

function hasOtherValue(before: readonly CellOutlook[], after: readonly CellOutlook[]): boolean {
  return before.some(({ value }, index) => value !== after[index]?.value);
}

/**
 * The state of a target at an instant: what each cell holds, which campaign won it over which, and what the base is. The same decisions as
 * the reconcile's lead there ({@link segmentsOf}), so they agree as long as nobody edits anything.
 *
 * @param at an instant before `outlook.from` counts as that.
 */
export function forecastAt(outlook: TargetOutlook, at: Instant): TargetForecast {
  const asOf = latest(at, outlook.from);
  let present: Segment | undefined;
  let searched = 0;
  let nextChangeAt: Instant | undefined;
  for (const segment of segmentsOf(outlook)) {
    if (segment.to !== undefined && segment.to <= asOf) continue;
    present ??= segment;
    if (hasOtherValue(present.cells, segment.cells)) nextChangeAt = segment.from;
    searched += 1;
    if (nextChangeAt !== undefined || searched >= MOST_SEGMENTS) break;
  }
  if (present === undefined) throw new TypeError("a timeline ends with a segment that has no end");
  return { at: asOf, cells: present.cells, nextChangeAt, nextEventAt: present.to };
}
