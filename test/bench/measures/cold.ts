import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bundleInto, type Start, type Startable, startInTurns } from "../cold/starts.ts";
import { inWords, ratio, type Spread, spreadInWords, spreadOf } from "../figures.ts";
import { defineMeasure, type RunOptions } from "../measure.ts";

/** Which bare handler has the same clients. */
const BARE_OF = {
  compile: "tables-and-queue",
  dispatch: "tables-and-queue",
  sweep: "tables-and-queue",
  "follow-up": "tables-queue-and-topic",
  reconcile: "tables-queue-secrets-and-fetch",
} as const;
type FunctionName = keyof typeof BARE_OF;

const FUNCTIONS: readonly FunctionName[] = ["compile", "dispatch", "sweep", "follow-up", "reconcile"];
const PACKAGES = ["middy", "powertools", "zod", "temporal-polyfill", "node-fetch"] as const;
/** So many rounds a repeat: with three repeats, fifteen starts of each. */
const ROUNDS_A_REPEAT = 5;

interface Row {
  readonly name: FunctionName;
  readonly kilobytes: number;
  readonly bareKilobytes: number;
  readonly importMs: Spread;
  readonly bareImportMs: Spread;
  readonly processMs: Spread;
  readonly bareProcessMs: Spread;
  /** Beside the bare handler with nothing left out of its bundle. */
  readonly plainProcessMs: Spread;
  readonly residentMb: Spread;
  readonly bareResidentMb: Spread;
}

interface Cold {
  readonly rounds: number;
  readonly rows: readonly Row[];
  /** The bare handler of dispatch with one package more. */
  readonly packages: readonly { readonly name: string; readonly kilobytes: number; readonly importMs: Spread }[];
}

type Rounds = ReadonlyMap<string, readonly Start[]>;

function each(rounds: Rounds, name: string, figure: keyof Start): readonly number[] {
  return (rounds.get(name) ?? []).map((start) => start[figure]);
}

function rowOf(rounds: Rounds, weights: ReadonlyMap<string, number>, name: FunctionName): Row {
  const [bare, plain] = [`bare-${BARE_OF[name]}`, `plain-${BARE_OF[name]}`];
  return {
    name,
    kilobytes: weights.get(name) ?? 0,
    bareKilobytes: weights.get(bare) ?? 0,
    importMs: spreadOf(each(rounds, name, "importCpuMs")),
    bareImportMs: spreadOf(each(rounds, bare, "importCpuMs")),
    processMs: spreadOf(each(rounds, name, "processCpuMs")),
    bareProcessMs: spreadOf(each(rounds, bare, "processCpuMs")),
    plainProcessMs: spreadOf(each(rounds, plain, "processCpuMs")),
    residentMb: spreadOf(each(rounds, name, "residentMb")),
    bareResidentMb: spreadOf(each(rounds, bare, "residentMb")),
  };
}

async function bundleAll(folder: string): Promise<readonly Startable[]> {
  const bundles: Startable[] = [];
  for (const name of FUNCTIONS) bundles.push(await bundleInto(folder, name, `functions/${name}/handler.ts`));
  for (const bare of new Set(Object.values(BARE_OF))) {
    bundles.push(await bundleInto(folder, `bare-${bare}`, `test/bench/cold/bare/${bare}.ts`));
  }
  // As somebody would bundle it who has not looked: nothing left out.
  for (const bare of new Set(Object.values(BARE_OF))) {
    bundles.push(await bundleInto(folder, `plain-${bare}`, `test/bench/cold/bare/${bare}.ts`, {}));
  }
  for (const name of PACKAGES) bundles.push(await bundleInto(folder, `with-${name}`, `test/bench/cold/with/${name}.ts`));
  return bundles;
}

