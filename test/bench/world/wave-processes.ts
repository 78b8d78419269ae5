import { fork } from "node:child_process";
import { once } from "node:events";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import type { Wave, WaveOptions } from "./play-wave.ts";

/** A wave fills a process's memory, so that each has one of its own. */
const MEMORY_MB = 6_000;
/** How many are played at a time. */
const LANES = Number(process.env["BENCH_LANES"] ?? availableParallelism());

async function playOne(options: WaveOptions): Promise<Wave> {
  const child = fork(join(import.meta.dirname, "wave-process.ts"), { execArgv: [`--max-old-space-size=${MEMORY_MB}`] });
  child.send(options);
  const ended = once(child, "exit").then(([code]) => {
    throw new Error(`the process of a wave ended with ${code}`);
  });
  const answered = once(child, "message").then(([wave]) => wave as Wave);
  const wave = await Promise.race([answered, ended]);
  ended.catch(() => undefined);
  child.disconnect();
  return wave;
}

/** Plays waves, as many at a time as there are processors. @param tell is told when one is done. @returns them in their order. */
export async function playWaves(all: readonly WaveOptions[], tell: (text: string) => void): Promise<readonly Wave[]> {
  const waves: Wave[] = [];
  let next = 0;
  const lane = async () => {
    for (let n = next++; n < all.length; n = next++) {
      const options = all[n];
      if (options === undefined) continue;
      const wave = await playOne(options);
      waves[n] = wave;
      tell(`${options.limits.name}, ${options.distribution}, seed ${options.seed}: ${JSON.stringify(wave)}`);
    }
  };
  await Promise.all(Array.from({ length: Math.min(LANES, all.length) }, lane));
  return waves;
}
