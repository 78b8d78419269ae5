import { describe, expect, it } from "vitest";
import { type StoreId, storeId } from "../../lib/domain/identifiers.ts";
import { parseInstant, SECOND, startOfMinute } from "../../lib/domain/instant.ts";
import { COUPON, createWorld, sale, type World } from "../support/world.ts";

/** As many messages as Lambda works at once by default (docs: Lambda quotas, concurrent executions). */
const LAMBDA_CONCURRENCY = 1_000;
const STORES = 1_000;
const OPENING = "2026-11-27T10:00:00Z";

const ids = Array.from({ length: STORES }, (_each, index) => storeId(String(10_000 + index)));
const isDead = (id: StoreId) => Number(id) % 10 === 3;
const isSlow = (id: StoreId) => Number(id) % 10 === 7;
const isHealthy = (id: StoreId) => !isDead(id) && !isSlow(id);

/** A thousand stores whose sale opens at one instant, each of whose tokens has been tried in the hours before. */
async function openEverywhere(trouble: boolean): Promise<World> {
  const coupon = { id: COUPON, applicationLimit: "NEW_CUSTOMER_ONLY" };
  const stores = ids.map((id) => ({ storeId: id, timeZone: "UTC", tokens: [`secret_token_of_${id}`], coupons: [coupon] }));
  const latency = { from: 150, to: 150 };
  const settings = { latencyMs: latency };
  const world = createWorld({ stores, settings, now: "2026-11-27T06:00:00Z", concurrency: LAMBDA_CONCURRENCY, givesUp: true });
  for (const id of ids) {
    world.secrets.set(id, { token: trouble && isDead(id) ? `secret_revoked_of_${id}` : `secret_token_of_${id}` });
    await world.campaigns.put(sale({ storeId: id }));
  }
  for (const hour of ["07", "08", "09"]) {
    await world.sweep();
    await world.runTo(`2026-11-27T${hour}:00:00Z`);
  }
  if (trouble) {
    for (const id of ids.filter(isSlow))
      world.ecwid.setStoreFaults(id, () => ({ kind: "slow", delayMs: 20 * SECOND, effect: "at-the-end" }));
  }
  await world.runTo("2026-11-27T10:05:00Z");
  return world;
}

/** How late the switch of each store came, in milliseconds. */
function latenessOf({ events }: World): ReadonlyMap<StoreId, number> {
  return new Map(events.filter((event) => event.kind === "switched").map(({ storeId: store, latenessMs }) => [store, latenessMs]));
}

describe("a thousand stores, a hundred with dead tokens and a hundred that answer in 20 s", () => {
  it("switch the healthy ones no later than without those, and nobody is banned", async () => {
    const calm = latenessOf(await openEverywhere(false));
    const world = await openEverywhere(true);

    const troubled = latenessOf(world);
    const healthy = ids.filter(isHealthy);
    expect(calm.size).toBe(STORES);
    expect(healthy.map((id) => [id, troubled.get(id)])).toEqual(healthy.map((id) => [id, calm.get(id)]));
    const requests = world.ecwid.log.requests();
    const calls = requests.filter(({ storeId: store }) => store !== undefined && isDead(storeId(store)));
    const mostInAMinute = Math.max(...[...Map.groupBy(calls, ({ at }) => startOfMinute(at)).values()].map(({ length }) => length));
    expect(calls).toHaveLength(100);
    expect(mostInAMinute).toBeLessThanOrEqual(10);
    expect(requests.filter(({ at, outcome }) => at >= parseInstant(OPENING) && outcome === 429)).toEqual([]);
    expect(healthy.every((id) => world.ecwid.coupon(id, COUPON)?.["applicationLimit"] === "UNLIMITED")).toBe(true);
  });
});
