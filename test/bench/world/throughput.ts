import type { EventClock } from "./event-clock.ts";

/** Lets through so many units a second; whoever comes above that waits its turn, as the SDK's retries make it. */
export interface Throughput {
  take(units: number): Promise<void>;
}

/** @param inHandMs what is not taken is kept for so long, and there at the beginning. @returns a limit of so many units a second. */
export function createThroughput(clock: EventClock, unitsASecond: number, inHandMs = 1_000): Throughput {
  let fullUpTo = Number.NEGATIVE_INFINITY;
  return {
    async take(units) {
      const now = clock.now();
      fullUpTo = Math.max(fullUpTo, now - inHandMs) + (units * 1_000) / unitsASecond;
      if (fullUpTo > now) await clock.pause(Math.ceil(fullUpTo - now));
    },
  };
}
