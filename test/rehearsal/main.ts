import { fork } from "node:child_process";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { reportOf } from "./report.ts";
import type { Year } from "./year.ts";

// A year of 200 campaigns on 20 stores, with faults, on virtual time: npm run rehearsal [-- --seed 7]

const STORES = 20;
const CAMPAIGNS = 200;
const PART = fileURLToPath(new URL("./play-part.ts", import.meta.url));

function play(seed: number, numbers: readonly number[]): Promise<Year> {
  return new Promise((resolve, reject) => {
    // Most of what a year makes is garbage within the minute: a young generation with room for it is collected far less often.
    const child = fork(PART, { execArgv: ["--max-semi-space-size=64"] });
    child.once("message", (year) => resolve(year as Year));
    child.once("exit", (code) => {
      if (code !== 0) reject(new Error(`the process that played stores ${numbers.join(", ")} ended with ${code}`));
    });
    child.send({ seed, numbers });
  });
}

const { values } = parseArgs({ options: { seed: { type: "string", default: "1" } } });
const seed = Number(values.seed);
if (!Number.isSafeInteger(seed)) {
  process.stderr.write(`--seed is "${values.seed}": write a whole number\n`);
  process.exit(2);
}
const began = performance.now();
const parts = Math.min(STORES, availableParallelism());
const all = Array.from({ length: STORES }, (_each, n) => n);
const years = await Promise.all(
  Array.from({ length: parts }, (_each, part) =>
    play(
      seed,
      all.filter((n) => n % parts === part),
    ),
  ),
);
process.stdout.write(`${reportOf(years, { stores: STORES, campaigns: CAMPAIGNS, tookMs: performance.now() - began })}\n`);
if (years.some(({ wrongAtTheEnd }) => wrongAtTheEnd.length > 0)) process.exit(1);
