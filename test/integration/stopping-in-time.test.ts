import { describe, expect, it } from "vitest";
import { compileCampaign } from "../../lib/application/compile/compile-campaign.ts";
import { plus, SECOND } from "../../lib/domain/instant.ts";
import { createWorld, PROMOTION, STORE, sale, type World } from "../support/world.ts";

/**
 * A worker's next read of a target takes so long that a marketer's stop is compiled meanwhile: whatever it read before that is old, and
 * what it reads after it is new.
 */
function stopDuringTheNextRead(world: World): void {
  const { readTarget } = world.state;
  let isStopped = false;
  world.state.readTarget = async (store, key) => {
    if (!isStopped) {
      isStopped = true;
      await world.campaigns.put(sale({ enabled: false }));
      await world.clock.sleepUntil(plus(world.clock.now(), 50));
      await compileCampaign(world.compiling, { storeId: STORE, campaignId: "sale" });
    }
    return readTarget(store, key);
  };
}

describe("a stop that is compiled while a worker is reading", () => {
  it("is obeyed where the worker is having a look", async () => {
    const world = createWorld();
    await world.put(sale({ note: "saved once before, so that the store's zone is known" }));
    await world.put(sale());
    await world.runTo("2026-11-27T10:30:00Z");
    expect(world.limit()).toBe("UNLIMITED");
    stopDuringTheNextRead(world);

    await world.sweep();
    await world.runTo("2026-11-27T10:32:00Z");

    expect((await world.status("sale"))["state"]).toBe("DISABLED");
    expect(world.limit()).toBe("NEW_CUSTOMER_ONLY");
  });

  it("is obeyed where the worker is waiting for the window to open", async () => {
    const world = createWorld();
    await world.put(sale());
    await world.runTo("2026-11-27T09:59:50Z");
    stopDuringTheNextRead(world);

    await world.runTo("2026-11-27T10:01:00Z");

    expect((await world.status("sale"))["state"]).toBe("DISABLED");
    expect(world.limit()).toBe("NEW_CUSTOMER_ONLY");
  });
});

describe("a stop right after another campaign's start, close by, was moved again and again", () => {
  it("is in force within 15 s", async () => {
    const world = createWorld({ now: "2026-11-27T09:58:00Z" });
    const running = { campaignId: "running", start: "2026-11-27T09:00", promotions: [{ promotionId: PROMOTION, addGroups: [2] }] };
    await world.put(sale({ ...running, coupons: [] }));
    for (let second = 30; second <= 59; second += 1) {
      await world.put(sale({ start: `2026-11-27T09:59:${second}` }));
      await world.clock.advanceBy(SECOND);
    }
    await world.put(sale({ start: "2026-11-27T11:00" }));
    expect(world.groups()).toEqual([0, 1, 2]);

    await world.put(sale({ ...running, coupons: [], enabled: false }));
    await world.clock.advanceBy(15 * SECOND);

    expect(world.groups()).toEqual([0, 1]);
  });
});

describe("a start that is moved earlier again and again", () => {
  it("is met to the instant: messages for its former instants do not hold the store's queue", async () => {
    const world = createWorld({ now: "2026-11-27T09:58:00Z" });
    for (let second = 59; second >= 40; second -= 1) {
      await world.put(sale({ start: `2026-11-27T09:59:${second}` }));
      await world.clock.advanceBy(2 * SECOND);
    }

    await world.runTo("2026-11-27T10:00:30Z");

    expect(world.events.filter((event) => event.kind === "switched")).toMatchObject([{ latenessMs: 0 }]);
  });
});
