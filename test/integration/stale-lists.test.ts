import { describe, expect, it } from "vitest";
import { createWorld, PROMOTION, STORE, sale, type World } from "../support/world.ts";

/** The next lists of promotions show the store as it was before its last change. */
function readBehind(world: World, lists: number): void {
  let left = lists;
  world.ecwid.setFaults(({ method, resource }) => {
    if (method !== "GET" || resource !== "promotions" || left === 0) return undefined;
    left -= 1;
    return { kind: "stale" };
  });
}

function promotion(campaignId: string, start: string, end: string, groups: object) {
  const times = { start: `2026-11-27T${start}`, end: `2026-11-27T${end}` };
  return sale({ campaignId, coupons: [], promotions: [{ promotionId: PROMOTION, ...groups }], ...times });
}

describe("a list of promotions that shows a promotion as it was before Doorman's last change", () => {
  it("does not bring back a group whose window has just closed when another campaign opens", async () => {
    const world = createWorld();
    await world.put(promotion("first", "10:00", "11:00", { addGroups: [2] }));
    await world.runTo("2026-11-27T11:00:00Z");
    expect(world.groups()).toEqual([0, 1]);

    readBehind(world, 2);
    await world.put(promotion("second", "10:30", "12:00", { addGroups: [3] }));
    await world.runTo("2026-11-27T11:02:00Z");

    expect(world.groups()).toEqual([0, 1, 3]);
  });

  it("does not bring back a group that another campaign's list has just left out", async () => {
    const world = createWorld();
    await world.put(promotion("first", "10:00", "11:00", { addGroups: [2] }));
    await world.put({ ...promotion("list", "09:30", "12:00", { setGroups: [0, 1, 4] }), priority: -1 });
    await world.runTo("2026-11-27T11:00:00Z");
    expect(world.groups()).toEqual([0, 1, 4]);

    readBehind(world, 2);
    await world.put(promotion("second", "10:30", "12:00", { removeGroups: [4] }));
    await world.runTo("2026-11-27T11:02:00Z");
    expect(world.groups()).toEqual([0, 1]);
    await world.runTo("2026-11-27T12:05:00Z");

    expect(world.groups()).toEqual([0, 1]);
  });

  it("is believed once a minute has passed: a person who undid the change is not overruled", async () => {
    const world = createWorld();
    await world.put(promotion("first", "10:00", "11:00", { addGroups: [2] }));
    await world.runTo("2026-11-27T10:00:00Z");

    world.ecwid.edit.promotion(STORE, PROMOTION, { triggers: { subtotal: 25, customerGroups: [0, 1] } });
    await world.put(promotion("second", "10:00", "12:00", { addGroups: [3] }));
    await world.runTo("2026-11-27T10:05:00Z");
    expect(world.groups()).toEqual([0, 1, 3]);
    await world.runTo("2026-11-27T12:05:00Z");

    expect(world.groups()).toEqual([0, 1]);
  });
});
