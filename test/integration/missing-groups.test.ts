import { describe, expect, it } from "vitest";
import { promotionId, targetKey } from "../../lib/domain/identifiers.ts";
import { createWorld, PROMOTION, STORE, sale } from "../support/world.ts";

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

describe("a group in the promotion's list that was deleted in Ecwid, which then refuses the list", () => {
  const KEY = targetKey({ kind: "promotion", id: promotionId(String(PROMOTION)) });
  const vip = sale({ coupons: [], promotions: [{ promotionId: PROMOTION, addGroups: [2] }] });

  it("does not keep a campaign's own groups in: it is left out, and the history says so", async () => {
    const world = createWorld();
    await world.put(vip);
    await world.runTo("2026-11-27T10:30:00Z");
    expect(world.groups()).toEqual([0, 1, 2]);

    world.ecwid.edit.deleteGroup(STORE, 1);
    await world.runTo("2026-11-27T12:01:00Z");

    expect(world.groups()).toEqual([0]);
    const [last] = await world.history.of(STORE, KEY, 1, world.clock.now());
    const reason = '"Sale" is over; customer group 1 no longer exists and is left out';
    expect(last).toMatchObject({ kind: "switched", before: "groups 0, 1, 2", after: "groups 0", reason });
  });

  it("does not keep a campaign from opening either", async () => {
    const world = createWorld();
    await world.put(vip);
    world.ecwid.edit.deleteGroup(STORE, 1);

    await world.runTo("2026-11-27T10:30:00Z");
    expect(world.groups()).toEqual([0, 2]);
    await world.runTo("2026-11-27T12:01:00Z");

    expect(world.groups()).toEqual([0]);
  });

  it("is taken out with the rest where a campaign had let it in, and is not asked for again at the window's end", async () => {
    const world = createWorld();
    await world.put(sale({ coupons: [], promotions: [{ promotionId: PROMOTION, addGroups: [2, 3] }] }));
    await world.put(
      sale({ campaignId: "short", end: "2026-11-27T11:00", coupons: [], promotions: [{ promotionId: PROMOTION, addGroups: [4] }] }),
    );
    await world.runTo("2026-11-27T10:30:00Z");
    expect(world.groups()).toEqual([0, 1, 2, 3, 4]);

    world.ecwid.edit.deleteGroup(STORE, 3);
    await world.runTo("2026-11-27T11:30:00Z");
    expect(world.groups()).toEqual([0, 1, 2]);
    await world.runTo("2026-11-27T12:01:00Z");

    expect(world.groups()).toEqual([0, 1]);
  });

  it("leaves the list as it is where nothing else would be left in it: a person is asked", async () => {
    const world = createWorld();
    world.ecwid.edit.promotion(STORE, PROMOTION, { triggers: { subtotal: 25, customerGroups: [1] } });
    await world.put(vip);
    await world.runTo("2026-11-27T10:30:00Z");
    expect(world.groups()).toEqual([1, 2]);

    world.ecwid.edit.deleteGroup(STORE, 1);
    await world.runTo("2026-11-27T12:01:00Z");

    expect(world.groups()).toEqual([1, 2]);
    expect((await world.status("sale"))["warnings"]).toEqual([expect.stringContaining("leave at least one group in")]);
  });
});
