import { describe, expect, it } from "vitest";
import { COUPON, createWorld, STORE, sale } from "../support/world.ts";

describe("the hourly look", () => {
  it("is not put off for ever by a blocked target that is looked at again in the same minute", async () => {
    const world = createWorld({ now: "2026-11-27T09:06:29Z" });
    await world.put(
      sale({ note: "saved once before, so that the store's zone is known", start: "2026-11-29T09:00", end: "2026-11-29T10:00" }),
    );
    await world.runTo("2026-11-27T09:07:29Z");
    const coupons = [
      { couponId: COUPON, applicationLimit: "UNLIMITED" },
      { couponId: 99, applicationLimit: "UNLIMITED" },
    ];
    await world.put(sale({ start: "2026-11-27T09:00", end: "2026-11-28T20:00", onManualEdit: "enforce", coupons }));
    expect(world.limit()).toBe("UNLIMITED");
    world.ecwid.edit.coupon(STORE, COUPON, { applicationLimit: "REPEAT_CUSTOMER_ONLY" });

    for (const hour of ["10", "11", "12", "13", "14", "15"]) {
      await world.runTo(`2026-11-27T${hour}:07:02Z`);
      await world.sweep();
    }
    await world.runTo("2026-11-27T15:30:00Z");

    expect(world.limit()).toBe("UNLIMITED");
  });

  it("makes at most 20 requests, however much there is to put right, and the next looks do the rest", async () => {
    const ids = Array.from({ length: 60 }, (_each, index) => 5000 + index);
    const world = createWorld();
    for (const id of ids) world.ecwid.edit.addCoupon(STORE, { id, code: `C${id}`, applicationLimit: "NEW_CUSTOMER_ONLY" });
    const coupons = ids.map((couponId) => ({ couponId, applicationLimit: "UNLIMITED" }));
    await world.put(sale({ end: "2026-11-27T20:00", onManualEdit: "enforce", coupons }));
    await world.runTo("2026-11-27T10:30:00Z");
    for (const id of ids) world.ecwid.edit.coupon(STORE, id, { applicationLimit: "REPEAT_CUSTOMER_ONLY" });
    world.calls();

    const requests: number[] = [];
    for (const hour of ["10", "11", "12", "13", "14", "15"]) {
      await world.runTo(`2026-11-27T${hour}:30:00Z`);
      await world.sweep();
      await world.runTo(`2026-11-27T${hour}:40:00Z`);
      requests.push(world.calls().length);
    }

    expect(Math.max(...requests)).toBeLessThanOrEqual(20);
    expect(new Set(ids.map((id) => world.limit(id)))).toEqual(new Set(["UNLIMITED"]));
  });
});

describe("the look that asks for the store's time zone", () => {
  it("asks for the zone again where the profile was refused once and a campaign waits for it", async () => {
    const world = createWorld();
    let refusals = 1;
    world.ecwid.setFaults(({ resource }) => {
      if (resource !== "profile" || refusals === 0) return undefined;
      refusals -= 1;
      return { kind: "status", status: 403, when: "before", errorCode: "SOMETHING_NEW" };
    });
    const { timeZone: _left, ...record } = sale();
    await world.put(record);
    expect((await world.status("sale"))["state"]).toBe("INVALID");

    await world.sweep();
    await world.runTo("2026-11-27T10:05:00Z");

    expect(world.limit()).toBe("UNLIMITED");
  });

  it("is had again within the hour where Ecwid fails once", async () => {
    const world = createWorld();
    let failures = 1;
    world.ecwid.setFaults(({ resource }) => {
      if (resource !== "profile" || failures === 0) return undefined;
      failures -= 1;
      return { kind: "status", status: 500, when: "before" };
    });
    const { timeZone: _left, ...record } = sale();
    await world.put(record);

    await world.runTo("2026-11-27T10:05:00Z");

    expect(failures).toBe(0);
    expect(world.limit()).toBe("UNLIMITED");
  });
});
