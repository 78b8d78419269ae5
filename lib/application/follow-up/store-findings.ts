import { describeCampaign } from "../../domain/campaign/campaign-status.ts";
import { type CampaignId, calendarRecordId, keyInWords, parseTargetKey } from "../../domain/identifiers.ts";
import { DAY, HOUR, type Instant, plus } from "../../domain/instant.ts";
import type { AlarmKind } from "../alarms/alarm-kinds.ts";
import { storeTroubles } from "../check/store-troubles.ts";
import { type KnownOutlook, outlooksOf } from "../commands/outlooks.ts";
import { type StoreView, zoneOfStore } from "../commands/store-view.ts";
import type { History } from "../ports/history.ts";
import { EMPTY_STORE, type TargetState } from "../ports/state-table.ts";
import { troublesAhead } from "../reconcile/pre-flight-notice.ts";
import type { Cause, RecordFinding, StoreCause, StoreFindings, TargetFinding } from "./findings.ts";
import { isWrong } from "./findings.ts";
import { prospectOf } from "./prospect.ts";
import { targetCauses } from "./target-causes.ts";

/** Alarms without a store of their own: whatever is due suffers. */
const OUTAGES: readonly AlarmKind[] = [
  "tick-silent",
  "dead-letters",
  "functions-failing",
  "functions-throttled",
  "functions-slow",
  "ecwid-throttling",
];

/** What is due so soon is worth telling of an outage; of a store that is closed, a day. */
export const OUTAGE_AHEAD_MS = 6 * HOUR;

/** @returns whether an alarm of this kind is about everything rather than about some stores. */
export function isOutage(kind: AlarmKind): boolean {
  return OUTAGES.includes(kind);
}

/** What is asked about one store. */
export interface StoreQuestion {
  readonly kind: AlarmKind;
  readonly view: StoreView;
  /** What happened before then is not this incident's. */
  readonly since: Instant;
  readonly now: Instant;
}

function coolDown({ view, now }: StoreQuestion): readonly StoreCause[] {
  const until = view.store?.coolDownUntil;
  return until !== undefined && until > now ? [{ code: "RATE_LIMITED", reason: "Ecwid asked for silence" }] : [];
}

/** The troubles of a store, with since when. */
function closedCauses({ view: { store = EMPTY_STORE } }: StoreQuestion): readonly StoreCause[] {
  const { deadToken, pause, noAccess, pausedKinds } = store;
  const known = [pause, noAccess, pausedKinds.coupon, pausedKinds.promotion];
  return storeTroubles(store).map((trouble) => {
    const since = known.find((each) => each?.code === trouble.code)?.since ?? deadToken?.since;
    return { ...trouble, since };
  });
}

/** Which causes of a store each kind of alarm is about; the others are about none. */
const STORE_CAUSES: Partial<Record<AlarmKind, (question: StoreQuestion) => readonly StoreCause[]>> = {
  "token-dead": (question) => closedCauses(question).filter(({ code }) => code === "TOKEN_REJECTED"),
  "switches-failing": (question) => [...closedCauses(question), ...coolDown(question)],
  "ecwid-throttling": coolDown,
};

function brokenRecords({ kind, view, now }: StoreQuestion): readonly RecordFinding[] {
  if (kind !== "records-invalid") return [];
  const textOf = (problems: readonly { path: string; message: string }[]) => problems.map(({ path, message }) => `${path}: ${message}`);
  const campaigns = view.copies.map(({ campaignId, campaign, timeZone, calendars, problems }): RecordFinding => {
    const runs = campaign === undefined || timeZone === undefined ? undefined : describeCampaign(campaign, timeZone, now, calendars);
    const name = campaign?.name ?? campaignId;
    const next = runs?.nextSwitch;
    const opensAt = runs?.state === "ACTIVE" ? runs.activeWindow?.start : next;
    const then =
      next === undefined || campaign === undefined || timeZone === undefined
        ? undefined
        : describeCampaign(campaign, timeZone, next, calendars);
    const closesAt = runs?.state === "ACTIVE" ? next : then?.activeWindow?.end;
    return { recordId: campaignId, name, problems: textOf(problems), isRunning: runs !== undefined, nextAt: next, opensAt, closesAt };
  });
  const calendars = view.calendars.map(({ name, calendar, problems }): RecordFinding => {
    return { recordId: calendarRecordId(name), name, problems: textOf(problems), isRunning: calendar !== undefined };
  });
  return [...campaigns, ...calendars].filter(({ problems }) => problems.length > 0);
}

