import type { Telemetry, TelemetryEvent } from "../../lib/application/ports/telemetry.ts";
import { formatLocal, type Instant } from "../../lib/domain/instant.ts";
import { assertNever } from "../../lib/domain/result.ts";

export interface TerminalOptions {
  readonly write: (line: string) => void;
  readonly now: () => Instant;
  /** In which times are shown where the event names no zone. */
  readonly timeZone: string;
  readonly dryRun: boolean;
}

type Compiled = TelemetryEvent & { readonly kind: "compiled" };

function compiledLines(
  { campaignId, state, problems, warnings, nextSwitchAt, timeZone }: Compiled,
  fallbackZone: string,
): readonly string[] {
  const next = nextSwitchAt === undefined ? "" : `, next switch ${formatLocal(nextSwitchAt, timeZone ?? fallbackZone)}`;
  return [
    `campaign ${campaignId}: ${state}${next}`,
    ...problems.map(({ path, message }) => `campaign ${campaignId}: problem at ${path}: ${message}`),
    ...warnings.map((warning) => `campaign ${campaignId}: note: ${warning}`),
  ];
}

function linesOf(event: TelemetryEvent, { timeZone, dryRun }: TerminalOptions): readonly string[] {
  switch (event.kind) {
    case "switched": {
      const verb = dryRun ? "would switch " : "";
      return [`${verb}${event.label}  ${event.before} → ${event.after}  because ${event.reason}  (${event.latenessMs} ms late)`];
    }
    case "attempt-failed": {
      const what = event.target === undefined ? `store ${event.storeId}` : event.target.replace("#", " ");
      const again = event.nextTryAt === undefined ? "" : `; next try ${formatLocal(event.nextTryAt, timeZone)}`;
      return [`${what}: ${event.message} [${event.failure}]${again}`];
    }
    case "compiled":
      return compiledLines(event, timeZone);
    case "input-refused":
      return [`${event.where}: ${event.message}`];
    case "decided":
      return event.reason === "everything is in place" || event.decision === "idle"
        ? []
        : [`${event.target.replace("#", " ")}: ${event.reason}`];
    case "tick-completed":
    case "sweep-completed":
      return [];
    default:
      return assertNever(event);
  }
}

/** @returns telemetry as lines on a terminal, each with its local time. Ticks and sweeps with nothing to tell stay silent. */
export function createTerminalTelemetry(options: TerminalOptions): Telemetry {
  return {
    emit: (event) => {
      const zone = "timeZone" in event && event.timeZone !== undefined ? event.timeZone : options.timeZone;
      const at = event.kind === "switched" ? event.appliedAt : options.now();
      for (const line of linesOf(event, options)) options.write(`${formatLocal(at, zone)}  ${line}`);
    },
  };
}
