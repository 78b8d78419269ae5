import { Rule, Schedule } from "aws-cdk-lib/aws-events";
import { LambdaFunction } from "aws-cdk-lib/aws-events-targets";
import type { Topic } from "aws-cdk-lib/aws-sns";
import { Duration, Stack } from "aws-cdk-lib/core";
import type { Construct } from "constructs";
import type { FollowUpVariables } from "../../functions/follow-up/environment.ts";
import { INCIDENTS_PARTITION } from "../../lib/adapters/dynamo/keys.ts";
import { ALARM_KINDS, alarmName } from "../../lib/application/alarms/alarm-kinds.ts";
import type { Settings } from "../settings.ts";
import { HouseFunction } from "./house-function.ts";
import { allow, allowInPartition } from "./rights.ts";
import type { Ticks } from "./schedule.ts";
import type { Storage } from "./storage.ts";
import type { StoreQueues } from "./store-queues.ts";

export interface FollowUpFunctionProps {
  readonly settings: Settings;
  readonly storage: Storage;
  readonly storeQueues: StoreQueues;
  readonly ticks: Ticks;
  /** Where people are subscribed. */
  readonly alerts: Topic;
}

/**
 * Follows what the alarms say: finds the campaigns behind one and tells people. It reads all of what Doorman keeps for itself, and writes
 * nothing but what it has told.
 */
export class FollowUpFunction extends HouseFunction<FollowUpVariables> {
  constructor(scope: Construct, id: string, { settings, storage, storeQueues, ticks, alerts }: FollowUpFunctionProps) {
    const { account } = Stack.of(scope);
    const deployment = settings.stackName;
    super(scope, id, {
      folder: "follow-up",
      description: "When an alarm changes: finds the campaigns behind it and tells people what happened and what to do",
      memoryMiB: settings.memoryMiB ?? 512,
      // Looks through the stores for up to a hundred seconds; a claim to tell lapses after as long (lib/application/follow-up/claim.ts).
      timeout: Duration.minutes(2),
      logRetention: settings.logRetention,
      environment: {
        STATE_TABLE: storage.state.tableName,
        HISTORY_TABLE: storage.history.tableName,
        QUEUE_URL: storeQueues.urls,
        TOPIC_ARN: alerts.topicArn,
        DEPLOYMENT: deployment,
        TICK_RULE: ticks.everyMinute.ruleName,
        // Only for people to read: the function has no right to that table.
        CAMPAIGNS_TABLE: storage.campaigns.tableName,
        CONTACT: settings.contact,
        LOG_LEVEL: settings.logLevel,
      },
      rights: [
        allow(["dynamodb:GetItem", "dynamodb:Query", "dynamodb:Scan"], storage.state.tableArn),
        allowInPartition(["dynamodb:PutItem"], storage.state.tableArn, INCIDENTS_PARTITION),
        allow(["dynamodb:Query"], storage.dueIndexArn),
        allow(["dynamodb:Query"], storage.history.tableArn),
        allow(["sqs:SendMessage"], ...storeQueues.arns),
        allow(["sns:Publish"], alerts.topicArn),
      ],
    });
    // Tried three times within minutes; what could not be told by then is told by the rule below.
    this.function.configureAsyncInvoke({ retryAttempts: 2, maxEventAge: Duration.hours(1) });
    new Rule(this, "AlarmChanges", {
      description: "An alarm of this deployment goes off, or is over",
      eventPattern: {
        source: ["aws.cloudwatch"],
        detailType: ["CloudWatch Alarm State Change"],
        account: [account],
        // By name and not by prefix: "Doorman-" is also how the alarms of a stack "Doorman-test" begin.
        detail: { alarmName: ALARM_KINDS.map((kind) => alarmName(deployment, kind)), state: { value: ["ALARM", "OK"] } },
      },
      targets: [new LambdaFunction(this.function)],
    });
    new Rule(this, "Owed", {
      description: "What people have not been told yet, and the end of alarms that came and went",
      schedule: Schedule.cron({ minute: "3/15" }),
      targets: [new LambdaFunction(this.function, { retryAttempts: 0, maxEventAge: Duration.minutes(10) })],
    });
  }
}
