import { join } from "node:path";
import { MINUTE } from "../../../lib/domain/instant.ts";
import { type Spread, seconds, spreadInWords, spreadOf } from "../figures.ts";
import { lineChart } from "../line-chart.ts";
import { defineMeasure, type RunOptions } from "../measure.ts";
import { workersAt } from "../world/floors.ts";
import { inProcesses } from "../world/in-processes.ts";
import { DOCUMENTED, type Limits, POLLERS, PREPARED, QUEUES, RAISED, WITH_MEMORY } from "../world/limits.ts";
import type { Wave, WaveOptions } from "../world/play-wave.ts";
import type { Distribution } from "../world/wave-scene.ts";
import { REMARKS } from "./wave-remarks.ts";

const SCRIPT = join(import.meta.dirname, "..", "world", "wave-process.ts");
const SWITCHES_A_STORE = 20;
/** The promise (design 7). */
const PROMISED_MS = 5 * MINUTE;

interface Case {
  readonly limits: Limits;
  readonly distribution: Distribution;
  readonly stores: number;
}

/** The wave of the promise, and waves of as many stores as there are workers. */
const CASES: readonly Case[] = [
  { limits: DOCUMENTED, distribution: "even", stores: 5_000 },
  { limits: DOCUMENTED, distribution: "skewed", stores: 5_000 },
  { limits: QUEUES, distribution: "even", stores: 5_000 },
  { limits: QUEUES, distribution: "skewed", stores: 5_000 },
  { limits: PREPARED, distribution: "even", stores: 5_000 },
  { limits: PREPARED, distribution: "skewed", stores: 5_000 },
  { limits: RAISED, distribution: "even", stores: 5_000 },
  { limits: RAISED, distribution: "skewed", stores: 5_000 },
  { limits: DOCUMENTED, distribution: "even", stores: 1_000 },
  { limits: QUEUES, distribution: "even", stores: 1_000 },
  { limits: POLLERS, distribution: "even", stores: 1_000 },
  { limits: PREPARED, distribution: "even", stores: 1_000 },
  { limits: WITH_MEMORY, distribution: "even", stores: 1_000 },
];
const ALL_LIMITS: readonly Limits[] = [DOCUMENTED, QUEUES, POLLERS, PREPARED, WITH_MEMORY, RAISED];

interface Row {
  readonly limits: string;
  readonly distribution: Distribution;
  readonly stores: number;
  readonly waves: readonly Wave[];
}

interface Waves {
  readonly rows: readonly Row[];
}

async function run({ repeats, isQuick, tell }: RunOptions): Promise<Waves> {
  const cases = CASES.map((each) => ({ ...each, stores: isQuick ? each.stores / 50 : each.stores }));
  const options = cases.flatMap((each) =>
    Array.from({ length: repeats }, (_each, n) => ({ ...each, switches: each.stores * SWITCHES_A_STORE, seed: n + 1 })),
  );
  const waves = await inProcesses<WaveOptions, Wave>(SCRIPT, options, (done) => tell(`${done} of ${options.length} waves`));
  const rows = cases.map(({ limits, distribution, stores }, n) => ({
    limits: limits.name,
    distribution,
    stores,
    waves: waves.slice(n * repeats, (n + 1) * repeats),
  }));
  return { rows };
}

function of({ waves }: Row, figure: (wave: Wave) => number): Spread {
  return spreadOf(waves.map(figure));
}

/** How many times a floor the drain took. */
function timesIn(row: Row, floor: (wave: Wave) => number): string {
  return `${spreadInWords(of(row, (wave) => wave.drainMs / floor(wave)))} ×`;
}

function inSeconds(row: Row, figure: (wave: Wave) => number): string {
  return spreadInWords(of(row, figure), seconds);
}

