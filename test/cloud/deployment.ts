import { randomUUID } from "node:crypto";
import { CreateTableCommand, type CreateTableCommandInput, DynamoDBClient, waitUntilTableExists } from "@aws-sdk/client-dynamodb";
import { CreateQueueCommand, GetQueueAttributesCommand, type SQSClient } from "@aws-sdk/client-sqs";
import * as z from "zod";
import { createSqsClient } from "../../lib/adapters/queue/sqs-dispatcher.ts";
import { resourcesOf, STATEFUL, synthesise } from "../infra/synthesis.ts";

const keys = z.array(z.object({ AttributeName: z.string(), KeyType: z.enum(["HASH", "RANGE"]) }));
const table = z.object({
  BillingMode: z.literal("PAY_PER_REQUEST"),
  AttributeDefinitions: z.array(z.object({ AttributeName: z.string(), AttributeType: z.enum(["S", "N", "B"]) })),
  KeySchema: keys,
  GlobalSecondaryIndexes: z
    .array(
      z.object({
        IndexName: z.string(),
        KeySchema: keys,
        Projection: z.object({ ProjectionType: z.enum(["ALL", "KEYS_ONLY", "INCLUDE"]) }),
      }),
    )
    .optional(),
});
const queue = z.object({
  FifoQueue: z.literal(true),
  ContentBasedDeduplication: z.boolean().optional(),
  DeduplicationScope: z.string().optional(),
  FifoThroughputLimit: z.string().optional(),
  VisibilityTimeout: z.number().optional(),
  MessageRetentionPeriod: z.number(),
});

/**
 * Vitest's global set-up: creates the tables and the queues with the shapes that the synthesised stack gives them, under names of their own,
 * and hands these on in the variables that the command line reads.
 */
export async function setup(): Promise<void> {
  // aws-cdk-lib would validate the template for longer than it takes to make it.
  process.env["CDK_VALIDATION"] = "false";
  const resources = resourcesOf(synthesise());
  const shapeOf = (logicalId: string) => resources[logicalId]?.Properties;
  const suffix = randomUUID().slice(0, 8);
  const dynamo = new DynamoDBClient({});
  const sqs = createSqsClient();
  const create = async (name: string, logicalId: string): Promise<string> => {
    const { GlobalSecondaryIndexes, ...shape } = table.parse(shapeOf(logicalId));
    const input: CreateTableCommandInput = {
      ...shape,
      TableName: `${name}-${suffix}`,
      ...(GlobalSecondaryIndexes && { GlobalSecondaryIndexes }),
    };
    await dynamo.send(new CreateTableCommand(input));
    await waitUntilTableExists({ client: dynamo, maxWaitTime: 60 }, { TableName: input.TableName ?? "" });
    return input.TableName ?? "";
  };
  try {
    Object.assign(process.env, {
      DOORMAN_CAMPAIGNS_TABLE: await create("campaigns", STATEFUL.campaigns),
      DOORMAN_STATE_TABLE: await create("state", STATEFUL.state),
      DOORMAN_HISTORY_TABLE: await create("history", STATEFUL.history),
      DOORMAN_QUEUE_URL: await createQueues(sqs, suffix, queue.parse(shapeOf(STATEFUL.queue)), queue.parse(shapeOf(STATEFUL.deadLetters))),
    });
  } finally {
    dynamo.destroy();
    sqs.destroy();
  }
}

type QueueShape = z.output<typeof queue>;

async function createQueues(sqs: SQSClient, suffix: string, stores: QueueShape, deadLetters: QueueShape): Promise<string> {
  const create = async (name: string, shape: QueueShape, more: Record<string, string> = {}): Promise<string> => {
    const Attributes = { ...Object.fromEntries(Object.entries(shape).map(([key, value]) => [key, String(value)])), ...more };
    const { QueueUrl = "" } = await sqs.send(new CreateQueueCommand({ QueueName: `${name}-${suffix}.fifo`, Attributes }));
    return QueueUrl;
  };
  const dead = await create("stores-dead", deadLetters);
  const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl: dead, AttributeNames: ["QueueArn"] }));
  const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: Attributes?.["QueueArn"], maxReceiveCount: 2 });
  return create("stores", stores, { RedrivePolicy });
}
