import { type IMetric, MathExpression, Metric, Stats } from "aws-cdk-lib/aws-cloudwatch";
import type { Function as LambdaFunction } from "aws-cdk-lib/aws-lambda";
import type { Queue } from "aws-cdk-lib/aws-sqs";
import type { Duration } from "aws-cdk-lib/core";
import { numberInName } from "./store-queues.ts";

/** The functions of a deployment by a short name, in lower camel case, which they go by in a metric's expression. */
export type WatchedFunctions = Readonly<Record<string, LambdaFunction>>;

/** What is measured, and by whose name. */
export interface Watched {
  /** What metrics are kept under and alarms are named after. */
  readonly deployment: string;
  readonly functions: WatchedFunctions;
  /** Those of `functions` that run so rarely that one failure of theirs is news, such as `sweep`. */
  readonly rare: readonly string[];
  readonly stores: readonly Queue[];
  readonly deadLetters: readonly Queue[];
}

/** @returns a metric of Doorman's own (`lib/adapters/telemetry`), all functions of the deployment together. */
export function ownMetric(deployment: string, metricName: string, statistic: string, period: Duration): Metric {
  return new Metric({ namespace: "Doorman", metricName, dimensionsMap: { service: deployment }, statistic, period });
}

/** The same of every function, under the function's name; a minute in which one did not run counts as zero. */
function ofFunctions(
  functions: WatchedFunctions,
  period: Duration,
  metricOf: (each: LambdaFunction, options: { period: Duration }) => Metric,
  combine: (filled: Readonly<Record<string, string>>) => string,
): MathExpression {
  const usingMetrics = Object.fromEntries(Object.entries(functions).map(([name, each]) => [name, metricOf(each, { period })]));
  const filled = Object.fromEntries(Object.keys(functions).map((name) => [name, `FILL(${name},0)`]));
  return new MathExpression({ expression: combine(filled), usingMetrics, period });
}

/** How much one failure of a function that runs once an hour weighs against one of those that run all the time. */
const RARE_WEIGHT = 3;

/** @returns invocations that ended in an error, those of rare functions three times. */
export function failures({ functions, rare }: Watched, period: Duration): IMetric {
  const weighted = (filled: Readonly<Record<string, string>>) =>
    Object.entries(filled)
      .map(([name, series]) => (rare.includes(name) ? `${RARE_WEIGHT}*${series}` : series))
      .join("+");
  return ofFunctions(functions, period, (each, options) => each.metricErrors({ ...options, statistic: Stats.SUM }), weighted);
}

/** @returns invocations that Lambda had no room for. */
export function throttles({ functions }: Watched, period: Duration): IMetric {
  const sum = (filled: Readonly<Record<string, string>>) => Object.values(filled).join("+");
  return ofFunctions(functions, period, (each, options) => each.metricThrottles({ ...options, statistic: Stats.SUM }), sum);
}

/** @returns the longest run of any function, in per cent of its own time limit. */
export function shareOfTimeLimit({ functions }: Watched, period: Duration): IMetric {
  const largest = (filled: Readonly<Record<string, string>>) => {
    const shares = Object.entries(filled).map(([name, series]) => `100*${series}/${limitMs(name, functions[name])}`);
    return `MAX([${shares.join(",")}])`;
  };
  return ofFunctions(functions, period, (each, options) => each.metricDuration({ ...options, statistic: Stats.MAXIMUM }), largest);
}

function limitMs(name: string, watched: LambdaFunction | undefined): number {
  if (watched?.timeout === undefined) throw new TypeError(`Alarms: the function ${name} has no time limit of its own; give it a timeout.`);
  return watched.timeout.toMilliseconds();
}

/** @returns messages that nobody will work any more, in all the queues that hold such. */
export function deadMessages({ deadLetters }: Watched, period: Duration): IMetric {
  const named = deadLetters.map((queue, index) => {
    const metric = queue.metricApproximateNumberOfMessagesVisible({ period, statistic: Stats.MAXIMUM });
    return [`queue${index}`, metric] as const;
  });
  const expression = named.map(([name]) => `FILL(${name},0)`).join("+");
  return new MathExpression({ expression, usingMetrics: Object.fromEntries(named), period });
}

/**
 * A message that kills its worker comes back after 130 seconds, and is dead after the second: one that waits for this much longer than a switch may be late
 * is a message that nobody takes.
 */
const WAITING_ALLOWANCE_S = 180;

/**
 * @returns seconds: how late the latest switch was, or how long the oldest message has been waiting (less what one that fails may), whichever is longer.
 * A switch that nobody makes has no lateness; its message shows it, as where the queue's workers are switched off.
 */
export function lateness({ deployment, stores }: Watched, period: Duration): IMetric {
  const waiting = stores.map((queue, place) => {
    const metric = queue.metricApproximateAgeOfOldestMessage({ period, statistic: Stats.MAXIMUM });
    return [`waiting${numberInName(place)}`, metric] as const;
  });
  const overdue = waiting.map(([name]) => `FILL(${name},0)-${WAITING_ALLOWANCE_S}`);
  return new MathExpression({
    expression: `MAX([FILL(applied,0)/1000,${overdue.join(",")}])`,
    usingMetrics: { applied: ownMetric(deployment, "SwitchLateness", Stats.MAXIMUM, period), ...Object.fromEntries(waiting) },
    period,
  });
}

/**
 * @returns the sum of one of Doorman's own metrics, 0 where there is nothing. Filled, because CloudWatch looks further back than the periods that it was told
 * where it misses some: one tick of ten minutes ago would keep a silent clock quiet, and a trouble of three hours ago an alarm ringing.
 */
export function counted({ deployment }: Watched, metricName: string, period: Duration): IMetric {
  const usingMetrics = { counted: ownMetric(deployment, metricName, Stats.SUM, period) };
  return new MathExpression({ expression: "FILL(counted,0)", usingMetrics, period });
}
