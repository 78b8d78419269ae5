import { describe, expect, it } from "vitest";
import { COUPON, createWorld, PROMOTION, STORE, sale } from "../support/world.ts";

function group(id: number, changes: Parameters<typeof sale>[0] = {}) {
  return sale({ coupons: [], promotions: [{ promotionId: PROMOTION, addGroups: [id] }], ...changes });
}

describe("a window that gave way to a person", () => {
  it("does not take the group again after an interruption during which another campaign held the promotion", async () => {
    const world = createWorld();
    await world.put(group(3, { campaignId: "long", start: "2026-11-27T09:30", end: "2026-11-27T14:00" }));
    await world.put(group(2));
    await world.runTo("2026-11-27T10:30:00Z");
    expect(world.groups()).toEqual([0, 1, 3, 2]);
    world.ecwid.edit.promotion(STORE, PROMOTION, { triggers: { customerGroups: [0, 1, 3] } });
    await world.sweep();
    await world.runTo("2026-11-27T10:40:00Z");

    await world.put(group(2, { override: { state: "off", until: "2026-11-27T11:30", reason: "a check" } }));
    await world.runTo("2026-11-27T11:00:00Z");
    await world.sweep();
    await world.runTo("2026-11-27T11:45:00Z");

    expect((await world.status("sale"))["state"]).toBe("ACTIVE");
    expect(world.groups()).toEqual([0, 1, 3]);
  });

  it("does not open again when its campaign, forced on, is disabled and enabled", async () => {
    const world = createWorld();
    const forced = {
      start: "2026-12-27T10:00",
      end: "2026-12-27T11:00",
      override: { state: "on", until: "2026-11-27T20:00", reason: "a flash sale" },
    };
    await world.put(sale(forced));
    await world.runTo("2026-11-27T09:30:00Z");
    expect(world.limit()).toBe("UNLIMITED");
    world.ecwid.edit.coupon(STORE, COUPON, { applicationLimit: "NEW_CUSTOMER_ONLY" });
    await world.sweep();
    await world.runTo("2026-11-27T09:40:00Z");
    expect(world.limit()).toBe("NEW_CUSTOMER_ONLY");

    await world.put(sale({ ...forced, enabled: false }));
    await world.put(sale(forced));
    await world.runTo("2026-11-27T09:50:00Z");

    expect((await world.status("sale"))["state"]).toBe("ACTIVE");
    expect(world.limit()).toBe("NEW_CUSTOMER_ONLY");
  });
});
