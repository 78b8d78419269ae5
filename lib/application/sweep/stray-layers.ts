import type { CampaignId, TargetKey } from "../../domain/identifiers.ts";
import type { Layer } from "../../domain/layers/layer.ts";
import type { CampaignCopy } from "../ports/state-table.ts";

/**
 * Finds layers that no copy of a campaign answers for: what two compiles of one campaign at the same time, one of which died, may leave
 * behind.
 *
 * @param copies read after the layers: a compile writes its copy first, so a layer without one in them is nobody's.
 * @returns the targets of such layers, by the campaign that they are of.
 */
export function strayLayers(
  layers: ReadonlyMap<TargetKey, readonly Layer[]>,
  copies: readonly (Pick<CampaignCopy, "targets"> & { readonly campaignId: CampaignId })[],
): ReadonlyMap<CampaignId, readonly TargetKey[]> {
  const strays = new Map<CampaignId, readonly TargetKey[]>();
  for (const [target, over] of layers) {
    for (const { campaignId } of over) {
      const copy = copies.find((each) => each.campaignId === campaignId);
      if (!copy?.targets.includes(target)) strays.set(campaignId, [...(strays.get(campaignId) ?? []), target]);
    }
  }
  return strays;
}
