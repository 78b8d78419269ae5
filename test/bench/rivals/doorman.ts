import { type Instant, MINUTE, plus, startOfMinute } from "../../../lib/domain/instant.ts";
import { hostDoorman } from "../world/doorman.ts";
import { DOCUMENTED, type Limits } from "../world/limits.ts";
import type { Contestant } from "./contestant.ts";

/** @returns Doorman's dispatch and reconcile as they are, on AWS's limits. */
export function doorman(name = "Doorman", limits: Limits = DOCUMENTED): Contestant {
  return {
    name,
    about:
      "its own dispatch and reconcile; messages go out three seconds ahead (four and a half where many are due), workers sleep until the instant",
    async play(world, scene, ticks, until) {
      const { clock } = world;
      const hosted = await hostDoorman(world, scene, limits);
      const tick = async (at: Instant) => {
        await clock.sleepUntil(at);
        await hosted.tick();
      };
      const runs = ticks.flatMap(({ at, again, isLost }) => [...(isLost ? [] : [at]), ...(again === undefined ? [] : [again])]).map(tick);
      await clock.advanceTo(until);
      await clock.drain();
      await Promise.all(runs);
      hosted.throwFailures();
    },
    // The tick of the minute before answers for all of a boundary's minute.
    isTickLost: ({ at }, ticks) => ticks.find(({ minute }) => minute === plus(startOfMinute(at), -MINUTE))?.isLost === true,
  };
}
