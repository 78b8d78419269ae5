import { DeleteCommand, GetCommand, PutCommand, paginateQuery, paginateScan, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { statusJson } from "../../application/messages/status-json.ts";
import type { CampaignRecord, CampaignTable } from "../../application/ports/campaign-table.ts";
import { type TableHandle, unlessRefused } from "./conditional-write.ts";
import { plainJsonObject } from "./plain-json.ts";
import { removeRecord, replaceRecord } from "./replace-record.ts";

/** @returns the table that marketers edit, in DynamoDB. What they typed is handed on as JSON, whatever its types. */
export function createDynamoCampaignTable({ client, tableName: TableName }: TableHandle): CampaignTable {
  return {
    async get(storeId, campaignId) {
      // DynamoDB refuses an empty key, and so holds no such record.
      if (storeId === "" || campaignId === "") return undefined;
      const { Item } = await client.send(new GetCommand({ TableName, Key: { storeId, campaignId }, ConsistentRead: true }));
      return Item && recordOf(Item);
    },
    async *all(storeId) {
      const pages =
        storeId === undefined
          ? paginateScan({ client }, { TableName, ConsistentRead: true })
          : paginateQuery({ client }, { TableName, ConsistentRead: true, ...ofStore(storeId) });
      for await (const page of pages) yield* (page.Items ?? []).map(recordOf);
    },
    writeStatus: (storeId, campaignId, status) =>
      unlessRefused(
        client.send(
          new UpdateCommand({
            TableName,
            Key: { storeId, campaignId },
            UpdateExpression: "SET #status = :status",
            ConditionExpression: "attribute_exists(campaignId)",
            ExpressionAttributeNames: { "#status": "status" },
            ExpressionAttributeValues: { ":status": statusJson(status) },
          }),
        ),
      ),
    async put(item) {
      await client.send(new PutCommand({ TableName, Item: item }));
    },
    replace: (item, read) => replaceRecord({ client, tableName: TableName }, item, read),
    async remove(storeId, campaignId, read) {
      if (storeId === "" || campaignId === "") return read === undefined;
      if (read !== undefined) return removeRecord({ client, tableName: TableName }, { storeId, campaignId }, read);
      await client.send(new DeleteCommand({ TableName, Key: { storeId, campaignId } }));
      return true;
    },
  };
}

function ofStore(storeId: string) {
  return { KeyConditionExpression: "storeId = :storeId", ExpressionAttributeValues: { ":storeId": storeId } };
}

function recordOf(attributes: Record<string, unknown>): CampaignRecord {
  return { storeId: String(attributes["storeId"]), campaignId: String(attributes["campaignId"]), item: plainJsonObject(attributes) };
}
