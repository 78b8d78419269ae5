import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bundleInto } from "../cold/starts.ts";
import { inWords, type Spread, spreadInWords, spreadOf } from "../figures.ts";
import { defineMeasure, type RunOptions } from "../measure.ts";
import type { Shape } from "../worker/order.ts";
import { type Requests, runAlone, runDeployed, runFloorWithTables, type Surroundings, startSurroundings } from "../worker/run-workers.ts";
import type { WorkerReport } from "../worker/spending.ts";

const ALONE: readonly (Shape & { readonly name: string })[] = [
  { name: "one coupon a store", kind: "coupon", stores: 100, targets: 1 },
  { name: "20 coupons a store", kind: "coupon", stores: 5, targets: 20 },
  { name: "one promotion a store", kind: "promotion", stores: 100, targets: 1 },
  { name: "20 promotions a store", kind: "promotion", stores: 5, targets: 20 },
];
const WITH_TABLES: typeof ALONE = [
  { name: "one coupon a store", kind: "coupon", stores: 30, targets: 1 },
  { name: "20 coupons a store", kind: "coupon", stores: 2, targets: 20 },
];
/** The first is not counted: it makes everything warm. */
const ROUNDS = 5;

/** Of one contestant, over the repeats. */
interface Figures {
  /** For 1,000 switches. */
  readonly cpuMs: Spread;
  /** Of the first message of a fresh process. */
  readonly firstMs: Spread;
  readonly peakMb: Spread;
  readonly heapMb: Spread;
}

interface Row {
  readonly name: string;
  readonly doorman: Figures;
  readonly floor: Figures;
  readonly ratio: Spread;
  readonly sameRequests: Figures;
  readonly sameRatio: Spread;
}

interface Worker {
  readonly alone: readonly Row[];
  readonly withTables: readonly (Row & { readonly requests: Requests })[];
}

/** What the contestants came to in one repeat. */
interface Turn {
  readonly doorman: WorkerReport;
  readonly floor: WorkerReport;
  readonly same: WorkerReport;
}

function perThousand({ warm }: WorkerReport): number {
  return (warm.cpuMs / warm.switches) * 1_000;
}

function figuresOf(reports: readonly WorkerReport[]): Figures {
  return {
    cpuMs: spreadOf(reports.map(perThousand)),
    firstMs: spreadOf(reports.map(({ firstMs }) => firstMs)),
    peakMb: spreadOf(reports.map(({ peakMb }) => peakMb)),
    heapMb: spreadOf(reports.map(({ heapMb }) => heapMb)),
  };
}

function rowOf(name: string, turns: readonly Turn[]): Row {
  return {
    name,
    doorman: figuresOf(turns.map(({ doorman }) => doorman)),
    floor: figuresOf(turns.map(({ floor }) => floor)),
    ratio: spreadOf(turns.map(({ doorman, floor }) => perThousand(doorman) / perThousand(floor))),
    sameRequests: figuresOf(turns.map(({ same }) => same)),
    sameRatio: spreadOf(turns.map(({ doorman, same }) => perThousand(doorman) / perThousand(same))),
  };
}

