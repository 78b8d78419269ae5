import { RecursiveLoop } from "aws-cdk-lib/aws-lambda";
import { ArnFormat, Duration, Stack } from "aws-cdk-lib/core";
import type { Construct } from "constructs";
import type { ReconcileVariables } from "../../functions/reconcile/environment.ts";
import type { Settings } from "../settings.ts";
import { HouseFunction } from "./house-function.ts";
import { allow, CAMPAIGN_STATUS, STATE_ITEMS } from "./rights.ts";
import type { Storage } from "./storage.ts";
import type { StoreQueues } from "./store-queues.ts";

/** Each store's token is the secret of this name followed by the store id. */
const SECRET_PREFIX = "doorman/stores/";

/** Time for a store's targets after sleeping until their instant; what is not begun in it stays due. */
export const RECONCILE_TIMEOUT = Duration.seconds(120);

export interface ReconcileFunctionProps {
  readonly settings: Settings;
  readonly storage: Storage;
  readonly storeQueues: StoreQueues;
}

/** The only one that calls Ecwid, and the only one that may read a token. */
export class ReconcileFunction extends HouseFunction<ReconcileVariables> {
  constructor(scope: Construct, id: string, { settings, storage, storeQueues }: ReconcileFunctionProps) {
    const stack = Stack.of(scope);
    const tokens = stack.formatArn({
      service: "secretsmanager",
      resource: "secret",
      resourceName: `${SECRET_PREFIX}*`,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
    super(scope, id, {
      folder: "reconcile",
      description: "Brings the targets of one store to their desired values and works out their next boundary",
      memoryMiB: settings.memoryMiB ?? 512,
      timeout: RECONCILE_TIMEOUT,
      logRetention: settings.logRetention,
      // A boundary that falls due before a tick could see it is passed from worker to worker until its instant. That chain has an end of its own
      // (90 messages, three minutes); Lambda would cut it at about 16, and put a healthy message among the dead letters.
      recursiveLoop: RecursiveLoop.ALLOW,
      environment: {
        CAMPAIGNS_TABLE: storage.campaigns.tableName,
        STATE_TABLE: storage.state.tableName,
        HISTORY_TABLE: storage.history.tableName,
        QUEUE_URL: storeQueues.urls,
        SECRET_PREFIX,
        DEPLOYMENT: settings.stackName,
        ECWID_API_URL: settings.ecwidApiUrl,
        LOG_LEVEL: settings.logLevel,
        MODE: settings.shadow ? "shadow" : undefined,
      },
      rights: [
        allow(CAMPAIGN_STATUS, storage.campaigns.tableArn),
        allow(STATE_ITEMS, storage.state.tableArn),
        allow(["dynamodb:PutItem"], storage.history.tableArn),
        allow(["sqs:SendMessage"], ...storeQueues.arns),
        // The wildcard is the store id and the six letters that Secrets Manager adds: putting a secret there is all it takes to add a store.
        allow(["secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret"], tokens),
      ],
    });
  }
}
