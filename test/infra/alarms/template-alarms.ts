import type { Template } from "aws-cdk-lib/assertions";
import * as z from "zod";
import type { MetricIdentity, Statistic } from "./samples.ts";

/** An alarm of the synthesised template, as much of it as decides when it rings. A plain metric counts as an expression of one name. */
export interface TemplateAlarm {
  readonly name: string;
  readonly description: string;
  readonly expression: string;
  readonly metrics: ReadonlyMap<string, { readonly identity: MetricIdentity; readonly statistic: Statistic }>;
  readonly periodMs: number;
  readonly comparison: z.output<typeof comparison>;
  readonly threshold: number;
  readonly evaluationPeriods: number;
  readonly datapointsToAlarm: number;
  readonly missing: z.output<typeof missing>;
  readonly alarmActions: readonly unknown[];
  readonly okActions: readonly unknown[];
}

const statistic = z.enum(["Sum", "Maximum", "Minimum", "SampleCount", "Average"]);
const comparison = z.enum(["GreaterThanOrEqualToThreshold", "GreaterThanThreshold", "LessThanThreshold", "LessThanOrEqualToThreshold"]);
/** The others leave a third state, of which nobody is told. */
const missing = z.enum(["breaching", "notBreaching"]);

/** A name, or a reference, for which the referred resource's logical id stands. */
const resolved = z.union([
  z.string(),
  z.strictObject({ Ref: z.string() }).transform(({ Ref }) => Ref),
  z.strictObject({ "Fn::GetAtt": z.tuple([z.string(), z.string()]) }).transform((reference) => reference["Fn::GetAtt"][0]),
]);

const metric = z.strictObject({
  Namespace: z.string(),
  MetricName: z.string(),
  Dimensions: z.array(z.strictObject({ Name: z.string(), Value: resolved })).default([]),
});

const query = z.union([
  z.strictObject({
    Id: z.string(),
    ReturnData: z.literal(false),
    MetricStat: z.strictObject({ Metric: metric, Period: z.number(), Stat: statistic }),
  }),
  z.strictObject({ Id: z.string(), Expression: z.string(), Period: z.number().optional(), ReturnData: z.literal(true).optional() }),
]);

const rules = z.object({
  AlarmName: z.string(),
  AlarmDescription: z.string(),
  ComparisonOperator: comparison,
  Threshold: z.number(),
  EvaluationPeriods: z.number(),
  DatapointsToAlarm: z.number(),
  TreatMissingData: missing,
  AlarmActions: z.array(z.unknown()).default([]),
  OKActions: z.array(z.unknown()).default([]),
});

const plain = metric.extend({ Statistic: statistic, Period: z.number() });

function identityOf({ Namespace, MetricName, Dimensions }: z.output<typeof metric>): MetricIdentity {
  return { namespace: Namespace, name: MetricName, dimensions: Object.fromEntries(Dimensions.map(({ Name, Value }) => [Name, Value])) };
}

type Watched = Pick<TemplateAlarm, "expression" | "metrics" | "periodMs">;

function watchedBy(properties: Readonly<Record<string, unknown>>): Watched {
  if (properties["Metrics"] === undefined) {
    const { Statistic, Period, ...rest } = plain.strip().parse(properties);
    return {
      expression: "metric",
      metrics: new Map([["metric", { identity: identityOf(rest), statistic: Statistic }]]),
      periodMs: Period * 1000,
    };
  }
  const queries = z.array(query).parse(properties["Metrics"]);
  const [expression, ...others] = queries.filter((each) => "Expression" in each);
  const read = queries.filter((each) => "MetricStat" in each);
  const periods = new Set(read.map(({ MetricStat }) => MetricStat.Period));
  const [period] = periods;
  if (expression === undefined || period === undefined || others.length > 0 || periods.size > 1) {
    throw new TypeError(
      `one expression over metrics of one period is all that can be judged here: ${JSON.stringify(properties["Metrics"])}`,
    );
  }
  const metrics = new Map(read.map(({ Id, MetricStat }) => [Id, { identity: identityOf(MetricStat.Metric), statistic: MetricStat.Stat }]));
  return { expression: expression.Expression, metrics, periodMs: period * 1000 };
}

/** @returns the alarms of a template by name. @throws ZodError for a property that would be passed over here. */
export function alarmsOf(template: Template): ReadonlyMap<string, TemplateAlarm> {
  const found = Object.values(template.findResources("AWS::CloudWatch::Alarm")).map(({ Properties }): TemplateAlarm => {
    const read = rules.parse(Properties);
    return {
      ...watchedBy(Properties),
      name: read.AlarmName,
      description: read.AlarmDescription,
      comparison: read.ComparisonOperator,
      threshold: read.Threshold,
      evaluationPeriods: read.EvaluationPeriods,
      datapointsToAlarm: read.DatapointsToAlarm,
      missing: read.TreatMissingData,
      alarmActions: read.AlarmActions,
      okActions: read.OKActions,
    };
  });
  return new Map(found.map((alarm) => [alarm.name, alarm]));
}
