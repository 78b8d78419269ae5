import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createInProcessFetch } from "../../infra/local/simulated-store/in-process-fetch.ts";
import { createEcwidGateway } from "../../lib/adapters/ecwid/ecwid-gateway.ts";
import type { StoreMessage } from "../../lib/application/ports/dispatcher.ts";
import type { ReconcileDependencies } from "../../lib/application/reconcile/dependencies.ts";
import { reconcileMessage } from "../../lib/application/reconcile/reconcile-message.ts";
import { couponId, promotionId, targetKey } from "../../lib/domain/identifiers.ts";
import { MINUTE, plus } from "../../lib/domain/instant.ts";
import { COUPON, createWorld, instantOf, PROMOTION, STORE, sale, type World } from "../support/world.ts";

/*
 * A store's messages are in one queue, so one worker at a time holds it. But while a deployment changes the number of queues, a worker of before and one of
 * after may hold a store at once (decision 0009, which also says what is not safe then). With the same thing to do, nothing may come of that but a write, and
 * its entry in the history, that comes twice.
 */

const KEYS = [
  targetKey({ kind: "coupon", id: couponId(String(COUPON)) }),
  targetKey({ kind: "promotion", id: promotionId(String(PROMOTION)) }),
];
const RUNS = 300;
const OPENED = ["switched: NEW_CUSTOMER_ONLY to UNLIMITED", "switched: groups 0, 1 to groups 0, 1, 5"];
const CLOSED = ["switched: UNLIMITED to NEW_CUSTOMER_ONLY", "switched: groups 0, 1, 5 to groups 0, 1"];
const WRITES = new Set([
  '{"applicationLimit":"UNLIMITED"}',
  '{"triggers":{"subtotal":25,"customerGroups":[0,1,5]}}',
  '{"applicationLimit":"NEW_CUSTOMER_ONLY"}',
  '{"triggers":{"subtotal":25,"customerGroups":[0,1]}}',
]);

function writesOf({ ecwid }: World): ReadonlySet<string | undefined> {
  return new Set(ecwid.log.requests().flatMap(({ method, body }) => (method === "PUT" ? [body] : [])));
}

/** A port whose calls end in whatever order the scheduler chooses; what iterates is left as it is. */
function scheduled<Port extends object>(port: Port, scheduler: fc.Scheduler): Port {
  return new Proxy(port, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name);
      if (typeof value !== "function" || ["due", "stores", "all", "list"].includes(String(name))) return value;
      return async (...given: readonly unknown[]) => {
        await scheduler.schedule(Promise.resolve());
        return Reflect.apply(value, target, given) as unknown;
      };
    },
  });
}

/** A worker of its own, with its own connections. */
function workerOf(world: World, scheduler: fc.Scheduler): ReconcileDependencies {
  const { reconciling, clock, ecwid } = world;
  const call = createInProcessFetch(ecwid);
  const gateway = createEcwidGateway({
    fetch: async (...request) => {
      await scheduler.schedule(Promise.resolve());
      const reply = await call(...request);
      await scheduler.schedule(Promise.resolve());
      return reply;
    },
    clock,
    abortAfter: () => new AbortController().signal,
  });
  return {
    ...reconciling,
    ecwid: gateway,
    state: scheduled(reconciling.state, scheduler),
    history: scheduled(reconciling.history, scheduler),
    campaigns: scheduled(reconciling.campaigns, scheduler),
  };
}

/** So often time is moved on before somebody is taken to wait for what will not come. */
const MOST_STEPS = 600;

/** Lets all of it happen at once, in the scheduler's order; where everybody waits, time moves on. */
async function together(world: World, scheduler: fc.Scheduler, works: readonly Promise<unknown>[]): Promise<void> {
  let isOver = false;
  const all = Promise.allSettled(works).then(() => {
    isOver = true;
  });
  for (let step = 0; step < MOST_STEPS && !isOver; step += 1) {
    await scheduler.waitIdle();
    await world.clock.advanceBy(100);
  }
  if (!isOver) throw new Error("somebody waits for what will not come");
  await all;
}

/** Two workers, each with a message about the same targets, from the instant at which they are due. */
function bothWork(world: World, scheduler: fc.Scheduler, messages: readonly StoreMessage[]): readonly Promise<void>[] {
  const deadline = plus(world.clock.now(), 2 * MINUTE);
  return messages.map((message) => reconcileMessage(workerOf(world, scheduler), message, deadline));
}

function switchAt(utc: string): StoreMessage {
  return { kind: "switch", storeId: STORE, instant: instantOf(utc), targets: KEYS, relay: 0 };
}

/** @returns what the history says was switched since an instant, each change once. */
async function changesSince(world: World, utc: string): Promise<readonly string[]> {
  const entries = await Promise.all(KEYS.map((key) => world.history.of(STORE, key, 100, world.clock.now())));
  const since = entries.flat().filter(({ at }) => at >= instantOf(utc));
  return [...new Set(since.map(({ kind, before, after }) => `${kind}: ${before} to ${after}`))].toSorted();
}

describe("two workers on one store", { timeout: 120_000 }, () => {
  it("open what should be open and close what should be closed, in whatever order their calls end, and it ends as it began", async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.scheduler(), async (opening, closing) => {
        const world = createWorld();
        await world.put(sale({ promotions: [{ promotionId: String(PROMOTION), addGroups: [5] }] }));
        await world.skipTo("2026-11-27T10:00:00Z");
        const message = switchAt("2026-11-27T10:00:00Z");
        await together(world, opening, bothWork(world, opening, [message, message]));
        await world.runTo("2026-11-27T10:30:00Z");
        expect([world.limit(), world.groups()]).toEqual(["UNLIMITED", [0, 1, 5]]);
        expect(await changesSince(world, "2026-11-27T10:00:00Z")).toEqual(OPENED);

        await world.skipTo("2026-11-27T12:00:00Z");
        const closes = switchAt("2026-11-27T12:00:00Z");
        await together(world, closing, bothWork(world, closing, [closes, closes]));
        await world.runTo("2026-11-27T12:30:00Z");

        expect([world.limit(), world.groups()]).toEqual(["NEW_CUSTOMER_ONLY", [0, 1]]);
        expect(await changesSince(world, "2026-11-27T12:00:00Z")).toEqual(CLOSED);
        expect(writesOf(world)).toEqual(WRITES);
        expect((await world.status("sale"))["state"]).toBe("ENDED");
      }),
      { numRuns: RUNS },
    );
  });
});
