import { GetCommand, paginateQuery } from "@aws-sdk/lib-dynamodb";
import type { TableHandle } from "./conditional-write.ts";
import type { ItemKey } from "./keys.ts";

/** @returns the item, read strongly consistent, or undefined if there is none. */
export async function getItem({ client, tableName }: TableHandle, key: ItemKey): Promise<Record<string, unknown> | undefined> {
  const { Item } = await client.send(new GetCommand({ TableName: tableName, Key: key, ConsistentRead: true }));
  return Item;
}

/** @returns every item of the partition whose sort key begins so, read strongly consistent and page by page, in the order of the sort key. */
export async function itemsBeginning(
  { client, tableName }: TableHandle,
  pk: string,
  prefix: string,
): Promise<readonly Record<string, unknown>[]> {
  const items: Record<string, unknown>[] = [];
  const query = {
    TableName: tableName,
    ConsistentRead: true,
    KeyConditionExpression: "pk = :pk AND begins_with(sk, :prefix)",
    ExpressionAttributeValues: { ":pk": pk, ":prefix": prefix },
  };
  for await (const page of paginateQuery({ client }, query)) items.push(...(page.Items ?? []));
  return items;
}
