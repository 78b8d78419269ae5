import { describe, expect, it } from "vitest";
import { COUPON, createWorld, PROMOTION, STORE, sale, type World } from "../support/world.ts";

/** What was written, in order: the coupon's or promotion's id. */
function written(world: World): readonly string[] {
  return world
    .calls()
    .filter((call) => call.startsWith("PUT"))
    .map((call) => call.slice(call.lastIndexOf("/") + 1));
}

describe("switches of one store at one instant", () => {
  it("that close an offer to somebody come before those that open one", async () => {
    const world = createWorld();
    world.ecwid.edit.addCoupon(STORE, { id: 11, code: "OPENS", applicationLimit: "NEW_CUSTOMER_ONLY" });
    world.ecwid.edit.addCoupon(STORE, { id: 12, code: "RESTRICTED", applicationLimit: "UNLIMITED" });
    await world.put(sale({ promotions: [{ promotionId: String(PROMOTION), addGroups: [2] }] }));
    const later = { start: "2026-11-27T12:00", end: "2026-11-27T13:00" };
    await world.put(sale({ ...later, campaignId: "opens", coupons: [{ couponId: "11", applicationLimit: "UNLIMITED" }] }));
    await world.put(sale({ ...later, campaignId: "restricts", coupons: [{ couponId: "12", applicationLimit: "REPEAT_CUSTOMER_ONLY" }] }));
    await world.runTo("2026-11-27T11:59:00Z");
    world.calls();

    await world.runTo("2026-11-27T12:01:00Z");

    expect(written(world)).toEqual(["12", String(COUPON), String(PROMOTION), "11"]);
  });

  it("come so also where there are more of them than one message names", async () => {
    const world = createWorld();
    const ids = Array.from({ length: 120 }, (_each, index) => 5_001 + index);
    for (const id of ids) world.ecwid.edit.addCoupon(STORE, { id, code: `C${id}`, applicationLimit: "NEW_CUSTOMER_ONLY" });
    const coupons = (some: readonly number[]) => some.map((id) => ({ couponId: String(id), applicationLimit: "UNLIMITED" }));
    const [opening, closing] = [ids.filter((id) => id % 2 === 0), ids.filter((id) => id % 2 === 1)];
    await world.put(sale({ coupons: coupons(closing) }));
    await world.put(sale({ campaignId: "opens", start: "2026-11-27T12:00", end: "2026-11-27T13:00", coupons: coupons(opening) }));
    await world.runTo("2026-11-27T11:59:00Z");
    world.calls();

    await world.runTo("2026-11-27T12:05:00Z");

    const order = written(world).map(Number);
    expect(order.slice(0, closing.length).toSorted((one, other) => one - other)).toEqual(closing);
    expect(order.slice(closing.length).toSorted((one, other) => one - other)).toEqual(opening);
  });
});
