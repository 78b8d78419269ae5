import { type AttributeValue, DeleteItemCommand, GetItemCommand, UpdateItemCommand } from "@aws-sdk/client-dynamodb";
import { GetCommand, PutCommand } from "@aws-sdk/lib-dynamodb";
import type { KeyedItem } from "../../application/ports/campaign-table.ts";
import { CAMPAIGN_FIELDS } from "../../application/record/campaign-fields.ts";
import { isSameText } from "../../application/record/same-text.ts";
import { canonicalJson } from "../../domain/canonical-json.ts";
import type { Json, JsonObject } from "../../domain/live.ts";
import { type TableHandle, unlessRefused } from "./conditional-write.ts";
import { plainJsonObject } from "./plain-json.ts";
import { type ConditionParts, comparedByParts, comparedWhole, type ReadAttributes } from "./same-attributes.ts";

type Attributes = Readonly<Record<string, AttributeValue>>;

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
  for (const compared of [comparedWhole, comparedByParts]) {
    // Refused although the text is the same: the engine cannot compare it as a whole.
    const stored = await storedText(table, item, read);
    if (stored === undefined) return false;
    if (isSameText(read, item) || (await write(table, item, { stored, before: read }, compared(typedAttributes(stored, item)))))
      return true;
  }
  return false;
}

/** Deletes a record. @param read what was read before. @returns false if people's text there is no longer that. */
export async function removeRecord(table: TableHandle, key: KeyedItem, read: JsonObject): Promise<boolean> {
  const Key = { storeId: { S: key.storeId }, campaignId: { S: key.campaignId } };
  for (const compared of [comparedWhole, comparedByParts]) {
    const stored = await storedText(table, key, read);
    if (stored === undefined) return false;
    const same = compared(typedAttributes(stored, {}));
    const condition = {
      ConditionExpression: ["attribute_exists(campaignId)", ...same.clauses].join(" AND "),
      ExpressionAttributeNames: { ...same.names },
      ...(Object.keys(same.values).length > 0 && { ExpressionAttributeValues: { ...same.values } }),
    };
    if (await unlessRefused(table.client.send(new DeleteItemCommand({ TableName: table.tableName, Key, ...condition })))) return true;
  }
  return false;
}

/** @returns the attributes as they are, if they still say what was read. In their own types, which JSON does not know all of. */
async function storedText(
  { client, tableName: TableName }: TableHandle,
  item: KeyedItem,
  read: JsonObject,
): Promise<Attributes | undefined> {
  const { storeId, campaignId } = item;
  const { Item: stored } = await client.send(
    new GetItemCommand({ TableName, Key: { storeId: { S: storeId }, campaignId: { S: campaignId } }, ConsistentRead: true }),
  );
  // Read again as JSON. Should it change in between, the condition on what was read first does not hold.
  const { Item: typed } = await client.send(new GetCommand({ TableName, Key: { storeId, campaignId }, ConsistentRead: true }));
  return typed !== undefined && isSameText(plainJsonObject(typed), read) ? stored : undefined;
}

/** What people typed, and what they might type meanwhile. */
function typedAttributes(stored: Attributes, item: JsonObject): ReadAttributes {
  const fields = new Set([...Object.keys(stored), ...Object.keys(item), ...CAMPAIGN_FIELDS]);
  return new Map([...fields].filter((field) => !NOT_TYPED.has(field)).map((field) => [field, stored[field]]));
}

/** The condition names every field by the very attribute just read, so that nobody can come in between. */
function write(
  { client, tableName }: TableHandle,
  item: KeyedItem,
  old: { readonly stored: Attributes; readonly before: JsonObject },
  same: ConditionParts,
): Promise<boolean> {
  const change = changeFrom(old.stored, old.before, item);
  return unlessRefused(
    client.send(
      new UpdateItemCommand({
        TableName: tableName,
        Key: { storeId: { S: item.storeId }, campaignId: { S: item.campaignId } },
        UpdateExpression: change.expression,
        ConditionExpression: ["attribute_exists(campaignId)", ...same.clauses].join(" AND "),
        ExpressionAttributeNames: { ...change.names, ...same.names },
        ExpressionAttributeValues: { ...change.values, ...same.values },
      }),
    ),
  );
}

function changeFrom(stored: Attributes, before: JsonObject, item: JsonObject) {
  const isTyped = (field: string) => !NOT_TYPED.has(field);
  const set = Object.entries(item).filter(([field, value]) => isTyped(field) && canonicalJson(value) !== canonicalJson(before[field]));
  const removed = Object.keys(stored).filter((field) => isTyped(field) && item[field] === undefined);
  const names = new Map([...set.map(([field]) => field), ...removed].map((field, index) => [field, `#n${index}`]));
  const clauses = [
    set.length === 0 ? "" : `SET ${set.map(([field], index) => `${names.get(field)} = :n${index}`).join(", ")}`,
    removed.length === 0 ? "" : `REMOVE ${removed.map((field) => names.get(field)).join(", ")}`,
  ];
  return {
    expression: clauses.join(" ").trim(),
    names: Object.fromEntries([...names].map(([field, name]) => [name, field])),
    values: Object.fromEntries(set.map(([, value], index) => [`:n${index}`, attributeOf(value)])),
  };
}

/** The document client would convert what was read as well, and lose its types; JSON has but six. */
function attributeOf(value: Json): AttributeValue {
  if (value === null) return { NULL: true };
  if (typeof value === "string") return { S: value };
  if (typeof value === "number") return { N: String(value) };
  if (typeof value === "boolean") return { BOOL: value };
  if (isList(value)) return { L: value.map(attributeOf) };
  return { M: Object.fromEntries(Object.entries(value).map(([field, each]) => [field, attributeOf(each)])) };
}

function isList(value: readonly Json[] | JsonObject): value is readonly Json[] {
  return Array.isArray(value);
}
