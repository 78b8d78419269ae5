import { Duration } from "aws-cdk-lib/core";
import type { Construct } from "constructs";
import type { CompileVariables } from "../../functions/compile/environment.ts";
import type { Settings } from "../settings.ts";
import { HouseFunction } from "./house-function.ts";
import { allow, CAMPAIGN_STATUS, STATE_ITEMS } from "./rights.ts";
import type { Storage } from "./storage.ts";
import type { StoreQueues } from "./store-queues.ts";

export interface CompileFunctionProps {
  readonly settings: Settings;
  readonly storage: Storage;
  readonly storeQueues: StoreQueues;
}

/** Turns a changed record into layers and makes its targets due. What the stream itself asks for is added by `CampaignFeed`. */
export class CompileFunction extends HouseFunction<CompileVariables> {
  constructor(scope: Construct, id: string, { settings, storage, storeQueues }: CompileFunctionProps) {
    super(scope, id, {
      folder: "compile",
      description: "Turns a changed campaign record into layers and makes its targets due",
      memoryMiB: settings.memoryMiB ?? 512,
      timeout: Duration.seconds(60),
      logRetention: settings.logRetention,
      environment: {
        CAMPAIGNS_TABLE: storage.campaigns.tableName,
        STATE_TABLE: storage.state.tableName,
        QUEUE_URL: storeQueues.urls,
        DEPLOYMENT: settings.stackName,
        LOG_LEVEL: settings.logLevel,
      },
      rights: [
        allow(CAMPAIGN_STATUS, storage.campaigns.tableArn),
        allow(STATE_ITEMS, storage.state.tableArn),
        allow(["sqs:SendMessage"], ...storeQueues.arns),
      ],
    });
  }
}
