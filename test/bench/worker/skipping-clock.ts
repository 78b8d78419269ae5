import type { Clock } from "../../../lib/application/ports/clock.ts";
import { type Instant, latest, plus } from "../../../lib/domain/instant.ts";

export interface SkippingClock extends Clock {
  goTo(at: Instant): void;
}

/** @returns a clock that goes on by itself, and skips what is slept: only work takes time. */
export function createSkippingClock(start: Instant): SkippingClock {
  let [from, since] = [start, performance.now()];
  const now = () => plus(from, Math.floor(performance.now() - since));
  const goTo = (at: Instant) => {
    [from, since] = [latest(at, now()), performance.now()];
  };
  return { now, goTo, sleepUntil: async (at) => goTo(at) };
}
