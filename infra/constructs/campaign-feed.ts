import type { Table } from "aws-cdk-lib/aws-dynamodb";
import { EventSourceMapping, StartingPosition } from "aws-cdk-lib/aws-lambda";
import { Queue, QueueEncryption } from "aws-cdk-lib/aws-sqs";
import { Duration } from "aws-cdk-lib/core";
import { Construct } from "constructs";
import type { CompileFunction } from "./compile-function.ts";
import { allow } from "./rights.ts";

export interface CampaignFeedProps {
  /** A table with a stream. */
  readonly campaigns: Table;
  readonly compile: CompileFunction;
}

/**
 * Changed records on their way to `compile`. A record that cannot be worked is split off from its neighbours, tried three times, given up after an
 * hour at most, and noted in the failure queue; sweep compiles it within the next hour, so nothing is ever replayed from there by hand.
 */
export class CampaignFeed extends Construct {
  /** Says which stretch of the stream was given up. It holds no record, and is for people to look at. */
  readonly failures: Queue;

  constructor(scope: Construct, id: string, { campaigns, compile }: CampaignFeedProps) {
    super(scope, id);
    if (campaigns.tableStreamArn === undefined) {
      throw new TypeError(
        "CampaignFeed: the campaigns table has no stream, so no change would ever be compiled; give the table a `stream`.",
      );
    }
    this.failures = new Queue(this, "Failures", {
      retentionPeriod: Duration.days(14),
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
    });
    compile.addRights(
      allow(
        ["dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator", "dynamodb:ListStreams"],
        campaigns.tableStreamArn,
      ),
      allow(["sqs:SendMessage"], this.failures.queueArn),
    );
    // The mapping itself and not the library's `DynamoEventSource`, which would give the role rights of its own choice, one of them on every stream.
    new EventSourceMapping(this, "Mapping", {
      target: compile.function,
      eventSourceArn: campaigns.tableStreamArn,
      // A change made while the mapping is being set up is a change too.
      startingPosition: StartingPosition.TRIM_HORIZON,
      // Ten records fit into the time limit with room, and "stop" waits for nine others at most.
      batchSize: 10,
      reportBatchItemFailures: true,
      bisectBatchOnError: true,
      retryAttempts: 3,
      maxRecordAge: Duration.hours(1),
      onFailure: { bind: () => ({ destination: this.failures.queueArn }) },
    });
  }
}
