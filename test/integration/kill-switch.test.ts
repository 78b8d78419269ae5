import { describe, expect, it } from "vitest";
import { resumeAll, stopAll } from "../../lib/application/commands/kill-switch.ts";
import { couponId, targetKey } from "../../lib/domain/identifiers.ts";
import { HOUR, MINUTE, SECOND } from "../../lib/domain/instant.ts";
import { COUPON, createWorld, instantOf, STORE, sale, type World } from "../support/world.ts";

const TARGET = targetKey({ kind: "coupon", id: couponId(String(COUPON)) });

const halt = (world: World) => stopAll(world.state, { since: world.clock.now(), reason: "wrong prices", by: "ana" });
const kinds = (world: World) => world.events.map(({ kind }) => kind);

/** @returns everything that Doorman keeps of the store, to be compared with what it keeps later. */
async function kept({ state, campaigns }: World): Promise<unknown> {
  return Promise.all([
    state.readStore(STORE),
    state.targetsOf(STORE),
    state.campaignsOf(STORE),
    campaigns.get(STORE, "sale").then((record) => record?.item),
  ]);
}

describe("while Doorman is stopped", () => {
  it("nothing is asked of Ecwid and nothing is written, what is due stays due, and each tick completes without an alarm's event", async () => {
    const world = createWorld();
    await world.put(sale());
    await world.runTo("2026-11-27T09:59:00Z");
    await halt(world);
    const before = await kept(world);
    world.calls();
    world.events.length = 0;

    await world.runTo("2026-11-27T10:30:00Z");
    await world.sweep();
    await world.runTo("2026-11-27T10:40:00Z");

    expect(world.calls()).toEqual([]);
    expect(await kept(world)).toEqual(before);
    expect((await world.state.readTarget(STORE, TARGET)).dueAt).toBe(instantOf("2026-11-27T10:00:00Z"));
    expect(new Set(kinds(world))).toEqual(new Set(["tick-completed", "sweep-completed"]));
    const ticks = world.events.filter(({ kind }) => kind === "tick-completed");
    expect(ticks).toHaveLength(40);
    expect(ticks.at(-1)).toMatchObject({ due: 1, released: 0, stopped: "wrong prices" });
  });

  it("what is in the queue already, a switch or a look, is left alone, and said once each", async () => {
    const world = createWorld();
    await world.put(sale());
    // The tick that will release the message is at work already, and waits.
    await world.runTo("2026-11-27T09:59:30Z");
    await halt(world);
    const before = await kept(world);
    world.calls();
    world.events.length = 0;

    await world.queue.send({ kind: "look", storeId: STORE, instant: world.clock.now(), because: "a test", relay: 0 });
    await world.clock.advanceBy(40 * SECOND);

    expect(world.calls()).toEqual([]);
    expect(await kept(world)).toEqual(before);
    expect(world.events.filter(({ kind }) => kind !== "tick-completed")).toEqual([
      { kind: "held", storeId: STORE, reason: "Doorman is stopped: wrong prices", due: 0 },
      { kind: "held", storeId: STORE, reason: "Doorman is stopped: wrong prices", due: 1 },
    ]);
  });

  it("nothing is put back at the end of a window, and a record is still taken up", async () => {
    const world = createWorld();
    await world.put(sale());
    await world.runTo("2026-11-27T11:00:00Z");
    await halt(world);
    world.calls();

    await world.runTo("2026-11-27T12:30:00Z");
    await world.put(sale({ campaignId: "later", start: "2026-11-28T10:00", end: "2026-11-28T11:00" }));
    await world.runTo("2026-11-27T12:40:00Z");

    expect(world.limit()).toBe("UNLIMITED");
    expect(world.calls()).toEqual([]);
    expect(await world.status("later")).toMatchObject({ state: "SCHEDULED" });
  });

  it("a message of many slow targets ends within a minute, and the rest stays due", async () => {
    const ids = Array.from({ length: 4 }, (_each, index) => 7_000 + index);
    const coupons = ids.map((id) => ({ id, code: `CODE${id}`, applicationLimit: "NEW_CUSTOMER_ONLY" }));
    const world = createWorld({
      settings: { latencyMs: { from: 9_000, to: 9_000 } },
      stores: [{ storeId: STORE, timeZone: "UTC", tokens: ["secret_token_of_store_1003"], coupons, promotions: [], groups: [] }],
    });
    await world.put(sale({ coupons: ids.map((id) => ({ couponId: String(id), applicationLimit: "UNLIMITED" })) }));
    await world.runTo("2026-11-27T10:00:05Z");

    await halt(world);
    await world.clock.advanceBy(MINUTE);
    world.calls();
    await world.runTo("2026-11-27T10:20:00Z");

    const open = ids.filter((id) => world.limit(id) === "UNLIMITED");
    expect(world.calls()).toEqual([]);
    expect(open.length).toBeLessThan(ids.length);
    expect(open.length).toBeGreaterThan(0);
  });
});

