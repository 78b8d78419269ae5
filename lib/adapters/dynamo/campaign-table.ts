import { DeleteCommand, GetCommand, PutCommand, paginateScan, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { statusJson } from "../../application/messages/status-json.ts";
import type { CampaignRecord, CampaignTable } from "../../application/ports/campaign-table.ts";
import { type TableHandle, unlessRefused } from "./conditional-write.ts";
import { plainJsonObject } from "./plain-json.ts";
import { replaceRecord } from "./replace-record.ts";

/** @returns the table that marketers edit, in DynamoDB. What they typed is handed on as JSON, whatever its types. */
export function createDynamoCampaignTable({ client, tableName: TableName }: TableHandle): CampaignTable {
  return {
    async get(storeId, campaignId) {
      // DynamoDB refuses an empty key, and so holds no such record.
      if (storeId === "" || campaignId === "") return undefined;
      const { Item } = await client.send(new GetCommand({ TableName, Key: { storeId, campaignId }, ConsistentRead: true }));
      return Item && recordOf(Item);
    },
    async *all() {
      for await (const page of paginateScan({ client }, { TableName, ConsistentRead: true })) yield* (page.Items ?? []).map(recordOf);
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
    async remove(storeId, campaignId) {
      if (storeId === "" || campaignId === "") return;
      await client.send(new DeleteCommand({ TableName, Key: { storeId, campaignId } }));
    },
  };
}

function recordOf(attributes: Record<string, unknown>): CampaignRecord {
  return { storeId: String(attributes["storeId"]), campaignId: String(attributes["campaignId"]), item: plainJsonObject(attributes) };
}