/** What sets the drain: the floor that it comes near, or what keeps it from both. */
function setBy(row: Row): string {
  const [first] = row.waves;
  if (first === undefined) return "";
  const times = (floor: (wave: Wave) => number) => of(row, (wave) => wave.drainMs / floor(wave)).median;
  if (times(({ floors }) => floors.storeMs) <= 1.2) return `the largest store: ${first.floors.storeBy}`;
  const limits = ALL_LIMITS.find(({ name }) => name === row.limits);
  if (limits === undefined) return "";
  if (first.workers < Math.min(row.stores, limits.queues * limits.workers.most)) return "how fast workers are added";
  if (first.workers < row.stores) return "the number of workers";
  return first.workers > workersAt(limits, 0) ? "how fast environments are made" : "the tables' writes a second";
}

/** What holds of the promise and of the floors, in the figures at hand. */
function promiseInWords(rows: readonly Row[]): string {
  const onDefaults = rows.filter(({ limits }) => limits === DOCUMENTED.name);
  const slowest = Math.max(...onDefaults.map((row) => of(row, ({ drainMs }) => drainMs).most));
  const missing = rows.reduce((sum, { waves }) => sum + waves.reduce((all, wave) => all + wave.missing, 0), 0);
  const kept = slowest <= PROMISED_MS ? "kept" : "not kept";
  return `On default limits the slowest took ${seconds(slowest)} (promised: ${seconds(PROMISED_MS)}; ${kept}). Switches that never came: ${missing}.`;
}

export const wave = defineMeasure<Waves>({
  name: "wave",
  title: "A wave: everything due at one instant",
  about: `Simulated. Everything is due at one instant: 100,000 switches over 5,000 stores, *even*, 20 each, or *skewed*, from 400 down to a few; and waves of as many stores as there are workers. Of twenty, seven are promotions that let a group in, six are coupons that are closed to somebody, seven are coupons that are opened. The tick comes half a minute before.`,
  run,
  present: ({ rows }) => ({
    tables: [
      {
        caption: `Waves of ${SWITCHES_A_STORE} switches a store: the middle of the seeds (least–most), from the instant on. ${promiseInWords(rows)}`,
        head: [
          "limits",
          "stores",
          "shared out",
          "half done",
          "99 % done",
          "last narrowing",
          "drained",
          "floor of the largest store",
          "drained / it",
          "floor of the workers",
          "drained / it",
          "set by",
          "workers",
          "requests",
        ],
        rows: rows.map((row) => [
          row.limits,
          row.stores.toLocaleString("en-GB"),
          row.distribution,
          inSeconds(row, ({ p50 }) => p50),
          inSeconds(row, ({ p99 }) => p99),
          inSeconds(row, ({ lastNarrowingMs }) => lastNarrowingMs),
          inSeconds(row, ({ drainMs }) => drainMs),
          inSeconds(row, ({ floors }) => floors.storeMs),
          timesIn(row, ({ floors }) => floors.storeMs),
          inSeconds(row, ({ floors }) => floors.workersMs),
          timesIn(row, ({ floors }) => floors.workersMs),
          setBy(row),
          spreadInWords(of(row, ({ workers }) => workers)),
          spreadInWords(of(row, ({ requests }) => requests)),
        ]),
      },
      {
        caption: "The limits.",
        head: ["name", "what"],
        rows: ALL_LIMITS.map(({ name, why }) => [name, why]),
      },
    ],
    pictures: [
      {
        name: "wave",
        alt: "Share of a wave's switches that are done, by seconds after its instant, for each set of limits",
        svg: lineChart({
          title: "A wave, shared out evenly: how much is done",
          x: {
            label: "seconds after the instant",
            isLogarithmic: true,
            ticks: [1, 2, 5, 10, 20, 60, 120, 300].map((each) => [each, String(each)] as const),
          },
          y: { label: "share of switches", ticks: [0, 25, 50, 75, 100].map((each) => [each, `${each} %`] as const) },
          series: rows
            .filter(({ distribution, stores }) => distribution === "even" && stores === rows[0]?.stores)
            .map(({ limits, waves }) => ({
              name: limits,
              points: (waves[0]?.doneAt ?? []).map((each, n) => [each / 1_000, (n + 1) * 5] as const),
            })),
        }),
      },
    ],
    remarks: REMARKS,
  }),
});
