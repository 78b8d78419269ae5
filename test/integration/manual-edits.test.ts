import { describe, expect, it } from "vitest";
import { COUPON, createWorld, PROMOTION, STORE, sale } from "../support/world.ts";

function editLimit(world: ReturnType<typeof createWorld>, applicationLimit: string): void {
  world.ecwid.edit.coupon(STORE, COUPON, { applicationLimit });
}

describe("a person who changes in Ecwid what Doorman wrote", () => {
  it("is given way to for that window, and told of on the campaign", async () => {
    const world = createWorld();
    await world.put(sale());
    await world.runTo("2026-11-27T10:30:00Z");
    editLimit(world, "REPEAT_CUSTOMER_ONLY");

    await world.sweep();
    await world.runTo("2026-11-27T10:33:00Z");
    expect((await world.status("sale"))["warnings"]).toEqual([expect.stringContaining("gives way")]);
    await world.runTo("2026-11-27T12:30:00Z");

    expect(world.limit()).toBe("REPEAT_CUSTOMER_ONLY");
  });

  it("keeps an emergency stop: the same window does not open again", async () => {
    const world = createWorld();
    await world.put(sale());
    await world.runTo("2026-11-27T10:30:00Z");
    editLimit(world, "NEW_CUSTOMER_ONLY");
    await world.sweep();
    await world.runTo("2026-11-27T10:35:00Z");

    await world.put(sale({ note: "edited, which makes it due at once" }));
    await world.runTo("2026-11-27T11:59:00Z");

    expect(world.limit()).toBe("NEW_CUSTOMER_ONLY");
  });

  it("is given way to until the window's end where the campaign said `enforce` when it opened, and says `yield` now", async () => {
    const world = createWorld();
    await world.put(sale({ onManualEdit: "enforce" }));
    await world.runTo("2026-11-27T10:30:00Z");
    editLimit(world, "REPEAT_CUSTOMER_ONLY");

    await world.put(sale({ onManualEdit: "yield" }));
    await world.runTo("2026-11-27T12:30:00Z");

    expect(world.limit()).toBe("REPEAT_CUSTOMER_ONLY");
  });

  it("keeps an emergency stop that was first seen while the campaign was held off, once it is so no more", async () => {
    const world = createWorld();
    await world.put(sale());
    await world.runTo("2026-11-27T10:30:00Z");
    editLimit(world, "REPEAT_CUSTOMER_ONLY");

    await world.put(sale({ override: { state: "off", until: "2026-11-27T11:00", reason: "stock ran out" } }));
    await world.runTo("2026-11-27T11:30:00Z");

    expect(world.limit()).toBe("REPEAT_CUSTOMER_ONLY");
  });

  it("keeps an emergency stop through another campaign's window that begins before anybody looked", async () => {
    const world = createWorld();
    await world.put(sale({ end: "2026-11-27T13:00" }));
    const coupons = [{ couponId: COUPON, applicationLimit: "REPEAT_CUSTOMER_ONLY" }];
    await world.put(sale({ campaignId: "other", start: "2026-11-27T11:00", end: "2026-11-27T11:30", coupons }));
    await world.runTo("2026-11-27T10:50:00Z");
    editLimit(world, "NEW_CUSTOMER_ONLY");

    await world.runTo("2026-11-27T11:10:00Z");
    expect(world.limit()).toBe("REPEAT_CUSTOMER_ONLY");
    await world.runTo("2026-11-27T11:40:00Z");

    expect(world.limit()).toBe("NEW_CUSTOMER_ONLY");
  });

  it("keeps an emergency stop when they also edit during another window, which enforces its value", async () => {
    const world = createWorld();
    await world.put(sale({ end: "2026-11-27T13:00" }));
    const coupons = [{ couponId: COUPON, applicationLimit: "REPEAT_CUSTOMER_ONLY" }];
    await world.put(sale({ campaignId: "other", start: "2026-11-27T11:00", end: "2026-11-27T11:30", onManualEdit: "enforce", coupons }));
    await world.runTo("2026-11-27T10:30:00Z");
    editLimit(world, "NEW_CUSTOMER_ONLY");
    await world.runTo("2026-11-27T11:29:30Z");
    expect(world.limit()).toBe("REPEAT_CUSTOMER_ONLY");

    editLimit(world, "NEW_CUSTOMER_ONLY");
    await world.runTo("2026-11-27T11:40:00Z");

    expect(world.limit()).toBe("NEW_CUSTOMER_ONLY");
  });

  it("finds the next window open again, with the value of their own as the base", async () => {
    const world = createWorld();
    await world.put(sale({ repeat: "FREQ=DAILY;COUNT=2" }));
    await world.runTo("2026-11-27T10:30:00Z");
    editLimit(world, "REPEAT_CUSTOMER_ONLY");
    await world.sweep();
    await world.runTo("2026-11-27T13:00:00Z");

    await world.runTo("2026-11-28T10:30:00Z");
    expect(world.limit()).toBe("UNLIMITED");
    await world.runTo("2026-11-28T12:30:00Z");

    expect(world.limit()).toBe("REPEAT_CUSTOMER_ONLY");
  });

  it("is overruled where the campaign says `enforce`, and the base still comes back", async () => {
    const world = createWorld();
    await world.put(sale({ onManualEdit: "enforce" }));
    await world.runTo("2026-11-27T10:30:00Z");
    editLimit(world, "REPEAT_CUSTOMER_ONLY");

    await world.sweep();
    await world.settle();
    expect(world.limit()).toBe("UNLIMITED");
    await world.runTo("2026-11-27T12:30:00Z");

    expect(world.limit()).toBe("NEW_CUSTOMER_ONLY");
  });

  it("is believed only at the second read: one stale read at the window's end does not leave the sale open", async () => {
    const world = createWorld();
    await world.put(sale());
    await world.runTo("2026-11-27T11:59:30Z");
    let stale = 1;
    world.ecwid.setFaults(({ method }) => {
      if (method !== "GET" || stale === 0) return undefined;
      stale -= 1;
      return { kind: "stale" };
    });

    await world.runTo("2026-11-27T12:00:30Z");
    expect(world.limit()).toBe("UNLIMITED");
    await world.runTo("2026-11-27T12:02:00Z");

    expect(world.limit()).toBe("NEW_CUSTOMER_ONLY");
  });

  it("is not seen in a stale read under `enforce` either: what shows only a moment after a write is looked at again", async () => {
    const world = createWorld();
    await world.put(sale({ onManualEdit: "enforce", end: "2026-11-27T10:00:30" }));
    await world.runTo("2026-11-27T10:00:20Z");
    expect(world.limit()).toBe("UNLIMITED");
    let stale = 1;
    world.ecwid.setFaults(({ method }) => {
      if (method !== "GET" || stale === 0) return undefined;
      stale -= 1;
      return { kind: "stale" };
    });

    await world.runTo("2026-11-27T10:03:00Z");

    expect(world.limit()).toBe("NEW_CUSTOMER_ONLY");
  });

  it("keeps a group they took out, while the campaign's other groups go on and go back", async () => {
    const world = createWorld();
    await world.put(sale({ coupons: [], promotions: [{ promotionId: PROMOTION, addGroups: [2, 3] }] }));
    await world.runTo("2026-11-27T10:30:00Z");
    world.ecwid.edit.promotion(STORE, PROMOTION, { triggers: { customerGroups: [0, 1, 3] } });

    await world.sweep();
    await world.runTo("2026-11-27T10:40:00Z");
    expect(world.groups()).toEqual([0, 1, 3]);
    await world.runTo("2026-11-27T12:30:00Z");

    expect(world.groups()).toEqual([0, 1]);
  });

  it("keeps another condition of the promotion that they change during the window", async () => {
    const world = createWorld();
    await world.put(sale({ coupons: [], promotions: [{ promotionId: PROMOTION, addGroups: [2] }] }));
    await world.runTo("2026-11-27T10:30:00Z");
    world.ecwid.edit.promotion(STORE, PROMOTION, { triggers: { subtotal: 99 } });

    await world.runTo("2026-11-27T12:30:00Z");

    expect(world.ecwid.promotion(STORE, PROMOTION)?.["triggers"]).toEqual({ subtotal: 99, customerGroups: [0, 1] });
  });
});
