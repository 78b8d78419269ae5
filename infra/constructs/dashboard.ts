import {
  type Alarm,
  AlarmStatusWidget,
  Dashboard as CloudWatchDashboard,
  GraphWidget,
  type IMetric,
  MathExpression,
  Stats,
} from "aws-cdk-lib/aws-cloudwatch";
import { Duration } from "aws-cdk-lib/core";
import { Construct } from "constructs";
import { ownMetric, shareOfTimeLimit, type Watched } from "./alarm-metrics.ts";
import { numberInName } from "./store-queues.ts";

export interface DashboardProps extends Watched {
  readonly alarms: readonly Alarm[];
}

const PERIOD = Duration.minutes(5);
const WIDTH = 12;

/** One page for the first look: what is ringing, how late, how many, what fails, what waits, how long it takes. */
export class Dashboard extends Construct {
  constructor(scope: Construct, id: string, { alarms, ...watched }: DashboardProps) {
    super(scope, id);
    const page = new CloudWatchDashboard(this, "Page", { dashboardName: watched.deployment, defaultInterval: Duration.hours(6) });
    page.addWidgets(new AlarmStatusWidget({ title: "Alarms", alarms: [...alarms], width: 2 * WIDTH, height: 4 }));
    page.addWidgets(graph("Lateness of switches, ms", latenessLines(watched)), graph("Switches and ticks", countLines(watched)));
    page.addWidgets(graph("Failures", failureLines(watched)), graph("Due by the end of the next minute", dueLines(watched)));
    page.addWidgets(graph("Age of the oldest message, s", ageLines(watched)), graph("Dead letters", deadLines(watched)));
    page.addWidgets(graph("Longest run, ms", durationLines(watched)), graph("Errors and throttles", errorLines(watched)));
  }
}

function graph(title: string, left: IMetric[]): GraphWidget {
  return new GraphWidget({ title, left, width: WIDTH, height: 6, period: PERIOD, leftYAxis: { min: 0 } });
}

function latenessLines({ deployment }: Watched): IMetric[] {
  return [Stats.percentile(50), Stats.percentile(99), Stats.MAXIMUM].map((statistic) =>
    ownMetric(deployment, "SwitchLateness", statistic, PERIOD).with({ label: statistic }),
  );
}

function countLines({ deployment }: Watched): IMetric[] {
  return [
    ownMetric(deployment, "SwitchLateness", Stats.SAMPLE_COUNT, PERIOD).with({ label: "switches" }),
    ownMetric(deployment, "TicksCompleted", Stats.SUM, PERIOD).with({ label: "ticks" }),
  ];
}

function failureLines({ deployment }: Watched): IMetric[] {
  const names = [
    "SwitchesFailing",
    "TokensDead",
    "TargetsBlocked",
    "EcwidThrottled",
    "WindowsMissed",
    "RecordsInvalid",
    "PreFlightNotices",
  ];
  return names.map((name) => ownMetric(deployment, name, Stats.SUM, PERIOD));
}

function dueLines({ deployment }: Watched): IMetric[] {
  return [ownMetric(deployment, "TargetsDue", Stats.MAXIMUM, PERIOD).with({ label: "targets" })];
}

function ageLines({ stores }: Watched): IMetric[] {
  return stores.map((queue, place) => queue.metricApproximateAgeOfOldestMessage({ period: PERIOD, label: `stores${numberInName(place)}` }));
}

function deadLines({ deadLetters }: Watched): IMetric[] {
  return deadLetters.map((queue) => queue.metricApproximateNumberOfMessagesVisible({ period: PERIOD }));
}

function durationLines(watched: Watched): IMetric[] {
  const lines = Object.entries(watched.functions).map(([label, each]) =>
    each.metricDuration({ period: PERIOD, statistic: Stats.MAXIMUM, label }),
  );
  const share = shareOfTimeLimit(watched, PERIOD);
  return share instanceof MathExpression ? [...lines, share.with({ label: "% of the limit, the nearest" })] : lines;
}

function errorLines({ functions }: Watched): IMetric[] {
  return Object.entries(functions).flatMap(([name, each]) => [
    each.metricErrors({ period: PERIOD, statistic: Stats.SUM, label: `${name} errors` }),
    each.metricThrottles({ period: PERIOD, statistic: Stats.SUM, label: `${name} throttles` }),
  ]);
}
