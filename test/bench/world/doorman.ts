import { createMemoryHistory } from "../../../lib/adapters/memory/history.ts";
import { createMemoryQueue } from "../../../lib/adapters/memory/queue.ts";
import { createMemoryStateTable } from "../../../lib/adapters/memory/state-table.ts";
import { queueOfStore } from "../../../lib/adapters/queue/queue-of-store.ts";
import { fingerprint } from "../../../lib/adapters/system/fingerprint.ts";
import { compileRecord } from "../../../lib/application/compile/compile-record.ts";
import type { CompileDependencies } from "../../../lib/application/compile/dependencies.ts";
import { recompileStore } from "../../../lib/application/compile/recompile-store.ts";
import { runTick } from "../../../lib/application/dispatch/run-tick.ts";
import type { Dispatcher, StoreMessage } from "../../../lib/application/ports/dispatcher.ts";
import type { StateTable } from "../../../lib/application/ports/state-table.ts";
import type { ReconcileDependencies } from "../../../lib/application/reconcile/dependencies.ts";
import { reconcileMessage } from "../../../lib/application/reconcile/reconcile-message.ts";
import type { StoreId } from "../../../lib/domain/identifiers.ts";
import { plus, SECOND } from "../../../lib/domain/instant.ts";
import { COLD_START_MS, PROCESSOR_MS, processorShare, START_MS } from "./assumptions.ts";
import type { BenchWorld } from "./bench-world.ts";
import type { Limits } from "./limits.ts";
import type { Scene } from "./scene.ts";
import { type Meter, slowDispatcher, slowTables, slowTokens } from "./slow-ports.ts";
import { createWorkerHost } from "./worker-host.ts";

/** Doorman's own dispatch and reconcile over slow tables, a queue and Lambda's limits. */
export interface HostedDoorman {
  readonly meter: Meter;
  /** The most messages that were worked at a time in each queue, added up. */
  mostAtOnce(): number;
  invocations(): number;
  /** @throws AggregateError if a worker failed, which none does on purpose. */
  throwFailures(): void;
  /** One tick of the rule, now. Resolves when the function is over. */
  tick(): Promise<void>;
}

/** As in `infra/constructs`. */
const TIMEOUT_MS = { dispatch: 150 * SECOND, reconcile: 120 * SECOND } as const;

/** One environment in so many is a new one; where many ticks or messages come, AWS says under one in a hundred. */
const COLD_TICKS = 0.02;

/**
 * Lets Doorman compile everything in the scene, as if it had been saved long ago, and hosts it.
 *
 * @param limits what AWS lets it do from then on.
 */
export async function hostDoorman(world: BenchWorld, scene: Scene, limits: Limits): Promise<HostedDoorman> {
  const { clock, random } = world;
  const [state, history] = [createMemoryStateTable(), createMemoryHistory()];
  const queues = Array.from({ length: limits.queues }, () => createMemoryQueue({ clock }));
  const queue: Dispatcher = { send: async (message) => queues[queueOfStore(message.storeId, queues.length)]?.send(message) };
  await prepare(world, scene, { state, history });
  const meter: Meter = { reads: 0, writes: 0, queries: 0 };
  const slow = slowTables({ clock, limits, meter }, { state, campaigns: world.campaigns, history });
  const telemetry = { emit: () => undefined };
  const compiling: CompileDependencies = { clock, ...slow, dispatcher: queue, telemetry, fingerprint };
  const reconciling: ReconcileDependencies = {
    ...compiling,
    ...slow,
    dispatcher: slowDispatcher(clock, queue, PROCESSOR_MS.send, limits.memoryMiB.reconcile),
    ecwid: world.gateway,
    tokens: slowTokens(clock, world.tokens),
    chance: random.next,
    deployment: undefined,
    recompileStore: (store) => recompileStore(compiling, store),
  };
  const messageWork = PROCESSOR_MS.message / processorShare(limits.memoryMiB.reconcile);
  const work = async (message: StoreMessage) => {
    const deadline = plus(clock.now(), TIMEOUT_MS.reconcile);
    await clock.pause(messageWork);
    await reconcileMessage(reconciling, message, deadline);
  };
  const hosts = queues.map((each) => createWorkerHost({ clock, queue: each, limits, random, work }));
  return {
    meter,
    mostAtOnce: () => hosts.reduce((sum, host) => sum + host.mostAtOnce(), 0),
    invocations: () => hosts.reduce((sum, host) => sum + host.invocations(), 0),
    throwFailures() {
      const failures = hosts.flatMap((host) => host.failures);
      if (failures.length > 0) throw new AggregateError(failures, String(failures[0]));
    },
    async tick() {
      const start = random.chance(COLD_TICKS) ? COLD_START_MS : START_MS;
      await clock.pause(random.whole(start.from, start.to));
      const deadline = plus(clock.now(), TIMEOUT_MS.dispatch);
      const dispatcher = slowDispatcher(clock, queue, PROCESSOR_MS.sendOfTen, limits.memoryMiB.dispatch);
      await runTick(
        {
          clock,
          state: { readSystem: slow.state.readSystem, due: (horizon) => slowDue(world, state, limits, horizon) },
          dispatcher,
          telemetry,
          storesAtOnce: limits.storesAtOnce,
        },
        deadline,
      );
    },
  };
}

