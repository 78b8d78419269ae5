import type { Logger } from "@aws-lambda-powertools/logger";
import { type Metrics, MetricUnit } from "@aws-lambda-powertools/metrics";
import type { Telemetry, TelemetryEvent } from "../../application/ports/telemetry.ts";
import { formatInstant, instant } from "../../domain/instant.ts";
import { assertNever } from "../../domain/result.ts";

type Level = "debug" | "info" | "warn" | "error";

function levelOf(event: TelemetryEvent): Level {
  switch (event.kind) {
    case "attempt-failed":
      return event.effect === "retry" || event.effect === "cool-down" ? "warn" : "error";
    case "compiled":
      return event.problems.length > 0 ? "warn" : "info";
    case "input-refused":
    case "pre-flight-found":
      return "warn";
    case "missed":
      return "error";
    case "decided":
      return "debug";
    case "switched":
    case "would-switch":
    case "held":
    case "looked":
    case "tick-completed":
    case "sweep-completed":
      return "info";
    default:
      return assertNever(event);
  }
}

/** Instants as text that a person and a query can read. */
function fieldsOf(event: TelemetryEvent) {
  const { kind: _name, ...fields } = event;
  return { event: readable(fields) };
}

function readable(fields: object): Readonly<Record<string, unknown>> {
  const entries = Object.entries(fields).map(([key, value]) => {
    if (isInstantField(key) && typeof value === "number") return [key, formatInstant(instant(value))];
    return [key, Array.isArray(value) ? value.map((each) => (isFields(each) ? readable(each) : each)) : value];
  });
  return Object.fromEntries(entries);
}

function isFields(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isInstantField(name: string): boolean {
  return name.endsWith("At") || name === "asOf";
}

/** Counts without a store's name: each value of a dimension is a metric that costs; the store stands in the log line. */
function measure(metrics: Metrics, event: TelemetryEvent): void {
  switch (event.kind) {
    case "switched":
      metrics.addMetric("SwitchesApplied", MetricUnit.Count, 1);
      metrics.addMetric("SwitchLateness", MetricUnit.Milliseconds, event.latenessMs);
      return;
    case "attempt-failed":
      metrics.addMetric(
        event.effect === "token-dead" ? "TokensDead" : event.effect === "blocked" ? "TargetsBlocked" : "AttemptsFailed",
        MetricUnit.Count,
        1,
      );
      return;
    case "compiled":
      if (event.problems.length > 0) metrics.addMetric("RecordsInvalid", MetricUnit.Count, 1);
      return;
    case "tick-completed":
      metrics.addMetric("TicksCompleted", MetricUnit.Count, 1);
      metrics.addMetric("TargetsDue", MetricUnit.Count, event.due);
      return;
    case "missed":
      metrics.addMetric("WindowsMissed", MetricUnit.Count, event.count);
      return;
    case "pre-flight-found":
      metrics.addMetric("PreFlightNotices", MetricUnit.Count, 1);
      return;
    case "decided":
    case "would-switch":
    case "held":
    case "looked":
    case "sweep-completed":
    case "input-refused":
      return;
    default:
      assertNever(event);
  }
}

/** @returns telemetry as one structured log line an event (Powertools logger) and metrics in the embedded format. */
export function createPowertoolsTelemetry({ logger, metrics }: { readonly logger: Logger; readonly metrics: Metrics }): Telemetry {
  return {
    emit: (event) => {
      logger[levelOf(event)](event.kind, fieldsOf(event));
      measure(metrics, event);
    },
  };
}
