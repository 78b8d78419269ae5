import { describe, expect, it } from "vitest";
import { compileCampaign } from "../../lib/application/compile/compile-campaign.ts";
import { createWorld, instantOf, PROMOTION, STORE, sale } from "../support/world.ts";

describe("a boundary that falls while a worker is waiting for the store's token", () => {
  it("is kept for a target that had needed no call before it", async () => {
    const world = createWorld({ now: "2026-11-27T09:59:58.900Z" });
    const { tokens } = world.reconciling;
    const { read } = tokens;
    tokens.read = async (store) => {
      await world.clock.sleepUntil(instantOf("2026-11-27T10:00:00.200Z"));
      return read(store);
    };
    // The promotion has something to do at once, the coupon only at 10:00; one message, sent at 09:59:59.9, names both.
    const other = sale({
      campaignId: "other",
      start: "2026-11-27T09:00",
      coupons: [],
      promotions: [{ promotionId: PROMOTION, addGroups: [3] }],
    });
    await world.campaigns.put(other);
    await compileCampaign({ ...world.compiling, dispatcher: { send: async () => undefined } }, { storeId: STORE, campaignId: "other" });

    await world.put(sale({ promotions: [{ promotionId: PROMOTION, addGroups: [2] }] }));
    await world.runTo("2026-11-27T10:01:00Z");

    expect(world.groups()).toEqual([0, 1, 2, 3]);
    expect(world.limit()).toBe("UNLIMITED");
  });
});
