import { EventSourceMapping } from "aws-cdk-lib/aws-lambda";
import type { Queue } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import { type RoomForWorkers, roomOfAQueue } from "../room-for-workers.ts";
import type { ReconcileFunction } from "./reconcile-function.ts";
import { allow } from "./rights.ts";

export interface StoreFeedProps {
  readonly queue: Queue;
  readonly reconcile: ReconcileFunction;
  readonly settings: RoomForWorkers;
}

/** Messages of a queue's stores on their way to its `reconcile`, one at a time: a larger batch may mix stores, and then a slow one would delay others. */
export class StoreFeed extends Construct {
  constructor(scope: Construct, id: string, { queue, reconcile, settings }: StoreFeedProps) {
    super(scope, id);
    reconcile.addRights(
      allow(["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:ChangeMessageVisibility", "sqs:GetQueueAttributes"], queue.queueArn),
    );
    new EventSourceMapping(this, "Mapping", {
      target: reconcile.function,
      eventSourceArn: queue.queueArn,
      batchSize: 1,
      ...roomOfAQueue(settings),
    });
  }
}
