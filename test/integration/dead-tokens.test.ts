import { describe, expect, it } from "vitest";
import { storeId } from "../../lib/domain/identifiers.ts";
import { startOfMinute } from "../../lib/domain/instant.ts";
import { COUPON, createWorld, sale } from "../support/world.ts";

describe("dead tokens", () => {
  it("are called at most ten times a minute in all, though thirty stores are opened at one instant", async () => {
    const ids = Array.from({ length: 30 }, (_each, index) => storeId(String(2000 + index)));
    const stores = ids.map((id) => ({ storeId: id, timeZone: "UTC", coupons: [{ id: COUPON, applicationLimit: "NEW_CUSTOMER_ONLY" }] }));
    const world = createWorld({ stores });
    for (const id of ids) {
      world.secrets.set(id, { token: `secret_dead_${id}` });
      await world.campaigns.put(sale({ storeId: id }));
    }

    await world.sweep();
    await world.runTo("2026-11-27T10:00:30Z");

    const requests = world.ecwid.log.requests();
    const byMinute = Map.groupBy(requests, ({ at }) => startOfMinute(at));
    const mostInAMinute = Math.max(...[...byMinute.values()].map((each) => each.length));
    expect(new Set(requests.map(({ storeId: store }) => store)).size).toBeGreaterThan(10);
    expect(mostInAMinute).toBeLessThanOrEqual(10);
  });
});
