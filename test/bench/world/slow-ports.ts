import { dueShards } from "../../../lib/adapters/dynamo/keys.ts";
import type { CampaignTable } from "../../../lib/application/ports/campaign-table.ts";
import type { Dispatcher } from "../../../lib/application/ports/dispatcher.ts";
import type { History } from "../../../lib/application/ports/history.ts";
import type { StateTable, TargetState } from "../../../lib/application/ports/state-table.ts";
import type { TokenSource } from "../../../lib/application/ports/token-source.ts";
import type { StoreId, TargetKey } from "../../../lib/domain/identifiers.ts";
import { DATABASE_MS, PROCESSOR_MS, processorShare, QUEUE_MS, SECRETS_MS } from "./assumptions.ts";
import type { EventClock } from "./event-clock.ts";
import type { Limits } from "./limits.ts";
import { createThroughput } from "./throughput.ts";

/** Counts what was asked of the database. */
export interface Meter {
  reads: number;
  writes: number;
  queries: number;
}

interface Slowness {
  readonly clock: EventClock;
  readonly limits: Limits;
  readonly meter: Meter;
}

type Call = (...given: readonly unknown[]) => Promise<unknown>;

/** Puts something before each call of a port; what iterates is left as it is. */
function before<Port extends object>(port: Port, around: (name: string, given: readonly unknown[], call: Call) => Promise<unknown>): Port {
  return new Proxy(port, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name);
      if (typeof value !== "function" || name === "due" || name === "stores" || name === "all") return value;
      return (...given: readonly unknown[]) =>
        around(String(name), given, (...rest) => Reflect.apply(value, target, rest) as Promise<unknown>);
    },
  });
}

/** A write, as against a read, by the name of the port's call. */
function isWrite(name: string): boolean {
  return /^(write|put|remove|make|record|begin)/.test(name);
}

/** So many of a store's items come with one read unit: 4 KB, strongly consistent. */
const ITEMS_A_READ = 5;

function readsOf(answer: unknown): number {
  return Array.isArray(answer) ? Math.max(1, Math.ceil(answer.length / ITEMS_A_READ)) : 1;
}

/** One partition takes so many writes a second, whatever the table is ready for (bp-partition-key-design.html). */
const WRITES_A_PARTITION = 1_000;

/** The due index: as many writes as its table, and at best each of its shards in a partition of its own. */
function slowIndex({ clock, limits }: Slowness) {
  const all = createThroughput(clock, limits.tables.writes);
  const shards = dueShards.all.map(() => createThroughput(clock, WRITES_A_PARTITION));
  return async (name: string, [store, target, state]: readonly unknown[]): Promise<void> => {
    if (name !== "writeTarget" || (state as TargetState).attemptsBegun > 0) return;
    // A commit moves the entry: out and in.
    await Promise.all([all.take(2), shards[dueShards.of(store as StoreId, target as TargetKey)]?.take(2)]);
  };
}

/** @returns a function that makes a database's port take its time, within the table's limits. */
function slowTable(slowness: Slowness) {
  const { clock, limits, meter } = slowness;
  const [reads, writes] = [createThroughput(clock, limits.tables.reads), createThroughput(clock, limits.tables.writes)];
  const index = slowIndex(slowness);
  const work = PROCESSOR_MS.target / 3 / processorShare(limits.memoryMiB.reconcile);
  return async (name: string, given: readonly unknown[], call: Call): Promise<unknown> => {
    if (isWrite(name)) {
      meter.writes += 1;
      await Promise.all([writes.take(1), index(name, given)]);
      await clock.pause(DATABASE_MS + (name === "writeTarget" ? work : 0));
      return call(...given);
    }
    meter.queries += 1;
    await reads.take(1);
    await clock.pause(DATABASE_MS);
    const answer = await call(...given);
    const units = readsOf(answer);
    meter.reads += units;
    await reads.take(units - 1);
    return answer;
  };
}

/** @returns the tables over a network, and with a limit each. */
export function slowTables(
  slowness: Slowness,
  { state, campaigns, history }: { readonly state: StateTable; readonly campaigns: CampaignTable; readonly history: History },
): { readonly state: StateTable; readonly campaigns: CampaignTable; readonly history: History } {
  return {
    state: before(state, slowTable(slowness)),
    campaigns: before(campaigns, slowTable(slowness)),
    history: before(history, slowTable(slowness)),
  };
}

/** @returns tokens that take two calls to read, one after the other, as where nothing is cached. */
export function slowTokens(clock: EventClock, tokens: TokenSource): TokenSource {
  return {
    ...tokens,
    async read(storeId) {
      await clock.pause(2 * SECRETS_MS);
      return tokens.read(storeId);
    },
  };
}

/**
 * @param processorMs of one message.
 * @returns a dispatcher over a network; the sender's one processor makes its requests one after the other.
 */
export function slowDispatcher(clock: EventClock, queue: Dispatcher, processorMs: number, memoryMiB: number): Dispatcher {
  const work = processorMs / processorShare(memoryMiB);
  let busyUntil = clock.now() as number;
  return {
    async send(message) {
      busyUntil = Math.max(busyUntil, clock.now()) + work;
      await clock.pause(busyUntil - clock.now() + QUEUE_MS);
      await queue.send(message);
    },
  };
}
