import { createHash } from "node:crypto";
import { setImmediate as nextTurn } from "node:timers/promises";
import { GetItemCommand, ScanCommand, type ScanCommandOutput } from "@aws-sdk/client-dynamodb";
import type { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { localClient, TABLE_NAMES } from "../../../../infra/local/embedded-database.ts";
import { createInProcessFetch } from "../../../../infra/local/simulated-store/in-process-fetch.ts";
import { createSimulatedEcwid } from "../../../../infra/local/simulated-store/simulated-ecwid.ts";
import { createDynamoCampaignTable } from "../../../../lib/adapters/dynamo/campaign-table.ts";
import { createDynamoHistory } from "../../../../lib/adapters/dynamo/history.ts";
import { createDynamoStateTable } from "../../../../lib/adapters/dynamo/state-table.ts";
import { createEcwidGateway } from "../../../../lib/adapters/ecwid/ecwid-gateway.ts";
import type { Fetch } from "../../../../lib/adapters/ecwid/fetch.ts";
import { createMemoryQueue } from "../../../../lib/adapters/memory/queue.ts";
import { createSecretsManagerTokenSource } from "../../../../lib/adapters/secrets/secrets-manager-token-source.ts";
import type { CampaignTable } from "../../../../lib/application/ports/campaign-table.ts";
import type { Clock } from "../../../../lib/application/ports/clock.ts";
import type { Dispatcher } from "../../../../lib/application/ports/dispatcher.ts";
import { type Instant, plus } from "../../../../lib/domain/instant.ts";
import { type Item, itemBytes } from "./capacity.ts";
import { countCalls } from "./counted-client.ts";
import { createFunctions } from "./functions.ts";
import { type Invocation, underWay } from "./invocation.ts";
import { LATENCY_MS, REQUEST_BYTES } from "./latencies.ts";
import { campaignOf, storeOf } from "./scene.ts";
import { secretsStandIn } from "./secrets-stand-in.ts";
import { createStageClock, type StageClock } from "./stage-clock.ts";

export interface StageOptions {
  /** Of an empty embedded database. */
  readonly endpoint: string;
  readonly start: Instant;
  readonly stores: number;
  readonly campaignsAStore: number;
  /** False where only processor time is measured: then nothing is read beside what the functions read. */
  readonly isCounting: boolean;
}

/** The functions as they are deployed, in virtual time, over a real DynamoDB engine and a simulated Ecwid. */
export interface Stage {
  readonly clock: StageClock;
  /** The marketers' table; what is put there reaches `compile`. */
  readonly campaigns: CampaignTable;
  tick(): Promise<void>;
  sweep(): Promise<void>;
  /** Works the stream and the queue until both are empty. */
  settle(): Promise<void>;
  /** @returns the invocations since the last time this was asked. */
  taken(): readonly Invocation[];
  /** How many bytes the tables hold, by table; with DynamoDB's 100 bytes an item. */
  storedBytes(): Promise<Readonly<Record<keyof typeof TABLE_NAMES, number>>>;
  close(): void;
}

function countingFetch(fetch: Fetch): Fetch {
  return (url, init) => {
    const counting = underWay.getStore();
    counting?.add("ecwidRequests", 1);
    counting?.add("sentBytes", REQUEST_BYTES + Buffer.byteLength(init.body ?? ""));
    return fetch(url, init);
  };
}

function countingDispatcher(queue: Dispatcher, clock: Clock): Dispatcher {
  return {
    async send(message) {
      underWay.getStore()?.sent();
      await clock.sleepUntil(plus(clock.now(), LATENCY_MS.queue));
      await queue.send(message);
    },
  };
}

function textKey(key: Item): string {
  return JSON.stringify(key);
}

export async function createStage({ endpoint, start, stores, campaignsAStore, isCounting }: StageOptions): Promise<Stage> {
  const clock = createStageClock(start);
  const [client, plain] = [localClient(endpoint), localClient(endpoint)];
  const images = new Map<string, Item>();
  const changes: Item[] = [];
  const onWrite = (tableName: string, key: Item) => {
    if (tableName === TABLE_NAMES.campaigns) changes.push(key);
  };
  countCalls(client, { plain: isCounting ? plain : undefined, clock, onWrite });
  const ecwid = createSimulatedEcwid({ clock, settings: { latencyMs: { from: LATENCY_MS.ecwid, to: LATENCY_MS.ecwid } } });
  const tokens = new Map<string, string>();
  const all = Array.from({ length: stores }, (_each, n) => storeOf(n, campaignsAStore));
  for (const { id, token, setup } of all) {
    ecwid.addStore(setup);
    tokens.set(id, token);
  }
  const queue = createMemoryQueue({ clock });
  const onBrokenItem = (problem: unknown) => {
    throw new TypeError(String(problem));
  };
  const campaigns = createDynamoCampaignTable({ client, tableName: TABLE_NAMES.campaigns });
  const functions = createFunctions({
    clock,
    parts: {
      campaigns,
      state: createDynamoStateTable({ client, tableName: TABLE_NAMES.state, onBrokenItem }),
      history: createDynamoHistory({ client, tableName: TABLE_NAMES.history, onBrokenItem }),
      dispatcher: countingDispatcher(queue, clock),
      ecwid: createEcwidGateway({
        fetch: countingFetch(createInProcessFetch(ecwid)),
        clock,
        abortAfter: () => new AbortController().signal,
      }),
      tokens: createSecretsManagerTokenSource({ client: secretsStandIn(tokens, clock), clock, readsDeployment: true }),
      chance: () => 0.5,
      deployment: "Doorman",
      fingerprint: (text) => createHash("sha256").update(text).digest("hex"),
    },
  });

  /** One record a batch: people save one campaign at a time, and that costs most. */
  async function pump(): Promise<boolean> {
    const key = changes.shift();
    if (key === undefined) return false;
    const before = images.get(textKey(key));
    const { Item: after } = await plain.send(
      new GetItemCommand({ TableName: TABLE_NAMES.campaigns, Key: { ...key }, ConsistentRead: true }),
    );
    if (after === undefined) images.delete(textKey(key));
    else images.set(textKey(key), after);
    await functions.compile(key, before, after);
    return true;
  }

  const running = new Set<Promise<void>>();
  function work(): void {
    for (let delivery = queue.receive(); delivery !== undefined; delivery = queue.receive()) {
      const taken = delivery;
      const job: Promise<void> = functions
        .reconcile(taken.message)
        .then(() => queue.done(taken))
        .finally(() => running.delete(job));
      running.add(job);
    }
  }
  queue.onReady(work);

  async function settleNow(): Promise<void> {
    for (;;) {
      await nextTurn();
      if (await pump()) continue;
      if (running.size === 0) return;
      await Promise.race(running);
    }
  }
  const settle = () => clock.drive(settleNow());

  for (const { id } of all)
    for (let n = 0; n < campaignsAStore; n += 1) {
      await clock.drive(campaigns.put(campaignOf(id, n)));
      await settle();
    }

  return {
    clock,
    campaigns: { ...campaigns, put: (record) => clock.drive(campaigns.put(record)) },
    tick: () => clock.drive(functions.dispatch()),
    sweep: () => clock.drive(functions.sweep()),
    settle,
    taken: functions.taken,
    storedBytes: async () => ({
      campaigns: await tableBytes(plain, TABLE_NAMES.campaigns),
      state: await tableBytes(plain, TABLE_NAMES.state),
      history: await tableBytes(plain, TABLE_NAMES.history),
    }),
    close: () => {
      client.destroy();
      plain.destroy();
    },
  };
}

const ITEM_OVERHEAD_BYTES = 100;

async function tableBytes(client: DynamoDBDocumentClient, TableName: string): Promise<number> {
  let bytes = 0;
  let from: Item | undefined;
  do {
    const page: ScanCommandOutput = await client.send(new ScanCommand({ TableName, ...(from && { ExclusiveStartKey: { ...from } }) }));
    for (const item of page.Items ?? []) bytes += itemBytes(item) + ITEM_OVERHEAD_BYTES;
    from = page.LastEvaluatedKey;
  } while (from !== undefined);
  return bytes;
}
