import { DeleteCommand, PutCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import type { StateTable } from "../../application/ports/state-table.ts";
import type { TableHandle } from "./conditional-write.ts";
import { sortKeyPrefix, stateKey } from "./keys.ts";
import { itemsBeginning } from "./read-items.ts";
import { type OnBrokenItem, readable, readItem } from "./stored-item.ts";
import { storedLayer } from "./stored-layer.ts";

/** @returns the part of the state table that holds what campaigns ask of targets. */
export function stateOfLayers(table: TableHandle, onBrokenItem: OnBrokenItem): Pick<StateTable, "layersOf" | "putLayer" | "removeLayer"> {
  const { client, tableName } = table;
  return {
    async layersOf(store, target) {
      const items = await itemsBeginning(table, store, sortKeyPrefix.layersOf(target));
      return readable(
        items.map((item) => readItem(storedLayer, tableName, item)),
        onBrokenItem,
      );
    },
    async putLayer(store, target, layer) {
      const Item = { ...stateKey.layer(store, target, layer.campaignId), ...z.encode(storedLayer, layer) };
      await client.send(new PutCommand({ TableName: tableName, Item }));
    },
    async removeLayer(store, target, campaign) {
      await client.send(new DeleteCommand({ TableName: tableName, Key: stateKey.layer(store, target, campaign) }));
    },
  };
}
