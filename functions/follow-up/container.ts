import { createDocumentClient } from "../../lib/adapters/dynamo/document-client.ts";
import { createDynamoHistory } from "../../lib/adapters/dynamo/history.ts";
import { createDynamoStateTable } from "../../lib/adapters/dynamo/state-table.ts";
import { createSnsClient, createSnsNotices } from "../../lib/adapters/notices/sns-notices.ts";
import { createSqsClient, createSqsDispatcher } from "../../lib/adapters/queue/sqs-dispatcher.ts";
import { createSystemClock } from "../../lib/adapters/system/clock.ts";
import type { FollowUpDependencies } from "../../lib/application/follow-up/follow-up.ts";
import type { Observability } from "../runtime/observability.ts";
import type { FollowUpEnvironment } from "./environment.ts";

/** The topic's ARN says where the deployment is: `arn:aws:sns:<region>:<account>:<name>`. */
function namesOf({ deployment, tickRule, campaignsTable, contact, topicArn }: FollowUpEnvironment): FollowUpDependencies["names"] {
  const [, , , region, account] = topicArn.split(":");
  return { deployment, tickRule, campaignsTable, contact, region, account };
}

/** @returns the real parts that the follow-up function works with on AWS. */
export function createContainer(environment: FollowUpEnvironment, { telemetry, complain }: Observability): FollowUpDependencies {
  const client = createDocumentClient();
  return {
    clock: createSystemClock(),
    state: createDynamoStateTable({ client, tableName: environment.stateTable, onBrokenItem: complain }),
    history: createDynamoHistory({ client, tableName: environment.historyTable, onBrokenItem: complain }),
    dispatcher: createSqsDispatcher({ client: createSqsClient(), queueUrls: environment.queueUrls }),
    notices: createSnsNotices({ client: createSnsClient(), topicArn: environment.topicArn }),
    telemetry,
    names: namesOf(environment),
    complain,
  };
}
