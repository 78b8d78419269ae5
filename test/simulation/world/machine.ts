import type { Clock } from "../../../lib/application/ports/clock.ts";
import { instant } from "../../../lib/domain/instant.ts";
import { never, type Process } from "./process.ts";
import type { Scheduler } from "./scheduler.ts";

/** What a function runs on: one invocation at a time, and what it keeps in memory in between. It goes when its process dies. */
export interface Machine {
  readonly id: number;
  process: Process;
}

/** @returns the machine's clock: as far off as its process is told, and still for one that is dead. */
export function clockOf(machine: Machine, scheduler: Scheduler): Clock {
  const now = () => instant(scheduler.now() + machine.process.skewMs());
  return {
    now,
    async sleepUntil(at) {
      const { process } = machine;
      for (let left = at - now(); left > 0 && !process.isDead; left = at - now()) await scheduler.pause(left);
      if (process.isDead) await never();
    },
  };
}