/** The due index, read shard by shard: the pages come at once, and each entry takes its work. */
async function* slowDue({ clock }: BenchWorld, state: StateTable, { memoryMiB }: Limits, horizon: Parameters<StateTable["due"]>[0]) {
  await clock.pause(2 * PROCESSOR_MS.send + 5);
  const work = PROCESSOR_MS.due / processorShare(memoryMiB.dispatch);
  let owed = 0;
  for await (const entry of state.due(horizon)) {
    owed += work;
    if (owed > 100) {
      await clock.pause(owed);
      owed = 0;
    }
    yield entry;
  }
}

/** Compiles every record and works every message, without a network and without Lambda's limits: it was all done long ago. */
async function prepare(world: BenchWorld, scene: Scene, tables: Pick<ReconcileDependencies, "state" | "history">): Promise<void> {
  const { clock, campaigns } = world;
  const queue = createMemoryQueue({ clock });
  const telemetry = { emit: () => undefined };
  const compiling: CompileDependencies = { clock, campaigns, ...tables, dispatcher: queue, telemetry, fingerprint };
  const reconciling: ReconcileDependencies = {
    ...compiling,
    ...tables,
    ecwid: world.gateway,
    tokens: world.tokens,
    chance: () => 0.5,
    deployment: undefined,
    recompileStore: (store) => recompileStore(compiling, store),
  };
  const failures: unknown[] = [];
  // As the hourly look would have left it: the token is known to work.
  for (const { id } of scene.stores) {
    await tables.state.writeStore(id, { pausedKinds: {}, timeZone: "UTC", profileReadAt: clock.now(), tokenProvenAt: clock.now() }, 0);
  }
  const work = queue.work((message) => reconcileMessage(reconciling, message, plus(clock.now(), TIMEOUT_MS.reconcile)), {
    concurrency: 1_000,
    onFailure: (_message, error) => failures.push(error),
  });
  const { models, copies } = withModels(scene);
  const rounds = Math.max(...models.map(({ records }) => records.length));
  for (let round = 0; round < rounds; round += 1) {
    for (const { records } of models) {
      const record = records[round];
      if (record !== undefined) await compileRecord(compiling, record);
    }
    await clock.advanceTo(plus(clock.now(), SECOND));
  }
  await clock.drain();
  await work.stop();
  for (const [store, model] of copies) await copyStore(tables.state, model.id, store.id);
  if (failures.length > 0) throw new AggregateError(failures, `preparing failed: ${String(failures[0])}`);
  world.wire.clear();
}

type SceneStore = Scene["stores"][number];

/** @returns the stores that are compiled, and those that are copies of one of them. */
function withModels({ stores }: Scene): {
  readonly models: readonly SceneStore[];
  readonly copies: readonly (readonly [SceneStore, SceneStore])[];
} {
  const known = new Map<string, SceneStore>();
  const models: SceneStore[] = [];
  const copies: (readonly [SceneStore, SceneStore])[] = [];
  for (const store of stores) {
    const model = store.alike === undefined ? undefined : known.get(store.alike);
    if (model !== undefined) {
      copies.push([store, model]);
      continue;
    }
    models.push(store);
    if (store.alike !== undefined) known.set(store.alike, store);
  }
  return { models, copies };
}

async function copyStore(state: StateTable, from: StoreId, to: StoreId): Promise<void> {
  for (const { campaignId, version: _read, ...copy } of await state.campaignsOf(from)) {
    const campaign = copy.campaign && { ...copy.campaign, storeId: to };
    await state.writeCampaign(to, campaignId, { ...copy, campaign }, 0);
  }
  for (const { target, version: _written, ...known } of await state.targetsOf(from)) {
    for (const layer of await state.layersOf(from, target)) await state.putLayer(to, target, layer);
    await state.writeTarget(to, target, known, 0);
  }
}
