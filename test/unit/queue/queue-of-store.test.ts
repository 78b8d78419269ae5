import { describe, expect, it } from "vitest";
import { queueOfStore } from "../../../lib/adapters/queue/queue-of-store.ts";
import { storeId } from "../../../lib/domain/identifiers.ts";

const STORES = Array.from({ length: 6_000 }, (_each, index) => storeId(String(10_000_000 + index)));

describe("the queue of a store", () => {
  it("is the only one where there is one", () => {
    expect(new Set(STORES.map((store) => queueOfStore(store, 1)))).toEqual(new Set([0]));
  });

  it.each([2, 3, 6])("is one of %i, with stores of neighbouring ids shared out among all of them", (count) => {
    const queues = STORES.map((store) => queueOfStore(store, count));

    for (let queue = 0; queue < count; queue += 1) {
      const share = (queues.filter((each) => each === queue).length * count) / STORES.length;
      expect(share).toBeGreaterThan(0.9);
      expect(share).toBeLessThan(1.1);
    }
    expect(queues.every((queue) => queue < count)).toBe(true);
  });

  // What waits in a queue is in the order that it was sent in; a store that changed its queue with a new version would overtake itself.
  it("is for good", () => {
    expect(["1003", "2001", "2002"].map((store) => queueOfStore(storeId(store), 6))).toEqual([2, 5, 2]);
  });
});
