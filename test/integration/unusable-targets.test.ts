import { describe, expect, it } from "vitest";
import { COUPON, createWorld, PROMOTION, STORE, sale } from "../support/world.ts";

describe("a campaign on something that nobody can use", () => {
  it.each([
    ["PAUSED", "paused"],
    ["EXPIRED", "expired"],
    ["USEDUP", "used up"],
  ])("is told that its coupon is %s in Ecwid, and switches it all the same", async (status, words) => {
    const world = createWorld();
    world.ecwid.edit.coupon(STORE, COUPON, { status });
    await world.put(sale());

    await world.runTo("2026-11-27T10:30:00Z");

    expect(world.limit()).toBe("UNLIMITED");
    expect((await world.status("sale"))["warnings"]).toEqual([expect.stringContaining(`coupon WELCOME10 is ${words} in Ecwid`)]);
  });

  it("is told that its promotion is disabled in Ecwid, until that is mended", async () => {
    const world = createWorld();
    world.ecwid.edit.promotion(STORE, PROMOTION, { enabled: false });
    await world.put(sale({ coupons: [], promotions: [{ promotionId: PROMOTION, addGroups: [2] }] }));
    await world.runTo("2026-11-27T10:30:00Z");
    expect((await world.status("sale"))["warnings"]).toEqual([expect.stringContaining("promotion Early access is disabled in Ecwid")]);

    world.ecwid.edit.promotion(STORE, PROMOTION, { enabled: true });
    await world.sweep();

    expect((await world.status("sale"))["warnings"]).toEqual([]);
  });
});
