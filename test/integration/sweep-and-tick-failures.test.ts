import { describe, expect, it } from "vitest";
import { runTick } from "../../lib/application/dispatch/run-tick.ts";
import type { StoreMessage } from "../../lib/application/ports/dispatcher.ts";
import { couponId, storeId, targetKey } from "../../lib/domain/identifiers.ts";
import { plus, SECOND } from "../../lib/domain/instant.ts";
import { COUPON, createWorld, instantOf, STORE, sale } from "../support/world.ts";

const KEY = targetKey({ kind: "coupon", id: couponId(String(COUPON)) });

describe("a sweep", () => {
  it("goes on with the other records where one copy cannot be read, and says so in the end", async () => {
    const world = createWorld();
    await world.put(sale());
    await world.campaigns.put(sale({ campaignId: "broken" }));
    await world.campaigns.put(sale({ campaignId: "missed-by-compile" }));
    const { readCampaign } = world.state;
    world.state.readCampaign = async (store, campaign) => {
      if (campaign === "broken") throw new TypeError("the stored item cannot be read");
      return readCampaign(store, campaign);
    };

    await expect(world.sweep()).rejects.toThrow("1 pieces of the sweep failed");

    const copies = await world.state.campaignsOf(STORE);
    expect(copies.map(({ campaignId }) => campaignId).toSorted()).toEqual(["missed-by-compile", "sale"]);
  });

  it("goes on with the other stores where one cannot be read", async () => {
    const stores = ["1", "1003", "2"].map((id) => ({ storeId: id, timeZone: "UTC", tokens: [`token_of_${id}`] }));
    const world = createWorld({ stores });
    for (const { storeId: store } of stores) await world.campaigns.put(sale({ storeId: store, coupons: [] }));
    const { contentsOf } = world.state;
    world.state.contentsOf = async (store) => {
      if (store === STORE) throw new TypeError("the stored item cannot be read");
      return contentsOf(store);
    };

    await expect(world.sweep()).rejects.toThrow("of the sweep failed");

    expect(world.events.filter((event) => event.kind === "sweep-completed")).toMatchObject([{ looks: 2 }]);
  });
});

describe("a tick", () => {
  it("sends the messages of the other stores where one cannot be sent, and says so in the end", async () => {
    const world = createWorld({ ticks: false });
    for (const store of ["1", "2", "3"]) await world.state.makeDue(storeId(store), KEY, instantOf("2026-11-27T08:59:00Z"));
    const sent: string[] = [];
    const send = async (message: StoreMessage) => {
      if (message.storeId === "2") throw new Error("throttled");
      sent.push(message.storeId);
    };

    const ticking = runTick({ ...world.compiling, dispatcher: { send } }, plus(world.clock.now(), 150 * SECOND));
    await expect(ticking).rejects.toThrow("1 of the tick's messages could not be sent");

    expect(sent).toEqual(["1", "3"]);
  });
});
