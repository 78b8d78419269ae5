import { paginateScan } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import type { StateTable } from "../../application/ports/state-table.ts";
import { EMPTY_SYSTEM } from "../../application/ports/state-table.ts";
import type { StoreId } from "../../domain/identifiers.ts";
import { isNumericId, storeId } from "../../domain/identifiers.ts";
import { putAtVersion, type TableHandle } from "./conditional-write.ts";
import { dueShards, stateKey } from "./keys.ts";
import { readStoreItem } from "./named-items.ts";
import { getItem } from "./read-items.ts";
import { readItem, readOrThrow } from "./stored-item.ts";
import { storedStore } from "./stored-store.ts";
import { storedSystem } from "./stored-system.ts";
import { versioned } from "./versioned.ts";

const versionedSystem = versioned(storedSystem);

/** @returns the part of the state table that holds what is known of the deployment and of each store. */
export function stateOfSystemAndStores(
  table: TableHandle,
): Pick<StateTable, "readSystem" | "writeSystem" | "readStore" | "writeStore" | "stores"> {
  return {
    async readSystem() {
      const item = await getItem(table, stateKey.system);
      return item === undefined ? { ...EMPTY_SYSTEM, version: 0 } : readOrThrow(readItem(versionedSystem, table.tableName, item));
    },
    writeSystem: async (state, read) => putAtVersion(table, { ...stateKey.system, ...z.encode(storedSystem, state) }, read),

    async readStore(store) {
      return readStoreItem(table.tableName, await getItem(table, stateKey.store(store)));
    },
    async writeStore(store, state, read) {
      // Without dueAt there is no shard either: that is what keeps the item out of the due index.
      const dueShard = state.dueAt === undefined ? undefined : dueShards.of(store, "STORE");
      return putAtVersion(table, { ...stateKey.store(store), ...z.encode(storedStore, state), dueShard }, read);
    },

    stores: () => distinctStores(table),
  };
}

/** The items of one partition come together in a scan, but pages and segments are no promise: hence the set. */
async function* distinctStores({ client, tableName }: TableHandle): AsyncIterable<StoreId> {
  const seen = new Set<string>();
  const scan = { TableName: tableName, ConsistentRead: true, ProjectionExpression: "pk" };
  for await (const page of paginateScan({ client }, scan)) {
    for (const item of page.Items ?? []) {
      const pk: unknown = item["pk"];
      if (typeof pk !== "string" || seen.has(pk) || !isNumericId(pk)) continue;
      seen.add(pk);
      yield storeId(pk);
    }
  }
}
