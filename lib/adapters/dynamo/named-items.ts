import type * as z from "zod";
import { EMPTY_STORE, type StoreState, type Versioned } from "../../application/ports/state-table.ts";
import { failure, type Result, success } from "../../domain/result.ts";
import { namedBy } from "./keys.ts";
import { storedCalendarCopy } from "./stored-calendar-copy.ts";
import { storedCampaignCopy } from "./stored-campaign-copy.ts";
import { keyText, readItem, readOrThrow, StoredItemError } from "./stored-item.ts";
import { storedLayer } from "./stored-layer.ts";
import { storedStore } from "./stored-store.ts";
import { storedTarget } from "./stored-target.ts";
import { versioned } from "./versioned.ts";

type Item = Record<string, unknown>;
type Reading<Value> = Result<Value, StoredItemError>;

/** Copies, targets and stores with the count of their writes, as they are stored. */
export const versionedItem = {
  campaign: versioned(storedCampaignCopy),
  calendar: versioned(storedCalendarCopy),
  target: versioned(storedTarget),
  store: versioned(storedStore),
};

/** @returns what is known of a store; of one without an item nothing. @throws StoredItemError if the item cannot be read. */
export function readStoreItem(tableName: string, item: Item | undefined): StoreState & Versioned {
  return item === undefined ? { ...EMPTY_STORE, version: 0 } : readOrThrow(readItem(versionedItem.store, tableName, item));
}

function named<Name, Schema extends z.ZodType>(
  nameIn: (sk: string) => Name | undefined,
  whatEnds: string,
  schema: Schema,
  tableName: string,
  item: Item,
): Reading<{ readonly name: Name; readonly value: z.output<Schema> }> {
  const name = nameIn(String(item["sk"]));
  if (name === undefined) return failure(new StoredItemError(tableName, keyText(item), `its sort key does not end in ${whatEnds}`));
  const reading = readItem(schema, tableName, item);
  return reading.ok ? success({ name, value: reading.value }) : reading;
}

/** How the items of a list are read: what they hold, with what their sort key names, or an error that names table, key and what is wrong. */
export const readNamed = {
  campaign(tableName: string, item: Item) {
    const reading = named(namedBy.campaign, "a campaign id", versionedItem.campaign, tableName, item);
    return reading.ok ? success({ campaignId: reading.value.name, ...reading.value.value }) : reading;
  },
  calendar(tableName: string, item: Item) {
    const reading = named(namedBy.calendar, "a calendar's name", versionedItem.calendar, tableName, item);
    return reading.ok ? success({ name: reading.value.name, ...reading.value.value }) : reading;
  },
  target(tableName: string, item: Item) {
    const reading = named(namedBy.target, "coupon#<id> or promotion#<id>", versionedItem.target, tableName, item);
    return reading.ok ? success({ target: reading.value.name, ...reading.value.value }) : reading;
  },
  layer(tableName: string, item: Item) {
    const reading = named(namedBy.layer, "coupon#<id> or promotion#<id> and a campaign id", storedLayer, tableName, item);
    return reading.ok ? success({ target: reading.value.name, layer: reading.value.value }) : reading;
  },
};