describe("after Doorman has been resumed", () => {
  it("what fell due meanwhile is done with the next tick, and how late it came is told", async () => {
    const world = createWorld();
    await world.put(sale());
    await world.runTo("2026-11-27T09:30:00Z");
    await halt(world);
    await world.runTo("2026-11-27T10:30:20Z");

    const was = await resumeAll(world.state);
    await world.runTo("2026-11-27T10:31:10Z");

    expect(was).toEqual({ since: instantOf("2026-11-27T09:30:00Z"), reason: "wrong prices", by: "ana" });
    expect(world.limit()).toBe("UNLIMITED");
    const switched = world.events.filter((event) => event.kind === "switched");
    expect(switched).toMatchObject([{ dueAt: instantOf("2026-11-27T10:00:00Z"), after: "UNLIMITED" }]);
    expect(switched[0]?.latenessMs).toBeGreaterThanOrEqual(31 * MINUTE);
    expect(switched[0]?.latenessMs).toBeLessThan(31 * MINUTE + 10 * SECOND);
  });

  it("a window that came and went is told as missed, and nothing is made up for", async () => {
    const world = createWorld();
    await world.put(sale({ repeat: "FREQ=DAILY", end: "2026-11-27T11:00" }));
    await world.runTo("2026-11-27T09:30:00Z");
    await halt(world);
    await world.runTo("2026-11-27T11:30:00Z");

    await resumeAll(world.state);
    await world.runTo("2026-11-27T11:32:00Z");

    expect(world.limit()).toBe("NEW_CUSTOMER_ONLY");
    expect(world.events.filter((event) => event.kind === "missed")).toMatchObject([{ count: 1 }]);
    expect(kinds(world)).not.toContain("switched");
  });

  it("what it held is put back", async () => {
    const world = createWorld();
    await world.put(sale());
    await world.runTo("2026-11-27T11:00:00Z");
    await halt(world);
    await world.runTo("2026-11-27T13:00:00Z");

    await resumeAll(world.state);
    await world.runTo("2026-11-27T13:02:00Z");

    expect(world.limit()).toBe("NEW_CUSTOMER_ONLY");
  });

  it("a whole deployment that is overdue is brought up to date", async () => {
    const ids = Array.from({ length: 120 }, (_each, index) => 7_000 + index);
    const coupons = ids.map((id) => ({ id, code: `CODE${id}`, applicationLimit: "NEW_CUSTOMER_ONLY" }));
    const world = createWorld({
      stores: [{ storeId: STORE, timeZone: "UTC", tokens: ["secret_token_of_store_1003"], coupons, promotions: [], groups: [] }],
    });
    await world.put(sale({ coupons: ids.map((id) => ({ couponId: String(id), applicationLimit: "UNLIMITED" })) }));
    await halt(world);
    await world.runTo("2026-11-27T10:10:00Z");

    await resumeAll(world.state);
    await world.runTo("2026-11-27T10:14:00Z");

    expect(ids.filter((id) => world.limit(id) !== "UNLIMITED")).toEqual([]);
  });
});

describe("the switch itself", () => {
  it("stays with whoever was first, and is let go of once", async () => {
    const world = createWorld();
    await halt(world);
    await world.clock.advanceBy(HOUR);

    const second = await stopAll(world.state, { since: world.clock.now(), reason: "the same", by: "ben" });
    const resumed = await resumeAll(world.state);

    expect(second).toMatchObject({ reason: "wrong prices", by: "ana" });
    expect(resumed).toMatchObject({ reason: "wrong prices", by: "ana" });
    expect(await resumeAll(world.state)).toBeUndefined();
  });
});
