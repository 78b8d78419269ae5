import { type Instant, MINUTE, parseInstant, plus, SECOND } from "../../../lib/domain/instant.ts";
import { percentile } from "../figures.ts";
import { createBenchWorld } from "./bench-world.ts";
import { hostDoorman } from "./doorman.ts";
import type { Written } from "./ecwid-wire.ts";
import { type Floors, floorsOf } from "./floors.ts";
import type { Limits } from "./limits.ts";
import { COUPON_FROM, type Scene } from "./scene.ts";
import { type Distribution, narrowedOf, waveScene } from "./wave-scene.ts";

export interface WaveOptions {
  readonly limits: Limits;
  readonly distribution: Distribution;
  readonly stores: number;
  readonly switches: number;
  readonly seed: number;
}

/** What became of a wave; times in milliseconds from its instant. */
export interface Wave {
  readonly switched: number;
  readonly missing: number;
  /** When the last switch was applied, and the last of those that take an offer away from somebody. */
  readonly drainMs: number;
  readonly lastNarrowingMs: number;
  readonly floors: Floors;
  readonly mostRequests: number;
  readonly requests: number;
  readonly p50: number;
  readonly p99: number;
  readonly workers: number;
  readonly invocations: number;
  readonly databaseWrites: number;
  /** When each twentieth of the switches was done. */
  readonly doneAt: readonly number[];
}

const AT: Instant = parseInstant("2026-11-27T10:00:00Z");
/** The tick before comes in the middle of its minute, the tick of the minute itself too: the drawn ones are `lateness`'s business. */
const TICKS = [-30 * SECOND, 30 * SECOND, 90 * SECOND, 150 * SECOND, 210 * SECOND, 270 * SECOND, 330 * SECOND] as const;

function isNarrowing(scene: Scene): ({ storeId, target }: Written) => boolean {
  const sizes = new Map(scene.stores.map(({ id, setup }) => [id, (setup.coupons ?? []).length + (setup.promotions ?? []).length]));
  return ({ storeId, target }) => {
    const [kind, id] = target.split("#");
    return kind === "coupon" && Number(id) - COUPON_FROM < narrowedOf(sizes.get(storeId) ?? 0);
  };
}

/** Plays one wave to its end. */
export async function playWave({ limits, distribution, stores, switches, seed }: WaveOptions): Promise<Wave> {
  const scene = waveScene(distribution, stores, switches, AT);
  const world = await createBenchWorld(scene, plus(AT, -30 * MINUTE), seed);
  const { clock, wire } = world;
  const doorman = await hostDoorman(world, scene, limits);
  const ticks = TICKS.map(async (offset) => {
    await clock.sleepUntil(plus(AT, offset));
    await doorman.tick();
  });
  await clock.drain();
  await Promise.all(ticks);
  doorman.throwFailures();
  const late = wire.written.map(({ at }) => at - AT);
  const loads = [...wire.stores.values()];
  const wanted = scene.stores.reduce((sum, { setup }) => sum + (setup.coupons ?? []).length + (setup.promotions ?? []).length, 0);
  return {
    switched: late.length,
    missing: wanted - late.length,
    drainMs: late.reduce((most, each) => Math.max(most, each), 0),
    lastNarrowingMs: wire.written.filter(isNarrowing(scene)).reduce((most, { at }) => Math.max(most, at - AT), 0),
    floors: floorsOf(
      loads.map(({ toLastWrite }) => toLastWrite),
      limits,
    ),
    mostRequests: loads.reduce((most, { all }) => Math.max(most, all.requests), 0),
    requests: loads.reduce((sum, { all }) => sum + all.requests, 0),
    p50: percentile(late, 0.5),
    p99: percentile(late, 0.99),
    workers: doorman.mostAtOnce(),
    invocations: doorman.invocations(),
    databaseWrites: doorman.meter.writes,
    doneAt: Array.from({ length: 20 }, (_each, n) => percentile(late, (n + 1) / 20)),
  };
}
