import { describe, expect, it } from "vitest";
import type { Chance } from "../../lib/application/ports/clock.ts";
import { MINUTE, SECOND } from "../../lib/domain/instant.ts";
import { COUPON, createWorld, STORE, sale, type World } from "../support/world.ts";

const FAILING = Array.from({ length: 30 }, (_each, index) => 5000 + index);
const FAILING_COUPONS = FAILING.map((couponId) => ({ couponId, applicationLimit: "UNLIMITED" }));

/** The same run of chances every time (a Lehmer generator), so that retries spread as they would by chance. */
function spreadingChance(): Chance {
  let seed = 7;
  return () => {
    seed = (seed * 16_807) % 2_147_483_647;
    return seed / 2_147_483_647;
  };
}

/** A world in whose store no write to any of thirty coupons succeeds, while the usual coupon goes well. */
function createFailingWorld(): World {
  const world = createWorld({ chance: spreadingChance() });
  for (const id of FAILING) world.ecwid.edit.addCoupon(STORE, { id, code: `C${id}`, applicationLimit: "NEW_CUSTOMER_ONLY" });
  world.ecwid.setFaults(({ method, id }) =>
    method === "PUT" && id !== String(COUPON) ? { kind: "status", status: 500, when: "before" } : undefined,
  );
  return world;
}

/** Moves time on until the coupon has that limit, and says how long it took; it gives up after five minutes. */
async function secondsUntil(world: World, limit: string): Promise<number> {
  const since = world.clock.now();
  while (world.limit() !== limit && world.clock.now() - since < 5 * MINUTE) await world.clock.advanceBy(SECOND);
  return (world.clock.now() - since) / SECOND;
}

describe("while thirty coupons of its store are failing and being tried again", () => {
  it("a coupon's campaign stops and starts again within 15 s", async () => {
    const world = createFailingWorld();
    const long = { start: "2026-11-27T09:30", end: "2026-11-27T20:00" };
    await world.put(sale(long));
    await world.runTo("2026-11-27T09:40:00Z");
    expect(world.limit()).toBe("UNLIMITED");
    await world.put(sale({ campaignId: "failing", end: "2026-11-27T20:00", coupons: FAILING_COUPONS }));

    const delays: number[] = [];
    for (const [time, enabled] of [
      ["10:02:20", false],
      ["10:04:20", true],
      ["10:06:20", false],
      ["10:08:20", true],
    ] as const) {
      await world.runTo(`2026-11-27T${time}Z`);
      await world.put(sale({ ...long, enabled }));
      delays.push(await secondsUntil(world, enabled ? "UNLIMITED" : "NEW_CUSTOMER_ONLY"));
    }

    expect(Math.max(...delays)).toBeLessThanOrEqual(15);
  });

  it("a coupon's switches are on time", async () => {
    const world = createFailingWorld();
    await world.put(sale({ campaignId: "failing", start: "2026-11-27T09:30", end: "2026-11-27T20:00", coupons: FAILING_COUPONS }));
    for (const minute of [31, 33, 35, 37, 39]) {
      await world.put(sale({ campaignId: `at-${minute}`, start: `2026-11-27T09:${minute}`, end: `2026-11-27T09:${minute + 1}` }));
    }

    await world.runTo("2026-11-27T09:45:00Z");

    const lateness = world.events.filter((event) => event.kind === "switched").map(({ latenessMs }) => latenessMs);
    expect(lateness).toHaveLength(10);
    expect(Math.max(...lateness)).toBeLessThanOrEqual(SECOND);
  });
});
