import { createHash } from "node:crypto";
import * as z from "zod";
import { createInProcessFetch } from "../../../infra/local/simulated-store/in-process-fetch.ts";
import { createSimulatedEcwid, type SimulatedEcwid } from "../../../infra/local/simulated-store/simulated-ecwid.ts";
import { createEcwidGateway } from "../../../lib/adapters/ecwid/ecwid-gateway.ts";
import { createMemoryCampaignTable } from "../../../lib/adapters/memory/campaign-table.ts";
import { createFixedTokenSource } from "../../../lib/adapters/memory/fixed-token-source.ts";
import { createMemoryHistory } from "../../../lib/adapters/memory/history.ts";
import { createMemoryStateTable } from "../../../lib/adapters/memory/state-table.ts";
import { type StoreId, storeId } from "../../../lib/domain/identifiers.ts";
import { HOUR, type Instant, MINUTE, parseInstant, plus, SECOND, startOfMinute } from "../../../lib/domain/instant.ts";
import { createVirtualClock, type VirtualClock } from "../../support/virtual-clock.ts";
import { type Record as CampaignRecord, COUPON, PROMOTION, STORE, TOKEN } from "../../support/world.ts";
import { takeMetrics } from "./embedded-metrics.ts";
import type { FunctionName } from "./lambda-host.ts";
import { createLambdaHost, type DeployedFunction, type Parts } from "./lambda-host.ts";
import { type LogLine, takePrintedLines } from "./printed-lines.ts";
import { createQueueService, type QueueNames } from "./queue-service.ts";
import { createSamples, type Samples } from "./samples.ts";

/** What is deployed, by the names that the template gives it. */
export interface Deployed {
  readonly deployment: string;
  readonly functions: Readonly<Record<FunctionName, DeployedFunction>>;
  readonly queues: QueueNames;
  readonly visibilityMs: number;
}

/** The four functions at work in virtual time, and AWS around them as far as it counts. */
export interface RunningFunctions {
  readonly clock: VirtualClock;
  readonly ecwid: SimulatedEcwid;
  readonly parts: Parts;
  readonly secrets: Map<StoreId, { readonly token: string }>;
  readonly samples: Samples;
  readonly lines: readonly LogLine[];
  /** What a test may switch off. */
  readonly switches: { rule: boolean; mapping: boolean; readonly throttled: Set<FunctionName> };
  /** A marketer saves a record, and the stream brings it to compile. */
  put(record: CampaignRecord): Promise<void>;
  runTo(utc: string): Promise<void>;
  /** A person empties the queues of what nobody works any more. */
  purge(): void;
  stop(): void;
}

const SECOND_STORE = "1004";
export const OTHER_STORE: StoreId = storeId(SECOND_STORE);
/** What a request to Ecwid takes, and by how much the stream is behind. */
const LATENCY_MS = 150;
const STREAM_TRIES = 4;
/** The sweep's minute of the hour. */
const SWEEP_AT_MS = 7 * MINUTE;

const batchAnswer = z.object({ batchItemFailures: z.array(z.unknown()) });

function partsAt(start: string, secrets: Map<StoreId, { readonly token: string }>) {
  const clock = createVirtualClock(parseInstant(start));
  const latencyMs = { from: LATENCY_MS, to: LATENCY_MS };
  const ecwid = createSimulatedEcwid({ clock, settings: { latencyMs } });
  for (const id of [STORE, SECOND_STORE]) {
    const coupons = [COUPON, COUPON + 1].map((coupon) => ({ id: coupon, code: `CODE${coupon}`, applicationLimit: "NEW_CUSTOMER_ONLY" }));
    const promotions = [{ id: PROMOTION, name: "Early access", triggers: { subtotal: 25, customerGroups: [0, 1] } }];
    ecwid.addStore({ storeId: id, timeZone: "UTC", tokens: [`${TOKEN}_${id}`], coupons, promotions, groups: [{ id: 1, name: "One" }] });
    secrets.set(storeId(id), { token: `${TOKEN}_${id}` });
  }
  const gateway = createEcwidGateway({ fetch: createInProcessFetch(ecwid), clock, abortAfter: () => new AbortController().signal });
  const fingerprint = (text: string) => createHash("sha256").update(text).digest("hex");
  const tables = { campaigns: createMemoryCampaignTable(), state: createMemoryStateTable(), history: createMemoryHistory() };
  return { ...tables, clock, ecwid, gateway, fingerprint };
}

/** @returns the functions, begun at `start` with two stores and no campaign. `stop` has to be called, for until then what this process prints is theirs. */
export function startFunctions(deployed: Deployed, start: string): RunningFunctions {
  const secrets = new Map<StoreId, { readonly token: string }>();
  const { clock, ecwid, gateway, fingerprint, ...tables } = partsAt(start, secrets);
  const samples = createSamples();
  const lines: LogLine[] = [];
  const stop = takePrintedLines(clock, (line) => {
    if (!takeMetrics(line, samples)) lines.push(line);
  });
  const throttled = new Set<FunctionName>();
  const switches = { rule: true, mapping: true, throttled };
  const queue = createQueueService({ clock, samples, queues: deployed.queues, visibilityMs: deployed.visibilityMs });
  const tokens = createFixedTokenSource(secrets);
  const parts: Parts = {
    ...tables,
    clock,
    fingerprint,
    ecwid: gateway,
    tokens,
    dispatcher: queue,
    chance: () => 0.5,
    deployment: undefined,
  };
  const invoke = createLambdaHost({ parts, deployed: deployed.functions, deployment: deployed.deployment, samples, throttled });
  queue.feed(
    async (event) => (await invoke("reconcile", event)).kind === "answered",
    () => switches.mapping,
  );

  const compileChange = async (event: unknown): Promise<void> => {
    for (let tries = 0; tries < STREAM_TRIES; tries += 1) {
      const invoked = await invoke("compile", event);
      if (invoked.kind === "answered" && batchAnswer.parse(invoked.answer).batchItemFailures.length === 0) return;
      await clock.sleepUntil(plus(clock.now(), SECOND));
    }
    queue.giveUp();
  };

  const everyMinute = (minute: Instant): void => {
    queue.measure();
    if (!switches.rule) return;
    void invoke("dispatch", {});
    if (minute % HOUR === SWEEP_AT_MS) void invoke("sweep", {});
  };

  return {
    clock,
    ecwid,
    parts,
    secrets,
    samples,
    lines,
    switches,
    stop,
    purge: queue.purge,
    put: async (record) => {
      await tables.campaigns.put(record);
      const Keys = { storeId: { S: record.storeId }, campaignId: { S: record.campaignId } };
      const compiled = compileChange({ Records: [{ dynamodb: { Keys, SequenceNumber: "1" } }] });
      await clock.advanceBy(10 * SECOND);
      await compiled;
    },
    runTo: async (utc) => {
      const until = parseInstant(utc);
      for (let minute = startOfMinute(clock.now()); minute <= until; minute = plus(minute, MINUTE)) {
        if (minute < clock.now()) continue;
        await clock.advanceTo(minute);
        everyMinute(minute);
        await clock.advanceBy(0);
      }
      await clock.advanceTo(until);
    },
  };
}
