import { createHash } from "node:crypto";
import { DeleteCommand, PutCommand, paginateQuery } from "@aws-sdk/lib-dynamodb";
import { encodeStoreMessage, parseStoreMessage } from "../../application/messages/store-message.ts";
import type { Dispatcher, StoreMessage } from "../../application/ports/dispatcher.ts";
import type { TableHandle } from "./conditional-write.ts";

/** A partition of the state table that is no store's: a store's is its number. */
const PARTITION = "LETTERBOX";

/** Where other processes leave messages for the Doorman on this machine, whose queue is inside its own process. */
export interface Letterbox extends Dispatcher {
  /** @returns what was left since the last time; each message is handed out once. One that cannot be read is dropped. */
  collect(): Promise<readonly StoreMessage[]>;
}

/** @param table the state table. */
export function createLetterbox({ client, tableName: TableName }: TableHandle): Letterbox {
  return {
    async send(message) {
      const body = encodeStoreMessage(message);
      const sk = createHash("sha256").update(body).digest("hex");
      await client.send(new PutCommand({ TableName, Item: { pk: PARTITION, sk, body } }));
    },
    async collect() {
      const query = {
        TableName,
        ConsistentRead: true,
        KeyConditionExpression: "pk = :pk",
        ExpressionAttributeValues: { ":pk": PARTITION },
      };
      const collected: StoreMessage[] = [];
      for await (const { Items = [] } of paginateQuery({ client }, query)) {
        for (const { pk, sk } of Items) {
          const { Attributes } = await client.send(new DeleteCommand({ TableName, Key: { pk, sk }, ReturnValues: "ALL_OLD" }));
          const parsed = parseStoreMessage(String(Attributes?.["body"]));
          if (parsed.ok) collected.push(parsed.value);
        }
      }
      return collected;
    },
  };
}
