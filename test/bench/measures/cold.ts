import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bundleInto, type Start, type Startable, startInTurns } from "../cold/starts.ts";
import { inWords, type Spread, spreadInWords, spreadOf } from "../figures.ts";
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
  readonly importRatio: Spread;
  readonly processMs: Spread;
  readonly bareProcessMs: Spread;
  readonly processRatio: Spread;
  readonly residentMb: Spread;
  readonly bareResidentMb: Spread;
}

interface Cold {
  readonly rounds: number;
  readonly rows: readonly Row[];
  /** Milliseconds of processor that each adds to the bare handler of dispatch, round by round. */
  readonly packages: readonly { readonly name: string; readonly kilobytes: number; readonly addsMs: Spread }[];
}

type Rounds = ReadonlyMap<string, readonly Start[]>;

function each(rounds: Rounds, name: string, figure: keyof Start): readonly number[] {
  return (rounds.get(name) ?? []).map((start) => start[figure]);
}

/** What two starts of the same round come to. */
function paired(rounds: Rounds, one: string, other: string, figure: keyof Start, combine: (a: number, b: number) => number): Spread {
  const others = each(rounds, other, figure);
  return spreadOf(each(rounds, one, figure).map((value, round) => combine(value, others[round] ?? Number.NaN)));
}

const divided = (a: number, b: number) => a / b;
const without = (a: number, b: number) => a - b;

function rowOf(rounds: Rounds, weights: ReadonlyMap<string, number>, name: FunctionName): Row {
  const bare = `bare-${BARE_OF[name]}`;
  return {
    name,
    kilobytes: weights.get(name) ?? 0,
    bareKilobytes: weights.get(bare) ?? 0,
    importMs: spreadOf(each(rounds, name, "importCpuMs")),
    bareImportMs: spreadOf(each(rounds, bare, "importCpuMs")),
    importRatio: paired(rounds, name, bare, "importCpuMs", divided),
    processMs: spreadOf(each(rounds, name, "processCpuMs")),
    bareProcessMs: spreadOf(each(rounds, bare, "processCpuMs")),
    processRatio: paired(rounds, name, bare, "processCpuMs", divided),
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
        addsMs: paired(starts, `with-${name}`, plain, "importCpuMs", without),
      })),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const milliseconds = (value: number) => `${inWords(value)} ms`;
const times = (value: number) => `${inWords(value)} ×`;
const kilobytes = (value: number) => `${inWords(value)} KB`;
const megabytes = (value: number) => `${inWords(value)} MB`;

export const cold = defineMeasure<Cold>({
  name: "cold",
  title: "What a cold start takes of the processor",
  about:
    "Measured. Each function's bundle, as CDK makes it for the stack, is imported by a fresh process; so is a handler that has the same clients of the AWS SDK (and node-fetch where the function has it) and nothing else, bundled in the same way (`test/bench/cold/bare`). They take turns, so that whatever disturbs the machine disturbs both, and a ratio is that of two starts of the same round. Told is the processor's time: *the import* alone, and *the process* from its start until the handler is there, which is what Lambda's initialisation holds too. The wall says little on a shared machine, and Lambda's own machines are others: the ratios hold.",
  run,
  present: ({ rounds, rows, packages }) => ({
    tables: [
      {
        caption: `Processor time until the handler is there: the middle of ${rounds} starts (least–most).`,
        head: ["", "bundle", "bare", "import", "bare", "ratio", "process", "bare", "ratio"],
        rows: rows.map((row) => [
          row.name,
          kilobytes(row.kilobytes),
          kilobytes(row.bareKilobytes),
          spreadInWords(row.importMs, milliseconds),
          spreadInWords(row.bareImportMs, milliseconds),
          spreadInWords(row.importRatio, times),
          spreadInWords(row.processMs, milliseconds),
          spreadInWords(row.bareProcessMs, milliseconds),
          spreadInWords(row.processRatio, times),
        ]),
      },
      {
        caption: "Memory that is resident then.",
        head: ["", "Doorman", "bare"],
        rows: rows.map((row) => [row.name, spreadInWords(row.residentMb, megabytes), spreadInWords(row.bareResidentMb, megabytes)]),
      },
      {
        caption: "What a package adds to the import of the bare handler of dispatch, if it alone is bundled with it and used.",
        head: ["package", "bundle", "import"],
        rows: packages.map(({ name, kilobytes: weight, addsMs }) => [name, kilobytes(weight), spreadInWords(addsMs, milliseconds)]),
      },
    ],
    pictures: [],
    remarks: [],
  }),
});
