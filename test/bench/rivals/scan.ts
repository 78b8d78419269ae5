import type { Instant } from "../../../lib/domain/instant.ts";
import { SCAN_PAGE, START_MS } from "../world/assumptions.ts";
import type { BenchWorld } from "../world/bench-world.ts";
import { type Contestant, firstTickFrom, isOfInterval } from "./contestant.ts";
import { differs, type PlainTarget, plainTargets, switchAll } from "./plain-store.ts";

/** A record of the scenes, as DynamoDB counts it (`idle` counts it); real ones are longer. */
export const RECORD_BYTES = 217;

/** A reader of the whole table at each tick, and a worker for each store in which something differs (or for each store). */
interface Reader {
  readonly name: string;
  readonly about: string;
  readonly everyMinutes: number;
  /** How many pages are read at a time. */
  readonly segments: number;
  readonly hops: number;
}

async function atOnce(world: BenchWorld, targets: readonly PlainTarget[], at: Instant, hops: number): Promise<void> {
  const { clock, random } = world;
  const differing = targets.filter((target) => !target.isBusy && differs(target, at));
  const stores = Map.groupBy(differing, ({ storeId }) => storeId);
  await Promise.all(
    [...stores].map(async ([storeId, some]) => {
      for (const each of some) each.isBusy = true;
      for (let hop = 0; hop < hops; hop += 1) await clock.pause(random.whole(START_MS.from, START_MS.to));
      await switchAll(world, storeId, some);
    }),
  );
}

function createReader({ everyMinutes, segments, hops, ...names }: Reader): Contestant {
  return {
    ...names,
    async play(world, scene, ticks, until) {
      const { clock, random } = world;
      const targets = plainTargets(scene);
      const records = scene.stores.reduce((sum, each) => sum + each.records.length, 0);
      const pages = Math.ceil((records * RECORD_BYTES) / SCAN_PAGE.bytes / segments);
      const run = async (at: Instant) => {
        await clock.sleepUntil(at);
        await clock.pause(random.whole(START_MS.from, START_MS.to) + pages * SCAN_PAGE.milliseconds);
        await atOnce(world, targets, clock.now(), hops);
      };
      const runs = ticks
        .filter((tick) => isOfInterval(tick, everyMinutes))
        .flatMap(({ at, again, isLost }) => [...(isLost ? [] : [at]), ...(again === undefined ? [] : [again])])
        .map(run);
      await clock.advanceTo(until);
      await clock.drain();
      await Promise.all(runs);
    },
    isTickLost: ({ at }, ticks) => firstTickFrom(ticks, at, everyMinutes)?.isLost === true,
  };
}

/**
 * (a) Cron and scan. Granted: a parallel scan of 16 segments with pages of 1 MB, eventually consistent; one worker per store, all at once,
 * started directly; its own table of what it wrote, so that it calls Ecwid only where something changes; the same pace towards Ecwid.
 */
export const cronAndScan: Contestant = createReader({
  name: "cron + scan",
  about: "every minute reads all campaigns, works out what should hold, writes what differs from what it wrote last",
  everyMinutes: 1,
  segments: 16,
  hops: 1,
});

/**
 * (c) A period table read whole at every tick, as Instance Scheduler on AWS does: one query of one partition, page after page (granted: it does page), then
 * an invocation for each target account (here: each store) whether or not there is something to do, which decides and acts. Granted: all stores at
 * once, and the schedules handed over in the event.
 *
 * @param everyMinutes its "scheduler frequency"; five is its default.
 */
export function periodTable(everyMinutes: 1 | 5): Contestant {
  return createReader({
    name: `period table, ${everyMinutes} min`,
    about: `every ${everyMinutes === 1 ? "minute" : "five minutes"} reads the whole table of periods, then invokes a function for each store`,
    everyMinutes,
    segments: 1,
    hops: 2,
  });
}
