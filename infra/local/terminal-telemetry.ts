import type { Telemetry, TelemetryEvent } from "../../lib/application/ports/telemetry.ts";
import { nameInCalendarRecordId } from "../../lib/domain/identifiers.ts";
import { formatLocal, type Instant, MINUTE } from "../../lib/domain/instant.ts";
import { assertNever } from "../../lib/domain/result.ts";

export interface TerminalOptions {
  readonly write: (line: string) => void;
  readonly now: () => Instant;
  /** In which times are shown where the event names no zone. */
  readonly timeZone: string;
}

type Compiled = TelemetryEvent & { readonly kind: "compiled" };
type Noticed = TelemetryEvent & { readonly kind: "pre-flight-found" };

function compiledLines(
  { campaignId, state, problems, warnings, nextSwitchAt, timeZone }: Compiled,
  fallbackZone: string,
): readonly string[] {
  const next = nextSwitchAt === undefined ? "" : `, next switch ${formatLocal(nextSwitchAt, timeZone ?? fallbackZone)}`;
  const calendar = nameInCalendarRecordId(campaignId);
  const name = calendar === undefined ? `campaign ${campaignId}` : `calendar ${calendar}`;
  const inForce = state === "INVALID" ? "cannot be used" : "in force";
  return [
    `${name}: ${calendar === undefined ? `${state}${next}` : inForce}`,
    ...problems.map(({ path, message }) => `${name}: problem at ${path}: ${message}`),
    ...warnings.map((warning) => `${name}: warning: ${warning}`),
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

function tickLines({ stopped, due }: TelemetryEvent & { readonly kind: "tick-completed" }): readonly string[] {
  return stopped === undefined ? [] : [`Doorman is stopped: ${stopped}; nothing is done of what is due (${due})`];
}

function linesOf(event: TelemetryEvent, { timeZone }: TerminalOptions): readonly string[] {
  switch (event.kind) {
    case "switched":
    case "would-switch": {
      const verb = event.kind === "switched" ? "" : "would switch ";
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
    case "tick-completed":
      return tickLines(event);
    case "held":
    case "looked":
    case "sweep-completed":
    case "people-told":
      return [];
    default:
      return assertNever(event);
  }
}

/** What fails again and again says the same each time, but for the time of the next try. @returns undefined for what is told each time. */
function repeatedBy(event: TelemetryEvent): string | undefined {
  if (event.kind === "input-refused") return JSON.stringify([event.kind, event.where, event.message]);
  if (event.kind === "tick-completed" && event.stopped !== undefined) return JSON.stringify([event.kind, event.stopped]);
  if (event.kind !== "attempt-failed") return undefined;
  return JSON.stringify([event.kind, event.storeId, event.target, event.failure, event.message]);
}

function zoneIn(event: TelemetryEvent): string | undefined {
  return "timeZone" in event ? event.timeZone : undefined;
}

const QUIET_MS = 10 * MINUTE;
const MOST_REMEMBERED = 1_000;

/** @returns whether the same was told less than ten minutes ago; otherwise it counts as told now. */
function createRepeats(): (event: TelemetryEvent, at: Instant) => boolean {
  const told = new Map<string, Instant>();
  return (event, at) => {
    const text = repeatedBy(event);
    if (text === undefined) return false;
    const last = told.get(text);
    if (last !== undefined && at - last < QUIET_MS) return true;
    told.delete(text);
    told.set(text, at);
    const [oldest] = told.keys();
    if (told.size > MOST_REMEMBERED && oldest !== undefined) told.delete(oldest);
    return false;
  };
}

/** @returns telemetry as lines on a terminal, each with the store's local time once that is known. Ticks and sweeps with nothing to tell stay silent. */
export function createTerminalTelemetry(options: TerminalOptions): Telemetry {
  let timeZone = options.timeZone;
  const answered = new Set<string>();
  const isRepeated = createRepeats();
  return {
    emit: (event) => {
      timeZone = zoneIn(event) ?? timeZone;
      if (isRepeated(event, options.now())) return;
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
