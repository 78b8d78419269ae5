import { createCompileWork } from "../../../functions/compile/compile-work.ts";
import { createDispatchWork } from "../../../functions/dispatch/dispatch-work.ts";
import { createReconcileWork } from "../../../functions/reconcile/reconcile-work.ts";
import { houseHandler } from "../../../functions/runtime/house-handler.ts";
import { createObservability } from "../../../functions/runtime/observability.ts";
import { createSweepWork } from "../../../functions/sweep/sweep-work.ts";
import { localContext } from "../../../infra/local/local-context.ts";
import { recompileStore } from "../../../lib/application/compile/recompile-store.ts";
import type { ReconcileDependencies } from "../../../lib/application/reconcile/dependencies.ts";
import type { VirtualClock } from "../../support/virtual-clock.ts";
import type { FunctionName as AnyFunctionName } from "../synthesis.ts";
import type { Samples } from "./samples.ts";

/** Those that work for stores; what follows an alarm is played in test/integration/incidents.test.ts. */
export type FunctionName = Exclude<AnyFunctionName, "follow-up">;

/** A function as it is deployed. */
export interface DeployedFunction {
  /** Its name in metrics. */
  readonly functionName: string;
  readonly timeoutMs: number;
}

export type Parts = Omit<ReconcileDependencies, "telemetry" | "recompileStore"> & {
  readonly clock: VirtualClock;
  readonly fingerprint: (text: string) => string;
};

/** What came of an invocation: an answer, an error, or no room for it. */
export type Invoked =
  | { readonly kind: "answered"; readonly answer: unknown }
  | { readonly kind: "failed" }
  | { readonly kind: "throttled" };

interface HostOptions {
  readonly parts: Parts;
  readonly deployed: Readonly<Record<FunctionName, DeployedFunction>>;
  readonly deployment: string;
  readonly samples: Samples;
  /** Functions for which there is no room at present. */
  readonly throttled: ReadonlySet<FunctionName>;
}

type Handler = (event: unknown, context: ReturnType<typeof localContext>) => Promise<unknown>;

/** A machine of its own: the house's stack with Powertools in it, over parts that all machines share. */
function createMachine(name: FunctionName, { parts, deployment }: HostOptions): Handler {
  const observability = createObservability(name, "DEBUG", deployment);
  const { telemetry, complain } = observability;
  const dependencies = { ...parts, telemetry };
  const works = {
    compile: () => createCompileWork(dependencies, complain),
    dispatch: () => createDispatchWork(dependencies),
    reconcile: () => createReconcileWork({ ...dependencies, recompileStore: (store) => recompileStore(dependencies, store) }),
    sweep: () => createSweepWork(dependencies),
  };
  return houseHandler<unknown, unknown>(works[name](), observability, parts.clock);
}

/**
 * What Lambda does with an invocation: it is worked by a machine that does nothing else meanwhile, and counted.
 *
 * @returns what invokes a function.
 */
export function createLambdaHost(options: HostOptions): (name: FunctionName, event: unknown) => Promise<Invoked> {
  const { parts, deployed, samples, throttled } = options;
  const { clock } = parts;
  const idle = new Map<FunctionName, Handler[]>();
  return async (name, event) => {
    const { functionName, timeoutMs } = deployed[name];
    const beganAt = clock.now();
    const count = (metric: string, value: number) =>
      samples.add({ namespace: "AWS/Lambda", name: metric, dimensions: { FunctionName: functionName } }, beganAt, value);
    if (throttled.has(name)) {
      count("Throttles", 1);
      return { kind: "throttled" };
    }
    const machine = idle.get(name)?.pop() ?? createMachine(name, options);
    const finish = (errors: number) => {
      // AWS: each invocation counts in Errors and Throttles, with 0 where there was none, at the time it began.
      count("Errors", errors);
      count("Throttles", 0);
      count("Invocations", 1);
      count("Duration", Math.min(timeoutMs, clock.now() - beganAt));
      idle.set(name, [...(idle.get(name) ?? []), machine]);
    };
    try {
      const answer = await machine(event, localContext(clock, name, timeoutMs));
      finish(0);
      return { kind: "answered", answer };
    } catch {
      finish(1);
      return { kind: "failed" };
    }
  };
}
