import { appendFileSync, globSync } from "node:fs";
import { registerHooks } from "node:module";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { type CollectedTest, collectedTests, startFile } from "./collected-tests.ts";

/**
 * A test runner for Stryker that loads every test file once and then runs tests in the one process, mutant after mutant: here a mutant costs a
 * fraction of a second, where a runner that loads all anew for each takes ten. What it asks of the tests is that none leaves anything behind.
 */
const SUITES = (process.env["MUTATION_SUITES"] ?? "unit,integration").split(",");
/** They start processes or servers, prepare something for a whole file, or stand in for parts of Node. */
const LEFT_OUT = [/integration\/cli/, /integration\/one-machine/, /unit\/local/, /bounded-search/, /secrets-stay-secret/];
const FEW = new URL("./few-cases.ts", import.meta.url).href;
const keepers: { __kept__?: (() => void)[] } = globalThis as never;
const SLOW = (process.env["MUTATION_WITHOUT"] ?? "").split(",").filter((part) => part !== "");
const COLLECTOR = new URL("./collected-tests.ts", import.meta.url).href;

/** A mutant that so much computing has not killed counts as a survivor for the time being; a second run without the bound has the last word. */
const HITS_FACTOR = Number(process.env["MUTATION_HITS_FACTOR"] ?? 3);
const BUDGET_MS = Number(process.env["MUTATION_BUDGET_MS"] ?? Number.POSITIVE_INFINITY);

/** A test is given up after so many looks at it, so far apart: a machine that stands still for seconds counts as one look. */
const LOOKS = 20;
const BETWEEN_LOOKS_MS = 250;

interface Instrumented {
  activeMutant?: string | undefined;
  currentTestId?: string | undefined;
  hitCount?: number | undefined;
  hitLimit?: number | undefined;
  mutantCoverage?: unknown;
}

interface MutantRun {
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
  registerHooks({
    resolve: (specifier, context, next) =>
      specifier === "vitest"
        ? { url: COLLECTOR, shortCircuit: true, format: "module-typescript" }
        : specifier === "fast-check" && context.parentURL !== FEW
          ? { url: FEW, shortCircuit: true, format: "module-typescript" }
          : next(specifier, context),
    load: (url, context, next) => {
      const loaded = next(url, context);
      if (!url.includes("/lib/domain/windows/") || url.includes("node_modules")) return loaded;
      const source = String(loaded.source);
      const resets = [...source.matchAll(/^(const|let) (kept|read|latest)\b/gm)].map(([, how, name]) =>
        how === "let" ? `() => { ${name} = undefined; }` : `() => (Array.isArray(${name}) ? ${name}.splice(0) : ${name}.clear())`,
      );
      if (resets.length === 0) return loaded;
      return { ...loaded, source: `${source}\n;(globalThis.__kept__ ??= []).push(${resets.join(", ")});\n` };
    },
  });
  const files = SUITES.flatMap((suite) => [...globSync(`test/${suite}/**/*.test.ts`), ...globSync(`test/${suite}.test.ts`)]);
  for (const file of [...new Set(files)]
    .filter((name) => !LEFT_OUT.some((pattern) => pattern.test(name)) && !SLOW.some((part) => name.includes(part)))
    .toSorted()) {
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
    for (let looks = 0; looks < LOOKS; looks += 1) await sleep(BETWEEN_LOOKS_MS, undefined, { signal: stop.signal });
    return { kind: "stuck" };
  };
  const ending = await Promise.race([outcome, stuck().catch((): Ending => ({ kind: "stuck" }))]);
  stop.abort();
  return ending.kind === "passed" && stray.length > 0 ? { kind: "failed", message: messageOf(stray[0]) } : ending;
}

/** How often each test has killed a mutant: those that do so often are asked first. */
const kills = new Map<string, number>();
const times = new Map<string, number>();

function promising(id: string, mutated: string): number {
  return (1 + (kills.get(id) ?? 0) + 5 * (kills.get(`${mutated} ${id}`) ?? 0)) / (5 + (times.get(id) ?? 0));
}

function count(of: string): void {
  kills.set(of, (kills.get(of) ?? 0) + 1);
}

function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}

function asked(): readonly CollectedTest[] {
  return collectedTests().filter((test) => !SLOW.some((part) => idOf(test).includes(part)));
}

async function dryRun() {
  if (collectedTests().length === 0) await load();
  stryker.activeMutant = undefined;
  stryker.hitCount = undefined;
  const results = [];
  for (const test of asked()) {
    const id = idOf(test);
    stryker.currentTestId = id;
    const begun = performance.now();
    const ending = await end(test);
    stryker.currentTestId = undefined;
    const timeSpentMs = performance.now() - begun;
    times.set(id, timeSpentMs);
    const common = { id, name: `${test.file} ${test.name}`, timeSpentMs, fileName: test.file };
    if (ending.kind === "passed") results.push({ ...common, status: 0 });
    else results.push({ ...common, status: 1, failureMessage: ending.kind === "failed" ? ending.message : "stuck" });
  }
  return { status: "complete", tests: results, mutantCoverage: stryker.mutantCoverage };
}

async function mutantRun(run: MutantRun) {
  const result = await tryMutant(run);
  const { fileName, location, mutatorName, replacement } = run.activeMutant as unknown as Record<string, unknown>;
  if (process.env["MUTATION_LOG"])
    appendFileSync(
      process.env["MUTATION_LOG"],
      `${JSON.stringify({ status: result.status, fileName, location, mutatorName, replacement })}\n`,
    );
  return result;
}

async function tryMutant({ testFilter, hitLimit, activeMutant }: MutantRun) {
  if (collectedTests().length === 0) await load();
  const wanted = new Set(testFilter ?? collectedTests().map(idOf));
  const chosen = asked().filter((test) => wanted.has(idOf(test)));
  const most = hitLimit === undefined ? undefined : Math.round((hitLimit / 100) * HITS_FACTOR) + 1_000;
  stryker.hitLimit = most;
  stryker.hitCount = 0;
  for (const reset of keepers.__kept__ ?? []) reset();
  stryker.activeMutant = activeMutant.id;
  const { fileName } = activeMutant;
  const begun = cpuMs();
  let tried = 0;
  try {
    for (const test of chosen.toSorted((one, other) => promising(idOf(other), fileName) - promising(idOf(one), fileName))) {
      if (cpuMs() - begun > BUDGET_MS) break;
      tried += 1;
      const ending = await end(test);
      if (most !== undefined && stryker.hitCount > most) return { status: "timeout", reason: `hit ${stryker.hitCount} times` };
      if (ending.kind === "stuck") return { status: "timeout", reason: `${idOf(test)} never ends` };
      if (ending.kind === "passed") continue;
      count(idOf(test));
      count(`${fileName} ${idOf(test)}`);
      return { status: "killed", failureMessage: ending.message, killedBy: [idOf(test)], nrOfTests: tried };
    }
    return { status: "survived", nrOfTests: tried };
  } finally {
    stryker.activeMutant = undefined;
  }
}

function createRunner() {
  return { capabilities: () => ({ reloadEnvironment: false }), dryRun, mutantRun };
}

/** What Stryker looks for in a plug-in. */
export const strykerPlugins = [{ kind: "TestRunner", name: "in-process", factory: createRunner }];
