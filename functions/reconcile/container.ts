import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { createDynamoCampaignTable } from "../../lib/adapters/dynamo/campaign-table.ts";
import { createDocumentClient } from "../../lib/adapters/dynamo/document-client.ts";
import { createDynamoHistory } from "../../lib/adapters/dynamo/history.ts";
import { createDynamoStateTable } from "../../lib/adapters/dynamo/state-table.ts";
import { createEcwidGateway } from "../../lib/adapters/ecwid/ecwid-gateway.ts";
import { createKeepAliveFetch } from "../../lib/adapters/ecwid/keep-alive-fetch.ts";
import { createSqsClient, createSqsDispatcher } from "../../lib/adapters/queue/sqs-dispatcher.ts";
import { createSecretsManagerTokenSource } from "../../lib/adapters/secrets/secrets-manager-token-source.ts";
import { systemChance } from "../../lib/adapters/system/chance.ts";
import { createSystemClock } from "../../lib/adapters/system/clock.ts";
import { fingerprint } from "../../lib/adapters/system/fingerprint.ts";
import { recompileStore } from "../../lib/application/compile/recompile-store.ts";
import type { ReconcileDependencies } from "../../lib/application/reconcile/dependencies.ts";
import type { Observability } from "../runtime/observability.ts";
import type { ReconcileEnvironment } from "./environment.ts";

/** @returns the real parts that the reconcile function works with on AWS. */
export function createContainer(environment: ReconcileEnvironment, { telemetry, complain }: Observability): ReconcileDependencies {
  const client = createDocumentClient();
  const clock = createSystemClock();
  const campaigns = createDynamoCampaignTable({ client, tableName: environment.campaignsTable });
  const state = createDynamoStateTable({ client, tableName: environment.stateTable, onBrokenItem: complain });
  const dispatcher = createSqsDispatcher({ client: createSqsClient(), queueUrls: environment.queueUrls });
  const compile = { clock, campaigns, state, dispatcher, telemetry, fingerprint };
  return {
    clock,
    chance: systemChance,
    campaigns,
    state,
    history: createDynamoHistory({ client, tableName: environment.historyTable, onBrokenItem: complain }),
    dispatcher,
    ecwid: createEcwidGateway({ baseUrl: environment.ecwidApiUrl, fetch: createKeepAliveFetch(), clock }),
    tokens: createSecretsManagerTokenSource({
      client: new SecretsManagerClient({}),
      clock,
      prefix: environment.secretPrefix,
      readsDeployment: true,
    }),
    telemetry,
    fingerprint,
    deployment: environment.deployment,
    isShadow: environment.mode === "shadow",
    recompileStore: (storeId) => recompileStore(compile, storeId),
  };
}
