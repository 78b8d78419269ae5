import { describe, expect, it } from "vitest";
import { promotionId, targetKey } from "../../lib/domain/identifiers.ts";
import { createWorld, PROMOTION, STORE, sale, type World } from "../support/world.ts";

const KEY = targetKey({ kind: "promotion", id: promotionId(String(PROMOTION)) });

function thirdGroup(changes: Parameters<typeof sale>[0] = {}) {
  return sale({ coupons: [], promotions: [{ promotionId: PROMOTION, addGroups: [2] }], end: "2026-11-27T20:00", ...changes });
}

/** From now on Ecwid loses the promotion's `subtotal` whenever a third group comes in. */
function loseSubtotal(world: World): void {
  let isLosing = false;
  world.ecwid.subscribe(() => {
    const groups = world.groups();
    if (isLosing || !Array.isArray(groups) || groups.length < 3) return;
    isLosing = true;
    world.ecwid.edit.promotion(STORE, PROMOTION, { triggers: { subtotal: null } });
    isLosing = false;
  });
}

function writes(world: World): number {
  return world.ecwid.log.requests().filter(({ method, path }) => method === "PUT" && path.includes("/promotions/")).length;
}

const { end: _never, ...endless } = thirdGroup();

describe("a condition that Ecwid loses when a promotion's groups change", () => {
  it.each([
    ["ends later", thirdGroup()],
    ["never ends", endless],
  ])("is put back, and the promotion left alone by every later look, where the campaign %s", async (_when, record) => {
    const world = createWorld();
    loseSubtotal(world);
    await world.put(record);

    await world.runTo("2026-11-27T10:30:00Z");
    expect(writes(world)).toBe(2);
    expect((await world.state.readTarget(STORE, KEY)).block?.code).toBe("TRIGGERS_LOST");
    await world.sweep();
    await world.runTo("2026-11-27T11:30:00Z");
    await world.sweep();
    await world.runTo("2026-11-27T12:30:00Z");

    expect(writes(world)).toBe(2);
    expect(world.ecwid.promotion(STORE, PROMOTION)?.["triggers"]).toEqual({ subtotal: 25, customerGroups: [0, 1] });
  });

  it("is put back, and the promotion left alone by every later look, where another campaign holds it too", async () => {
    const world = createWorld();
    loseSubtotal(world);
    const narrow = { start: "2026-11-27T09:30", promotions: [{ promotionId: PROMOTION, removeGroups: [1] }] };
    // With a coupon of its own, so that the store is looked at every hour whatever becomes of the promotion.
    await world.put(sale({ campaignId: "narrow", end: "2026-11-27T20:00", ...narrow }));
    await world.put(thirdGroup({ promotions: [{ promotionId: PROMOTION, addGroups: [2, 3] }] }));

    await world.runTo("2026-11-27T10:30:00Z");
    await world.sweep();
    await world.runTo("2026-11-27T11:30:00Z");
    await world.sweep();
    await world.runTo("2026-11-27T12:30:00Z");

    expect(writes(world)).toBe(3);
    expect(world.ecwid.promotion(STORE, PROMOTION)?.["triggers"]).toEqual({ subtotal: 25, customerGroups: [0] });
  });

  it("is put back although the first try fails", async () => {
    const world = createWorld();
    loseSubtotal(world);
    world.ecwid.setFaults(({ method }) =>
      method === "PUT" && writes(world) === 1 ? { kind: "status", status: 500, when: "before" } : undefined,
    );
    await world.put(thirdGroup());

    await world.runTo("2026-11-27T10:30:00Z");

    expect(writes(world)).toBe(3);
    expect(world.ecwid.promotion(STORE, PROMOTION)?.["triggers"]).toEqual({ subtotal: 25, customerGroups: [0, 1] });
  });
});
