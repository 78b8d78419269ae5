import type { Logger } from "@aws-lambda-powertools/logger";
import { type Metrics, MetricUnit } from "@aws-lambda-powertools/metrics";
import type { Telemetry, TelemetryEvent } from "../../application/ports/telemetry.ts";
import { formatInstant, instant, MINUTE } from "../../domain/instant.ts";
import { assertNever } from "../../domain/result.ts";

/**
 * Every metric of Doorman's own, all stores of a deployment together: each value of a dimension is a metric that costs, so the store stands in the
 * log line. Ten at most; how many switches there were is the number of samples of `SwitchLateness`.
 */
type MetricName =
  | "SwitchLateness"
  | "SwitchesFailing"
  | "TokensDead"
  | "TargetsBlocked"
  | "EcwidThrottled"
  | "RecordsInvalid"
  | "WindowsMissed"
  | "PreFlightNotices"
  | "TicksCompleted"
  | "TargetsDue";

function unitOf(name: string) {
  return name === "SwitchLateness" ? MetricUnit.Milliseconds : MetricUnit.Count;
}

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
    case "people-told":
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

/**
 * Two failures are a hiccup that the retries are there for, and so are more within the first minute (Ecwid may be down for seconds). A switch that is owed
 * for longer and fails for the third time is failing.
 */
const HICCUP_MS = MINUTE;
const HICCUPS = 2;

type Failed = TelemetryEvent & { readonly kind: "attempt-failed" };

/** One cause is counted once, under the alarm that names it; undefined where the next retry is expected to do. */
function metricOfFailure({ effect, owedForMs = 0, failuresInARow = 0 }: Failed): MetricName | undefined {
  switch (effect) {
    case "token-dead":
      return "TokensDead";
    case "blocked":
      return "TargetsBlocked";
    case "cool-down":
      return "EcwidThrottled";
    case "store-paused":
    case "kind-paused":
      return "SwitchesFailing";
    case "retry":
      return owedForMs >= HICCUP_MS && failuresInARow > HICCUPS ? "SwitchesFailing" : undefined;
    default:
      return assertNever(effect);
  }
}

/** What the event says in numbers. Zeros of a sweep are told too: a counter that only ever speaks of trouble cannot be told from one that is broken. */
function countsOf(event: TelemetryEvent): Partial<Record<MetricName, number>> {
  switch (event.kind) {
    case "switched":
      return { SwitchLateness: event.latenessMs };
    case "attempt-failed": {
      const name = metricOfFailure(event);
      return name === undefined ? {} : { [name]: 1 };
    }
    case "compiled":
      return event.problems.length > 0 ? { RecordsInvalid: 1 } : {};
    case "input-refused":
      return { RecordsInvalid: 1 };
    case "tick-completed":
      return { TicksCompleted: 1, TargetsDue: event.due };
    case "missed":
      return { WindowsMissed: event.count };
    case "pre-flight-found":
      return { PreFlightNotices: 1 };
    case "sweep-completed": {
      if (event.standing === undefined) return {};
      const { deadTokens, closedStores, blockedTargets, brokenRecords, storesInTrouble } = event.standing;
      return {
        TokensDead: deadTokens,
        SwitchesFailing: closedStores,
        TargetsBlocked: blockedTargets,
        RecordsInvalid: brokenRecords,
        PreFlightNotices: storesInTrouble,
      };
    }
    case "decided":
    case "would-switch":
    case "held":
    case "looked":
    case "people-told":
      return {};
    default:
      return assertNever(event);
  }
}

/** @returns telemetry as one structured log line an event (Powertools logger) and metrics in the embedded format. */
export function createPowertoolsTelemetry({ logger, metrics }: { readonly logger: Logger; readonly metrics: Metrics }): Telemetry {
  return {
    emit: (event) => {
      logger[levelOf(event)](event.kind, fieldsOf(event));
      for (const [name, value] of Object.entries(countsOf(event))) metrics.addMetric(name, unitOf(name), value);
    },
  };
}
