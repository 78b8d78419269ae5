import { setImmediate as nextTurn } from "node:timers/promises";
import type { Instant } from "../../../../lib/domain/instant.ts";
import { createVirtualClock, type VirtualClock } from "../../../support/virtual-clock.ts";

/** Virtual time beside a real database: it moves only while nobody waits for a real reply. */
export interface StageClock extends VirtualClock {
  /** Runs something that waits for a real reply; time stands still until it has come. */
  real<Answer>(call: () => Promise<Answer>): Promise<Answer>;
  /** Moves time on until the work is done. */
  drive<Answer>(work: Promise<Answer>): Promise<Answer>;
}

export function createStageClock(start: Instant): StageClock {
  const clock = createVirtualClock(start);
  let calls = 0;
  let wakeIdle = () => {};

  async function idle(): Promise<void> {
    await nextTurn();
    await nextTurn();
    while (calls > 0) {
      await new Promise<void>((wake) => {
        wakeIdle = wake;
      });
      await nextTurn();
      await nextTurn();
    }
  }

  return {
    ...clock,
    async real(call) {
      calls += 1;
      try {
        return await call();
      } finally {
        calls -= 1;
        if (calls === 0) wakeIdle();
      }
    },
    async drive(work) {
      let isDone = false;
      const done = work.finally(() => {
        isDone = true;
      });
      done.catch(() => undefined);
      while (!isDone) {
        await idle();
        const next = clock.nextWakeAt();
        if (!isDone && next !== undefined) await clock.advanceTo(next);
      }
      return done;
    },
  };
}
