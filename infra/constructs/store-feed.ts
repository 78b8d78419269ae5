import { EventSourceMapping } from "aws-cdk-lib/aws-lambda";
import { Construct } from "constructs";
import type { StoreQueue } from "./queue.ts";
import type { ReconcileFunction } from "./reconcile-function.ts";
import { allow } from "./rights.ts";

export interface StoreFeedProps {
  readonly storeQueue: StoreQueue;
  readonly reconcile: ReconcileFunction;
  /** The most workers at a time, 2 to 1000; undefined leaves it to the account's limit. */
  readonly maxConcurrency: number | undefined;
  /** Pollers held ready, 2 to 200, in place of `maxConcurrency`; undefined: Lambda begins with five workers and adds 300 a minute. */
  readonly pollers: number | undefined;
}

/** Up to here pollers are added by themselves, so that a small number held ready does not leave less room than none would: a thousand stores. */
const GROWS_TO = 100;

/** Messages of the stores on their way to `reconcile`, one at a time: a larger batch may mix stores, and then a slow one would delay others. */
export class StoreFeed extends Construct {
  constructor(scope: Construct, id: string, { storeQueue, reconcile, maxConcurrency, pollers }: StoreFeedProps) {
    super(scope, id);
    const { queueArn } = storeQueue.queue;
    reconcile.addRights(
      allow(["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:ChangeMessageVisibility", "sqs:GetQueueAttributes"], queueArn),
    );
    new EventSourceMapping(this, "Mapping", {
      target: reconcile.function,
      eventSourceArn: queueArn,
      batchSize: 1,
      maxConcurrency,
      ...(pollers !== undefined && {
        provisionedPollerConfig: { minimumPollers: pollers, maximumPollers: Math.max(pollers, GROWS_TO) },
      }),
    });
  }
}
