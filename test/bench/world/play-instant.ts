import { HOUR, type Instant, MINUTE, parseInstant, plus, SECOND } from "../../../lib/domain/instant.ts";
import { createBenchWorld } from "./bench-world.ts";
import { hostDoorman } from "./doorman.ts";
import type { Limits } from "./limits.ts";
import { recordOf, type Scene, storeOf } from "./scene.ts";

const AT: Instant = parseInstant("2026-11-27T10:00:00Z");

/** @returns how late each of so many stores' one coupon was, in milliseconds. */
export async function playInstant(limits: Limits, stores: number, seed: number): Promise<readonly number[]> {
  const window = { from: AT, to: plus(AT, 6 * HOUR) };
  const one = (n: number) => storeOf(n, { coupons: 1, promotions: 0 }, (id) => [recordOf(id, "opens", window, { coupons: [0] })]);
  const scene: Scene = { stores: Array.from({ length: stores }, (_each, n) => ({ ...one(n), alike: "one" })) };
  const world = await createBenchWorld(scene, plus(AT, -30 * MINUTE), seed);
  const { clock, wire } = world;
  const doorman = await hostDoorman(world, scene, limits);
  const ticks = [-30, 30, 90, 150, 210].map(async (offset) => {
    await clock.sleepUntil(plus(AT, offset * SECOND));
    await doorman.tick();
  });
  await clock.drain();
  await Promise.all(ticks);
  if (wire.written.length !== stores) throw new Error(`${stores - wire.written.length} of ${stores} switches never came`);
  return wire.written.map(({ at }) => at - AT);
}
