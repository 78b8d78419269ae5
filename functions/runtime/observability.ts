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

/**
 * @param serviceName the function's name in log lines and metrics.
 * @returns structured logs on standard output and metrics in CloudWatch's embedded format.
 */
export function createObservability(serviceName: string, logLevel: LogLevel): Observability {
  const logger = new Logger({ serviceName, logLevel });
  const metrics = new Metrics({ namespace: "Doorman", serviceName, singleMetric: false });
  return {
    telemetry: createPowertoolsTelemetry({ logger, metrics }),
    middlewares: [injectLambdaContext(logger, { resetKeys: true }), logMetrics(metrics)],
    complain: (message, error) => {
      if (error instanceof Error) logger.error(message, error);
      else logger.error(message);
    },
  };
}