/** What the pre-flight found, as the notice had it. */
function aheadIn({ kind, view, now }: StoreQuestion): readonly { readonly cause: Cause; readonly target?: string | undefined }[] {
  if (kind !== "trouble-ahead") return [];
  const found = troublesAhead(view.copies, view.targets, view.store ?? EMPTY_STORE, now);
  return found.map(({ problem, code, target }) => ({
    cause: { code, reason: problem.message, isOn: problem.startsAt === undefined },
    target,
  }));
}

function onceEach<Each extends Cause>(causes: readonly Each[]): readonly Each[] {
  return [...new Map(causes.map((cause) => [`${cause.code} ${cause.reason}`, cause])).values()];
}

function byUrgency(one: TargetFinding, other: TargetFinding): number {
  const timeOf = ({ prospect }: TargetFinding) => prospect.next?.at ?? Number.POSITIVE_INFINITY;
  const [first, second] = [timeOf(one), timeOf(other)];
  return Number(isWrong(other)) - Number(isWrong(one)) || (first === second ? 0 : first - second);
}

function nameOf({ copies }: StoreView, campaignId: CampaignId): string {
  return copies.find((copy) => copy.campaignId === campaignId)?.campaign?.name ?? campaignId;
}

async function findingOf(
  history: History,
  question: StoreQuestion,
  outlook: KnownOutlook,
  causesOfStore: readonly StoreCause[],
  ahead: readonly Cause[],
): Promise<readonly TargetFinding[]> {
  const { kind, view, since, now } = question;
  const { key, storeId, timeZone } = outlook;
  const known = view.targets.find(({ target }) => target === key);
  const state: TargetState = known ?? { ledger: { cells: {}, yielded: {} }, attemptsBegun: 0, failuresInARow: 0, warnings: [] };
  const reached = causesOfStore.some((cause) => cause.kind === undefined || cause.kind === parseTargetKey(key)?.kind);
  const own = await targetCauses(history, { kind, storeId, key, state, timeZone, nameOf: (id) => nameOf(view, id), since, now });
  // What the store says is not said again of each of its targets.
  const causes = [...ahead, ...own.filter(({ code }) => !reached || code !== "FAILING")];
  if (causes.length === 0 && !reached && !isOutage(kind)) return [];
  const finding = { key, name: outlook.label ?? keyInWords(key), causes, prospect: prospectOf(outlook, known, now) };
  const { next } = finding.prospect;
  const isSoon = next !== undefined && next.at <= plus(now, isOutage(kind) ? OUTAGE_AHEAD_MS : DAY);
  return causes.length > 0 || isWrong(finding) || isSoon ? [finding] : [];
}

/**
 * @param question its `view` is the store as Doorman runs it.
 * @returns what of a store is behind an alarm, or suffers from what is; undefined where nothing does.
 */
export async function storeFindings(history: History, question: StoreQuestion): Promise<StoreFindings | undefined> {
  const { view, now } = question;
  const ahead = aheadIn(question);
  const whole = ahead.filter(({ target }) => target === undefined).map(({ cause }) => cause);
  const causes = onceEach([...(STORE_CAUSES[question.kind]?.(question) ?? []), ...whole]);
  const records = brokenRecords(question);
  const targets: TargetFinding[] = [];
  for (const outlook of outlooksOf(view, now, "as held")) {
    const own = ahead.filter(({ target }) => target === outlook.key).map(({ cause }) => cause);
    targets.push(...(await findingOf(history, question, outlook, causes, onceEach(own))));
  }
  if (causes.length === 0 && records.length === 0 && targets.length === 0) return undefined;
  const timeZone = zoneOfStore(view) ?? "UTC";
  return { storeId: view.storeId, timeZone, causes, targets: targets.toSorted(byUrgency), records, groupNames: view.store?.groupNames };
}
