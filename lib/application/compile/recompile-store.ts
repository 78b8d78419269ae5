import type { StoreId } from "../../domain/identifiers.ts";
import { compileCalendar } from "./compile-calendar.ts";
import { compileCampaign } from "./compile-campaign.ts";
import type { CompileDependencies } from "./dependencies.ts";

/** Compiles the campaigns of a store anew that are read in the store's own zone, because that zone has become known or has changed. */
export async function recompileStore(dependencies: CompileDependencies, storeId: StoreId): Promise<void> {
  for (const { name } of await dependencies.state.calendarsOf(storeId)) await compileCalendar(dependencies, { storeId, name });
  for (const { campaignId, campaign, waitsForZone } of await dependencies.state.campaignsOf(storeId)) {
    const usesStoreZone = waitsForZone || campaign?.timeZone === undefined;
    if (usesStoreZone) await compileCampaign(dependencies, { storeId, campaignId });
  }
}
