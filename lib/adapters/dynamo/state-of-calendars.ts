import * as z from "zod";
import type { StateTable } from "../../application/ports/state-table.ts";
import { failure, success } from "../../domain/result.ts";
import { deleteAtVersion, putAtVersion, type TableHandle } from "./conditional-write.ts";
import { namedBy, sortKeyPrefix, stateKey } from "./keys.ts";
import { getItem, itemsBeginning } from "./read-items.ts";
import { storedCalendarCopy } from "./stored-calendar-copy.ts";
import { keyText, type OnBrokenItem, readable, readItem, readOrThrow, StoredItemError } from "./stored-item.ts";
import { versioned } from "./versioned.ts";

const versionedCopy = versioned(storedCalendarCopy);

/** @returns the part of the state table that holds the last good copies of calendars. */
export function stateOfCalendars(
  table: TableHandle,
  onBrokenItem: OnBrokenItem,
): Pick<StateTable, "readCalendar" | "writeCalendar" | "removeCalendar" | "calendarsOf"> {
  const named = (item: Record<string, unknown>) => {
    const name = namedBy.calendar(String(item["sk"]));
    if (name === undefined)
      return failure(new StoredItemError(table.tableName, keyText(item), "its sort key does not end in a calendar's name"));
    const copy = readItem(versionedCopy, table.tableName, item);
    return copy.ok ? success({ name, ...copy.value }) : copy;
  };
  return {
    async readCalendar(store, name) {
      const item = await getItem(table, stateKey.calendar(store, name));
      return item && readOrThrow(readItem(versionedCopy, table.tableName, item));
    },
    writeCalendar: async (store, name, copy, read) =>
      putAtVersion(table, { ...stateKey.calendar(store, name), ...z.encode(storedCalendarCopy, copy) }, read),
    removeCalendar: async (store, name, read) => deleteAtVersion(table, stateKey.calendar(store, name), read),
    calendarsOf: async (store) => readable((await itemsBeginning(table, store, sortKeyPrefix.calendars)).map(named), onBrokenItem),
  };
}
