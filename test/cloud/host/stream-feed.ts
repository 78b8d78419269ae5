import { setTimeout as delay } from "node:timers/promises";
import { SendMessageCommand, type SQSClient } from "@aws-sdk/client-sqs";
import * as z from "zod";
import { callJsonAws } from "../call-aws.ts";
import type { DeployedMapping } from "../deploy-stack.ts";
import type { RunningFunction } from "../lambda/deployed-function.ts";
import { queueUrlOf } from "../queue-url.ts";

const streamShape = z.object({
  StreamDescription: z.object({ StreamViewType: z.string(), Shards: z.array(z.object({ ShardId: z.string() })) }),
});
const iteratorShape = z.object({ ShardIterator: z.string() });
const recordShape = z.looseObject({ dynamodb: z.looseObject({ SequenceNumber: z.string() }) });
const recordsShape = z.object({ Records: z.array(recordShape), NextShardIterator: z.string() });
const answerShape = z.object({ batchItemFailures: z.array(z.object({ itemIdentifier: z.string() })).default([]) }).nullable();

type StreamRecord = z.output<typeof recordShape>;

const LOOK_AGAIN_MS = 300;

export interface StreamFeedOptions {
  readonly mapping: DeployedMapping;
  readonly target: RunningFunction;
  readonly sqs: SQSClient;
  readonly isStopped: () => boolean;
}

/**
 * What Lambda does between a table's stream and a function (docs: "Using AWS Lambda with Amazon DynamoDB", "Process DynamoDB records"): real records,
 * in order, in batches; a batch with a failure is brought back from the failed record on, in halves where the mapping says so, and
 * given up into the failure queue after so many tries. Backing off between the tries is left out.
 */
export async function runStreamFeed({ mapping, target, sqs, isStopped }: StreamFeedOptions): Promise<void> {
  const { region } = target.deployed;
  const call = (action: string, input: object) => callJsonAws(region, "dynamodb", `DynamoDBStreams_20120810.${action}`, input);
  const { StreamDescription } = streamShape.parse(await call("DescribeStream", { StreamArn: mapping.source }));
  const [shard] = StreamDescription.Shards;
  if (shard === undefined) throw new Error(`the stream ${mapping.source} has no shard`);

  async function giveUp(records: readonly StreamRecord[]): Promise<void> {
    if (mapping.failures === undefined) return;
    const numbers = records.map(({ dynamodb }) => dynamodb.SequenceNumber);
    const DDBStreamBatchInfo = {
      batchSize: records.length,
      shardId: shard?.ShardId,
      startSequenceNumber: numbers.at(0),
      endSequenceNumber: numbers.at(-1),
      streamArn: mapping.source,
    };
    const condition = "RetryAttemptsExhausted";
    const MessageBody = JSON.stringify({ requestContext: { functionArn: target.deployed.arn, condition }, DDBStreamBatchInfo });
    await sqs.send(new SendMessageCommand({ QueueUrl: queueUrlOf(mapping.failures), MessageBody }));
  }

  /** @returns what of the batch has to come again: all from the first failed record on. */
  async function attempt(records: readonly StreamRecord[]): Promise<readonly StreamRecord[]> {
    const ended = await target.invoke({ Records: records });
    if (ended.kind === "failed") return records;
    if (!mapping.FunctionResponseTypes.includes("ReportBatchItemFailures")) return [];
    const failed = answerShape.parse(JSON.parse(ended.payload))?.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier) ?? [];
    if (failed.length === 0) return [];
    const first = records.findIndex(({ dynamodb }) => failed.includes(dynamodb.SequenceNumber));
    return records.slice(Math.max(0, first));
  }

  async function deliver(records: readonly StreamRecord[], triesLeft: number): Promise<void> {
    const left = await attempt(records);
    if (left.length === 0 || isStopped()) return;
    if (triesLeft === 0) return giveUp(left);
    if (!mapping.BisectBatchOnFunctionError || left.length === 1) return deliver(left, triesLeft - 1);
    const middle = Math.ceil(left.length / 2);
    await deliver(left.slice(0, middle), triesLeft - 1);
    await deliver(left.slice(middle), triesLeft - 1);
  }

  const begin = { StreamArn: mapping.source, ShardId: shard.ShardId, ShardIteratorType: mapping.StartingPosition ?? "LATEST" };
  let { ShardIterator } = iteratorShape.parse(await call("GetShardIterator", begin));
  while (!isStopped()) {
    const read = recordsShape.parse(await call("GetRecords", { ShardIterator, Limit: mapping.BatchSize }));
    ShardIterator = read.NextShardIterator;
    const records = read.Records.map((record) => ({ ...record, awsRegion: region, eventSourceARN: mapping.source }));
    if (records.length > 0) await deliver(records, mapping.MaximumRetryAttempts);
    else await delay(LOOK_AGAIN_MS);
  }
}
