import { Duration } from "aws-cdk-lib/core";
import type { Construct } from "constructs";
import type { DispatchVariables } from "../../functions/dispatch/environment.ts";
import { stateKey } from "../../lib/adapters/dynamo/keys.ts";
import { storesAtOnce } from "../room-for-workers.ts";
import type { Settings } from "../settings.ts";
import { HouseFunction } from "./house-function.ts";
import { allow, allowInPartition } from "./rights.ts";
import type { Storage } from "./storage.ts";
import type { StoreQueues } from "./store-queues.ts";

export interface DispatchFunctionProps {
  readonly settings: Settings;
  readonly storage: Storage;
  readonly storeQueues: StoreQueues;
}

/** The tick. It sees the keys of what is due, whether Doorman is stopped, and nothing else of the tables. */
export class DispatchFunction extends HouseFunction<DispatchVariables> {
  constructor(scope: Construct, id: string, { settings, storage, storeQueues }: DispatchFunctionProps) {
    super(scope, id, {
      folder: "dispatch",
      description: "Every minute: finds what is due before the next one is over and releases each store's message for its instant",
      memoryMiB: settings.memoryMiB ?? 256,
      // It waits inside its minutes: up to the end of the next one, and a start that came late.
      timeout: Duration.seconds(150),
      logRetention: settings.logRetention,
      environment: {
        STATE_TABLE: storage.state.tableName,
        QUEUE_URL: storeQueues.urls,
        DEPLOYMENT: settings.stackName,
        // Where more are due at one instant, what narrows goes first over all of them, which costs each a second message.
        STORES_AT_ONCE: storesAtOnce(settings)?.toString(),
        LOG_LEVEL: settings.logLevel,
      },
      rights: [
        allow(["dynamodb:Query"], storage.dueIndexArn),
        allowInPartition(["dynamodb:GetItem"], storage.state.tableArn, stateKey.system.pk),
        allow(["sqs:SendMessage"], ...storeQueues.arns),
      ],
    });
  }
}
