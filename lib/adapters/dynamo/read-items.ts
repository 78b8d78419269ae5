import { GetCommand, paginateQuery } from "@aws-sdk/lib-dynamodb";
import type { TableHandle } from "./conditional-write.ts";
import type { ItemKey } from "./keys.ts";

/** @returns the item, read strongly consistent, or undefined if there is none. */
export async function getItem({ client, tableName }: TableHandle, key: ItemKey): Promise<Record<string, unknown> | undefined> {
  const { Item } = await client.send(new GetCommand({ TableName: tableName, Key: key, ConsistentRead: true }));
  return Item;
}

/** @returns every item of the partition, read strongly consistent and page by page, in the order of the sort key. */
export async function itemsOf(table: TableHandle, pk: string): Promise<readonly Record<string, unknown>[]> {
  return query(table, { KeyConditionExpression: "pk = :pk", ExpressionAttributeValues: { ":pk": pk } });
}

/** @returns those of them whose sort key begins so. */
export async function itemsBeginning(table: TableHandle, pk: string, prefix: string): Promise<readonly Record<string, unknown>[]> {
  return query(table, {
    KeyConditionExpression: "pk = :pk AND begins_with(sk, :prefix)",
    ExpressionAttributeValues: { ":pk": pk, ":prefix": prefix },
  });
}

interface Condition {
  readonly KeyConditionExpression: string;
  readonly ExpressionAttributeValues: Record<string, string>;
}

async function query({ client, tableName }: TableHandle, condition: Condition): Promise<readonly Record<string, unknown>[]> {
  const items: Record<string, unknown>[] = [];
  for await (const page of paginateQuery({ client }, { TableName: tableName, ConsistentRead: true, ...condition })) {
    items.push(...(page.Items ?? []));
  }
  return items;
}
