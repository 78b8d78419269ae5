import { plus } from "../../../lib/domain/instant.ts";
import type { Random } from "./random.ts";
import type { Scheduler } from "./scheduler.ts";
import type { Troubles } from "./troubles.ts";

/** A record of the campaigns table that has changed. */
export interface RecordChange {
  readonly storeId: string;
  readonly campaignId: string;
}

interface ChangeDependencies {
  readonly scheduler: Scheduler;
  readonly random: Random;
  readonly troubles: Troubles;
  readonly storeIndexOf: (storeId: string) => number | undefined;
  /** @returns whether it came to its end; never settled if the process dies. */
  readonly compile: (change: RecordChange) => Promise<boolean>;
}

const MOST_TRIES = 3;
/** A compile that has not answered by then is taken for dead, and the change is brought again. */
const GIVEN_UP_AFTER_MS = 61_000;

/** The stream of changes: one after the other in each store, a change that fails is brought back twice, then left to the sweep. */
export function createChangeHost({ scheduler, random, troubles, storeIndexOf, compile }: ChangeDependencies) {
  const shards = new Map<string, RecordChange[]>();

  const deliver = (change: RecordChange, tries: number): void => {
    let isAnswered = false;
    const next = (isDone: boolean) => {
      if (isAnswered) return;
      isAnswered = true;
      if (!isDone && tries < MOST_TRIES) {
        scheduler.at(plus(scheduler.now(), random.whole(200, 3_000)), () => {
          deliver(change, tries + 1);
          return true;
        });
        return;
      }
      if (!isDone) troubles.count("change given up after three tries");
      const shard = shards.get(change.storeId);
      shard?.shift();
      const following = shard?.[0];
      if (following !== undefined) deliver(following, 1);
    };
    scheduler.at(plus(scheduler.now(), GIVEN_UP_AFTER_MS), () => {
      if (isAnswered) return false;
      next(false);
      return true;
    });
    void compile(change).then(next);
  };
  const bring = (change: RecordChange, afterMs: number) =>
    scheduler.at(plus(scheduler.now(), afterMs), () => {
      const shard = shards.get(change.storeId) ?? [];
      shards.set(change.storeId, shard);
      shard.push(change);
      if (shard.length === 1) deliver(change, 1);
      return true;
    });
  const trouble = (storeId: string, how: "lost" | "late" | "twice") => {
    const store = storeIndexOf(storeId);
    const taken = troubles.take("change", (fault) => fault.how === how && (fault.store === undefined || fault.store === store));
    if (taken !== undefined) troubles.count(`change ${how}`);
    return taken !== undefined;
  };

  return {
    changed(storeId: string, campaignId: string): void {
      const change = { storeId, campaignId };
      if (trouble(storeId, "lost")) return;
      const afterMs = trouble(storeId, "late") ? random.whole(10_000, 600_000) : random.whole(50, 900);
      bring(change, afterMs);
      if (trouble(storeId, "twice")) bring(change, afterMs + random.whole(0, 5_000));
    },
  };
}
