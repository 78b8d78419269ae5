import { EventSourceMapping } from "aws-cdk-lib/aws-lambda";
import type { Queue } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import type { Settings } from "../settings.ts";
import type { ReconcileFunction } from "./reconcile-function.ts";
import { allow } from "./rights.ts";

export interface StoreFeedProps {
  readonly queue: Queue;
  readonly reconcile: ReconcileFunction;
  readonly settings: Pick<Settings, "queues" | "maxConcurrency" | "pollers">;
}

/** Up to here pollers are added by themselves, so that a small number held ready does not leave less room than none would: a thousand stores. */
const GROWS_TO = 100;
/**
 * The most workers of several queues together where nothing is chosen. One queue stops at the thousand that an account has; several would each go on to their
 * own thousand, and an invocation that the account has no room for counts as one of a message's two receives. A hundred are left to the other functions.
 */
const WORKERS_OF_SEVERAL = 900;

/** @returns how many workers one of the queues may have: pollers held ready, or the most; neither leaves it to the account's limit. */
function roomFor({ queues, maxConcurrency, pollers }: StoreFeedProps["settings"]) {
  if (pollers !== undefined) {
    const minimumPollers = Math.ceil(pollers / queues);
    return { provisionedPollerConfig: { minimumPollers, maximumPollers: Math.max(minimumPollers, Math.ceil(GROWS_TO / queues)) } };
  }
  const most = maxConcurrency ?? (queues === 1 ? undefined : WORKERS_OF_SEVERAL);
  return most === undefined ? {} : { maxConcurrency: Math.floor(most / queues) };
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
      ...roomFor(settings),
    });
  }
}
