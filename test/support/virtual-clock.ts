import { setImmediate as nextTurn } from "node:timers/promises";
import type { Clock } from "../../lib/application/ports/clock.ts";
import { type Instant, plus } from "../../lib/domain/instant.ts";

interface Sleeper {
  readonly at: Instant;
  readonly wake: () => void;
}

/** A clock whose time only a test moves. */
export interface VirtualClock extends Clock {
  /**
   * Moves time forward, stopping at each sleeper's instant to wake it and to let what it does come to rest (as far as that needs no
   * network), so that one that goes to sleep again before `at` is woken again too. Time never moves back.
   */
  advanceTo(at: Instant): Promise<void>;
  advanceBy(milliseconds: number): Promise<void>;
  /** When the next sleeper wakes; undefined while none sleeps. */
  nextWakeAt(): Instant | undefined;
}

/** @returns a clock that stands at `start`. Sleepers wake in the order of their instants; of the same instant, first come first. */
export function createVirtualClock(start: Instant): VirtualClock {
  let present = start;
  const sleepers: Sleeper[] = [];

  const advanceTo = async (at: Instant) => {
    await settled();
    for (let next = sleepers[0]; next !== undefined && next.at <= at; next = sleepers[0]) {
      sleepers.shift();
      if (next.at > present) present = next.at;
      next.wake();
      await settled();
    }
    if (at > present) present = at;
    await settled();
  };

  return {
    now: () => present,
    sleepUntil: (at) => (at <= present ? Promise.resolve() : new Promise((wake) => insertInOrder(sleepers, { at, wake }))),
    advanceTo,
    advanceBy: (milliseconds) => advanceTo(plus(present, milliseconds)),
    nextWakeAt: () => sleepers[0]?.at,
  };
}

function insertInOrder(sleepers: Sleeper[], sleeper: Sleeper): void {
  const position = sleepers.findIndex(({ at }) => at > sleeper.at);
  sleepers.splice(position === -1 ? sleepers.length : position, 0, sleeper);
}

/** Two turns of the event loop: chains of promises of any length run in one, and what those put off in the next. */
async function settled(): Promise<void> {
  await nextTurn();
  await nextTurn();
}
