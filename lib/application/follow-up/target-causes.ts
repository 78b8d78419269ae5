import type { CampaignId, StoreId, TargetKey } from "../../domain/identifiers.ts";
import { keyInWords } from "../../domain/identifiers.ts";
import { formatLocal, type Instant, MINUTE, plus } from "../../domain/instant.ts";
import type { AlarmKind } from "../alarms/alarm-kinds.ts";
import type { History, HistoryEntry } from "../ports/history.ts";
import type { TargetState } from "../ports/state-table.ts";
import type { Cause } from "./findings.ts";

/** What is asked about one target. */
export interface TargetQuestion {
  readonly kind: AlarmKind;
  readonly storeId: StoreId;
  readonly key: TargetKey;
  readonly state: TargetState;
  readonly timeZone: string;
  /** What people call a campaign. */
  readonly nameOf: (campaign: CampaignId) => string;
  /** What happened before then is not this incident's. */
  readonly since: Instant;
  readonly now: Instant;
}

/** As the alarm has it: a switch later than this is late. */
const LATE_MS = 2 * MINUTE;
/** The latest entries of a target; of what happened within an hour or two there are not more. */
const MOST_ENTRIES = 10;
const MOST_WINDOWS = 3;

function owed({ state, now }: TargetQuestion): Cause | undefined {
  const since = state.owedSince ?? state.dueAt;
  if (since === undefined || since > plus(now, -LATE_MS) || state.block !== undefined) return undefined;
  return { code: "OWED", reason: "it is not switched yet", since };
}

function failing({ state, key }: TargetQuestion): Cause | undefined {
  if (state.block !== undefined || (state.failuresInARow === 0 && state.owedSince === undefined)) return undefined;
  const [warning] = state.warnings;
  const name = `${state.label ?? keyInWords(key)}: `;
  const said = warning?.message.startsWith(name) ? warning.message.slice(name.length) : warning?.message;
  return { code: "FAILING", reason: said ?? "the switch has failed so far", since: state.owedSince };
}

function missedText({ missed = [], missedCount = missed.length }: HistoryEntry, { timeZone, nameOf }: TargetQuestion): string {
  const local = (at: Instant) => formatLocal(at, timeZone).slice(0, -timeZone.length - 4);
  const last = missed.slice(-MOST_WINDOWS).map(({ campaignId, startsAt, endsAt }) => {
    return `"${nameOf(campaignId)}" from ${local(startsAt)} to ${local(endsAt)}`;
  });
  const before = missedCount - last.length;
  return `came and went without a switch: ${last.join(", ")}${before > 0 ? `, and ${before} before` : ""}`;
}

function causeIn(entry: HistoryEntry, question: TargetQuestion): Cause | undefined {
  const { kind } = question;
  if (kind === "windows-missed" && entry.kind === "missed")
    return { code: "MISSED", reason: missedText(entry, question), since: entry.dueAt };
  if (kind !== "switch-late" || entry.kind !== "switched" || entry.latenessMs < LATE_MS) return undefined;
  return { code: "LATE", reason: `it was switched ${Math.round(entry.latenessMs / MINUTE)} minutes late`, since: entry.dueAt };
}

/** Asks the history only of what was decided since then: an older entry is another incident's. */
async function inHistory(history: History, question: TargetQuestion): Promise<readonly Cause[]> {
  const { storeId, key, state, since, now } = question;
  if (state.decidedAt === undefined || state.decidedAt < since) return [];
  const entries = await history.of(storeId, key, MOST_ENTRIES, now);
  return entries.filter(({ at }) => at >= since).flatMap((entry) => causeIn(entry, question) ?? []);
}

function blocked({ state }: TargetQuestion): Cause | undefined {
  return state.block;
}

function deadly({ state }: TargetQuestion): Cause | undefined {
  if (state.attemptsBegun === 0) return undefined;
  const reason = "Doorman's program broke off while it worked on it; it is tried alone now, so that it holds up no other";
  return { code: "WORKER_DIED", reason, since: state.owedSince ?? state.dueAt };
}

/** What each kind of alarm asks of a target's own state; the others ask nothing. */
const OWN_CAUSES: Partial<Record<AlarmKind, (question: TargetQuestion) => Cause | undefined>> = {
  "targets-blocked": blocked,
  "switches-failing": failing,
  "switch-late": owed,
  "dead-letters": deadly,
};

/** @returns why a target is behind an alarm; nothing where it is not. */
export async function targetCauses(history: History, question: TargetQuestion): Promise<readonly Cause[]> {
  const { kind } = question;
  const own = OWN_CAUSES[kind]?.(question);
  const past = kind === "switch-late" || kind === "windows-missed" ? await inHistory(history, question) : [];
  return [...(own === undefined ? [] : [own]), ...past];
}