async function run({ repeats, isQuick, tell }: RunOptions): Promise<Cold> {
  const folder = mkdtempSync(join(tmpdir(), "doorman-cold-"));
  try {
    const bundles = await bundleAll(folder);
    const weights = new Map(bundles.map(({ name, kilobytes }) => [name, kilobytes]));
    const rounds = isQuick ? 2 : repeats * ROUNDS_A_REPEAT;
    const starts = await startInTurns(bundles, rounds, tell);
    const plain = "bare-tables-and-queue";
    return {
      rounds,
      rows: FUNCTIONS.map((name) => rowOf(starts, weights, name)),
      packages: PACKAGES.map((name) => ({
        name,
        kilobytes: (weights.get(`with-${name}`) ?? 0) - (weights.get(plain) ?? 0),
        importMs: spreadOf(each(starts, `with-${name}`, "importCpuMs")),
      })),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const milliseconds = (value: number) => `${inWords(value)} ms`;

/** The least is what the machine takes when nothing disturbs it; the middle has what disturbs it too. */
function besideBare(one: Spread, bare: Spread): string {
  return `${ratio(one.least, bare.least)} (of the middles ${ratio(one.median, bare.median)})`;
}

const kilobytes = (value: number) => `${inWords(value)} KB`;
const megabytes = (value: number) => `${inWords(value)} MB`;

export const cold = defineMeasure<Cold>({
  name: "cold",
  title: "What a cold start takes of the processor",
  about:
    "Measured. Each function's bundle, as CDK makes it for the stack, is imported by a fresh process; so is a handler that has the same clients of the AWS SDK (and node-fetch where the function has it) and nothing else, bundled in the same way, with the same left out (`test/bench/cold/bare`); *nothing left out* is that handler without what `infra/bundles/bundling.ts` leaves out or loads in another way. They take turns, so that whatever disturbs the machine disturbs both; a ratio is that of the least, which is what is left when nothing does, and behind it that of the middles. Told is the processor's time: *the import* alone, and *the process* from its start until the handler is there, which is what Lambda's initialisation holds too. The wall says little on a shared machine, and Lambda's own machines are others: the ratios hold.",
  run,
  present: ({ rounds, rows, packages }) => ({
    tables: [
      {
        caption: `Processor time until the handler is there: the middle of ${rounds} starts (least–most).`,
        head: ["", "bundle", "bare", "import", "bare", "ratio", "process", "bare", "ratio", "bare, nothing left out", "ratio"],
        rows: rows.map((row) => [
          row.name,
          kilobytes(row.kilobytes),
          kilobytes(row.bareKilobytes),
          spreadInWords(row.importMs, milliseconds),
          spreadInWords(row.bareImportMs, milliseconds),
          besideBare(row.importMs, row.bareImportMs),
          spreadInWords(row.processMs, milliseconds),
          spreadInWords(row.bareProcessMs, milliseconds),
          besideBare(row.processMs, row.bareProcessMs),
          spreadInWords(row.plainProcessMs, milliseconds),
          besideBare(row.processMs, row.plainProcessMs),
        ]),
      },
      {
        caption: "Memory that is resident then.",
        head: ["", "Doorman", "bare"],
        rows: rows.map((row) => [row.name, spreadInWords(row.residentMb, megabytes), spreadInWords(row.bareResidentMb, megabytes)]),
      },
      {
        caption: "The import of the bare handler of dispatch with one package more, and what this adds to the least.",
        head: ["package", "bundle", "import", "adds"],
        rows: packages.map(({ name, kilobytes: weight, importMs }) => [
          name,
          kilobytes(weight),
          spreadInWords(importMs, milliseconds),
          milliseconds(importMs.least - (rows[0]?.bareImportMs.least ?? 0)),
        ]),
      },
    ],
    pictures: [],
    remarks: [
      "The promise is 1.5 × of the bare handler. Beside a bare handler that is bundled with nothing left out, as it is unless somebody looks, every function keeps it; beside one that is left out of as much, the last columns but two say how far it is. What is left is mostly what the table of packages has, and reading Doorman's own code.",
      "**What was mended.** Before and after took turns, eleven rounds on a machine that was busy, and the middle of the imports fell: reconcile 211 to 168 ms, compile 172 to 140, follow-up 174 to 146, dispatch 145 to 127, sweep 164 to 148. (a) An import of `node:http` as a module reads each of its exports, and one of them loads all of Node's own fetch: 20 ms and 4 MB of reconcile, which calls with node-fetch. A stand-in of six lines asks Node for the module in the way that does not (`functions/stand-ins/http.ts`), and a test holds that no bundle loads it. (b) Every schema of every item, message and field was built when a module was loaded: 546 in reconcile and 350 in dispatch, some 30 µs each. Now one is built when it is first used: 122 and about 60. (c) Three bounds of the calendar were texts that Temporal read at import (3 to 4 % of a start in a profile), and zod wrote code for reading the environment, which is read once. Beside the bare handler that is left out of as much the middles of the process came from 1.44–1.66 × to 1.49–1.54 ×. What a function needs is thus paid with its first message, and what it does not need, never.",
      "**What was tried and is not so.** Bundles without the functions' names (`keepNames`) import 5 to 8 % faster, and a stack trace would name nothing. Whitespace alone taken out, names left as they are: 1 MB, and no faster. `zod/mini` would take 75 KB and some 8 ms away, and every schema would have to be written in another way. Loading node-fetch with the first call would only move it in front of a switch.",
    ],
  }),
});
