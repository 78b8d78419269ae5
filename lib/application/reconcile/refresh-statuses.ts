import type { StoreId, TargetKey } from "../../domain/identifiers.ts";
import { storeTroubles } from "../check/store-troubles.ts";
import { withStandingOverlaps } from "../status/standing-overlaps.ts";
import { statusOf, writeStatusIfChanged } from "../status/write-status.ts";
import type { ReconcileDependencies } from "./dependencies.ts";

/**
 * Brings the `status` of every campaign up to date that has one of these targets (design 6, step 6): once per campaign and message. While
 * the store itself is in trouble, it is every campaign's.
 */
export async function refreshStatuses(
  { state, campaigns, clock }: ReconcileDependencies,
  storeId: StoreId,
  worked: readonly TargetKey[] | "all",
): Promise<void> {
  if (worked.length === 0) return;
  const [copies, targets, store] = await Promise.all([state.campaignsOf(storeId), state.targetsOf(storeId), state.readStore(storeId)]);
  const concernsAll = worked === "all" || storeTroubles(store).length > 0;
  for (const { campaignId, ...copy } of copies) {
    if (!concernsAll && !copy.targets.some((target) => worked.includes(target))) continue;
    const record = await campaigns.get(storeId, campaignId);
    const now = clock.now();
    const told = await withStandingOverlaps(copy, now, async (id) => copies.find((other) => other.campaignId === id));
    await writeStatusIfChanged(campaigns, { storeId, campaignId }, record, statusOf(told, campaignId, targets, now, store));
  }
}
