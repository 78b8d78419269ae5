import type { StateTable } from "../../application/ports/state-table.ts";
import type { TableHandle } from "./conditional-write.ts";
import { contentsOfStores } from "./contents-of-stores.ts";
import { dueEntries } from "./due-index.ts";
import { stateOfCalendars } from "./state-of-calendars.ts";
import { stateOfCampaigns } from "./state-of-campaigns.ts";
import { stateOfIncidents } from "./state-of-incidents.ts";
import { stateOfLayers } from "./state-of-layers.ts";
import { stateOfSystemAndStores } from "./state-of-system-and-stores.ts";
import { stateOfTargets } from "./state-of-targets.ts";
import type { OnBrokenItem } from "./stored-item.ts";

/**
 * @param onBrokenItem told of each item that a list leaves out because it cannot be read. Reading such an item by itself throws StoredItemError.
 * @returns the private table in DynamoDB.
 */
export function createDynamoStateTable({ onBrokenItem, ...table }: TableHandle & { readonly onBrokenItem: OnBrokenItem }): StateTable {
  return {
    ...stateOfSystemAndStores(table),
    ...stateOfIncidents(table, onBrokenItem),
    ...stateOfCampaigns(table, onBrokenItem),
    ...stateOfCalendars(table, onBrokenItem),
    ...stateOfLayers(table, onBrokenItem),
    ...stateOfTargets(table, onBrokenItem),
    ...contentsOfStores(table, onBrokenItem),
    due: (horizon) => dueEntries(table, horizon, onBrokenItem),
  };
}
