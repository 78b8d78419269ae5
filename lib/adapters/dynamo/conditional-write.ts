import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import { DeleteCommand, type DynamoDBDocumentClient, PutCommand } from "@aws-sdk/lib-dynamodb";
import type { Version } from "../../application/ports/state-table.ts";
import type { ItemKey } from "./keys.ts";

/** Where items are written. */
export interface TableHandle {
  readonly client: DynamoDBDocumentClient;
  readonly tableName: string;
}

/**
 * Puts an item in place of the version that was read (0: there was none) and gives it the next one.
 * @returns false if somebody else wrote first. An answer lost on the way may turn a write that happened into false: whoever wrote reads again.
 */
export function putAtVersion({ client, tableName }: TableHandle, item: ItemKey & Record<string, unknown>, read: Version): Promise<boolean> {
  return unlessRefused(client.send(new PutCommand({ TableName: tableName, Item: { ...item, version: read + 1 }, ...atVersion(read) })));
}

/** Deletes the version of an item that was read. @returns false if somebody else wrote first. */
export function deleteAtVersion({ client, tableName }: TableHandle, key: ItemKey, read: Version): Promise<boolean> {
  return unlessRefused(client.send(new DeleteCommand({ TableName: tableName, Key: key, ...atVersion(read) })));
}

/** @returns whether the write went through; false if its condition did not hold. @throws whatever else went wrong. */
export async function unlessRefused(write: Promise<unknown>): Promise<boolean> {
  try {
    await write;
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}

function atVersion(read: Version) {
  if (read === 0) return { ConditionExpression: "attribute_not_exists(pk)" };
  return {
    ConditionExpression: "#version = :read",
    ExpressionAttributeNames: { "#version": "version" },
    ExpressionAttributeValues: { ":read": read },
  };
}
