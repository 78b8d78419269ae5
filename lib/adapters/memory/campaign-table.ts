import { statusJson } from "../../application/messages/status-json.ts";
import type { CampaignRecord, CampaignTable } from "../../application/ports/campaign-table.ts";
import { isSameText } from "../../application/record/same-text.ts";
import type { JsonObject } from "../../domain/live.ts";

/** @returns the table that marketers edit, in memory. */
export function createMemoryCampaignTable(): CampaignTable {
  const records = new Map<string, CampaignRecord>();
  const keyOf = (storeId: string, campaignId: string) => JSON.stringify([storeId, campaignId]);
  const hold = (storeId: string, campaignId: string, item: JsonObject) =>
    records.set(keyOf(storeId, campaignId), { storeId, campaignId, item: structuredClone(item) });

  return {
    get: async (storeId, campaignId) => structuredClone(records.get(keyOf(storeId, campaignId))),
    async *all(storeId) {
      yield* structuredClone([...records.values()].filter((record) => storeId === undefined || record.storeId === storeId));
    },
    async writeStatus(storeId, campaignId, status) {
      const record = records.get(keyOf(storeId, campaignId));
      if (record === undefined) return false;
      hold(storeId, campaignId, { ...record.item, status: statusJson(status) });
      return true;
    },
    async put(item) {
      if (item.storeId === "" || item.campaignId === "") throw new TypeError("a record needs a storeId and a campaignId");
      hold(item.storeId, item.campaignId, item);
    },
    async replace(item, read) {
      const stored = records.get(keyOf(item.storeId, item.campaignId))?.item;
      if (stored === undefined ? read !== undefined : read === undefined || !isSameText(stored, read)) return false;
      const { status: _notTyped, ...typed } = item;
      hold(item.storeId, item.campaignId, { ...typed, ...(stored?.["status"] !== undefined && { status: stored["status"] }) });
      return true;
    },
    async remove(storeId, campaignId, read) {
      const stored = records.get(keyOf(storeId, campaignId))?.item;
      if (read !== undefined && (stored === undefined || !isSameText(stored, read))) return false;
      records.delete(keyOf(storeId, campaignId));
      return true;
    },
  };
}
