import { parseTargetKey } from "../../../lib/domain/identifiers.ts";
import { DATABASE_MS, SCHEDULER_PRECISION_MS, START_MS } from "../world/assumptions.ts";
import { boundariesOf } from "../world/boundaries.ts";
import type { Contestant } from "./contestant.ts";
import { plainTargets, switchAll } from "./plain-store.ts";

/**
 * (b) One EventBridge Scheduler schedule per boundary. Granted: every schedule was made in time and none is ever lost (it has its own retries); a function
 * per boundary, all at once, without cold starts; what the campaign asks read by its key.
 */
export const oneSchedulePerBoundary: Contestant = {
  name: "schedule per boundary",
  about: "an EventBridge Scheduler schedule for each boundary invokes a function for its target, anywhere in the minute that follows",
  async play(world, scene, _ticks, until) {
    const { clock, random } = world;
    const targets = new Map(plainTargets(scene).map((each) => [`${each.storeId} ${each.target.kind}#${each.target.id}`, each]));
    const runs = boundariesOf(scene).map(async ({ storeId, target, at }) => {
      const known = targets.get(`${storeId} ${target}`);
      if (known === undefined || parseTargetKey(target) === undefined) throw new TypeError(`nobody knows ${target} of ${storeId}`);
      const delay = random.whole(0, SCHEDULER_PRECISION_MS - 1);
      const start = random.whole(START_MS.from, START_MS.to);
      await clock.pause(at - clock.now() + delay + start + DATABASE_MS);
      await switchAll(world, storeId, [known]);
    });
    await clock.advanceTo(until);
    await clock.drain();
    await Promise.all(runs);
  },
  isTickLost: () => undefined,
};
