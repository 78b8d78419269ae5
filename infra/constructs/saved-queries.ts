import type { Function as LambdaFunction } from "aws-cdk-lib/aws-lambda";
import { CfnQueryDefinition } from "aws-cdk-lib/aws-logs";
import { Construct } from "constructs";

/**
 * The questions that the runbook asks of the logs, by name (CloudWatch Logs Insights). A line's `message` is the kind of a telemetry event and `event` holds
 * its fields (`lib/application/ports/telemetry.ts`).
 */
const QUERIES = {
  "late-switches": `fields event.appliedAt, event.storeId, event.label, event.before, event.after, event.latenessMs, event.reason
| filter message = "switched" and event.latenessMs > 120000
| sort event.latenessMs desc
| limit 200`,
  "failing-switches": `filter message = "attempt-failed" and event.effect in ["retry", "store-paused", "kind-paused"]
| stats count(*) as times, max(@timestamp) as lastAt, latest(event.nextTryAt) as nextTryAt by event.storeId, event.label, event.failure, event.message
| sort lastAt desc
| limit 200`,
  "missed-windows": `fields @timestamp, event.storeId, event.label, event.count, event.reason
| filter message = "missed"
| sort @timestamp desc
| limit 200`,
  "dead-tokens": `filter message = "attempt-failed" and event.effect = "token-dead"
| stats min(@timestamp) as firstAt, max(@timestamp) as lastAt by event.storeId, event.message
| sort lastAt desc
| limit 200`,
  "blocked-targets": `filter message = "attempt-failed" and event.effect = "blocked"
| stats min(@timestamp) as firstAt, max(@timestamp) as lastAt by event.storeId, event.label, event.failure, event.message
| sort lastAt desc
| limit 200`,
  "trouble-ahead": `fields @timestamp, event.storeId, event.count, event.problems.0.campaignId, event.problems.0.message, event.problems.0.startsAt, @message
| filter message = "pre-flight-found"
| sort @timestamp desc
| limit 200`,
  "broken-records": `fields @timestamp, event.storeId, event.campaignId, event.state, event.problems.0.path, event.problems.0.message, event.where, event.message
| filter (message = "compiled" and ispresent(event.problems.0.message)) or message = "input-refused"
| sort @timestamp desc
| limit 200`,
  "throttled-stores": `filter message = "attempt-failed" and event.effect = "cool-down"
| stats count(*) as times, max(@timestamp) as lastAt, latest(event.message) as asked by event.storeId
| sort times desc
| limit 200`,
  "function-errors": `fields @timestamp, service, message, error.name, error.message, error.stack, @message
| filter (level = "ERROR" and message not in ["attempt-failed", "missed"]) or @message like /Task timed out|Runtime exited|INIT_REPORT.*error/
| sort @timestamp desc
| limit 100`,
  "slow-functions": `filter @type = "REPORT"
| stats max(@duration) as longestMs, pct(@duration, 95) as p95Ms, max(@maxMemoryUsed / 1000000) as mostMB, count(*) as runs by bin(5m), @log
| sort longestMs desc
| limit 100`,
  ticks: `filter message = "tick-completed"
| stats count(*) as ticks, max(event.due) as due, sum(event.released) as released by bin(1m) as minute
| sort minute desc
| limit 200`,
  // To be edited: the campaign's id.
  "why-campaign": `fields @timestamp, message, event.storeId, event.label, event.before, event.after, event.latenessMs, event.reason, event.message, event.state
| filter @message like "PUT-THE-ID-HERE"
| sort @timestamp desc
| limit 500`,
  // To be edited: the store's id.
  "everything-of-a-store": `fields @timestamp, service, message, event.label, event.before, event.after, event.reason, event.failure, event.message
| filter event.storeId = "PUT-THE-ID-HERE"
| sort @timestamp desc
| limit 500`,
} as const satisfies Readonly<Record<string, string>>;

export interface SavedQueriesProps {
  /** The folder that they stand in. */
  readonly deployment: string;
  /** Those in whose logs to look. */
  readonly functions: readonly LambdaFunction[];
}

/** Queries that stand ready in Logs Insights, in a folder named after the deployment. */
export class SavedQueries extends Construct {
  constructor(scope: Construct, id: string, { deployment, functions }: SavedQueriesProps) {
    super(scope, id);
    for (const [name, queryString] of Object.entries(QUERIES)) {
      new CfnQueryDefinition(this, name, {
        name: `${deployment}/${name}`,
        queryString,
        logGroupNames: functions.map(({ logGroup }) => logGroup.logGroupName),
      });
    }
  }
}
