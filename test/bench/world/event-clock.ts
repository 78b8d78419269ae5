import { setImmediate as nextTurn } from "node:timers/promises";
import type { Clock } from "../../../lib/application/ports/clock.ts";
import { type Instant, plus } from "../../../lib/domain/instant.ts";

/** Virtual time for a hundred thousand sleepers. */
export interface EventClock extends Clock {
  /** Sleeps so many milliseconds. */
  pause(milliseconds: number): Promise<void>;
  /** Moves time on, waking whoever sleeps meanwhile, in order; those of one millisecond together. */
  advanceTo(at: Instant): Promise<void>;
  /** Moves time on until nobody sleeps any more. */
  drain(): Promise<void>;
}

interface Sleeper {
  readonly at: Instant;
  /** Of the same instant, first come first. */
  readonly number: number;
  readonly wake: () => void;
}

function isBefore(one: Sleeper, other: Sleeper): boolean {
  return one.at === other.at ? one.number < other.number : one.at < other.at;
}

/** A binary heap, the soonest on top. */
function createHeap() {
  const heap: Sleeper[] = [];
  const put = (index: number, sleeper: Sleeper) => {
    heap[index] = sleeper;
  };

  function sinkFromTop(sleeper: Sleeper): void {
    let hole = 0;
    for (;;) {
      const [left, right] = [heap[2 * hole + 1], heap[2 * hole + 2]];
      const isRight = left !== undefined && right !== undefined && isBefore(right, left);
      const child = isRight ? right : left;
      if (child === undefined || isBefore(sleeper, child)) break;
      put(hole, child);
      hole = 2 * hole + (isRight ? 2 : 1);
    }
    put(hole, sleeper);
  }

  return {
    soonest: () => heap[0],
    push(sleeper: Sleeper): void {
      let hole = heap.length;
      heap.push(sleeper);
      while (hole > 0) {
        const parent = (hole - 1) >> 1;
        const above = heap[parent];
        if (above === undefined || !isBefore(sleeper, above)) break;
        put(hole, above);
        hole = parent;
      }
      put(hole, sleeper);
    },
    pop(): void {
      const last = heap.pop();
      if (last !== undefined && heap.length > 0) sinkFromTop(last);
    },
  };
}

/** @returns a clock that stands at `start`. */
export function createEventClock(start: Instant): EventClock {
  const heap = createHeap();
  let present = start;
  let asked = 0;

  async function wakeUntil(last: Instant | undefined): Promise<void> {
    await nextTurn();
    for (let next = heap.soonest(); next !== undefined && (last === undefined || next.at <= last); next = heap.soonest()) {
      if (next.at > present) present = next.at;
      for (let due = heap.soonest(); due !== undefined && due.at <= present; due = heap.soonest()) {
        heap.pop();
        due.wake();
      }
      await nextTurn();
    }
  }

  const sleepUntil = (at: Instant): Promise<void> =>
    at <= present
      ? Promise.resolve()
      : new Promise((wake) => {
          asked += 1;
          heap.push({ at, number: asked, wake });
        });
  return {
    now: () => present,
    sleepUntil,
    pause: (milliseconds) => sleepUntil(plus(present, milliseconds)),
    async advanceTo(at) {
      await wakeUntil(at);
      if (at > present) present = at;
    },
    drain: () => wakeUntil(undefined),
  };
}
