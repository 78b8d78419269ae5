import { spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { PARTS, type Part } from "./parts.ts";
import { percentKilled, readScore, scoreText, sumOf } from "./score.ts";

// npm run mutation [-- <part>…] [-- --concurrency 1 …]: tries the mutants of some parts, or of all, and prints the score of all parts that
// have been tried so far, with the time. A part that is run again tries only what changed. Ends with 1 below the least score, which has to hold
// without time-outs too.

const LEAST_PERCENT = 90;
const FOLDER = ".doorman/mutation";
/** The quick runner finds out by itself what hangs, by what it computes; Stryker goes by the clock, on which a slow machine looks the same. */
const QUICK = ["--timeoutMS", "600000", "--ignorePatterns", ".doorman,cdk.out"];
/** What a mutant may compute, unless the environment says otherwise. */
const BUDGET_MS = "6000";

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

function fileName({ name }: Part): string {
  return name.replaceAll(/[/:]/g, "-");
}

function reportOf(part: Part): string {
  return `${FOLDER}/${fileName(part)}.json`;
}

/** @returns whether Stryker came to its end. */
function run(part: Part, options: readonly string[]): boolean {
  say(`\n${part.name}: against ${part.suites}`);
  const files = ["--mutate", part.mutate, "--incrementalFile", reportOf(part), "--tempDirName", `${FOLDER}/sandbox-${fileName(part)}`];
  const runner = ["--testRunner", "in-process", "--appendPlugins", "./test/mutation/in-process-runner.ts", ...QUICK];
  const env = { MUTATION_SUITES: part.suites, MUTATION_BUDGET_MS: BUDGET_MS, ...process.env };
  return spawnSync("stryker", ["run", ...files, ...runner, ...options], { stdio: "inherit", env }).status === 0;
}

function durationText(milliseconds: number): string {
  const minutes = Math.round(milliseconds / 60_000);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** @returns whether the score is high enough. */
function tellScores(startedAt: number): boolean {
  say("\nmutation score");
  for (const part of PARTS) {
    const score = readScore(reportOf(part));
    say(`  ${part.name.padEnd(24)} ${score === undefined ? "      –  not tried yet" : scoreText(score)}`);
  }
  const total = sumOf(PARTS.map((part) => readScore(reportOf(part))));
  say(`  ${"all of these".padEnd(24)} ${scoreText(total)}`);
  say(`in ${durationText(performance.now() - startedAt)}; survivors: ${FOLDER}, proofs: docs/decisions/0007 and 0008`);
  return percentKilled(total) >= LEAST_PERCENT;
}

/** Whether a part is what somebody named: itself, or its folder. */
function isOf({ name }: Part, named: string): boolean {
  return name === named || name.startsWith(`${named}:`);
}

const startedAt = performance.now();
const given = process.argv.slice(2);
const firstOption = given.findIndex((argument) => argument.startsWith("--"));
const names = given.slice(0, firstOption === -1 ? given.length : firstOption).map((name) => name.replace(/^lib\//, "").replace(/\/$/, ""));
const options = given.slice(names.length);
const unknown = names.filter((name) => !PARTS.some((part) => isOf(part, name)));
if (unknown.length > 0) {
  say(`there is no part ${unknown.join(", ")}: name some of ${PARTS.map(({ name }) => name).join(", ")}`);
  process.exitCode = 2;
} else {
  mkdirSync(FOLDER, { recursive: true });
  const wanted = PARTS.filter((part) => names.length === 0 || names.some((name) => isOf(part, name)));
  const failed = wanted.filter((part) => !run(part, options));
  if (failed.length > 0) say(`\nStryker failed on ${failed.map(({ name }) => name).join(", ")}`);
  process.exitCode = tellScores(startedAt) && failed.length === 0 ? 0 : 1;
}
