import { describeCampaign } from "../../domain/campaign/campaign-status.ts";
import type { CampaignId, StoreId, TargetKey } from "../../domain/identifiers.ts";
import { keyInWords } from "../../domain/identifiers.ts";
import { DAY, type Instant, plus } from "../../domain/instant.ts";
import { problemsStanding } from "../../domain/usability/target-problems.ts";
import { storeTroubles, troublesFor } from "../check/store-troubles.ts";
import type { CampaignCopy, StoreState, TargetState } from "../ports/state-table.ts";
import type { TelemetryEvent } from "../ports/telemetry.ts";
import type { ReconcileDependencies } from "./dependencies.ts";
import { updateStore } from "./update-store.ts";

type Notice = TelemetryEvent & { readonly kind: "pre-flight-found" };

/** A problem, and what tells it from another whatever its words: those name the window, which changes from day to day. */
export interface TroubleAhead {
  readonly problem: Notice["problems"][number];
  readonly identity: string;
  readonly code: string;
  /** Absent: the whole store, or all targets of a kind. */
  readonly target?: TargetKey | undefined;
}

/** People are told of windows that begin within this time, and of those that are on. */
const TOLD_AHEAD_MS = DAY;
/** A line of the log has its limits; the rest stands in the campaigns' `status`. */
const MOST_TOLD = 50;

/** When the campaign is on next, if that is soon: its trouble is then the store's as well. */
function nearStart({ campaign, timeZone, calendars }: CampaignCopy, now: Instant): { readonly startsAt: Instant | undefined } | undefined {
  if (campaign === undefined || timeZone === undefined) return undefined;
  const { state, nextSwitch } = describeCampaign(campaign, timeZone, now, calendars);
  if (state === "ACTIVE") return { startsAt: undefined };
  return nextSwitch === undefined || nextSwitch > plus(now, TOLD_AHEAD_MS) ? undefined : { startsAt: nextSwitch };
}

type Targets = readonly ({ readonly target: TargetKey } & TargetState)[];

function foundFor(campaignId: CampaignId, copy: CampaignCopy, targets: Targets, store: StoreState, now: Instant): readonly TroubleAhead[] {
  const near = nearStart(copy, now);
  if (near === undefined) return [];
  const ofStore = troublesFor(storeTroubles(store), copy.targets).map(({ code, reason }) => {
    return { problem: { campaignId, message: reason, ...near }, code, identity: `${campaignId} ${code}` };
  });
  const ofTargets = targets
    .filter(({ target }) => copy.targets.includes(target))
    .flatMap(({ target, label, check }) =>
      problemsStanding(check?.problems ?? [], now)
        .filter((problem) => problem.campaignId === campaignId)
        .filter(({ startsAt }) => startsAt === undefined || startsAt <= plus(now, TOLD_AHEAD_MS))
        .map(({ code, group, message, startsAt }) => {
          const identity = [campaignId, target, code, group].join(" ");
          const isOn = startsAt === undefined || startsAt <= now;
          const problem = { campaignId, label: label ?? keyInWords(target), message, startsAt: isOn ? undefined : startsAt };
          return { problem, identity, code, target };
        }),
    );
  // What is in the way of all targets of a kind is one thing.
  return [...new Map([...ofStore, ...ofTargets].map((found) => [found.problem.message, found])).values()];
}

function byNearness(one: TroubleAhead, other: TroubleAhead): number {
  return (one.problem.startsAt ?? 0) - (other.problem.startsAt ?? 0) || (one.identity < other.identity ? -1 : 1);
}

/**
 * @param copies the store's campaigns. @param targets what is known of its targets.
 * @returns what stands in the way of the store's windows that begin within a day or are on, the nearest first.
 */
export function troublesAhead(
  copies: readonly ({ readonly campaignId: CampaignId } & CampaignCopy)[],
  targets: Targets,
  store: StoreState,
  now: Instant,
): readonly TroubleAhead[] {
  return copies.flatMap(({ campaignId, ...copy }) => foundFor(campaignId, copy, targets, store, now)).toSorted(byNearness);
}

/**
 * Tells people, in one piece, what stands in the way of a store's windows of the coming day. It is told again only once it is another set
 * of problems; what has been mended and comes back is told again too. Told before that is written down: rather twice than never.
 *
 * @param mayTell false: only see whether all is well again.
 */
export async function tellNotice(dependencies: ReconcileDependencies, storeId: StoreId, mayTell: boolean): Promise<void> {
  const { state, telemetry, fingerprint, clock } = dependencies;
  const store = await state.readStore(storeId);
  if (!mayTell && store.noticed === undefined) return;
  const [copies, targets] = await Promise.all([state.campaignsOf(storeId), state.targetsOf(storeId)]);
  const now = clock.now();
  const found = troublesAhead(copies, targets, store, now);
  const identities = [...new Set(found.map(({ identity }) => identity))].toSorted();
  const noticed = identities.length === 0 ? undefined : fingerprint(identities.join("\n"));
  if (noticed === store.noticed || (noticed !== undefined && !mayTell)) return;
  const problems = found.slice(0, MOST_TOLD).map(({ problem }) => problem);
  if (noticed !== undefined) telemetry.emit({ kind: "pre-flight-found", storeId, count: found.length, problems, timeZone: store.timeZone });
  await updateStore(dependencies, storeId, (known) => ({ ...known, noticed }));
}
