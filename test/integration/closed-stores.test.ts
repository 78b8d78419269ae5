import { describe, expect, it } from "vitest";
import { SECOND } from "../../lib/domain/instant.ts";
import { createWorld, STORE, sale, TOKEN } from "../support/world.ts";

describe("a suspended store", () => {
  it("is probed once an hour, though each sweep comes a little under an hour after the last answer", async () => {
    const world = createWorld({ settings: { latencyMs: { from: 200, to: 200 } } });
    await world.put(sale());
    await world.runTo("2026-11-27T09:50:00Z");
    world.ecwid.edit.store(STORE, { suspended: true });
    await world.runTo("2026-11-27T10:06:59Z");

    const probes: (readonly string[])[] = [];
    for (const hour of ["11", "12", "13", "14", "15", "16"]) {
      await world.runTo(`2026-11-27T${hour}:06:59Z`);
      world.calls();
      await world.sweep();
      await world.clock.advanceBy(10 * SECOND);
      probes.push(world.calls());
    }

    expect(probes).toEqual(Array.from({ length: 6 }, () => ["GET /profile"]));
  });

  it("is served again once it is back, although its token may not read the profile", async () => {
    const world = createWorld();
    const scopes = ["read_discount_coupons", "update_discount_coupons", "read_promotion", "update_promotion", "read_customers"];
    world.ecwid.edit.tokens(STORE, [{ token: TOKEN, scopes, dead: false }]);
    await world.put(sale({ end: "2026-11-27T20:00" }));
    await world.runTo("2026-11-27T09:50:00Z");
    world.ecwid.edit.store(STORE, { suspended: true });
    await world.runTo("2026-11-27T10:05:00Z");
    world.ecwid.edit.store(STORE, { suspended: false });

    await world.runTo("2026-11-27T11:30:00Z");
    await world.sweep();
    await world.runTo("2026-11-27T11:35:00Z");

    expect(world.limit()).toBe("UNLIMITED");
  });

  it("is made good when it is back, although the answer to the write that reopened it was lost", async () => {
    const world = createWorld();
    await world.put(sale({ end: "2026-11-27T20:00" }));
    await world.runTo("2026-11-27T09:50:00Z");
    world.ecwid.edit.store(STORE, { suspended: true });
    await world.runTo("2026-11-27T10:30:00Z");
    world.ecwid.edit.store(STORE, { suspended: false });
    await world.runTo("2026-11-27T11:07:00Z");
    const { writeStore } = world.state;
    let lost = 0;
    world.state.writeStore = async (store, next, read) => {
      const written = await writeStore(store, next, read);
      if (lost > 0 || next.pause !== undefined) return written;
      lost += 1;
      return false;
    };

    await world.sweep();
    await world.runTo("2026-11-27T11:40:00Z");

    expect(lost).toBe(1);
    expect(world.limit()).toBe("UNLIMITED");
  });
});

describe("a store without a token", () => {
  it("is served from its next boundary on once the token has been put", async () => {
    const world = createWorld();
    world.secrets.delete(STORE);
    await world.put(sale({ campaignId: "before", start: "2026-11-27T09:00", end: "2026-11-27T09:30" }));
    await world.put(sale());
    await world.runTo("2026-11-27T09:20:00Z");
    expect(world.calls()).toEqual([]);

    world.secrets.set(STORE, { token: TOKEN });
    await world.runTo("2026-11-27T10:05:00Z");

    expect(world.limit()).toBe("UNLIMITED");
  });
});
