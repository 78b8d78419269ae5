import type { Clock } from "../../application/ports/clock.ts";
import type { StoreId } from "../../domain/identifiers.ts";
import { MINUTE } from "../../domain/instant.ts";
import { createPacer, type Pace, type Pacer } from "./pacer.ts";

/** @returns the one pacer of each store, kept for as long as what it let through still counts, whoever opens the store in between. */
export function createStorePacers(clock: Clock, pace: Pace): (store: StoreId) => Pacer {
  const pacers = new Map<StoreId, Pacer>();
  let sweptAt = clock.now();

  const sweep = () => {
    sweptAt = clock.now();
    for (const [id, pacer] of pacers) if (pacer.isIdle()) pacers.delete(id);
  };

  return (store) => {
    if (clock.now() - sweptAt >= MINUTE) sweep();
    const known = pacers.get(store);
    if (known !== undefined) return known;
    const fresh = createPacer(clock, pace);
    pacers.set(store, fresh);
    return fresh;
  };
}
