import type { TargetKey } from "../../domain/identifiers.ts";
import type { Instant } from "../../domain/instant.ts";
import { activitiesAt } from "../../domain/layers/activity.ts";
import type { Layer } from "../../domain/layers/layer.ts";
import { nextBoundary } from "../../domain/ledger/decide-target.ts";
import { isOpen } from "../../domain/ledger/ledger.ts";
import type { CalendarCopy, CampaignCopy, StoreState, TargetState } from "../ports/state-table.ts";
import type { Standing } from "../ports/telemetry.ts";

export const NOTHING_STANDS: Standing = { deadTokens: 0, closedStores: 0, blockedTargets: 0, brokenRecords: 0, storesInTrouble: 0 };

/** What is known of one store at one instant. */
export interface KnownStore {
  readonly store: StoreState;
  readonly targets: readonly ({ readonly target: TargetKey } & TargetState)[];
  readonly layers: ReadonlyMap<TargetKey, readonly Layer[]>;
  readonly campaigns: readonly CampaignCopy[];
  readonly calendars: readonly CalendarCopy[];
}

/** A store of old, whose campaigns are all over, troubles nobody with a dead token. */
function isWanted({ targets, layers }: KnownStore, now: Instant): boolean {
  return targets.some(({ target, ledger }) => {
    const over = layers.get(target) ?? [];
    return isOpen(ledger) || activitiesAt(over, now).length > 0 || nextBoundary(over, now) !== undefined;
  });
}

/** @returns what stands at one store: each count is 0 or more, those of the store itself 0 or 1. */
export function standingOf(known: KnownStore, now: Instant): Standing {
  const { store, targets, campaigns, calendars } = known;
  const { pause, noAccess, deadToken, pausedKinds, noticed } = store;
  const isDead = deadToken !== undefined;
  const isClosed = pause !== undefined || noAccess !== undefined || pausedKinds.coupon !== undefined || pausedKinds.promotion !== undefined;
  const counts = (isDead || isClosed) && isWanted(known, now);
  // The answer to the question for the store's zone may be on its way.
  const broken = campaigns.filter(
    ({ problems, waitsForZone }) => problems.length > 0 && !(waitsForZone && store.profileReadAt === undefined),
  );
  return {
    deadTokens: Number(counts && isDead),
    closedStores: Number(counts && isClosed),
    blockedTargets: targets.filter(({ block }) => block !== undefined).length,
    brokenRecords: broken.length + calendars.filter(({ problems }) => problems.length > 0).length,
    storesInTrouble: Number(noticed !== undefined),
  };
}

/** @returns both together. */
export function together(one: Standing, other: Standing): Standing {
  return {
    deadTokens: one.deadTokens + other.deadTokens,
    closedStores: one.closedStores + other.closedStores,
    blockedTargets: one.blockedTargets + other.blockedTargets,
    brokenRecords: one.brokenRecords + other.brokenRecords,
    storesInTrouble: one.storesInTrouble + other.storesInTrouble,
  };
}
