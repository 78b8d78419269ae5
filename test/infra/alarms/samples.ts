import { type Instant, instant, MINUTE, startOfMinute } from "../../../lib/domain/instant.ts";

/** A metric as CloudWatch tells one from another: by namespace, name and dimensions. */
export interface MetricIdentity {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
}

export type Statistic = "Sum" | "Maximum" | "Minimum" | "SampleCount" | "Average";

/** Everything that was measured, kept by the minute, as CloudWatch keeps it. */
export interface Samples {
  add(metric: MetricIdentity, at: Instant, value: number): void;
  /** @returns the statistic over the whole minutes in `[from, to)`; undefined where there is nothing. */
  statistic(metric: MetricIdentity, statistic: Statistic, from: Instant, to: Instant): number | undefined;
  /** Each metric once, in the order of first appearance. */
  metrics(): readonly MetricIdentity[];
}

function keyOf({ namespace, name, dimensions }: MetricIdentity): string {
  return JSON.stringify([namespace, name, Object.entries(dimensions).toSorted()]);
}

function statisticOf(values: readonly number[], statistic: Statistic): number {
  const sum = values.reduce((total, value) => total + value, 0);
  switch (statistic) {
    case "Sum":
      return sum;
    case "Maximum":
      return Math.max(...values);
    case "Minimum":
      return Math.min(...values);
    case "SampleCount":
      return values.length;
    case "Average":
      return sum / values.length;
  }
}

/** @returns samples in memory, none yet. */
export function createSamples(): Samples {
  const known = new Map<string, { readonly metric: MetricIdentity; readonly minutes: Map<Instant, number[]> }>();
  return {
    add: (metric, at, value) => {
      const key = keyOf(metric);
      const entry = known.get(key) ?? { metric, minutes: new Map<Instant, number[]>() };
      known.set(key, entry);
      const minute = startOfMinute(at);
      entry.minutes.set(minute, [...(entry.minutes.get(minute) ?? []), value]);
    },
    statistic: (metric, statistic, from, to) => {
      const minutes = known.get(keyOf(metric))?.minutes;
      const values: number[] = [];
      for (let at: number = from; at < to; at += MINUTE) values.push(...(minutes?.get(instant(at)) ?? []));
      return values.length === 0 ? undefined : statisticOf(values, statistic);
    },
    metrics: () => [...known.values()].map(({ metric }) => metric),
  };
}
