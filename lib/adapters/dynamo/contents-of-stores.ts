import type { StateTable } from "../../application/ports/state-table.ts";
import type { TargetKey } from "../../domain/identifiers.ts";
import type { Layer } from "../../domain/layers/layer.ts";
import type { Result } from "../../domain/result.ts";
import type { TableHandle } from "./conditional-write.ts";
import { sortKeyPrefix, stateKey } from "./keys.ts";
import { readNamed, readStoreItem } from "./named-items.ts";
import { itemsOf } from "./read-items.ts";
import { type OnBrokenItem, readable, type StoredItemError } from "./stored-item.ts";

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
        store: readStoreItem(tableName, own),
        campaigns: beginning(sortKeyPrefix.campaigns, readNamed.campaign),
        calendars: beginning(sortKeyPrefix.calendars, readNamed.calendar),
        targets: beginning(sortKeyPrefix.targets, readNamed.target),
        layers: byTarget(beginning(sortKeyPrefix.layers, readNamed.layer)),
      };
    },
  };
}

function byTarget(layers: readonly { readonly target: TargetKey; readonly layer: Layer }[]): ReadonlyMap<TargetKey, readonly Layer[]> {
  const over = Map.groupBy(layers, ({ target }) => target);
  return new Map([...over].map(([target, each]) => [target, each.map(({ layer }) => layer)]));
}
