import type { Clock } from "../../application/ports/clock.ts";
import { instant } from "../../domain/instant.ts";

/** The longest delay that a timer takes; a longer one fires at once. */
const LONGEST_DELAY_MS = 2 ** 31 - 1;

/** @returns the machine's clock. Its sleepers keep the process alive, and never wake before their instant. */
export function createSystemClock(): Clock {
  const now = () => instant(Date.now());
  return {
    now,
    async sleepUntil(at) {
      // A timer may fire a moment early, and the clock may be set back while it runs: hence the loop.
      for (let left = at - now(); left > 0; left = at - now()) await delay(Math.min(left, LONGEST_DELAY_MS));
    },
  };
}

function delay(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