async function withSurroundings<Answer>(run: (around: Surroundings) => Promise<Answer>): Promise<Answer> {
  const folder = mkdtempSync(join(tmpdir(), "doorman-worker-"));
  const bundle = async (name: string, entryPoint: string) => (await bundleInto(folder, name, entryPoint)).file;
  const bundles = {
    doorman: await bundle("doorman", "test/bench/worker/doorman-in-memory.ts"),
    deployed: await bundle("deployed", "functions/reconcile/handler.ts"),
    floor: await bundle("floor", "test/bench/worker/floor.ts"),
    "floor-with-tables": await bundle("floor-with-tables", "test/bench/worker/floor-with-tables.ts"),
  };
  const around = { bundles, ...startSurroundings() };
  try {
    return await run(around);
  } finally {
    await around.ecwid.end();
    await around.tables.end();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function run({ repeats, isQuick, tell }: RunOptions): Promise<Worker> {
  const rounds = isQuick ? 3 : ROUNDS;
  return withSurroundings(async (around) => {
    const alone: Row[] = [];
    for (const { name, ...shape } of ALONE) {
      const turns: Turn[] = [];
      for (let repeat = 1; repeat <= repeats; repeat += 1) {
        tell(`${name}, ${repeat} of ${repeats}`);
        turns.push({
          doorman: await runAlone(around, "doorman", shape, rounds),
          floor: await runAlone(around, "floor", shape, rounds),
          same: await runAlone(around, "floor", shape, rounds, shape.targets > 1),
        });
      }
      alone.push(rowOf(name, turns));
    }
    const withTables: Worker["withTables"][number][] = [];
    for (const { name, ...shape } of WITH_TABLES) {
      const turns: Turn[] = [];
      let requests: Requests = {};
      for (let repeat = 1; repeat <= repeats; repeat += 1) {
        tell(`${name} with tables, ${repeat} of ${repeats}`);
        const doorman = await runDeployed(around, shape, rounds);
        requests = doorman.requests;
        const floor = await runAlone(around, "floor", shape, rounds);
        turns.push({ doorman, floor, same: await runFloorWithTables(around, shape, rounds, requests, shape.targets > 1) });
      }
      withTables.push({ ...rowOf(name, turns), requests });
    }
    return { alone, withTables };
  });
}

const seconds = (value: number) => `${inWords(value / 1_000)} s`;
const milliseconds = (value: number) => `${inWords(value)} ms`;
const times = (value: number) => `${inWords(value)} ×`;
const megabytes = (value: number) => `${inWords(value)} MB`;

function requestsInWords(requests: Requests): string {
  return Object.entries(requests)
    .filter(([, count]) => count > 0)
    .map(([name, count]) => `${count} ${name}`)
    .join(", ");
}

function cells({ name, doorman, floor, ratio, sameRequests, sameRatio }: Row): readonly string[] {
  return [
    name,
    spreadInWords(doorman.cpuMs, seconds),
    spreadInWords(floor.cpuMs, seconds),
    spreadInWords(ratio, times),
    spreadInWords(sameRequests.cpuMs, seconds),
    spreadInWords(sameRatio, times),
  ];
}

export const worker = defineMeasure<Worker>({
  name: "worker",
  title: "What a worker takes of the processor",
  about:
    "Measured. One process works message after message, bundled and minified as CDK bundles the reconcile function, against the simulated Ecwid over HTTP on this machine, which is a process of its own, as are the tables: only the worker's own processor time is counted. The floor is bare `node-fetch` over connections that stay open, GET + PUT + GET for each switch; *the same requests* is the same with one list before and one after where Doorman asks so. *Tables in memory*: the function with its middleware, logs and metrics, over tables that copy each item when it is read and written; pauses are skipped. *Tables over HTTP*: the bundle that is deployed, with the clients of the AWS SDK and an embedded DynamoDB (dynalite); *the same requests* has then as many bare requests of the SDK, signed, one after the other. The contestants take turns, each in a fresh process that has first switched everything once; that every write has reached Ecwid is checked.",
  run,
  present: ({ alone, withTables }) => ({
    tables: [
      {
        caption: "Processor time for 1,000 switches, tables in memory: the middle of the repeats (least–most).",
        head: ["", "Doorman", "GET + PUT + GET", "ratio", "the same requests", "ratio"],
        rows: alone.map(cells),
      },
      {
        caption: "Processor time for 1,000 switches, tables over HTTP.",
        head: ["", "Doorman", "GET + PUT + GET alone", "ratio", "the same requests", "ratio", "of the tables, a message"],
        rows: withTables.map((row) => [...cells(row), requestsInWords(row.requests)]),
      },
      {
        caption: "Memory, and the first message of a fresh process, with tables over HTTP.",
        head: ["", "most resident", "the same requests", "heap at the end", "the same requests", "first message", "the same requests"],
        rows: withTables.map(({ name, doorman, sameRequests }) => [
          name,
          spreadInWords(doorman.peakMb, megabytes),
          spreadInWords(sameRequests.peakMb, megabytes),
          spreadInWords(doorman.heapMb, megabytes),
          spreadInWords(sameRequests.heapMb, megabytes),
          spreadInWords(doorman.firstMs, milliseconds),
          spreadInWords(sameRequests.firstMs, milliseconds),
        ]),
      },
    ],
    pictures: [],
    remarks: [
      "The promise is 2 × of bare GET + PUT + GET with tables in memory, and of the same requests with tables over HTTP. The middle of the repeats keeps it in every row; where promotions or coupons share their lists, Doorman is at the floor. What a profile shows of a switch of one coupon with tables in memory: over half is HTTP itself, which the floor has too; then the log line and the metrics (3 to 4 %), the tables' copies of each item, which a deployed worker does not make, windows and wall-clock time (5 %), zod (3 %).",
      "**What was mended.** (a) Each call's deadline left a timer of ten seconds behind, which held what belonged to the call; now it ends with the call. (b) Each read of the deployment's and of a store's item built its schema anew, and with it the code that zod generates for one. (c) Instants went through Temporal on each reading, twice, and each writing; those in the form that Doorman writes are now read by their digits, with a date's day looked up once: reading a message from 15 to 7 µs, writing a target from 36 to 13 µs (microseconds of the processor, before and after in turns). Together, for 1,000 switches of one coupon with tables in memory: 3.80 s before, 3.66 s after, beside 1.80 s of the floor, all three in turns on a quieter machine; of 20 coupons a store 2.50 and 2.28 s. (d) An instant that is not on a whole second was still written by way of Temporal, in a campaign's status and in the log: 2 % of a switch in a profile (`node --cpu-prof`). (e) Of what was measured, the tables in memory copied their items with `structuredClone`, and the messages were written within the time that is counted: 6 % in the same profile, and nothing of it is in a deployed worker. With (d) and (e) one promotion alone in its store came from 2.11 × of the floor to the figure above.",
      "**What was tried and is not so.** Schemas that are built on first use read as fast once they are. The exception that node-fetch's `pipeline` makes at the end of each reply (4 %) is the floor's as well, and is not ours to take out. Leaving the middleware or the logger out would save 3 %, and the trace of every switch.",
    ],
  }),
});
