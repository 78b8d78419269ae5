import * as z from "zod";
import type { StateTable } from "../../application/ports/state-table.ts";
import { deleteAtVersion, putAtVersion, type TableHandle } from "./conditional-write.ts";
import { sortKeyPrefix, stateKey } from "./keys.ts";
import { readNamed, versionedItem } from "./named-items.ts";
import { getItem, itemsBeginning } from "./read-items.ts";
import { storedCampaignCopy } from "./stored-campaign-copy.ts";
import { type OnBrokenItem, readable, readItem, readOrThrow } from "./stored-item.ts";

/** @returns the part of the state table that holds the last good copies of campaigns. */
export function stateOfCampaigns(
  table: TableHandle,
  onBrokenItem: OnBrokenItem,
): Pick<StateTable, "readCampaign" | "writeCampaign" | "removeCampaign" | "campaignsOf"> {
  return {
    async readCampaign(store, campaign) {
      const item = await getItem(table, stateKey.campaign(store, campaign));
      return item && readOrThrow(readItem(versionedItem.campaign, table.tableName, item));
    },
    writeCampaign: async (store, campaign, copy, read) =>
      putAtVersion(table, { ...stateKey.campaign(store, campaign), ...z.encode(storedCampaignCopy, copy) }, read),
    removeCampaign: async (store, campaign, read) => deleteAtVersion(table, stateKey.campaign(store, campaign), read),
    async campaignsOf(store) {
      const items = await itemsBeginning(table, store, sortKeyPrefix.campaigns);
      return readable(
        items.map((item) => readNamed.campaign(table.tableName, item)),
        onBrokenItem,
      );
    },
  };
}
