import type { CampaignRecord } from "../../application/ports/campaign-table.ts";
import type { Job } from "./job.ts";
import { badUse, Refusal } from "./refusal.ts";

/**
 * The record that a person means by a campaign's id: in the store that was named or, if none was, in the only store that has it.
 *
 * @throws Refusal if there is none, or more than one.
 */
export async function findCampaign(job: Job, campaignId: string): Promise<CampaignRecord> {
  const { campaigns } = job.place();
  if (job.storeId !== undefined) {
    const record = await campaigns.get(job.storeId, campaignId);
    if (record === undefined) throw new Refusal(`there is no campaign ${campaignId} in store ${job.storeId}`);
    return record;
  }
  const found: CampaignRecord[] = [];
  for await (const record of campaigns.all()) if (record.campaignId === campaignId) found.push(record);
  const [only, ...others] = found;
  if (only === undefined) throw new Refusal(`there is no campaign ${campaignId}; doorman campaign list shows those there are`);
  if (others.length > 0) {
    const stores = found.map(({ storeId }) => storeId).toSorted();
    throw badUse(`stores ${stores.join(" and ")} each have a campaign ${campaignId}: say which with --store`);
  }
  return only;
}
