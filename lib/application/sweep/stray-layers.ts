import type { CampaignId, StoreId, TargetKey } from "../../domain/identifiers.ts";
import type { Instant } from "../../domain/instant.ts";
import type { Layer } from "../../domain/layers/layer.ts";
import type { StateTable } from "../ports/state-table.ts";

/**
 * Takes away layers that no copy of a campaign answers for, and makes their targets due: what two compiles of one campaign at the same time,
 * one of which died, may leave behind.
 */
export async function removeStrayLayers(
  state: Pick<StateTable, "removeLayer" | "makeDue">,
  store: StoreId,
  layers: ReadonlyMap<TargetKey, readonly Layer[]>,
  copies: readonly { readonly campaignId: CampaignId; readonly targets: readonly TargetKey[] }[],
  now: Instant,
): Promise<void> {
  for (const [target, over] of layers) {
    for (const { campaignId } of over) {
      const copy = copies.find((each) => each.campaignId === campaignId);
      if (copy?.targets.includes(target)) continue;
      await state.removeLayer(store, target, campaignId);
      await state.makeDue(store, target, now);
    }
  }
}
