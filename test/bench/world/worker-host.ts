import type { Delivery, WorkSource } from "../../../lib/adapters/memory/queue-work.ts";
import type { StoreMessage } from "../../../lib/application/ports/dispatcher.ts";
import type { Random } from "../../simulation/world/random.ts";
import { COLD_START_MS, START_MS } from "./assumptions.ts";
import type { EventClock } from "./event-clock.ts";
import type { Limits } from "./limits.ts";
import { createThroughput } from "./throughput.ts";

/** What became of the messages. */
export interface WorkerHost {
  /** The most that were worked at a time. */
  readonly mostAtOnce: () => number;
  readonly invocations: () => number;
  readonly failures: readonly unknown[];
}

interface HostOptions {
  readonly clock: EventClock;
  readonly queue: WorkSource;
  readonly limits: Limits;
  readonly random: Random;
  readonly work: (message: StoreMessage) => Promise<void>;
}

/** Messages that wait are looked at again so often while Lambda adds workers. */
const LOOK_MS = 200;
/** After so long without a message that waits, the workers beyond the first are let go. */
const CALM_MS = 60_000;

/** Where a function's invocations run. */
interface Environments {
  /** Resolves once one has begun to work an invocation: the first that is free or, where none is, a new one. */
  enter(): Promise<void>;
  leave(): void;
}

/** An invocation for which no environment is free asks for a new one, and takes that or one that becomes free, whichever is there first. */
function createEnvironments(clock: EventClock, { environmentsInTenSeconds }: Limits, random: Random): Environments {
  const newOnes = createThroughput(clock, environmentsInTenSeconds / 10, 10_000);
  const waiting: (() => void)[] = [];
  let idle = 0;

  const free = () => {
    const next = waiting.shift();
    if (next === undefined) idle += 1;
    else next();
  };
  async function makeOne(): Promise<void> {
    await newOnes.take(1);
    await clock.pause(random.whole(COLD_START_MS.from, COLD_START_MS.to));
    free();
  }

  return {
    async enter() {
      if (idle > 0) idle -= 1;
      else {
        const isFree = new Promise<void>((resolve) => waiting.push(resolve));
        void makeOne();
        await isFree;
      }
      await clock.pause(random.whole(START_MS.from, START_MS.to));
    },
    leave: free,
  };
}

/** Pollers ask ten times a second. */
const RECEIVED_AT_ONCE_MS = 100;

/**
 * Lambda in front of the queue: begins with a few workers, adds more for as long as messages wait, and makes new environments where none is idle.
 * The workers' number grows evenly over each minute.
 */
export function createWorkerHost({ clock, queue, limits, random, work }: HostOptions): WorkerHost {
  const { atFirst, perMinute, most } = limits.workers;
  const environments = createEnvironments(clock, limits, random);
  const receives = createThroughput(clock, limits.receivesASecond, RECEIVED_AT_ONCE_MS);
  const failures: unknown[] = [];
  let [running, invocations, mostAtOnce] = [0, 0, 0];
  let waitingSince: number | undefined;
  let lastWaited = 0;
  let isLooking = false;

  const allowed = () =>
    waitingSince === undefined ? atFirst : Math.min(most, Math.floor(atFirst + ((clock.now() - waitingSince) * perMinute) / 60_000));

  async function run(delivery: Delivery): Promise<void> {
    invocations += 1;
    await receives.take(1);
    await environments.enter();
    try {
      await work(delivery.message);
      queue.done(delivery);
    } catch (error) {
      failures.push(error);
      queue.failed(delivery);
    }
    running -= 1;
    environments.leave();
    take();
  }

  function take(): void {
    if (waitingSince !== undefined && clock.now() - lastWaited > CALM_MS) waitingSince = undefined;
    while (running < allowed()) {
      const delivery = queue.receive();
      if (delivery === undefined) return;
      running += 1;
      mostAtOnce = Math.max(mostAtOnce, running);
      void run(delivery);
    }
    waitingSince ??= clock.now();
    lastWaited = clock.now();
    if (!isLooking && running < most) void lookAgain();
  }

  async function lookAgain(): Promise<void> {
    isLooking = true;
    await clock.pause(LOOK_MS);
    isLooking = false;
    take();
  }

  queue.onReady(take);
  return { mostAtOnce: () => mostAtOnce, invocations: () => invocations, failures };
}
