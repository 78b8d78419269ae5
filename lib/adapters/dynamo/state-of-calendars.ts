import * as z from "zod";
import type { StateTable } from "../../application/ports/state-table.ts";
import { deleteAtVersion, putAtVersion, type TableHandle } from "./conditional-write.ts";
import { sortKeyPrefix, stateKey } from "./keys.ts";
import { readNamed, versionedItem } from "./named-items.ts";
import { getItem, itemsBeginning } from "./read-items.ts";
import { storedCalendarCopy } from "./stored-calendar-copy.ts";
import { type OnBrokenItem, readable, readItem, readOrThrow } from "./stored-item.ts";

/** @returns the part of the state table that holds the last good copies of calendars. */
export function stateOfCalendars(
  table: TableHandle,
  onBrokenItem: OnBrokenItem,
): Pick<StateTable, "readCalendar" | "writeCalendar" | "removeCalendar" | "calendarsOf"> {
  const named = (item: Record<string, unknown>) => readNamed.calendar(table.tableName, item);
  return {
    async readCalendar(store, name) {
      const item = await getItem(table, stateKey.calendar(store, name));
      return item && readOrThrow(readItem(versionedItem.calendar, table.tableName, item));
    },
    writeCalendar: async (store, name, copy, read) =>
      putAtVersion(table, { ...stateKey.calendar(store, name), ...z.encode(storedCalendarCopy, copy) }, read),
    removeCalendar: async (store, name, read) => deleteAtVersion(table, stateKey.calendar(store, name), read),
    calendarsOf: async (store) => readable((await itemsBeginning(table, store, sortKeyPrefix.calendars)).map(named), onBrokenItem),
  };
}
