import { describe, expect, it } from "vitest";
import { couponId, targetKey } from "../../lib/domain/identifiers.ts";
import { COUPON, createWorld, STORE, sale } from "../support/world.ts";

const KEY = targetKey({ kind: "coupon", id: couponId(String(COUPON)) });

describe("a blocked target", () => {
  it("is called no more once the campaign that never got hold of it is over", async () => {
    const world = createWorld();
    await world.put(sale());
    await world.runTo("2026-11-27T09:50:00Z");
    world.ecwid.setFaults(({ method, resource }) =>
      method === "GET" && resource === "discount_coupons" ? { kind: "status", status: 400, when: "before" } : undefined,
    );
    await world.runTo("2026-11-27T10:30:00Z");
    expect((await world.state.readTarget(STORE, KEY)).block).toBeDefined();
    await world.runTo("2026-11-27T12:30:00Z");
    world.calls();

    await world.runTo("2026-11-27T18:30:00Z");

    expect(world.calls()).toEqual([]);
  });
});
