import { createHash } from "node:crypto";
import type { StoreId } from "../../domain/identifiers.ts";
import type { QueueUrls } from "./queue-urls.ts";

/**
 * The same store always gets the same queue, for as long as there are as many: a store's messages keep their order only within one. A hash, because ids may
 * have a pattern (all even, all of one block), which a remainder would put into few of the queues.
 *
 * @param count how many queues there are, 1 or more.
 * @returns which of them the store's messages go to, 0 for the first.
 */
export function queueOfStore(storeId: StoreId, count: number): number {
  if (count === 1) return 0;
  return createHash("sha256").update(storeId).digest().readUInt32BE(0) % count;
}

/**
 * @param arn of the queue that brought a message of the store. @param urls of all queues, in their order.
 * @returns whether it is the store's. It may not be after the number of queues has changed, or where somebody sends with an old list of them.
 */
export function isQueueOfStore(storeId: StoreId, arn: string, urls: QueueUrls): boolean {
  const [name, url] = [arn.split(":").at(-1), urls[queueOfStore(storeId, urls.length)]];
  return name !== undefined && url?.endsWith(`/${name}`) === true;
}
