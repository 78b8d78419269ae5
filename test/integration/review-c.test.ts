import { expect, it } from "vitest";
import { MINUTE, SECOND } from "../../lib/domain/instant.ts";
import { COUPON, createWorld, STORE, sale, TOKEN } from "../support/world.ts";

it("relays of failing targets do not hold up a stop", async () => {
  const many = Array.from({ length: 30 }, (_, i) => 5000 + i);
  const world = createWorld({
    stores: [
      {
        storeId: STORE,
        timeZone: "UTC",
        tokens: [TOKEN],
        coupons: [COUPON, ...many].map((id) => ({ id, name: `C${id}`, code: `C${id}`, applicationLimit: "NEW_CUSTOMER_ONLY" })),
      },
    ],
  });
  let seed = 7;
  Object.assign(world.reconciling, {
    chance: () => {
      seed = (seed * 16807) % 2147483647;
      return seed / 2147483647;
    },
  });
  world.ecwid.setFaults(({ method, id }) =>
    method === "PUT" && String(id) !== String(COUPON) ? { kind: "status", status: 500, when: "before" } : undefined,
  );
  await world.put(sale({ start: "2026-11-27T09:30", end: "2026-11-27T20:00" }));
  await world.runTo("2026-11-27T09:40:00Z");
  console.log(world.calls().slice(0, 6), JSON.stringify(world.events.filter((e) => e.kind === "attempt-failed").slice(0, 2)));
  expect(world.limit()).toBe("UNLIMITED");
  await world.put(
    sale({ campaignId: "many", end: "2026-11-27T20:00", coupons: many.map((id) => ({ couponId: id, applicationLimit: "UNLIMITED" })) }),
  );
  const delays: number[] = [];
  for (const m of ["02:20", "04:20", "06:20", "08:20"]) {
    await world.runTo(`2026-11-27T10:${m}Z`);
    const enabled = world.limit() !== "UNLIMITED";
    const want = enabled ? "UNLIMITED" : "NEW_CUSTOMER_ONLY";
    await world.put(sale({ start: "2026-11-27T09:30", end: "2026-11-27T20:00", enabled }));
    const since = world.clock.now();
    while (world.limit() !== want && world.clock.now() - since < 5 * MINUTE) await world.clock.advanceBy(SECOND);
    delays.push((world.clock.now() - since) / SECOND);
  }
  console.log("stop delays, s", delays, "queue", world.queue.size());
  expect(Math.max(...delays)).toBeLessThanOrEqual(15);
});
