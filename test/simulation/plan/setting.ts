import { MINUTE, SECOND } from "../../../lib/domain/instant.ts";
import type { Random } from "../world/random.ts";
import type { PlannedStore } from "./plan.ts";

/** What the rest of a plan is made from. */
export interface Setting {
  readonly random: Random;
  readonly stores: readonly PlannedStore[];
  /** When windows start and end, as first planned. */
  readonly boundaries: readonly { readonly store: number; readonly atMs: number }[];
  readonly troubleMs: number;
}

/** @returns an instant for something to happen to a store: most often near a boundary of its, where it matters. */
export function someInstant({ random, boundaries, troubleMs }: Setting, store: number | undefined): number {
  const near = boundaries.filter((each) => (store === undefined || each.store === store) && each.atMs < troubleMs);
  if (near.length === 0 || random.chance(0.3)) return random.whole(3 * MINUTE, troubleMs);
  const { atMs } = random.pick(near);
  const offset = random.pick([
    random.whole(-3_000, 3_000),
    random.whole(-15 * SECOND, 15 * SECOND),
    random.whole(-90 * SECOND, 5 * MINUTE),
  ]);
  return Math.min(troubleMs, Math.max(MINUTE, atMs + offset));
}
