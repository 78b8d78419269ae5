import { createHash } from "node:crypto";
import type { StoreId } from "../../domain/identifiers.ts";

/**
 * The same store always gets the same queue, for as long as there are as many: a store's messages keep their order only within one. A hash, because ids that
 * follow one another would otherwise follow one another in the queues as well.
 *
 * @param count how many queues there are, 1 or more.
 * @returns which of them the store's messages go to, 0 for the first.
 */
export function queueOfStore(storeId: StoreId, count: number): number {
  if (count === 1) return 0;
  return createHash("sha256").update(storeId).digest().readUInt32BE(0) % count;
}
