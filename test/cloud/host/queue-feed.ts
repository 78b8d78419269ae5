import { setTimeout as delay } from "node:timers/promises";
import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  type Message,
  ReceiveMessageCommand,
  type SQSClient,
} from "@aws-sdk/client-sqs";
import type { DeployedMapping } from "../deploy-stack.ts";
import type { RunningFunction } from "../lambda/deployed-function.ts";

const MOST_AT_A_TIME = 4;
const LOOK_AGAIN_MS = 300;

export interface QueueFeedOptions {
  readonly mapping: DeployedMapping;
  readonly queueUrl: string;
  readonly target: RunningFunction;
  readonly sqs: SQSClient;
  readonly isStopped: () => boolean;
}

/** @returns a received message as Lambda hands it over (docs: "Using Lambda with Amazon SQS", example FIFO event). */
function recordOf(message: Message, source: string, region: string) {
  return {
    messageId: message.MessageId,
    receiptHandle: message.ReceiptHandle,
    body: message.Body,
    attributes: message.Attributes ?? {},
    messageAttributes: {},
    md5OfBody: message.MD5OfBody,
    eventSource: "aws:sqs",
    eventSourceARN: source,
    awsRegion: region,
  };
}

/**
 * What Lambda does between a queue and a function: one call a batch, several at a time (the queue keeps the messages of a group in order), and a
 * batch that was answered is deleted. A failed one is made visible again at once instead of after the queue's two minutes; how
 * often it comes, and where it goes after that, is the queue's own doing.
 */
export async function runQueueFeed({ mapping, queueUrl: QueueUrl, target, sqs, isStopped }: QueueFeedOptions): Promise<void> {
  const working = new Set<Promise<void>>();

  async function work(messages: readonly Message[]): Promise<void> {
    const ended = await target.invoke({ Records: messages.map((each) => recordOf(each, mapping.source, target.deployed.region)) });
    if (isStopped()) return;
    for (const { ReceiptHandle } of messages) {
      if (ended.kind === "answered") await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
      else await sqs.send(new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout: 0 }));
    }
  }

  const ask = new ReceiveMessageCommand({
    QueueUrl,
    MaxNumberOfMessages: mapping.BatchSize,
    WaitTimeSeconds: 1,
    MessageSystemAttributeNames: ["All"],
    MessageAttributeNames: ["All"],
  });
  while (!isStopped()) {
    if (working.size >= MOST_AT_A_TIME) await Promise.race(working);
    const { Messages = [] } = await sqs.send(ask);
    if (Messages.length === 0) {
      await delay(LOOK_AGAIN_MS);
      continue;
    }
    const batch = work(Messages).finally(() => working.delete(batch));
    working.add(batch);
  }
  await Promise.all(working);
}
