import { createHash } from "node:crypto";
import {
  SendMessageBatchCommand,
  type SendMessageBatchCommandOutput,
  SendMessageCommand,
  SQSClient,
  type SQSClientConfig,
} from "@aws-sdk/client-sqs";
import { encodeStoreMessage } from "../../application/messages/store-message.ts";
import type { Dispatcher, StoreMessage } from "../../application/ports/dispatcher.ts";
import { queueOfStore } from "./queue-of-store.ts";
import type { QueueUrls } from "./queue-urls.ts";

/**
 * @param configuration overrides for the SDK's own.
 * @returns a client that calls the service's endpoint rather than the host in the queue's address, so that `AWS_ENDPOINT_URL` holds.
 */
export function createSqsClient(configuration: SQSClientConfig = {}): SQSClient {
  return new SQSClient({ useQueueUrlAsEndpoint: false, ...configuration });
}

/** The most that one request takes (SendMessageBatch, Amazon SQS API reference). */
const MOST_IN_A_REQUEST = 10;

interface Entry {
  readonly MessageBody: string;
  readonly MessageGroupId: string;
  readonly MessageDeduplicationId: string;
}

interface Waiting {
  readonly entry: Entry;
  readonly done: (outcome?: unknown) => void;
}

function entryOf(message: StoreMessage): Entry {
  const body = encodeStoreMessage(message);
  const MessageDeduplicationId = createHash("sha256").update(`${message.storeId}\n${body}`).digest("hex");
  return { MessageBody: body, MessageGroupId: message.storeId, MessageDeduplicationId };
}

/**
 * Messages that are sent in the same turn share requests, ten each: a wave of thousands of stores would otherwise keep the tick's small processor
 * busy for half a minute, and each request is billed.
 *
 * @returns a function that sends into one queue.
 */
function senderTo(queueUrl: string, client: SQSClient): Dispatcher["send"] {
  let waiting: Waiting[] = [];

  const sendOne = ({ entry, done }: Waiting): Promise<void> =>
    client.send(new SendMessageCommand({ QueueUrl: queueUrl, ...entry })).then(() => done(), done);

  async function sendTogether(some: readonly Waiting[]): Promise<void> {
    const Entries = some.map(({ entry }, index) => ({ Id: String(index), ...entry }));
    let reply: SendMessageBatchCommandOutput;
    try {
      reply = await client.send(new SendMessageBatchCommand({ QueueUrl: queueUrl, Entries }));
    } catch (error) {
      for (const { done } of some) done(error);
      return;
    }
    const taken = new Set((reply.Successful ?? []).map(({ Id }) => Id));
    // One that was not taken goes by itself: with the SDK's retries, and with an error of its own.
    await Promise.all(some.map((each, index) => (taken.has(String(index)) ? each.done() : sendOne(each))));
  }

  function sendWaiting(): void {
    const all = waiting;
    waiting = [];
    for (let first = 0; first < all.length; first += MOST_IN_A_REQUEST) {
      const some = all.slice(first, first + MOST_IN_A_REQUEST);
      const [only] = some;
      void (some.length === 1 && only !== undefined ? sendOne(only) : sendTogether(some));
    }
  }

  return async (message) => {
    const entry = entryOf(message);
    const failure = await new Promise<unknown>((done) => {
      waiting.push({ entry, done });
      if (waiting.length === 1) setImmediate(sendWaiting);
    });
    if (failure !== undefined) throw failure;
  };
}

/**
 * @param queueUrls of first-in-first-out queues.
 * @returns a dispatcher whose groups are the stores, each of them in one of the queues. The deduplication id covers group and content, so that it also
 *   holds on a queue without content-based deduplication, and on one that does not keep groups apart.
 */
export function createSqsDispatcher({ client, queueUrls }: { readonly client: SQSClient; readonly queueUrls: QueueUrls }): Dispatcher {
  const [first, ...others] = queueUrls;
  const toFirst = senderTo(first, client);
  const senders = [toFirst, ...others.map((queueUrl) => senderTo(queueUrl, client))];
  return { send: (message) => (senders[queueOfStore(message.storeId, senders.length)] ?? toFirst)(message) };
}
