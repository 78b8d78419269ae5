import { createDynamoCampaignTable } from "../../lib/adapters/dynamo/campaign-table.ts";
import { createDocumentClient } from "../../lib/adapters/dynamo/document-client.ts";
import { createDynamoStateTable } from "../../lib/adapters/dynamo/state-table.ts";
import { createSqsClient, createSqsDispatcher } from "../../lib/adapters/queue/sqs-dispatcher.ts";
import { createSystemClock } from "../../lib/adapters/system/clock.ts";
import { fingerprint } from "../../lib/adapters/system/fingerprint.ts";
import type { SweepDependencies } from "../../lib/application/sweep/run-sweep.ts";
import type { Observability } from "../runtime/observability.ts";
import type { SweepEnvironment } from "./environment.ts";

/** @returns the real parts that the sweep function works with on AWS. */
export function createContainer(environment: SweepEnvironment, { telemetry, complain }: Observability): SweepDependencies {
  const client = createDocumentClient();
  return {
    clock: createSystemClock(),
    campaigns: createDynamoCampaignTable({ client, tableName: environment.campaignsTable }),
    state: createDynamoStateTable({ client, tableName: environment.stateTable, onBrokenItem: complain }),
    dispatcher: createSqsDispatcher({ client: createSqsClient(), queueUrls: environment.queueUrls }),
    telemetry,
    fingerprint,
  };
}
