import { createHash } from "node:crypto";
import { SendMessageCommand, SQSClient, type SQSClientConfig } from "@aws-sdk/client-sqs";
import { encodeStoreMessage } from "../../application/messages/store-message.ts";
import type { Dispatcher } from "../../application/ports/dispatcher.ts";

/**
 * @param configuration overrides for the SDK's own.
 * @returns a client that calls the service's endpoint rather than the host in the queue's address, so that `AWS_ENDPOINT_URL` holds.
 */
export function createSqsClient(configuration: SQSClientConfig = {}): SQSClient {
  return new SQSClient({ useQueueUrlAsEndpoint: false, ...configuration });
}

/**
 * @param queueUrl of a first-in-first-out queue.
 * @returns a dispatcher whose groups are the stores. The deduplication id covers group and content, so that it also holds on a queue
 *   without content-based deduplication, and on one that does not keep groups apart.
 */
export function createSqsDispatcher({ client, queueUrl }: { readonly client: SQSClient; readonly queueUrl: string }): Dispatcher {
  return {
    async send(message) {
      const body = encodeStoreMessage(message);
      const MessageDeduplicationId = createHash("sha256").update(`${message.storeId}\n${body}`).digest("hex");
      await client.send(
        new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: body, MessageGroupId: message.storeId, MessageDeduplicationId }),
      );
    },
  };
}
