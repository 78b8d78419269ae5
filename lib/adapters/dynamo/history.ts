import { PutCommand, paginateQuery } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import type { History, HistoryEntry } from "../../application/ports/history.ts";
import { DAY, type Instant, SECOND } from "../../domain/instant.ts";
import type { TableHandle } from "./conditional-write.ts";
import { historyKey } from "./keys.ts";
import { storedHistoryEntry } from "./stored-history-entry.ts";
import { type OnBrokenItem, readable, readItem } from "./stored-item.ts";
import { EXPIRY_ATTRIBUTE } from "./table-definitions.ts";

const KEPT_MS = 400 * DAY;

/** @returns the history in DynamoDB. Time to live deletes late or, in the embedded engine, never: so reads leave out what has expired. */
export function createDynamoHistory({ client, tableName, onBrokenItem }: TableHandle & { readonly onBrokenItem: OnBrokenItem }): History {
  return {
    async record(entry) {
      const key = historyKey.entry(entry.storeId, entry.target, entry.version, entry.kind);
      const expiry = { [EXPIRY_ATTRIBUTE]: Math.ceil((entry.at + KEPT_MS) / SECOND) };
      await client.send(new PutCommand({ TableName: tableName, Item: { ...key, ...z.encode(storedHistoryEntry, entry), ...expiry } }));
    },
    async of(store, target, limit, now) {
      const query = {
        TableName: tableName,
        ConsistentRead: true,
        ScanIndexForward: false,
        Limit: Math.max(limit, 1),
        KeyConditionExpression: "pk = :pk",
        ExpressionAttributeValues: { ":pk": historyKey.partition(store, target) },
      };
      const entries: HistoryEntry[] = [];
      for await (const page of paginateQuery({ client }, query)) {
        entries.push(
          ...readable(
            (page.Items ?? []).map((item) => readItem(storedHistoryEntry, tableName, item)),
            onBrokenItem,
          ).filter(keptAt(now)),
        );
        if (entries.length >= limit) break;
      }
      return entries.slice(0, limit);
    },
  };
}

function keptAt(now: Instant): (entry: HistoryEntry) => boolean {
  return ({ at }) => at + KEPT_MS > now;
}
