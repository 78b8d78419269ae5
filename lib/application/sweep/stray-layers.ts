import type { CampaignId, StoreId, TargetKey } from "../../domain/identifiers.ts";
import type { Instant } from "../../domain/instant.ts";
import type { StateTable } from "../ports/state-table.ts";

/**
 * Takes away layers that no copy of a campaign answers for, and makes their targets due: what two compiles of one campaign at the same time,
 * one of which died, may leave behind.
 */
export async function removeStrayLayers(
  state: Pick<StateTable, "layersOf" | "removeLayer" | "makeDue">,
  store: StoreId,
  targets: readonly { readonly target: TargetKey }[],
  copies: readonly { readonly campaignId: CampaignId; readonly targets: readonly TargetKey[] }[],
  now: Instant,
): Promise<void> {
  for (const { target } of targets) {
    for (const { campaignId } of await state.layersOf(store, target)) {
      const copy = copies.find((each) => each.campaignId === campaignId);
      if (copy?.targets.includes(target)) continue;
      await state.removeLayer(store, target, campaignId);
      await state.makeDue(store, target, now);
    }
  }
}
