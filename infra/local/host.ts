import type { DynamoDBBatchResponse, DynamoDBStreamEvent, SQSEvent } from "aws-lambda";
import { createCompileWork } from "../../functions/compile/compile-work.ts";
import { createDispatchWork } from "../../functions/dispatch/dispatch-work.ts";
import { createReconcileWork } from "../../functions/reconcile/reconcile-work.ts";
import { houseHandler, type Work } from "../../functions/runtime/house-handler.ts";
import { createSweepWork } from "../../functions/sweep/sweep-work.ts";
import { createMemoryQueue } from "../../lib/adapters/memory/queue.ts";
import { recompileStore } from "../../lib/application/compile/recompile-store.ts";
import { encodeStoreMessage } from "../../lib/application/messages/store-message.ts";
import type { StoreMessage } from "../../lib/application/ports/dispatcher.ts";
import type { ReconcileDependencies } from "../../lib/application/reconcile/dependencies.ts";
import type { StoreId } from "../../lib/domain/identifiers.ts";
import { HOUR, type Instant, instant, MINUTE, SECOND } from "../../lib/domain/instant.ts";
import { createChangeFeed } from "./change-feed.ts";
import { localContext } from "./local-context.ts";

/** What the functions work with, less what the host itself provides. */
export interface HostParts extends Omit<ReconcileDependencies, "dispatcher" | "recompileStore"> {
  readonly fingerprint: (text: string) => string;
  /** Where the command line leaves messages, since this queue is inside the process. */
  readonly letterbox?: { collect(): Promise<readonly StoreMessage[]> } | undefined;
  readonly complain: (message: string, error?: unknown) => void;
}

/** The same functions as on AWS, called by a minute tick, a change feed and an in-process queue. */
export interface Host {
  /** Begins: a sweep and a tick at once, then one each hour and minute. */
  start(): void;
  /** Asks for a look at a store. */
  look(storeId: StoreId, because: string): Promise<void>;
  /** Looks for changed records now, instead of within the next second. */
  poll(): Promise<void>;
  /** Takes nothing new, and resolves once what is in hand is finished. */
  stop(): Promise<void>;
}

const TIMEOUT_MS = { compile: MINUTE, dispatch: 150 * SECOND, reconcile: 120 * SECOND, sweep: 5 * MINUTE } as const;
const FEED_INTERVAL_MS = SECOND;
const LETTERS_INTERVAL_MS = SECOND;
const STORES_AT_ONCE = 16;

function sqsEvent(message: StoreMessage): SQSEvent {
  const attributes = { ApproximateReceiveCount: "1", SentTimestamp: "0", SenderId: "local", ApproximateFirstReceiveTimestamp: "0" };
  const place = { eventSource: "aws:sqs", eventSourceARN: "local", awsRegion: "local" };
  const record = {
    messageId: "local",
    receiptHandle: "local",
    body: encodeStoreMessage(message),
    attributes,
    messageAttributes: {},
    md5OfBody: "",
    ...place,
  };
  return { Records: [record] };
}

/** @returns a host that stands still until it is started. */
export function createHost(parts: HostParts): Host {
  const { clock, complain, campaigns, state, telemetry, fingerprint } = parts;
  const queue = createMemoryQueue({ clock });
  const compiling = { clock, campaigns, state, telemetry, fingerprint, dispatcher: queue };
  const reconciling = {
    ...parts,
    dispatcher: queue,
    recompileStore: (store: Parameters<typeof recompileStore>[1]) => recompileStore(compiling, store),
  };
  const observed = { middlewares: [], complain };
  const invoke = <Event, Answer>(name: keyof typeof TIMEOUT_MS, work: Work<Event, Answer>) => {
    const handler = houseHandler(work, observed, clock);
    return async (event: Event): Promise<Answer> => handler(event, localContext(clock, name, TIMEOUT_MS[name]));
  };
  const compile = invoke<DynamoDBStreamEvent, DynamoDBBatchResponse>("compile", createCompileWork(compiling, complain));
  const dispatch = invoke<unknown, void>("dispatch", createDispatchWork(compiling));
  const reconcile = invoke<SQSEvent, void>("reconcile", createReconcileWork(reconciling));
  const sweep = invoke<unknown, void>("sweep", createSweepWork(compiling));

  const deliver = async (event: DynamoDBStreamEvent) => (await compile(event)).batchItemFailures.length === 0;
  const feed = createChangeFeed({
    campaigns,
    fingerprint,
    deliver,
    onError: (error) => complain("the campaigns table could not be read", error),
  });
  const clockwork = createClockwork(complain, clock.now);
  const takeLetters = async () => {
    for (const message of (await parts.letterbox?.collect()) ?? []) await queue.send(message);
  };
  let stopQueue = async () => {};

  return {
    start: () => {
      const onFailure = (message: StoreMessage, error: unknown) => complain(`a message of store ${message.storeId} failed`, error);
      stopQueue = queue.work((message) => reconcile(sqsEvent(message)), { concurrency: STORES_AT_ONCE, onFailure }).stop;
      clockwork.every("the sweep", HOUR, () => sweep({}));
      clockwork.every("the tick", MINUTE, () => dispatch({}));
      clockwork.every("the letterbox", LETTERS_INTERVAL_MS, takeLetters);
      feed.run(FEED_INTERVAL_MS);
    },
    look: (storeId, because) => queue.send({ kind: "look", storeId, instant: clock.now(), because, relay: 0 }),
    poll: feed.poll,
    stop: async () => {
      clockwork.stop();
      await feed.stop();
      await stopQueue();
    },
  };
}

/** Runs things at once and then at each full period of the clock, whether or not the run before has finished. */
function createClockwork(complain: HostParts["complain"], now: () => Instant) {
  const timers = new Map<string, NodeJS.Timeout>();
  const nextStart = (periodMs: number): Instant => instant((Math.floor(now() / periodMs) + 1) * periodMs);
  const every = (name: string, periodMs: number, run: () => Promise<unknown>): void => {
    run().catch((error: unknown) => complain(`${name} failed`, error));
    timers.set(
      name,
      setTimeout(() => every(name, periodMs, run), nextStart(periodMs) - now()),
    );
  };
  return {
    every,
    stop: () => {
      for (const timer of timers.values()) clearTimeout(timer);
    },
  };
}
