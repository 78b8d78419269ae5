import { GetCommand, PutCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import type { KeyedItem } from "../../application/ports/campaign-table.ts";
import { CAMPAIGN_FIELDS } from "../../application/record/campaign-fields.ts";
import { isSameText, orderedText } from "../../application/record/same-text.ts";
import type { JsonObject } from "../../domain/live.ts";
import { type TableHandle, unlessRefused } from "./conditional-write.ts";
import { plainJsonObject } from "./plain-json.ts";

const NOT_TYPED = new Set(["storeId", "campaignId", "status"]);

/**
 * Writes the fields that differ, and only those: an attribute of a type that JSON does not know stays what it is unless its field changes.
 *
 * @param read what was read before, undefined for nothing. @returns false if people's text there is no longer that.
 */
export async function replaceRecord(table: TableHandle, item: KeyedItem, read: JsonObject | undefined): Promise<boolean> {
  const { client, tableName: TableName } = table;
  if (read === undefined) {
    const { status: _notTyped, ...Item } = item;
    return unlessRefused(client.send(new PutCommand({ TableName, Item, ConditionExpression: "attribute_not_exists(campaignId)" })));
  }
  const Key = { storeId: item.storeId, campaignId: item.campaignId };
  const { Item: stored } = await client.send(new GetCommand({ TableName, Key, ConsistentRead: true }));
  if (stored === undefined || !isSameText(plainJsonObject(stored), read)) return false;
  const update = updateFrom(stored, item);
  return update === undefined || unlessRefused(client.send(new UpdateCommand({ TableName, Key, ...update })));
}

/** The condition names every field by the very attribute just read, so that nobody can come in between. */
function updateFrom(stored: Readonly<Record<string, unknown>>, item: JsonObject) {
  const before = plainJsonObject(stored);
  const fields = [...new Set([...Object.keys(stored), ...Object.keys(item), ...CAMPAIGN_FIELDS])].filter((field) => !NOT_TYPED.has(field));
  const numbered = fields.map((field, index) => ({ field, name: `#n${index}`, old: `:o${index}`, next: `:n${index}` }));
  const isStored = (field: string) => stored[field] !== undefined;
  const set = numbered.filter(({ field }) => item[field] !== undefined && orderedText(item[field]) !== orderedText(before[field]));
  const removed = numbered.filter(({ field }) => item[field] === undefined && isStored(field));
  if (set.length + removed.length === 0) return undefined;
  const clauses = [
    set.length === 0 ? "" : `SET ${set.map(({ name, next }) => `${name} = ${next}`).join(", ")}`,
    removed.length === 0 ? "" : `REMOVE ${removed.map(({ name }) => name).join(", ")}`,
  ];
  const conditions = numbered.map(({ field, name, old }) => (isStored(field) ? `${name} = ${old}` : `attribute_not_exists(${name})`));
  return {
    UpdateExpression: clauses.join(" ").trim(),
    ConditionExpression: ["attribute_exists(campaignId)", ...conditions].join(" AND "),
    ExpressionAttributeNames: Object.fromEntries(numbered.map(({ field, name }) => [name, field])),
    ExpressionAttributeValues: Object.fromEntries([
      ...numbered.filter(({ field }) => isStored(field)).map(({ field, old }) => [old, stored[field]] as const),
      ...set.map(({ field, next }) => [next, item[field]] as const),
    ]),
  };
}
