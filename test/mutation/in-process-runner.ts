import { existsSync, globSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { type CollectedTest, collectedTests, startFile } from "./collected-tests.ts";
import { cpuMs, createWatchdog, MOST_CPU_ALONE_MS } from "./computing.ts";
import { emptyWhatIsKept, hookModules } from "./module-hooks.ts";

/**
 * A test runner for Stryker that loads every test file once and then runs tests in the one process, mutant after mutant: here a mutant costs a
 * fraction of a second, where a runner that loads all anew for each takes ten. What it asks of the tests is that none leaves anything behind.
 */
const SUITES = (process.env["MUTATION_SUITES"] ?? "unit,integration").split(",");
/** They start processes or servers, prepare something for a whole file, or stand in for parts of Node. */
const LEFT_OUT = ["integration/cli", "integration/one-machine", "unit/local", "bounded-search", "secrets-stay-secret"];
/** Parts of names of further files to leave out, because they are slow. */
const SLOW = (process.env["MUTATION_WITHOUT"] ?? "").split(",").filter((part) => part !== "");

/** A mutant that so much computing has not killed counts as a survivor: with more of it, it might yet be killed. */
const BUDGET_MS = Number(process.env["MUTATION_BUDGET_MS"] ?? Number.POSITIVE_INFINITY);

/** A test in which nothing has moved at so many looks in a row waits for what never comes. */
const BETWEEN_LOOKS_MS = 250;
const IDLE_LOOKS = 8;
const LEAST_MOVEMENT = 0.1;

/**
 * A mutant runs in circles once a single test runs its code 200,000 times more than twenty times as often as all tests together do without it. What
 * makes the same answer only slower, as without a cache, does not come near. Stryker's own bound is a hundred times, over all tests: minutes.
 */
const FREE_HITS = 200_000;
const HITS_FACTOR = 20;
const STRYKERS_FACTOR = 100;

interface Instrumented {
  activeMutant?: string | undefined;
  currentTestId?: string | undefined;
  hitCount?: number | undefined;
  hitLimit?: number | undefined;
  mutantCoverage?: { readonly perTest: Readonly<Record<string, object>> } | undefined;
}

interface MutantRun {
  readonly mutantActivation?: "static" | "runtime";
  readonly testFilter?: readonly string[];
  readonly hitLimit?: number;
  readonly activeMutant: { readonly id: string; readonly fileName: string };
}

type Ending = { readonly kind: "passed" } | { readonly kind: "stuck" } | { readonly kind: "failed"; readonly message: string };

const global: { __stryker__?: Instrumented } = globalThis as never;
global.__stryker__ ??= {};
const stryker = global.__stryker__;

function idOf({ file, name }: CollectedTest): string {
  return `${file}#${name}`;
}

async function load(): Promise<void> {
  hookModules();
  const found = SUITES.flatMap((suite) => [...globSync(`test/${suite}/**/*.test.ts`), ...globSync(`test/${suite}.test.ts`)]);
  const files = [...new Set(found)].filter((name) => ![...LEFT_OUT, ...SLOW].some((part) => name.includes(part)));
  for (const file of files.toSorted()) {
    startFile(file);
    await import(pathToFileURL(path.resolve(file)).href);
  }
}

const stray: unknown[] = [];
process.on("unhandledRejection", (reason) => stray.push(reason));

function messageOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}`.slice(0, 500) : String(error);
}

async function end(test: CollectedTest): Promise<Ending> {
  stray.length = 0;
  const outcome: Promise<Ending> = test.run().then(
    () => ({ kind: "passed" }),
    (error: unknown) => ({ kind: "failed", message: messageOf(error) }),
  );
  const stop = new AbortController();
  const stuck = async (): Promise<Ending> => {
    for (let idle = 0; idle < IDLE_LOOKS; ) {
      const before = performance.eventLoopUtilization();
      await sleep(BETWEEN_LOOKS_MS, undefined, { signal: stop.signal });
      idle = performance.eventLoopUtilization(before).utilization < LEAST_MOVEMENT ? idle + 1 : 0;
    }
    return { kind: "stuck" };
  };
  const ending = await Promise.race([outcome, stuck().catch((): Ending => ({ kind: "stuck" }))]);
  stop.abort();
  return ending.kind === "passed" && stray.length > 0 ? { kind: "failed", message: messageOf(stray[0]) } : ending;
}

/** How often each test has killed a mutant: those that do so often are asked first. */
const kills = new Map<string, number>();

/** What a test needs without a mutant, and how many mutants are in what it runs. */
interface Effort {
  readonly ms: number;
  readonly reached: number;
}

/** One process finds these out, and all that try mutants read them here, in the sandbox. */
const EFFORTS_FILE = "efforts-of-tests.json";
let efforts: Readonly<Record<string, Effort>> = {};

/** Quick tests that reach little are about little, and so likely about the mutant. */
function promising(id: string, mutated: string): number {
  const { ms, reached } = efforts[id] ?? { ms: 0, reached: 0 };
  return (1 + (kills.get(id) ?? 0) + 5 * (kills.get(`${mutated} ${id}`) ?? 0)) / ((5 + ms) * (20 + reached));
}

function count(of: string): void {
  kills.set(of, (kills.get(of) ?? 0) + 1);
}

async function dryRun() {
  if (collectedTests().length === 0) await load();
  stryker.activeMutant = undefined;
  stryker.hitCount = undefined;
  const results = [];
  const found: Record<string, Effort> = {};
  for (const test of collectedTests()) {
    const id = idOf(test);
    stryker.currentTestId = id;
    const begun = cpuMs();
    const ending = await end(test);
    stryker.currentTestId = undefined;
    const timeSpentMs = cpuMs() - begun;
    found[id] = { ms: timeSpentMs, reached: Object.keys(stryker.mutantCoverage?.perTest[id] ?? {}).length };
    if (timeSpentMs > MOST_CPU_ALONE_MS) process.stderr.write(`not asked, since it takes ${Math.round(timeSpentMs)} ms: ${id}\n`);
    const common = { id, name: `${test.file} ${test.name}`, timeSpentMs, fileName: test.file };
    if (ending.kind === "passed") results.push({ ...common, status: 0 });
    else results.push({ ...common, status: 1, failureMessage: ending.kind === "failed" ? ending.message : "stuck" });
  }
  writeFileSync(EFFORTS_FILE, JSON.stringify(found));
  return { status: "complete", tests: results, mutantCoverage: stryker.mutantCoverage };
}

const watchdog = createWatchdog();

/** Stands in the sandbox while a mutant is tried: who finds it there knows that the process that tried it was ended. */
function traceOf({ activeMutant }: MutantRun): string {
  return `trying-${activeMutant.id}`;
}

function mostPromising({ testFilter, activeMutant }: MutantRun): readonly CollectedTest[] {
  const asked = new Set(testFilter ?? collectedTests().map(idOf));
  const chosen = collectedTests().filter((test) => asked.has(idOf(test)) && (efforts[idOf(test)]?.ms ?? 0) <= MOST_CPU_ALONE_MS);
  const worth = new Map(chosen.map((test) => [test, promising(idOf(test), activeMutant.fileName)]));
  return chosen.toSorted((one, other) => (worth.get(other) ?? 0) - (worth.get(one) ?? 0));
}

async function tryMutant(run: MutantRun) {
  const { activeMutant, hitLimit } = run;
  const mostHits = hitLimit === undefined ? undefined : Math.round((hitLimit / STRYKERS_FACTOR) * HITS_FACTOR) + FREE_HITS;
  stryker.hitLimit = mostHits;
  emptyWhatIsKept();
  stryker.activeMutant = activeMutant.id;
  const begun = cpuMs();
  let tried = 0;
  for (const test of mostPromising(run)) {
    if (cpuMs() - begun > BUDGET_MS) break;
    tried += 1;
    stryker.hitCount = 0;
    watchdog.watch(true);
    const ending = await end(test);
    if (mostHits !== undefined && stryker.hitCount > mostHits)
      return { status: "timeout", reason: `${stryker.hitCount} times in ${idOf(test)}` };
    if (ending.kind === "stuck") return { status: "timeout", reason: `${idOf(test)} never ends` };
    if (ending.kind === "passed") continue;
    count(idOf(test));
    count(`${activeMutant.fileName} ${idOf(test)}`);
    return { status: "killed", failureMessage: ending.message, killedBy: [idOf(test)], nrOfTests: tried };
  }
  return { status: "survived", nrOfTests: tried };
}

async function mutantRun(run: MutantRun) {
  if (run.mutantActivation === "static") stryker.activeMutant = run.activeMutant.id;
  if (collectedTests().length === 0) await load();
  if (Object.keys(efforts).length === 0) efforts = JSON.parse(readFileSync(EFFORTS_FILE, "utf8"));
  const trace = traceOf(run);
  if (existsSync(trace)) return { status: "timeout", reason: "computed on and on in one test, or without end of memory" };
  writeFileSync(trace, "");
  try {
    return await tryMutant(run);
  } finally {
    stryker.activeMutant = undefined;
    watchdog.watch(false);
    rmSync(trace);
  }
}

/**
 * Nothing is loaded anew, so what runs while files load is tried by what it does later alone. Where Stryker is to try that too
 * (`ignoreStatic: false`), it has to start a process for each: `MUTATION_STATIC=1`.
 */
const LOADS_ONCE = process.env["MUTATION_STATIC"] !== "1";

function createRunner() {
  return { capabilities: () => ({ reloadEnvironment: LOADS_ONCE }), dryRun, mutantRun };
}

/** What Stryker looks for in a plug-in. */
export const strykerPlugins = [{ kind: "TestRunner", name: "in-process", factory: createRunner }];
