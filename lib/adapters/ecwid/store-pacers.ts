import type { Clock } from "../../application/ports/clock.ts";
import type { StoreId } from "../../domain/identifiers.ts";
import { createPacer, type Pace, type Pacer } from "./pacer.ts";

/** @returns the one pacer of each store, kept for as long as what it let through still counts, whoever opens the store in between. */
export function createStorePacers(clock: Clock, pace: Pace): (store: StoreId) => Pacer {
  const pacers = new Map<StoreId, Pacer>();

  return (store) => {
    for (const [id, pacer] of pacers) if (id !== store && pacer.isIdle()) pacers.delete(id);
    const known = pacers.get(store);
    if (known !== undefined) return known;
    const fresh = createPacer(clock, pace);
    pacers.set(store, fresh);
    return fresh;
  };
}
