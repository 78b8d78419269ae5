import type { Instant } from "../instant.ts";
import type { CellOutlook, Claimant, TargetOutlook } from "./outlook.ts";
import { type Step, walk } from "./walk.ts";

/** A stretch `[from, to)` over which nothing about a target's cells differs: not their values, nor who wins or loses them. */
export interface Segment {
  readonly from: Instant;
  /** Undefined: nothing ever changes again without an edit. */
  readonly to: Instant | undefined;
  readonly cells: readonly CellOutlook[];
}

/** After so many boundaries in a row at which nothing changes, a segment is cut, so that whoever walks on can stop. */
const MOST_UNEVENTFUL = 1_000;

/** A window is of one campaign and has one end, and over one walk a campaign asks for one value. */
function isSameClaimant(one: Claimant | undefined, other: Claimant | undefined): boolean {
  return one?.window === other?.window;
}

function isSame(one: CellOutlook, other: CellOutlook | undefined): boolean {
  return (
    other !== undefined &&
    one.value === other.value &&
    one.base === other.base &&
    one.gaveWay === other.gaveWay &&
    one.losers.length === other.losers.length &&
    isSameClaimant(one.winner, other.winner) &&
    one.losers.every((loser, index) => isSameClaimant(loser, other.losers[index]))
  );
}

/** @returns whether two steps of one walk, which forecasts the same cells throughout, have the same outlook. */
function changesNothing(before: Step, after: Step): boolean {
  return before.cells.every((cell, index) => isSame(cell, after.cells[index]));
}

/** @returns the segments of a target's future, from `outlook.from` on, each beginning where the one before ends. */
export function* segmentsOf(outlook: TargetOutlook): Generator<Segment, void> {
  let begun: Step | undefined;
  let uneventful = 0;
  for (const step of walk(outlook)) {
    if (begun !== undefined && uneventful < MOST_UNEVENTFUL && changesNothing(begun, step)) {
      uneventful += 1;
      continue;
    }
    if (begun !== undefined) yield { from: begun.at, to: step.at, cells: begun.cells };
    begun = step;
    uneventful = 0;
  }
  if (begun !== undefined) yield { from: begun.at, to: undefined, cells: begun.cells };
}
