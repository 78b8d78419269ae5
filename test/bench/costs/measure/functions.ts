import { createCompileWork } from "../../../../functions/compile/compile-work.ts";
import { createDispatchWork } from "../../../../functions/dispatch/dispatch-work.ts";
import { createReconcileWork } from "../../../../functions/reconcile/reconcile-work.ts";
import { houseHandler, type Work } from "../../../../functions/runtime/house-handler.ts";
import { createObservability } from "../../../../functions/runtime/observability.ts";
import { createSweepWork } from "../../../../functions/sweep/sweep-work.ts";
import { localContext } from "../../../../infra/local/local-context.ts";
import { recompileStore } from "../../../../lib/application/compile/recompile-store.ts";
import { encodeStoreMessage } from "../../../../lib/application/messages/store-message.ts";
import type { Clock } from "../../../../lib/application/ports/clock.ts";
import type { StoreMessage } from "../../../../lib/application/ports/dispatcher.ts";
import type { ReconcileDependencies } from "../../../../lib/application/reconcile/dependencies.ts";
import { MINUTE, SECOND } from "../../../../lib/domain/instant.ts";
import { type FunctionName, gbSeconds, gbSecondsOfWork } from "../deployment.ts";
import type { Item } from "./capacity.ts";
import { createCounting, type Invocation, underWay } from "./invocation.ts";
import { PLATFORM_LOG_BYTES } from "./latencies.ts";

interface FunctionsOptions {
  readonly clock: Clock;
  readonly parts: Omit<ReconcileDependencies, "clock" | "telemetry" | "recompileStore"> & {
    readonly fingerprint: (text: string) => string;
  };
}

export interface Functions {
  compile(key: Item, before: Item | undefined, after: Item | undefined): Promise<void>;
  dispatch(): Promise<void>;
  reconcile(message: StoreMessage): Promise<void>;
  sweep(): Promise<void>;
  /** @returns the invocations since the last time this was asked. */
  taken(): readonly Invocation[];
}

const TIMEOUT_MS: Readonly<Record<FunctionName, number>> = {
  compile: MINUTE,
  dispatch: 150 * SECOND,
  reconcile: 120 * SECOND,
  sweep: 10 * MINUTE,
};

/** As long as CloudFormation makes them. */
const FUNCTION_NAMES: Readonly<Record<FunctionName, string>> = {
  compile: "Doorman-CompileFunction0A1B2C3D-aB1cD2eF3gH4",
  dispatch: "Doorman-DispatchFunction0A1B2C3D-aB1cD2eF3gH4",
  reconcile: "Doorman-ReconcileFunction0A1B2C3D-aB1cD2eF3gH4",
  sweep: "Doorman-SweepFunction0A1B2C3D-aB1cD2eF3gH4",
};

function processorMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}

/** The clock that a function sees: how long it sleeps of its own accord is its waiting. */
function watchedClock(clock: Clock, onSleep: (milliseconds: number) => void): Clock {
  return {
    now: clock.now,
    async sleepUntil(at) {
      onSleep(Math.max(0, at - clock.now()));
      await clock.sleepUntil(at);
    },
  };
}

/** @returns the deployed functions' own work under their own middleware, each invocation counted. */
export function createFunctions({ clock: time, parts }: FunctionsOptions): Functions {
  const done: Invocation[] = [];
  const slept = new WeakMap<object, number>();
  const clock = watchedClock(time, (milliseconds) => {
    const counting = underWay.getStore();
    if (counting !== undefined) slept.set(counting, (slept.get(counting) ?? 0) + milliseconds);
  });

  const host = <Event, Answer>(
    name: FunctionName,
    workOf: (parts: ReconcileDependencies, complain: (message: string, error?: unknown) => void) => Work<Event, Answer>,
  ) => {
    const observability = createObservability(name, "INFO", "Doorman");
    const common = { ...parts, clock, telemetry: observability.telemetry };
    const dependencies = { ...common, recompileStore: (store: Parameters<typeof recompileStore>[1]) => recompileStore(common, store) };
    const handler = houseHandler(workOf(dependencies, observability.complain), observability, clock);
    return async (event: Event): Promise<Answer> => {
      const counting = createCounting();
      const [began, processorBegan] = [time.now(), processorMs()];
      const answer = await underWay.run(counting, async () => handler(event, localContext(time, FUNCTION_NAMES[name], TIMEOUT_MS[name])));
      const spentMs = processorMs() - processorBegan;
      const lastedMs = time.now() - began;
      const waitedMs = Math.min(lastedMs, slept.get(counting) ?? 0);
      counting.add("invocations", 1);
      counting.add("waiting", gbSeconds(name, waitedMs));
      counting.add("calling", gbSeconds(name, lastedMs - waitedMs));
      counting.add("computing", gbSecondsOfWork(spentMs));
      counting.add("logBytes", PLATFORM_LOG_BYTES);
      // A message is received once and deleted once by Lambda itself.
      if (name === "reconcile") counting.add("queueRequests", 2);
      done.push({ name, processorMs: spentMs, ...counting.total() });
      return answer;
    };
  };

  const compile = host("compile", createCompileWork);
  const dispatch = host("dispatch", createDispatchWork);
  const reconcile = host("reconcile", (parts: ReconcileDependencies) => createReconcileWork(parts));
  const sweep = host("sweep", createSweepWork);
  return {
    compile: async (key, before, after) => {
      const dynamodb = { Keys: key, OldImage: before, NewImage: after, SequenceNumber: "111" };
      const { batchItemFailures } = await compile({ Records: [{ dynamodb }] });
      if (batchItemFailures.length > 0) throw new Error(`${JSON.stringify(key)} was not compiled`);
    },
    dispatch: () => dispatch({}),
    reconcile: (message) => reconcile({ Records: [{ messageId: "local", body: encodeStoreMessage(message) }] }),
    sweep: () => sweep({}),
    taken: () => done.splice(0),
  };
}
