import * as z from "zod";
import type { StateTable } from "../../application/ports/state-table.ts";
import { failure, success } from "../../domain/result.ts";
import { putAtVersion, type TableHandle } from "./conditional-write.ts";
import { INCIDENTS_PARTITION, namedBy, sortKeyPrefix, stateKey } from "./keys.ts";
import { getItem, itemsBeginning } from "./read-items.ts";
import { storedIncident } from "./stored-incident.ts";
import { keyText, type OnBrokenItem, readable, readItem, readOrThrow, StoredItemError } from "./stored-item.ts";
import { versioned } from "./versioned.ts";

const versionedIncident = versioned(storedIncident);

/** @returns the part of the state table that holds what people were told of each alarm. */
export function stateOfIncidents(
  table: TableHandle,
  onBrokenItem: OnBrokenItem,
): Pick<StateTable, "readIncident" | "writeIncident" | "incidents"> {
  return {
    async readIncident(kind) {
      const item = await getItem(table, stateKey.incident(kind));
      return item && readOrThrow(readItem(versionedIncident, table.tableName, item));
    },
    writeIncident: async (kind, incident, read) =>
      putAtVersion(table, { ...stateKey.incident(kind), ...z.encode(storedIncident, incident) }, read),
    async incidents() {
      const items = await itemsBeginning(table, INCIDENTS_PARTITION, sortKeyPrefix.incidents);
      return readable(
        items.map((item) => readNamedIncident(table.tableName, item)),
        onBrokenItem,
      );
    },
  };
}

function readNamedIncident(tableName: string, item: Record<string, unknown>) {
  const kind = namedBy.incident(String(item["sk"]));
  if (kind === undefined) return failure(new StoredItemError(tableName, keyText(item), "its sort key names no kind of alarm"));
  const incident = readItem(versionedIncident, tableName, item);
  return incident.ok ? success({ kind, ...incident.value }) : incident;
}
