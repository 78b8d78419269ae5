import type { StateTable } from "../../application/ports/state-table.ts";
import { EMPTY_STORE } from "../../application/ports/state-table.ts";
import type { TargetKey } from "../../domain/identifiers.ts";
import type { Layer } from "../../domain/layers/layer.ts";
import type { Result } from "../../domain/result.ts";
import type { TableHandle } from "./conditional-write.ts";
import { sortKeyPrefix, stateKey } from "./keys.ts";
import { readNamed } from "./named-items.ts";
import { itemsOf } from "./read-items.ts";
import { type OnBrokenItem, readable, readItem, readOrThrow, type StoredItemError } from "./stored-item.ts";
import { storedStore } from "./stored-store.ts";
import { versioned } from "./versioned.ts";

type Item = Record<string, unknown>;
type Reader<Value> = (tableName: string, item: Item) => Result<Value, StoredItemError>;

/** @returns the part of the state table that answers for a whole store: one query of its partition, which holds nothing else. */
export function contentsOfStores(table: TableHandle, onBrokenItem: OnBrokenItem): Pick<StateTable, "contentsOf"> {
  const { tableName } = table;
  return {
    async contentsOf(storeId) {
      const items = await itemsOf(table, storeId);
      const beginning = <Value>(prefix: string, read: Reader<Value>) =>
        readable(
          items.filter((item) => String(item["sk"]).startsWith(prefix)).map((item) => read(tableName, item)),
          onBrokenItem,
        );
      const own = items.find((item) => item["sk"] === stateKey.store(storeId).sk);
      return {
        store: own === undefined ? { ...EMPTY_STORE, version: 0 } : readOrThrow(readItem(versioned(storedStore), tableName, own)),
        campaigns: beginning(sortKeyPrefix.campaigns, readNamed.campaign),
        calendars: beginning(sortKeyPrefix.calendars, readNamed.calendar),
        targets: beginning(sortKeyPrefix.targets, readNamed.target),
        layers: byTarget(beginning(sortKeyPrefix.layers, readNamed.layer)),
      };
    },
  };
}

function byTarget(layers: readonly { readonly target: TargetKey; readonly layer: Layer }[]): ReadonlyMap<TargetKey, readonly Layer[]> {
  const over = new Map<TargetKey, Layer[]>();
  for (const { target, layer } of layers) over.set(target, [...(over.get(target) ?? []), layer]);
  return over;
}
