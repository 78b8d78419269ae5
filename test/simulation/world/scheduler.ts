import { type Instant, plus } from "../../../lib/domain/instant.ts";
import type { Random } from "./random.ts";

/** What is to happen at an instant. `false`: nothing was set going, so nobody has to be waited for. */
type Step = () => undefined | boolean;

interface Entry {
  readonly at: Instant;
  readonly tie: number;
  readonly run: Step;
}

/**
 * Virtual time, and who runs next. Whoever waits, for time or for an answer, is parked here; of those whose instant has come, chance picks.
 * Nothing else moves the program on, so the same stream of chance gives the same run.
 */
export interface Scheduler {
  /** The true time, which no process can see. */
  now(): Instant;
  at(at: Instant, run: Step): void;
  /** Parks the caller for so long; with 0, until chance picks it from all that could run now. */
  pause(milliseconds: number): Promise<void>;
  /** @returns whether anything else could run at this instant. */
  isContended(): boolean;
  /** Runs everything up to that instant. @returns false if `stop` was called. */
  runTo(end: Instant): Promise<boolean>;
  /** Runs nothing more. */
  stop(): void;
}

/** Chains of promises of any length come to rest within one turn of the event loop: nothing in a run waits for anything outside. */
function restOfPromises(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** @param start the first instant. @param random decides among those that could run. */
export function createScheduler(start: Instant, random: Random): Scheduler {
  const heap = createHeap();
  let present = start;
  let isStopped = false;

  const push = (at: Instant, run: Step) => heap.push({ at: at < present ? present : at, tie: random.next(), run });
  return {
    now: () => present,
    at: push,
    pause: (milliseconds) =>
      new Promise((resume) => {
        push(plus(present, milliseconds), () => {
          resume();
          return true;
        });
      }),
    isContended: () => {
      const next = heap.peek();
      return next !== undefined && next.at <= present;
    },
    async runTo(end) {
      for (let next = heap.peek(); next !== undefined && next.at <= end && !isStopped; next = heap.peek()) {
        heap.pop();
        present = next.at;
        if (next.run() !== false) await restOfPromises();
      }
      if (!isStopped && end > present) present = end;
      return !isStopped;
    },
    stop: () => {
      isStopped = true;
    },
  };
}

function isBefore(one: Entry, other: Entry): boolean {
  return one.at < other.at || (one.at === other.at && one.tie < other.tie);
}

/** A binary heap, the earliest first; entries of one instant stand in the order of their ties. */
function createHeap() {
  const entries: Entry[] = [];
  const swapIfBefore = (lower: number, upper: number): boolean => {
    const [low, up] = [entries[lower], entries[upper]];
    if (low === undefined || up === undefined || !isBefore(low, up)) return false;
    entries[lower] = up;
    entries[upper] = low;
    return true;
  };
  return {
    peek: (): Entry | undefined => entries[0],
    push(entry: Entry) {
      entries.push(entry);
      for (let index = entries.length - 1; index > 0; ) {
        const parent = (index - 1) >> 1;
        if (!swapIfBefore(index, parent)) break;
        index = parent;
      }
    },
    pop() {
      const last = entries.pop();
      if (last === undefined || entries.length === 0) return;
      entries[0] = last;
      for (let index = 0; ; ) {
        const [left, right] = [2 * index + 1, 2 * index + 2];
        const [one, other] = [entries[left], entries[right]];
        if (one === undefined) return;
        const child = other !== undefined && isBefore(other, one) ? right : left;
        if (!swapIfBefore(child, index)) return;
        index = child;
      }
    },
  };
}
