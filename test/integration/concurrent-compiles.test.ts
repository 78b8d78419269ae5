import { describe, expect, it } from "vitest";
import { compileCampaign } from "../../lib/application/compile/compile-campaign.ts";
import { couponId, targetKey } from "../../lib/domain/identifiers.ts";
import { COUPON, createWorld, PROMOTION, STORE, sale, type World } from "../support/world.ts";

const KEY = targetKey({ kind: "coupon", id: couponId(String(COUPON)) });

/** The next compile is so slow that a change, and the whole compile of that change, come between its reads and its first layer. */
function overtakeTheNextCompile(world: World, change: () => Promise<unknown>): void {
  const { putLayer } = world.state;
  let isOvertaken = false;
  world.state.putLayer = async (store, target, layer) => {
    if (!isOvertaken) {
      isOvertaken = true;
      await change();
      await compileCampaign(world.compiling, { storeId: STORE, campaignId: "sale" });
    }
    return putLayer(store, target, layer);
  };
}

describe("a compile that is overtaken", () => {
  it("by a deletion leaves no layer behind", async () => {
    const world = createWorld();
    overtakeTheNextCompile(world, () => world.campaigns.remove(STORE, "sale"));

    await world.put(sale());
    await world.runTo("2026-11-27T10:30:00Z");

    expect(await world.state.campaignsOf(STORE)).toEqual([]);
    expect(await world.state.layersOf(STORE, KEY)).toEqual([]);
    expect(world.limit()).toBe("NEW_CUSTOMER_ONLY");
  });

  it("by a newer version leaves nothing of its own version running", async () => {
    const world = createWorld();
    await world.put(sale());
    overtakeTheNextCompile(world, () => world.campaigns.put(sale({ enabled: false, note: "the second edit" })));

    await world.put(sale({ note: "the first edit" }));
    await world.runTo("2026-11-27T10:30:00Z");

    expect((await world.status("sale"))["state"]).toBe("DISABLED");
    expect(world.limit()).toBe("NEW_CUSTOMER_ONLY");
  });
});

describe("a layer that a compile left behind when it died", () => {
  it("is taken away by the sweep, and its target is given back", async () => {
    const world = createWorld();
    await world.put(sale());
    await world.runTo("2026-11-27T10:30:00Z");
    const { removeLayer } = world.state;
    world.state.removeLayer = async () => undefined;
    await world.remove("sale");
    world.state.removeLayer = removeLayer;
    expect(world.limit()).toBe("UNLIMITED");

    await world.sweep();
    await world.runTo("2026-11-27T10:32:00Z");

    expect(await world.state.layersOf(STORE, KEY)).toEqual([]);
    expect(world.limit()).toBe("NEW_CUSTOMER_ONLY");
  });

  it("is left alone where it belongs to a campaign that is saved while the sweep is at its store", async () => {
    const world = createWorld();
    await world.put(sale({ campaignId: "other", start: "2026-11-27T20:00", end: "2026-11-27T21:00" }));
    const { contentsOf, writeCampaign } = world.state;
    let writes = 0;
    // As a query of many pages may find it: the copies from before, the layers from after.
    world.state.contentsOf = async (store) => {
      const { campaigns } = await contentsOf(store);
      await world.campaigns.put(sale());
      await compileCampaign(world.compiling, { storeId: STORE, campaignId: "sale" });
      world.state.writeCampaign = async (...write) => {
        writes += 1;
        return writeCampaign(...write);
      };
      world.state.contentsOf = contentsOf;
      return { ...(await contentsOf(store)), campaigns };
    };

    await world.sweep();
    await world.runTo("2026-11-27T10:30:00Z");

    expect(writes).toBe(0);
    expect(world.limit()).toBe("UNLIMITED");
  });

  it("is left alone where its campaign takes the target up again while the sweep is about to take it away", async () => {
    const world = createWorld();
    const { removeLayer } = world.state;
    await world.put(sale());
    world.state.removeLayer = async () => undefined;
    await world.put(sale({ coupons: [], promotions: [{ promotionId: String(PROMOTION), addGroups: [2] }] }));
    world.state.removeLayer = async (store, target, campaign) => {
      world.state.removeLayer = removeLayer;
      await world.campaigns.put(sale({ note: "the coupon after all" }));
      await compileCampaign(world.compiling, { storeId: STORE, campaignId: "sale" });
      return removeLayer(store, target, campaign);
    };

    await world.sweep();
    await world.runTo("2026-11-27T10:30:00Z");

    expect(world.limit()).toBe("UNLIMITED");
  });
});
