import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { generatePlan } from "./plan/generate-plan.ts";
import { type Figures, noFigures, plusFigures, runSeed } from "./run-seeds.ts";
import { firstViolation, shrink } from "./shrink.ts";
import { simulate } from "./world/simulate.ts";

// npm run simulate -- --seeds 20000 [--from 1] [--workers 2]: runs so many seeds and prints the figures; ends with 1 if a law was broken.
// npm run simulate -- --seed 4711: runs one seed again, with everything that happened, and shrinks it if it fails.

const HELP = "usage: npm run simulate -- --seeds <count> [--from <seed>] [--workers <count>] | --seed <seed> [--no-shrink]\n";
const BATCH = 20;
const TOLD_EVERY = 1_000;
const MOST_SHRUNK = 3;

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** A child runs the seeds it is sent, and answers with their figures. */
function serve(): void {
  process.on("message", async ({ from, count }: { readonly from: number; readonly count: number }) => {
    let figures = noFigures();
    for (let seed = from; seed < from + count; seed += 1) figures = plusFigures(figures, await runSeed(seed));
    process.send?.(figures);
  });
}

async function runAll(from: number, seeds: number, workers: number): Promise<Figures> {
  let next = from;
  let total = noFigures();
  const end = from + seeds;
  const startedAt = performance.now();
  const feed = (child: ChildProcess): boolean => {
    if (next >= end) return false;
    const count = Math.min(BATCH, end - next);
    child.send({ from: next, count });
    next += count;
    return true;
  };
  const work = () =>
    new Promise<void>((resolve, reject) => {
      const child = fork(fileURLToPath(import.meta.url), ["--child"]);
      child.on("message", (figures: Figures) => {
        const before = Math.floor(total.seeds / TOLD_EVERY);
        total = plusFigures(total, figures);
        for (const { seed, text } of figures.failures) say(`seed ${seed}: ${text}`);
        if (Math.floor(total.seeds / TOLD_EVERY) > before) {
          say(
            `${total.seeds} of ${seeds} seeds, ${total.failures.length} failed, ${Math.round((performance.now() - startedAt) / 1_000)} s`,
          );
        }
        if (!feed(child)) child.disconnect();
      });
      child.on("exit", (code) => (code === 0 ? resolve() : reject(new Error(`a worker ended with ${code}`))));
      if (!feed(child)) child.disconnect();
    });
  await Promise.all(Array.from({ length: workers }, work));
  return total;
}

function tell({ seeds, counts, failures }: Figures, milliseconds: number): void {
  say("what went wrong, and how often:");
  for (const [what, count] of Object.entries(counts).toSorted(([one], [other]) => (one < other ? -1 : 1))) {
    say(`${String(count).padStart(9)}  ${what}`);
  }
  say(
    `${seeds} seeds in ${Math.round(milliseconds / 1_000)} s (${(milliseconds / seeds).toFixed(1)} ms a seed): ${failures.length} broke a law`,
  );
  for (const { seed, invariant } of failures) say(`  seed ${seed}: ${invariant}`);
}

async function replay(seed: number, shrinks: boolean, isTraced: boolean): Promise<boolean> {
  const plan = generatePlan(seed);
  const found = await firstViolation(plan);
  if (found === undefined || !shrinks) {
    const { trace } = await simulate(plan, { isTraced });
    for (const line of trace) say(line);
    say(found === undefined ? `seed ${seed}: no law is broken` : `seed ${seed}: ${JSON.stringify(found, null, 1)}`);
    return found === undefined;
  }
  const smallest = await shrink(plan, found.invariant);
  const { trace, violations } = await simulate(smallest, { isTraced });
  for (const line of trace) say(line);
  say(`seed ${seed}, shrunk to ${smallest.actions.length} actions and ${smallest.faults.length} faults: ${JSON.stringify(smallest)}`);
  say(JSON.stringify(violations[0], null, 1));
  return false;
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      seeds: { type: "string" },
      from: { type: "string", default: "1" },
      workers: { type: "string", default: "2" },
      seed: { type: "string" },
      "no-shrink": { type: "boolean", default: false },
      child: { type: "boolean", default: false },
    },
  });
  if (values.child) {
    serve();
    return 0;
  }
  if (values.seed !== undefined) return (await replay(Number(values.seed), !values["no-shrink"], true)) ? 0 : 1;
  if (values.seeds === undefined) {
    process.stderr.write(HELP);
    return 2;
  }
  const startedAt = performance.now();
  const figures = await runAll(Number(values.from), Number(values.seeds), Number(values.workers));
  tell(figures, performance.now() - startedAt);
  for (const { seed } of figures.failures.slice(0, values["no-shrink"] ? 0 : MOST_SHRUNK)) await replay(seed, true, false);
  return figures.failures.length === 0 ? 0 : 1;
}

process.exitCode = await main();
