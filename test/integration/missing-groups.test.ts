import { describe, expect, it } from "vitest";
import { createWorld, PROMOTION, sale } from "../support/world.ts";

describe("a campaign that asks for a group that does not exist", () => {
  it("does not keep another campaign's groups from being put back", async () => {
    const world = createWorld();
    const good = { start: "2026-11-27T09:30", end: "2026-11-27T11:00", promotions: [{ promotionId: PROMOTION, addGroups: [2] }] };
    await world.put(sale({ campaignId: "good", coupons: [], ...good }));
    const bad = { end: "2026-11-27T20:00", promotions: [{ promotionId: PROMOTION, addGroups: [77] }] };
    await world.put(sale({ campaignId: "bad", coupons: [], ...bad }));

    await world.runTo("2026-11-27T10:30:00Z");
    expect(world.groups()).toEqual([0, 1, 2]);
    await world.runTo("2026-11-27T11:01:00Z");

    expect(world.groups()).toEqual([0, 1]);
    expect((await world.status("bad"))["warnings"]).toEqual([expect.stringContaining("customer group 77")]);
  });
});
