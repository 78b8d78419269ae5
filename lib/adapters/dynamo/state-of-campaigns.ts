import * as z from "zod";
import type { StateTable } from "../../application/ports/state-table.ts";
import { failure, success } from "../../domain/result.ts";
import { deleteAtVersion, putAtVersion, type TableHandle } from "./conditional-write.ts";
import { namedBy, sortKeyPrefix, stateKey } from "./keys.ts";
import { getItem, itemsBeginning } from "./read-items.ts";
import { storedCampaignCopy } from "./stored-campaign-copy.ts";
import { keyText, type OnBrokenItem, readable, readItem, readOrThrow, StoredItemError } from "./stored-item.ts";
import { versioned } from "./versioned.ts";

const versionedCopy = versioned(storedCampaignCopy);

/** @returns the part of the state table that holds the last good copies of campaigns. */
export function stateOfCampaigns(
  table: TableHandle,
  onBrokenItem: OnBrokenItem,
): Pick<StateTable, "readCampaign" | "writeCampaign" | "removeCampaign" | "campaignsOf"> {
  return {
    async readCampaign(store, campaign) {
      const item = await getItem(table, stateKey.campaign(store, campaign));
      return item && readOrThrow(readItem(versionedCopy, table.tableName, item));
    },
    writeCampaign: async (store, campaign, copy, read) =>
      putAtVersion(table, { ...stateKey.campaign(store, campaign), ...z.encode(storedCampaignCopy, copy) }, read),
    removeCampaign: async (store, campaign, read) => deleteAtVersion(table, stateKey.campaign(store, campaign), read),
    async campaignsOf(store) {
      const items = await itemsBeginning(table, store, sortKeyPrefix.campaigns);
      return readable(
        items.map((item) => readNamedCopy(table.tableName, item)),
        onBrokenItem,
      );
    },
  };
}

function readNamedCopy(tableName: string, item: Record<string, unknown>) {
  const campaignId = namedBy.campaign(String(item["sk"]));
  if (campaignId === undefined) return failure(new StoredItemError(tableName, keyText(item), "its sort key does not end in a campaign id"));
  const copy = readItem(versionedCopy, tableName, item);
  return copy.ok ? success({ campaignId, ...copy.value }) : copy;
}
