import { SNSClient, SubscribeCommand } from "@aws-sdk/client-sns";
import {
  CreateQueueCommand,
  DeleteMessageCommand,
  DeleteQueueCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
} from "@aws-sdk/client-sqs";
import * as z from "zod";
import { createSqsClient } from "../../lib/adapters/queue/sqs-dispatcher.ts";

/** As SNS wraps it for a queue (docs: "Fanout to Amazon SQS queues"). */
const envelope = z.object({
  Subject: z.string(),
  Message: z.string(),
  MessageAttributes: z.record(z.string(), z.object({ Type: z.string(), Value: z.string() })).default({}),
});
export type Told = z.output<typeof envelope>;

/** Whoever is subscribed to the topic. */
export interface People {
  /** Waits for the first message. @returns what came since the last time. */
  read(): Promise<readonly Told[]>;
  leave(): Promise<void>;
}

const WAITS = 30;

/** Subscribes a queue of its own to the topic. */
export async function subscribe(region: string, stackName: string, topicArn: string): Promise<People> {
  const sqs = createSqsClient({ region });
  const sns = new SNSClient({ region });
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: `${stackName}-people` }));
  const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["QueueArn"] }));
  await sns.send(new SubscribeCommand({ TopicArn: topicArn, Protocol: "sqs", Endpoint: Attributes?.["QueueArn"] }));
  return {
    read: async () => {
      const told: Told[] = [];
      for (let left = WAITS; left > 0; left -= 1) {
        const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 1, MaxNumberOfMessages: 10 }));
        if (Messages.length === 0 && told.length > 0) break;
        for (const { Body = "", ReceiptHandle } of Messages) {
          told.push(envelope.parse(JSON.parse(Body)));
          await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
        }
      }
      return told;
    },
    leave: async () => {
      await sqs.send(new DeleteQueueCommand({ QueueUrl }));
      sqs.destroy();
      sns.destroy();
    },
  };
}
