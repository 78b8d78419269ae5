import { Logger } from "@aws-lambda-powertools/logger";
import { injectLambdaContext } from "@aws-lambda-powertools/logger/middleware";
import { Metrics } from "@aws-lambda-powertools/metrics";
import { logMetrics } from "@aws-lambda-powertools/metrics/middleware";
import { handler as bare } from "../bare/tables-and-queue.ts";

const middlewares = [injectLambdaContext(new Logger({ serviceName: "bench" })), logMetrics(new Metrics({ namespace: "bench" }))];

export const handler = async (event: unknown) => [await bare(event), middlewares];
