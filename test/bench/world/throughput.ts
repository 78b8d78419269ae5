import type { EventClock } from "./event-clock.ts";

/** Lets through so many units a second; whoever comes above that waits its turn, as the SDK's retries make it. */
export interface Throughput {
  take(units: number): Promise<void>;
}

/** @returns a limit that begins with one second's worth in hand. */
export function createThroughput(clock: EventClock, unitsASecond: number): Throughput {
  let fullUpTo = Number.NEGATIVE_INFINITY;
  return {
    async take(units) {
      const now = clock.now();
      fullUpTo = Math.max(fullUpTo, now - 1_000) + (units * 1_000) / unitsASecond;
      if (fullUpTo > now) await clock.pause(Math.ceil(fullUpTo - now));
    },
  };
}
