import { describe, expect, it } from "vitest";
import { storeId } from "../../lib/domain/identifiers.ts";
import { formatInstant, plus, SECOND, startOfMinute } from "../../lib/domain/instant.ts";
import { COUPON, createWorld, instantOf, STORE, sale, TOKEN } from "../support/world.ts";

/** Numbers in [0, 1) that look drawn and are the same each time (Marsaglia's xorshift, 32 bits). */
function xorshift(seed: number): () => number {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

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

  it("hold up no new store for long: three hundred are looked at within four minutes, ten dead ones among them", async () => {
    const ids = Array.from({ length: 300 }, (_each, index) => storeId(String(3000 + index)));
    const stores = ids.map((id) => ({ storeId: id, timeZone: "UTC", tokens: [`secret_token_of_${id}`] }));
    const drawn = xorshift(1);
    const world = createWorld({ stores, settings: { latencyMs: { from: 200, to: 200 } }, chance: drawn, concurrency: 300 });
    for (const [index, id] of ids.entries()) {
      world.secrets.set(id, { token: index % 30 === 7 ? "secret_dead" : `secret_token_of_${id}` });
      await world.campaigns.put(sale({ storeId: id }));
    }

    await world.sweep();
    await world.runTo("2026-11-27T09:04:00Z");

    const known = await Promise.all(ids.map(async (id) => (await world.state.readStore(id)).tokenProvenAt !== undefined));
    expect(known.filter((isProven) => isProven)).toHaveLength(290);
  });

  it.each([
    ["an hourly look at each", 0, 10],
    ["a switch of each, two seconds apart", 2, 15],
  ])("get nobody banned where eighty proven ones die together and what comes is %s", async (_name, apart, most) => {
    const ids = Array.from({ length: 80 }, (_each, index) => storeId(String(4000 + index)));
    const coupons = [{ id: COUPON, applicationLimit: "NEW_CUSTOMER_ONLY" }];
    const stores = ids.map((id) => ({ storeId: id, timeZone: "UTC", tokens: [`secret_token_of_${id}`], coupons }));
    const settings = { latencyMs: { from: 200, to: 200 } };
    const world = createWorld({ stores, settings, chance: xorshift(2), concurrency: 300 });
    for (const [index, id] of ids.entries()) {
      world.secrets.set(id, { token: `secret_token_of_${id}` });
      const start = apart === 0 ? "2026-11-28T10:00" : formatInstant(plus(instantOf("2026-11-27T10:00:00Z"), index * apart * SECOND));
      await world.campaigns.put(sale({ storeId: id, start, end: "2026-11-29T10:00" }));
    }
    await world.sweep();
    await world.runTo("2026-11-27T09:30:00Z");
    for (const id of ids) world.secrets.set(id, { token: "secret_revoked" });
    const before = world.ecwid.log.requests().length;

    if (apart === 0) await world.skipTo("2026-11-28T09:40:00Z");
    if (apart === 0) await world.sweep();
    await world.runTo(apart === 0 ? "2026-11-28T09:59:00Z" : "2026-11-27T10:20:00Z");

    const calls = world.ecwid.log.requests().slice(before);
    const byMinute = [...Map.groupBy(calls, ({ at }) => startOfMinute(at)).values()].map(({ length }) => length);
    expect(calls.map(({ outcome }) => outcome)).not.toContain(429);
    expect(calls.length).toBeGreaterThan(most);
    expect(Math.max(...byMinute)).toBeLessThanOrEqual(most);
  });

  it("get nobody banned where a proven one dies and no reply of Ecwid's comes through for an hour", async () => {
    const coupons = Array.from({ length: 4 }, (_each, index) => ({ id: COUPON + index, applicationLimit: "NEW_CUSTOMER_ONLY" }));
    const world = createWorld({ stores: [{ storeId: STORE, timeZone: "UTC", tokens: [TOKEN], coupons }], chance: xorshift(3) });
    for (const { id } of coupons) {
      await world.put(sale({ campaignId: `sale-${id}`, coupons: [{ couponId: id, applicationLimit: "UNLIMITED" }] }));
    }
    await world.runTo("2026-11-27T09:59:00Z");
    expect((await world.state.readStore(STORE)).tokenProvenAt).toBeDefined();

    world.ecwid.edit.revokeTokens(STORE);
    world.ecwid.setFaults(() => ({ kind: "drop", when: "after" }));
    const before = world.ecwid.log.requests().length;
    await world.runTo("2026-11-27T11:00:00Z");

    const calls = world.ecwid.log.requests().slice(before);
    const byMinute = [...Map.groupBy(calls, ({ at }) => startOfMinute(at)).values()].map(({ length }) => length);
    expect(Math.max(...byMinute)).toBeLessThan(20);
    expect(calls.length).toBeLessThan(60);
  });

  it("are not suspected for one lost reply: the next call of a store that is not heard once takes no turn", async () => {
    const world = createWorld();
    await world.put(sale());
    await world.runTo("2026-11-27T09:59:00Z");
    let lost = 0;
    world.ecwid.setFaults(({ method }) => {
      lost += 1;
      return method === "GET" && lost <= 2 ? { kind: "drop", when: "before" } : undefined;
    });
    await world.state.writeSystem(
      { deadAnswers: Array.from({ length: 10 }, () => instantOf("2026-11-27T10:00:00Z")) },
      (await world.state.readSystem()).version,
    );

    await world.runTo("2026-11-27T10:00:30Z");

    expect(world.limit()).toBe("UNLIMITED");
    expect((await world.state.readStore(STORE)).unheard).toBeUndefined();
  });

  it("are looked at again when Ecwid's silence is over, however long it was", async () => {
    const world = createWorld();
    world.ecwid.setFaults(() => ({ kind: "status", status: 429, when: "before", retryAfter: "1200" }));
    await world.sweep();
    await world.put(sale());
    world.ecwid.setFaults(undefined);
    const before = (await world.state.readStore(STORE)).profileReadAt;

    await world.runTo("2026-11-27T09:25:00Z");

    expect(before).toBeUndefined();
    expect((await world.state.readStore(STORE)).profileReadAt).toBeDefined();
  });
});
