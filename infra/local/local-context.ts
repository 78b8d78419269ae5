import { randomUUID } from "node:crypto";
import type { Context } from "aws-lambda";
import type { Clock } from "../../lib/application/ports/clock.ts";

const MEMORY_MIB = 512;

/** @returns what Lambda would hand a function beside its event: here, a name and a time-out counted from now. */
export function localContext(clock: Pick<Clock, "now">, functionName: string, timeoutMs: number): Context {
  const startedAt = clock.now();
  return {
    callbackWaitsForEmptyEventLoop: false,
    functionName,
    functionVersion: "local",
    invokedFunctionArn: `arn:aws:lambda:local:000000000000:function:${functionName}`,
    memoryLimitInMB: String(MEMORY_MIB),
    awsRequestId: randomUUID(),
    logGroupName: `/local/${functionName}`,
    logStreamName: "local",
    getRemainingTimeInMillis: () => Math.max(0, timeoutMs - (clock.now() - startedAt)),
    done: () => undefined,
    fail: () => undefined,
    succeed: () => undefined,
  };
}
