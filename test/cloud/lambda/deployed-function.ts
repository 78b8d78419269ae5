import { randomUUID } from "node:crypto";
import type { DeployedFunction } from "../deploy-stack.ts";
import { type ExecutionEnvironment, startExecutionEnvironment } from "./execution-environment.ts";
import type { Ended } from "./runtime-api.ts";

/** What one invocation came to. */
export interface Invoked {
  readonly event: unknown;
  readonly ended: Ended;
}

/** A deployed function at work: its bundle in processes of its own, as many as there are invocations at a time. */
export interface RunningFunction {
  readonly deployed: DeployedFunction;
  /** What the processes printed, line by line. */
  readonly lines: readonly string[];
  readonly invocations: readonly Invoked[];
  /** Waits for the end of it. */
  invoke(event: unknown): Promise<Ended>;
  /** From now on a process that is handed such an event dies of it, as of too little memory. */
  dieOf(isDeadly: (event: unknown) => boolean): void;
  stop(): void;
}

/** What Lambda puts into a function's environment (docs: "Defined runtime environment variables"), and where the endpoint is. */
function variablesOf(deployed: DeployedFunction): Record<string, string> {
  const { AWS_ACCESS_KEY_ID = "", AWS_SECRET_ACCESS_KEY = "", AWS_ENDPOINT_URL = "" } = process.env;
  return {
    PATH: process.env["PATH"] ?? "",
    TZ: ":UTC",
    LANG: "en_US.UTF-8",
    AWS_ACCESS_KEY_ID,
    AWS_SECRET_ACCESS_KEY,
    AWS_ENDPOINT_URL,
    AWS_REGION: deployed.region,
    AWS_DEFAULT_REGION: deployed.region,
    AWS_EXECUTION_ENV: "AWS_Lambda_nodejs24.x",
    AWS_LAMBDA_FUNCTION_NAME: deployed.name,
    AWS_LAMBDA_FUNCTION_VERSION: "$LATEST",
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(deployed.memoryMiB),
    AWS_LAMBDA_LOG_GROUP_NAME: deployed.logGroup,
    AWS_LAMBDA_LOG_STREAM_NAME: `2026/11/22/[$LATEST]${randomUUID().replaceAll("-", "")}`,
    AWS_LAMBDA_INITIALIZATION_TYPE: "on-demand",
    _HANDLER: deployed.handler,
    ...deployed.variables,
  };
}

/** @returns the function, with no process yet: the first invocation is a cold start. */
export function runFunction(deployed: DeployedFunction): RunningFunction {
  const lines: string[] = [];
  const invocations: Invoked[] = [];
  const idle: ExecutionEnvironment[] = [];
  const all = new Set<ExecutionEnvironment>();
  let isDeadly: (event: unknown) => boolean = () => false;

  async function environment(): Promise<ExecutionEnvironment> {
    for (let warm = idle.pop(); warm !== undefined; warm = idle.pop()) if (warm.isAlive()) return warm;
    const started = await startExecutionEnvironment({
      folder: deployed.folder,
      variables: variablesOf(deployed),
      onLine: (line) => lines.push(line),
    });
    all.add(started);
    return started;
  }

  return {
    deployed,
    lines,
    invocations,
    invoke: async (event) => {
      const place = await environment();
      const running = place.run({
        requestId: randomUUID(),
        functionArn: deployed.arn,
        deadlineMs: Date.now() + deployed.timeoutSeconds * 1000,
        event: JSON.stringify(event),
      });
      if (isDeadly(event)) place.kill();
      const ended = await running;
      invocations.push({ event, ended });
      if (place.isAlive()) idle.push(place);
      else all.delete(place);
      return ended;
    },
    dieOf: (deadly) => {
      isDeadly = deadly;
    },
    stop: () => {
      for (const place of all) place.kill();
    },
  };
}
