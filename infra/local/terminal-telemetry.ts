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
type Noticed = TelemetryEvent & { readonly kind: "pre-flight-found" };

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

function noticeLines({ storeId, count, problems }: Noticed, timeZone: string): readonly string[] {
  const lines = problems.map(({ campaignId, message, startsAt }) => {
    const when = startsAt === undefined ? "which is on" : `which begins ${formatLocal(startsAt, timeZone)}`;
    return `  campaign ${campaignId}, ${when}: ${message}`;
  });
  const rest = count > problems.length ? [`  and ${count - problems.length} more: see the campaigns' status`] : [];
  return [`store ${storeId}: before the next windows, ${count} ${count === 1 ? "thing needs" : "things need"} a person`, ...lines, ...rest];
}

function linesOf(event: TelemetryEvent, { timeZone, dryRun }: TerminalOptions): readonly string[] {
  switch (event.kind) {
    case "switched": {
      const verb = dryRun ? "would switch " : "";
      return [`${verb}${event.label}  ${event.before} → ${event.after}  because ${event.reason}  (${event.latenessMs} ms late)`];
    }
    case "attempt-failed": {
      const what = event.target === undefined ? `store ${event.storeId}` : (event.label ?? event.target.replace("#", " "));
      const again = event.nextTryAt === undefined ? "" : `; next try ${formatLocal(event.nextTryAt, timeZone)}`;
      return [`${what}: ${event.message} [${event.failure}]${again}`];
    }
    case "compiled":
      return compiledLines(event, timeZone);
    case "pre-flight-found":
      return noticeLines(event, timeZone);
    case "input-refused":
      return [`${event.where}: ${event.message}`];
    case "missed":
      return [`${event.label}: ${event.reason}`];
    case "decided":
      return event.reason === "everything is in place" || event.decision === "idle" ? [] : [`${event.label}: ${event.reason}`];
    case "looked":
    case "tick-completed":
    case "sweep-completed":
      return [];
    default:
      return assertNever(event);
  }
}

/** @returns telemetry as lines on a terminal, each with the store's local time once that is known. Ticks and sweeps with nothing to tell stay silent. */
export function createTerminalTelemetry(options: TerminalOptions): Telemetry {
  let timeZone = options.timeZone;
  const answered = new Set<string>();
  return {
    emit: (event) => {
      if ("timeZone" in event && event.timeZone !== undefined) timeZone = event.timeZone;
      const at = event.kind === "switched" ? event.appliedAt : options.now();
      const isFirstLook = event.kind === "looked" && !answered.has(event.storeId);
      if (event.kind === "looked") answered.add(event.storeId);
      const lines = isFirstLook
        ? [`store ${event.storeId} answers; its time zone is ${timeZone}`]
        : linesOf(event, { ...options, timeZone });
      for (const line of lines) options.write(`${formatLocal(at, timeZone)}  ${line}`);
    },
  };
}
