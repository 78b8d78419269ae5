import { asksOf, layerOf } from "../../domain/campaign/campaign.ts";
import { type CampaignId, type TargetKey, targetKey } from "../../domain/identifiers.ts";
import type { Instant } from "../../domain/instant.ts";
import type { Layer } from "../../domain/layers/layer.ts";
import { type Overlap, overlapsOf } from "../../domain/layers/overlaps.ts";
import type { CampaignCopy } from "../ports/state-table.ts";

function layerOn({ campaign, timeZone, calendars }: CampaignCopy, target: TargetKey): Layer | undefined {
  if (campaign === undefined || timeZone === undefined) return undefined;
  const asked = asksOf(campaign).find((each) => targetKey(each.target) === target);
  return asked && layerOf(campaign, asked.ask, timeZone, calendars);
}

/** The other campaign may have been moved since: then the two are compared again. */
function standingOf(copy: CampaignCopy, other: CampaignCopy, overlap: Overlap, at: Instant): readonly Overlap[] {
  const { target } = overlap;
  const [layer, rival] = [layerOn(copy, target), layerOn(other, target)];
  if (layer === undefined || rival === undefined) return [];
  return other.compiledAt >= copy.compiledAt ? overlapsOf(layer, target, [rival], at) : [overlap];
}

/**
 * What a campaign was told of when it was saved goes once it is over, and once the other campaign is deleted, disabled or moved away.
 *
 * @param copyOf the other campaigns of the store, as they are now; asked for those alone that were told of.
 * @returns the copy with the overlaps that are still to come or under way at `at`.
 */
export async function withStandingOverlaps(
  copy: CampaignCopy,
  at: Instant,
  copyOf: (campaignId: CampaignId) => Promise<CampaignCopy | undefined>,
): Promise<CampaignCopy> {
  const { overlaps = [] } = copy;
  if (overlaps.length === 0) return copy;
  const standing: Overlap[] = [];
  for (const overlap of overlaps) {
    const isOver = overlap.until !== undefined && overlap.until <= at;
    const other = isOver ? undefined : await copyOf(overlap.campaignId);
    if (other !== undefined) standing.push(...standingOf(copy, other, overlap, at));
  }
  return { ...copy, overlaps: standing };
}
