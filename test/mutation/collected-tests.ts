/** One test as a file declared it. */
export interface CollectedTest {
  readonly file: string;
  readonly name: string;
  /** Runs it with the hooks of the groups around it. Throws what the test throws. */
  readonly run: () => Promise<void>;
}

type Work = (...values: never[]) => unknown;
type Rows = readonly unknown[];

interface Group {
  readonly names: readonly string[];
  readonly before: (() => unknown)[];
  readonly after: (() => unknown)[];
  readonly parent: Group | undefined;
}

const tests: CollectedTest[] = [];
let file = "";
let group: Group = emptyGroup([], undefined);
let finishers: (() => unknown)[] = [];

function emptyGroup(names: readonly string[], parent: Group | undefined): Group {
  return { names, before: [], after: [], parent };
}

/** Puts tests down under a file from now on. */
export function startFile(path: string): void {
  file = path;
  group = emptyGroup([], undefined);
}

/** @returns all tests that were declared, in order. */
export function collectedTests(): readonly CollectedTest[] {
  return tests;
}

function lineOfGroups(innermost: Group): readonly Group[] {
  const line: Group[] = [];
  for (let at: Group | undefined = innermost; at !== undefined; at = at.parent) line.unshift(at);
  return line;
}

function declare(name: string, work: () => unknown): void {
  const here = lineOfGroups(group);
  const full = [...group.names, name].join(" > ");
  const same = tests.filter((known) => known.file === file && (known.name === full || known.name.startsWith(`${full} #`))).length;
  const run = async () => {
    finishers = [];
    try {
      for (const around of here) for (const hook of around.before) await hook();
      await work();
    } finally {
      for (const around of here.toReversed()) for (const hook of around.after) await hook();
      for (const finisher of finishers.toReversed()) await finisher();
    }
  };
  tests.push({ file, name: same === 0 ? full : `${full} #${same + 1}`, run });
}

/** A row's arguments, as Vitest hands them on: a list is spread. */
function argumentsOf(row: unknown): Rows {
  return Array.isArray(row) ? row : [row];
}

function call(work: Work, values: Rows): unknown {
  return Reflect.apply(work, undefined, [...values]);
}

/** `it` of Vitest, as far as the tests here use it. */
export const it = Object.assign((name: string, work: Work) => declare(name, () => call(work, [])), {
  each: (rows: Rows) => (name: string, work: Work) => {
    for (const row of rows) declare(name, () => call(work, argumentsOf(row)));
  },
});

function inGroup(name: string, body: Work, values: Rows): void {
  const outer = group;
  group = emptyGroup([...outer.names, name], outer);
  call(body, values);
  group = outer;
}

/** `describe` of Vitest, as far as the tests here use it. */
export const describe = Object.assign((name: string, body: Work) => inGroup(name, body, []), {
  each: (rows: Rows) => (name: string, body: Work) => {
    for (const row of rows) inGroup(name, body, argumentsOf(row));
  },
});

/** Runs before each test of the group. */
export function beforeEach(hook: () => unknown): void {
  group.before.push(hook);
}

/** Runs after each test of the group. */
export function afterEach(hook: () => unknown): void {
  group.after.push(hook);
}

/** Runs when the test under way is over. */
export function onTestFinished(hook: () => unknown): void {
  finishers.push(hook);
}

function refuse(): never {
  throw new Error("a suite that prepares something for a whole file is not tried against mutants");
}

export const beforeAll = refuse;
export const afterAll = refuse;
// By its path: its name leads back here.
export const { expect, vi } = await import(/* @vite-ignore */ new URL("../../node_modules/vitest/dist/index.js", import.meta.url).href);
