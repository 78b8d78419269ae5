import { createHash } from "node:crypto";
import { createInProcessFetch } from "../../infra/local/simulated-store/in-process-fetch.ts";
import type { StoreSetup } from "../../infra/local/simulated-store/new-store.ts";
import type { SimulatedSettings } from "../../infra/local/simulated-store/settings.ts";
import { createSimulatedEcwid, type SimulatedEcwid } from "../../infra/local/simulated-store/simulated-ecwid.ts";
import { createEcwidGateway } from "../../lib/adapters/ecwid/ecwid-gateway.ts";
import { createMemoryCampaignTable } from "../../lib/adapters/memory/campaign-table.ts";
import { createFixedTokenSource } from "../../lib/adapters/memory/fixed-token-source.ts";
import { createMemoryHistory } from "../../lib/adapters/memory/history.ts";
import { createMemoryQueue, type MemoryQueue } from "../../lib/adapters/memory/queue.ts";
import { createMemoryStateTable } from "../../lib/adapters/memory/state-table.ts";
import { compileRecord } from "../../lib/application/compile/compile-record.ts";
import type { CompileDependencies } from "../../lib/application/compile/dependencies.ts";
import { recompileStore } from "../../lib/application/compile/recompile-store.ts";
import { runTick } from "../../lib/application/dispatch/run-tick.ts";
import type { CampaignTable } from "../../lib/application/ports/campaign-table.ts";
import type { Chance } from "../../lib/application/ports/clock.ts";
import type { History } from "../../lib/application/ports/history.ts";
import type { StateTable } from "../../lib/application/ports/state-table.ts";
import type { TelemetryEvent } from "../../lib/application/ports/telemetry.ts";
import type { ReconcileDependencies } from "../../lib/application/reconcile/dependencies.ts";
import { reconcileMessage } from "../../lib/application/reconcile/reconcile-message.ts";
import { runSweep } from "../../lib/application/sweep/run-sweep.ts";
import { type StoreId, storeId } from "../../lib/domain/identifiers.ts";
import { type Instant, MINUTE, parseInstant, plus, SECOND, startOfMinute } from "../../lib/domain/instant.ts";
import type { JsonObject } from "../../lib/domain/live.ts";
import { createVirtualClock, type VirtualClock } from "./virtual-clock.ts";

export const STORE = storeId("1003");
export const COUPON = 162428889;
export const PROMOTION = 608502;
export const TOKEN = "secret_token_of_store_1003";

export type Record = JsonObject & { readonly storeId: string; readonly campaignId: string };

/** The whole application over in-memory adapters, virtual time and a simulated Ecwid. */
export interface World {
  readonly clock: VirtualClock;
  readonly ecwid: SimulatedEcwid;
  readonly campaigns: CampaignTable;
  readonly state: StateTable;
  readonly history: History;
  readonly queue: MemoryQueue;
  readonly events: TelemetryEvent[];
  readonly secrets: Map<StoreId, { readonly token: string }>;
  readonly compiling: CompileDependencies;
  readonly reconciling: ReconcileDependencies;
  /** Puts a record as a marketer does, and lets it be compiled. */
  put(record: Record): Promise<void>;
  /** Deletes a record as a marketer does, and lets that be compiled. */
  remove(campaignId: string): Promise<void>;
  /** Moves time on, with a tick at the start of each minute and a worker on the queue. */
  runTo(utc: string): Promise<void>;
  /** Moves time on with nobody there: no tick and no worker, as in an outage. */
  skipTo(utc: string): Promise<void>;
  sweep(): Promise<void>;
  /** Works the queue without moving time. */
  settle(): Promise<void>;
  /** The coupon's `applicationLimit` as it is now in Ecwid. */
  limit(couponId?: number): unknown;
  /** The promotion's groups as they are now in Ecwid. */
  groups(promotionId?: number): unknown;
  status(campaignId: string): Promise<JsonObject>;
  /** What was called since the last time this was asked: `GET /discount_coupons/162428889`. */
  calls(): readonly string[];
}

const DEFAULT_STORE: StoreSetup = {
  storeId: STORE,
  timeZone: "UTC",
  tokens: [TOKEN],
  coupons: [{ id: COUPON, code: "WELCOME10", applicationLimit: "NEW_CUSTOMER_ONLY" }],
  promotions: [{ id: PROMOTION, name: "Early access", triggers: { subtotal: 25, customerGroups: [0, 1] } }],
  groups: [1, 2, 3, 4, 5].map((id) => ({ id, name: `Group ${id}` })),
};

export interface WorldOptions {
  readonly now?: string;
  readonly settings?: Partial<SimulatedSettings>;
  readonly stores?: readonly StoreSetup[];
  /** Whether ticks come by themselves while time moves. */
  readonly ticks?: boolean;
  /** What retries are spread by; the middle unless given. */
  readonly chance?: Chance;
  /** How many stores are worked at once. */
  readonly concurrency?: number;
  /** Whether a request is given up when its time is over, by the virtual clock. */
  readonly givesUp?: boolean;
}

const WORKER_MS = 120 * SECOND;
const TICK_MS = 150 * SECOND;
const SWEEP_MS = 15 * MINUTE;

