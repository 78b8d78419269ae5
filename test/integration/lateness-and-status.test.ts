import { describe, expect, it } from "vitest";
import { MINUTE } from "../../lib/domain/instant.ts";
import { COUPON, createWorld, instantOf, STORE, sale, type World } from "../support/world.ts";

function lastSwitch(world: World) {
  return world.events.filter((event) => event.kind === "switched").at(-1);
}

describe("a campaign's status", () => {
  it.each<readonly [string, (world: World) => void]>([
    ["the store is suspended", ({ ecwid }) => ecwid.edit.store(STORE, { suspended: true })],
    ["the store's token is dead", ({ ecwid }) => ecwid.edit.revokeTokens(STORE)],
  ])("follows its windows while %s", async (_why, close) => {
    const world = createWorld();
    await world.put(sale({ note: "saved once before, so that the store's zone is known" }));
    await world.put(sale());
    await world.runTo("2026-11-27T09:50:00Z");
    close(world);

    await world.runTo("2026-11-27T12:30:00Z");
    await world.sweep();

    expect((await world.status("sale"))["state"]).toBe("ENDED");
  });
});

describe("the lateness of a switch that a closed store held up", () => {
  it("counts from the boundary, although the store's closing was found out before that", async () => {
    const world = createWorld();
    await world.put(sale());
    await world.runTo("2026-11-27T10:30:00Z");
    world.ecwid.edit.store(STORE, { suspended: true });
    await world.sweep();
    await world.runTo("2026-11-27T12:30:00Z");
    world.ecwid.edit.store(STORE, { suspended: false });

    await world.sweep();
    await world.runTo("2026-11-27T12:35:00Z");

    expect(world.limit()).toBe("NEW_CUSTOMER_ONLY");
    expect(lastSwitch(world)?.dueAt).toBe(instantOf("2026-11-27T12:00:00Z"));
    expect(lastSwitch(world)?.latenessMs).toBeGreaterThanOrEqual(30 * MINUTE);
  });

  it("counts from the last boundary that passed meanwhile, not from when the store came back", async () => {
    const world = createWorld();
    await world.put(sale({ end: "2026-11-27T20:00" }));
    const coupons = [{ couponId: COUPON, applicationLimit: "REPEAT_CUSTOMER_ONLY" }];
    await world.put(sale({ campaignId: "over-it", start: "2026-11-27T11:00", end: "2026-11-27T20:00", priority: 1, coupons }));
    await world.runTo("2026-11-27T09:50:00Z");
    world.ecwid.edit.store(STORE, { suspended: true });
    await world.runTo("2026-11-27T11:45:00Z");
    world.ecwid.edit.store(STORE, { suspended: false });

    await world.sweep();
    await world.runTo("2026-11-27T11:50:00Z");

    expect(world.limit()).toBe("REPEAT_CUSTOMER_ONLY");
    expect(lastSwitch(world)?.dueAt).toBe(instantOf("2026-11-27T11:00:00Z"));
    expect(lastSwitch(world)?.latenessMs).toBeGreaterThanOrEqual(45 * MINUTE);
  });
});
