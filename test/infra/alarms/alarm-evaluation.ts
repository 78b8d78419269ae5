import { type Instant, MINUTE, plus } from "../../../lib/domain/instant.ts";
import { evaluateMath } from "./metric-math.ts";
import type { Samples } from "./samples.ts";
import type { TemplateAlarm } from "./template-alarms.ts";

export type AlarmState = "OK" | "ALARM";

/** What AWS leaves open: how much further back it looks than it has to, and how late it gets to know. */
export interface Conditions {
  /** Periods that CloudWatch retrieves beyond the evaluation periods. Its documentation says that there are some, and not how many. */
  readonly extraPeriods: number;
  /** How long a sample is under way from the function to the metric. */
  readonly delayMs: number;
}

export interface Change {
  readonly at: Instant;
  readonly state: AlarmState;
}

type Rules = Pick<TemplateAlarm, "comparison" | "threshold" | "evaluationPeriods" | "datapointsToAlarm" | "missing">;

function isBreaching(value: number, { comparison, threshold }: Rules): boolean {
  switch (comparison) {
    case "GreaterThanOrEqualToThreshold":
      return value >= threshold;
    case "GreaterThanThreshold":
      return value > threshold;
    case "LessThanThreshold":
      return value < threshold;
    case "LessThanOrEqualToThreshold":
      return value <= threshold;
  }
}

/**
 * The documented rules (AWS: "Configuring how CloudWatch alarms treat missing data"): where enough real points lie in the range, the latest of them decide,
 * however old; otherwise all of them do, and only what is lacking is filled in.
 *
 * @param points of the evaluation range, newest first; undefined is missing.
 */
export function judge(points: readonly (number | undefined)[], rules: Rules): AlarmState {
  const { evaluationPeriods, datapointsToAlarm, missing } = rules;
  const real = points.filter((point) => point !== undefined);
  const judged = real.slice(0, evaluationPeriods).map((point) => isBreaching(point, rules));
  const lacking = evaluationPeriods - judged.length;
  const breaching = judged.filter(Boolean).length + (missing === "breaching" ? lacking : 0);
  return breaching >= datapointsToAlarm ? "ALARM" : "OK";
}

function pointOf(alarm: TemplateAlarm, samples: Samples, from: Instant, to: Instant): number | undefined {
  const read = (id: string) => {
    const metric = alarm.metrics.get(id);
    if (metric === undefined) throw new TypeError(`${alarm.name}: the expression names ${id}, which is no metric of it`);
    return samples.statistic(metric.identity, metric.statistic, from, to);
  };
  return evaluateMath(alarm.expression, read);
}

/**
 * Judges an alarm at the end of every minute of `[from, to]`, over a window that slides with it (AWS: "Alarm evaluation").
 *
 * @returns its changes of state, beginning with the first state.
 */
export function evaluate(alarm: TemplateAlarm, samples: Samples, from: Instant, to: Instant, conditions: Conditions): readonly Change[] {
  const changes: Change[] = [];
  const known = new Map<Instant, number | undefined>();
  const pointUpTo = (end: Instant, seenUpTo: Instant) => {
    const begin = plus(end, -alarm.periodMs);
    // A window of which all has been seen is the same a minute later.
    if (end <= seenUpTo && !known.has(end)) known.set(end, pointOf(alarm, samples, begin, end));
    return end <= seenUpTo ? known.get(end) : pointOf(alarm, samples, begin, seenUpTo);
  };
  const range = alarm.evaluationPeriods + conditions.extraPeriods;
  for (let at = from; at <= to; at = plus(at, MINUTE)) {
    const seenUpTo = plus(at, -conditions.delayMs);
    const points = Array.from({ length: range }, (_each, index) => pointUpTo(plus(at, -index * alarm.periodMs), seenUpTo));
    const before = changes.at(-1)?.state;
    const state = judge(points, alarm);
    if (state !== before) changes.push({ at, state });
  }
  return changes;
}
