import type { Instant } from "../../../lib/domain/instant.ts";
import type { BenchWorld } from "../world/bench-world.ts";
import type { Boundary, Scene } from "../world/scene.ts";
import type { Tick } from "../world/ticks.ts";

/** A way to switch offers on time, run in the same world as the others. */
export interface Contestant {
  readonly name: string;
  /** What it is, and what it was granted so that it is as good as its idea allows. */
  readonly about: string;
  /** Runs it over these ticks, and until all that it has begun is done. */
  play(world: BenchWorld, scene: Scene, ticks: readonly Tick[], until: Instant): Promise<void>;
  /** @returns whether the tick that should have brought a boundary was lost; undefined where there are no ticks. */
  isTickLost(boundary: Boundary, ticks: readonly Tick[]): boolean | undefined;
}

/** @returns the first tick, whether it came or not, that is at or after an instant, among those of every so many minutes. */
export function firstTickFrom(ticks: readonly Tick[], at: Instant, everyMinutes = 1): Tick | undefined {
  return ticks.find((tick) => tick.at >= at && isOfInterval(tick, everyMinutes));
}

/** @returns whether a rule of every so many minutes has a tick in this minute. */
export function isOfInterval({ minute }: Tick, everyMinutes: number): boolean {
  return (minute / 60_000) % everyMinutes === 0;
}