export function createWorld({
  now = "2026-11-27T09:00:00Z",
  settings = {},
  stores = [DEFAULT_STORE],
  ticks = true,
  chance = () => 0.5,
  concurrency = 50,
  givesUp = false,
}: WorldOptions = {}): World {
  const clock = createVirtualClock(parseInstant(now));
  const ecwid = createSimulatedEcwid({ clock, settings });
  for (const store of stores) ecwid.addStore(store);
  const campaigns = createMemoryCampaignTable();
  const state = createMemoryStateTable();
  const history = createMemoryHistory();
  const queue = createMemoryQueue({ clock });
  const events: TelemetryEvent[] = [];
  const telemetry = { emit: (event: TelemetryEvent) => events.push(event) };
  const secrets = new Map<StoreId, { readonly token: string }>([[STORE, { token: TOKEN }]]);
  const fingerprint = (text: string) => createHash("sha256").update(text).digest("hex");
  const compiling: CompileDependencies = { clock, campaigns, state, dispatcher: queue, telemetry, fingerprint };
  const abortAfter = givesUp ? abortOn(clock) : () => new AbortController().signal;
  const gateway = createEcwidGateway({ fetch: createInProcessFetch(ecwid), clock, abortAfter });
  const reconciling: ReconcileDependencies = {
    ...compiling,
    history,
    ecwid: gateway,
    tokens: createFixedTokenSource(secrets),
    chance,
    deployment: undefined,
    recompileStore: (store) => recompileStore(compiling, store),
  };
  const failures: unknown[] = [];
  const startWorkers = () =>
    queue.work((message) => reconcileMessage(reconciling, message, plus(clock.now(), WORKER_MS)), {
      concurrency,
      onFailure: (_message, error) => failures.push(error),
    });
  let workers = startWorkers();
  let callsSeen = 0;

  async function settle(): Promise<void> {
    await clock.advanceBy(0);
    if (failures.length > 0) throw new AggregateError(failures, `a worker failed: ${String(failures[0])}`);
  }

  /** Nobody does two things in the same instant; the queue would take them for one. */
  const passASecond = () => clock.advanceBy(SECOND);

  async function runTo(utc: string): Promise<void> {
    const until = parseInstant(utc);
    for (let minute = startOfMinute(clock.now()); minute < until; minute = plus(minute, MINUTE)) {
      if (minute < clock.now()) continue;
      await clock.advanceTo(minute);
      if (ticks) void runTick(compiling, plus(clock.now(), TICK_MS));
      await settle();
    }
    await clock.advanceTo(until);
    await settle();
  }

  return {
    clock,
    ecwid,
    campaigns,
    state,
    history,
    queue,
    events,
    secrets,
    compiling,
    reconciling,
    runTo,
    settle,
    put: async (record) => {
      await passASecond();
      await campaigns.put(record);
      await compileRecord(compiling, record);
      await settle();
    },
    remove: async (campaignId) => {
      await passASecond();
      await campaigns.remove(STORE, campaignId);
      await compileRecord(compiling, { storeId: STORE, campaignId });
      await settle();
    },
    skipTo: async (utc) => {
      const stopped = workers.stop();
      await clock.advanceTo(parseInstant(utc));
      await stopped;
      workers = startWorkers();
    },
    sweep: async () => {
      await passASecond();
      await runSweep(compiling, plus(clock.now(), SWEEP_MS));
      await settle();
    },
    limit: (couponId = COUPON) => ecwid.coupon(STORE, couponId)?.["applicationLimit"],
    groups: (promotionId = PROMOTION) => {
      const triggers = ecwid.promotion(STORE, promotionId)?.["triggers"];
      return typeof triggers === "object" && triggers !== null && "customerGroups" in triggers ? triggers["customerGroups"] : undefined;
    },
    status: async (campaignId) => {
      const record = await campaigns.get(STORE, campaignId);
      const status = record?.item["status"];
      if (typeof status !== "object" || status === null || Array.isArray(status)) throw new TypeError(`${campaignId} has no status`);
      return status as JsonObject;
    },
    calls: () => {
      const requests = ecwid.log.requests().slice(callsSeen);
      callsSeen += requests.length;
      return requests.map(({ method, path }) => `${method} ${path.replace(/^.*\/1003/, "")}`);
    },
  };
}

function abortOn(clock: VirtualClock): (milliseconds: number) => AbortSignal {
  return (milliseconds) => {
    const controller = new AbortController();
    void clock.sleepUntil(plus(clock.now(), milliseconds)).then(() => controller.abort());
    return controller.signal;
  };
}

/** @returns a campaign that is on from 10:00 to 12:00 of 27 November 2026 (UTC) for the coupon, with whatever is laid over it. */
export function sale(changes: JsonObject = {}): Record {
  return {
    storeId: STORE,
    campaignId: "sale",
    name: "Sale",
    timeZone: "UTC",
    start: "2026-11-27T10:00",
    end: "2026-11-27T12:00",
    coupons: [{ couponId: String(COUPON), applicationLimit: "UNLIMITED" }],
    ...changes,
  };
}

/** @returns the instant of an ISO 8601 text. */
export function instantOf(utc: string): Instant {
  return parseInstant(utc);
}
