import { Logger } from "@aws-lambda-powertools/logger";
import { injectLambdaContext } from "@aws-lambda-powertools/logger/middleware";
import { Metrics } from "@aws-lambda-powertools/metrics";
import { logMetrics } from "@aws-lambda-powertools/metrics/middleware";
import type { MiddlewareObj } from "@middy/core";
import { createPowertoolsTelemetry } from "../../lib/adapters/telemetry/powertools-telemetry.ts";
import type { Telemetry } from "../../lib/application/ports/telemetry.ts";
import type { LogLevel } from "./configuration.ts";

/** What a function tells the outside of itself, and the middleware that keeps it in step with each invocation. */
export interface Observability {
  readonly telemetry: Telemetry;
  readonly middlewares: readonly MiddlewareObj[];
  /** Something that should not have happened and that no event has a name for. */
  readonly complain: (message: string, error?: unknown) => void;
}

/** An invocation that measured nothing is an ordinary one; Powertools would print a warning for each. */
const silent = { trace: () => {}, debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

/**
 * @param functionName what its log lines are marked with.
 * @param deployment the stack's name: the one dimension of every metric. It keeps two stages in one account apart; and since compiling is done by three
 * functions and one alarm has to see them all, the function is no dimension.
 * @returns structured logs on standard output and metrics in CloudWatch's embedded format.
 */
export function createObservability(functionName: string, logLevel: LogLevel, deployment: string): Observability {
  const logger = new Logger({ serviceName: functionName, logLevel });
  const metrics = new Metrics({ namespace: "Doorman", serviceName: deployment, singleMetric: false, logger: silent });
  return {
    telemetry: createPowertoolsTelemetry({ logger, metrics }),
    middlewares: [injectLambdaContext(logger, { resetKeys: true }), logMetrics(metrics)],
    complain: (message, error) => {
      if (error instanceof Error) logger.error(message, error);
      else logger.error(message);
    },
  };
}
