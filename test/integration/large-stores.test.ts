import { describe, expect, it } from "vitest";
import { createWorld, STORE, sale } from "../support/world.ts";

describe("a large store", () => {
  it("whose coupons cannot be listed to the end is switched coupon by coupon", async () => {
    const ids = [21, 22, 23, 24, 25, 26];
    const world = createWorld();
    for (const id of ids) world.ecwid.edit.addCoupon(STORE, { id, code: `C${id}`, applicationLimit: "NEW_CUSTOMER_ONLY" });
    const isList = (path: string) => path.endsWith("/discount_coupons");
    world.ecwid.setFaults(({ resource, id }) => (isList(`/${resource}`) && id === undefined ? { kind: "malformed" } : undefined));
    await world.put(sale({ coupons: ids.map((couponId) => ({ couponId, applicationLimit: "UNLIMITED" })) }));

    await world.runTo("2026-11-27T10:01:00Z");

    expect(ids.map((id) => world.limit(id))).toEqual(ids.map(() => "UNLIMITED"));
  });

  it("with more edits by hand than one message can name settles them all", async () => {
    const ids = Array.from({ length: 60 }, (_each, index) => 1000 + index);
    const world = createWorld();
    for (const id of ids) world.ecwid.edit.addPromotion(STORE, { id, name: `P${id}`, triggers: { customerGroups: [0] } });
    await world.put(sale({ coupons: [], promotions: ids.map((promotionId) => ({ promotionId, addGroups: [2] })) }));
    await world.runTo("2026-11-27T10:30:00Z");
    for (const id of ids) world.ecwid.edit.promotion(STORE, id, { triggers: { customerGroups: [0] } });

    await world.sweep();
    await world.runTo("2026-11-27T10:33:00Z");
    await world.runTo("2026-11-27T12:10:00Z");

    const targets = await world.state.targetsOf(STORE);
    expect(targets.filter(({ ledger }) => Object.keys(ledger.cells).length > 0)).toEqual([]);
    expect(ids.map((id) => world.groups(id))).toEqual(ids.map(() => [0]));
  });
});
