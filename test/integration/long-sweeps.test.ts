import { describe, expect, it } from "vitest";
import { runSweep } from "../../lib/application/sweep/run-sweep.ts";
import { storeId } from "../../lib/domain/identifiers.ts";
import { MINUTE, plus, SECOND } from "../../lib/domain/instant.ts";
import { COUPON, createWorld, sale, type World } from "../support/world.ts";

const ids = Array.from({ length: 30 }, (_each, index) => storeId(String(6_000 + index)));

async function createStores(): Promise<World> {
  const coupons = [{ id: COUPON, applicationLimit: "NEW_CUSTOMER_ONLY" }];
  const world = createWorld({ stores: ids.map((id) => ({ storeId: id, timeZone: "UTC", tokens: [`secret_of_${id}`], coupons })) });
  for (const id of ids) {
    world.secrets.set(id, { token: `secret_of_${id}` });
    await world.campaigns.put(sale({ storeId: id }));
  }
  return world;
}

/** A sweep whose reading of a store takes fifteen seconds, with as much time as given. */
async function sweepFor({ compiling, clock, state }: World, milliseconds: number): Promise<void> {
  const contentsOf = async (store: Parameters<typeof state.contentsOf>[0]) => {
    await clock.sleepUntil(plus(clock.now(), 15 * SECOND));
    return state.contentsOf(store);
  };
  const sweeping = runSweep({ ...compiling, state: { ...state, contentsOf } }, plus(clock.now(), milliseconds));
  await clock.advanceBy(30 * MINUTE);
  await sweeping;
}

async function compiled({ state }: World): Promise<number> {
  const copies = await Promise.all(ids.map((id) => state.campaignsOf(id)));
  return copies.filter(({ length }) => length > 0).length;
}

describe("a sweep that has too little time for all stores", () => {
  it("keeps its place, and those that follow go on from there until all are done", async () => {
    const world = await createStores();

    await sweepFor(world, 85 * SECOND);
    const first = await compiled(world);
    await sweepFor(world, 85 * SECOND);
    const second = await compiled(world);
    await sweepFor(world, 30 * MINUTE);

    expect(first).toBeGreaterThan(0);
    expect(second).toBeGreaterThan(first);
    expect(second).toBeLessThan(ids.length);
    expect(await compiled(world)).toBe(ids.length);
    expect(world.events.filter((event) => event.kind === "sweep-completed").map(({ isComplete }) => isComplete)).toEqual([
      false,
      false,
      true,
    ]);
    expect((await world.state.readSystem()).sweptUpTo).toBeUndefined();
  });

  it("begins at the front again where the store it stopped at is gone", async () => {
    const world = await createStores();
    const { version, ...system } = await world.state.readSystem();
    await world.state.writeSystem({ ...system, sweptUpTo: { phase: "records", store: storeId("999999") } }, version);

    await sweepFor(world, 30 * MINUTE);
    await sweepFor(world, 30 * MINUTE);

    expect(await compiled(world)).toBe(ids.length);
  });
});
