import { asksOf, layerOf } from "../../domain/campaign/campaign.ts";
import { describeCampaign } from "../../domain/campaign/campaign-status.ts";
import { type StoreId, targetKey } from "../../domain/identifiers.ts";
import type { Instant } from "../../domain/instant.ts";
import { overlapWarnings } from "../../domain/layers/overlaps.ts";
import type { CampaignCopy, StateTable } from "../ports/state-table.ts";

/** A campaign of 500 targets overlaps with another on all of them: a few say enough. */
const MOST_TARGETS_COMPARED = 20;
const MOST_OVERLAPS_TOLD = 5;

/**
 * Checks a campaign as it is saved, against the clock and the store's other campaigns.
 *
 * @returns what its marketer should know before it happens; nothing for a copy that does not run.
 */
export async function saveWarnings(
  state: Pick<StateTable, "layersOf">,
  storeId: StoreId,
  copy: CampaignCopy,
  at: Instant,
): Promise<readonly string[]> {
  const { campaign, timeZone, calendars } = copy;
  if (campaign === undefined || timeZone === undefined || copy.problems.length > 0) return [];
  const isPast = describeCampaign(campaign, timeZone, at, calendars).state === "ENDED";
  if (isPast) return ["every window of this campaign is past: nothing will happen"];
  const overlaps: string[] = [];
  for (const { target, ask } of asksOf(campaign).slice(0, MOST_TARGETS_COMPARED)) {
    const key = targetKey(target);
    overlaps.push(...overlapWarnings(layerOf(campaign, ask, timeZone, calendars), key, await state.layersOf(storeId, key), at));
    if (overlaps.length >= MOST_OVERLAPS_TOLD) break;
  }
  return overlaps.slice(0, MOST_OVERLAPS_TOLD);
}
