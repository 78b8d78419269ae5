import { createDocumentClient } from "../../lib/adapters/dynamo/document-client.ts";
import { createDynamoStateTable } from "../../lib/adapters/dynamo/state-table.ts";
import { createSqsClient, createSqsDispatcher } from "../../lib/adapters/queue/sqs-dispatcher.ts";
import { createSystemClock } from "../../lib/adapters/system/clock.ts";
import type { TickDependencies } from "../../lib/application/dispatch/run-tick.ts";
import type { Observability } from "../runtime/observability.ts";
import type { DispatchEnvironment } from "./environment.ts";

/** @returns the real parts that the dispatch function works with on AWS. */
export function createContainer(environment: DispatchEnvironment, { telemetry, complain }: Observability): TickDependencies {
  return {
    clock: createSystemClock(),
    state: createDynamoStateTable({ client: createDocumentClient(), tableName: environment.stateTable, onBrokenItem: complain }),
    dispatcher: createSqsDispatcher({ client: createSqsClient(), queueUrls: environment.queueUrls }),
    telemetry,
    storesAtOnce: environment.storesAtOnce,
  };
}
