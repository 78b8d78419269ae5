import type { ResolvedCalendars } from "../../domain/campaign/calendar.ts";
import { asksOf, type Campaign, layerOf } from "../../domain/campaign/campaign.ts";
import { describeCampaign } from "../../domain/campaign/campaign-status.ts";
import { type StoreId, targetKey } from "../../domain/identifiers.ts";
import type { Instant } from "../../domain/instant.ts";
import { type Overlap, overlapsOf } from "../../domain/layers/overlaps.ts";
import type { CampaignCopy, StateTable } from "../ports/state-table.ts";

/** A campaign of 500 targets overlaps with another on all of them: a few say enough. */
const MOST_TARGETS_COMPARED = 20;
const MOST_OVERLAPS_TOLD = 5;

/** Why a campaign never comes on again, unless its description says so: its windows are past, or dates take them away. */
function whyOver(campaign: Campaign, timeZone: string, at: Instant, calendars: ResolvedCalendars): string | undefined {
  const { override: _held, ...unheld } = campaign;
  const isOverWith = (changes: Partial<ResolvedCalendars>) =>
    describeCampaign(unheld, timeZone, at, { ...calendars, ...changes }).state === "ENDED";
  if (isOverWith({ except: [], freezes: [] })) return "every window of this campaign is past: nothing will happen";
  return isOverWith({ freezes: [] }) ? "except takes away every window that is left: nothing will happen" : undefined;
}

/**
 * Checks a campaign as it is saved, against the clock and the store's other campaigns.
 *
 * @returns the copy with what its marketer should know before it happens; one whose text is broken as it is.
 */
export async function withSaveWarnings(
  state: Pick<StateTable, "layersOf">,
  storeId: StoreId,
  copy: CampaignCopy,
  at: Instant,
): Promise<CampaignCopy> {
  const { campaign, timeZone, calendars, warnings } = copy;
  if (campaign === undefined || timeZone === undefined || calendars === undefined || copy.problems.length > 0) return copy;
  if (describeCampaign(campaign, timeZone, at, calendars).state === "ENDED") {
    const why = whyOver(campaign, timeZone, at, calendars);
    return why === undefined ? copy : { ...copy, warnings: [...warnings, why] };
  }
  const overlaps: Overlap[] = [];
  for (const { target, ask } of asksOf(campaign).slice(0, MOST_TARGETS_COMPARED)) {
    const key = targetKey(target);
    overlaps.push(...overlapsOf(layerOf(campaign, ask, timeZone, calendars), key, await state.layersOf(storeId, key), at));
    if (overlaps.length >= MOST_OVERLAPS_TOLD) break;
  }
  return { ...copy, overlaps: overlaps.slice(0, MOST_OVERLAPS_TOLD) };
}
