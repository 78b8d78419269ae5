import { Duration } from "aws-cdk-lib/core";
import type { Construct } from "constructs";
import type { SweepVariables } from "../../functions/sweep/environment.ts";
import type { Settings } from "../settings.ts";
import { HouseFunction } from "./house-function.ts";
import { allow, CAMPAIGN_STATUS, STATE_ITEMS } from "./rights.ts";
import type { Storage } from "./storage.ts";
import type { StoreQueues } from "./store-queues.ts";

export interface SweepFunctionProps {
  readonly settings: Settings;
  readonly storage: Storage;
  readonly storeQueues: StoreQueues;
}

/** The safety net, and the only one that may read whole tables. */
export class SweepFunction extends HouseFunction<SweepVariables> {
  constructor(scope: Construct, id: string, { settings, storage, storeQueues }: SweepFunctionProps) {
    super(scope, id, {
      folder: "sweep",
      description: "Every hour: compiles what was missed, finds orphans, and asks for looks at stores",
      memoryMiB: settings.memoryMiB ?? 512,
      // It reads every record; ten minutes leave the next hour's run well alone.
      timeout: Duration.minutes(10),
      logRetention: settings.logRetention,
      environment: {
        CAMPAIGNS_TABLE: storage.campaigns.tableName,
        STATE_TABLE: storage.state.tableName,
        QUEUE_URL: storeQueues.urls,
        DEPLOYMENT: settings.stackName,
        LOG_LEVEL: settings.logLevel,
      },
      rights: [
        allow(["dynamodb:Scan", ...CAMPAIGN_STATUS], storage.campaigns.tableArn),
        allow(["dynamodb:Scan", ...STATE_ITEMS], storage.state.tableArn),
        allow(["sqs:SendMessage"], ...storeQueues.arns),
      ],
    });
  }
}
