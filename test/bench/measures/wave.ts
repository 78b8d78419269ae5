import { type Spread, seconds, spreadInWords, spreadOf } from "../figures.ts";
import { lineChart } from "../line-chart.ts";
import { defineMeasure, type RunOptions } from "../measure.ts";
import { DOCUMENTED, type Limits, PREPARED, RAISED, TEN_A_WORKER } from "../world/limits.ts";
import type { Wave } from "../world/play-wave.ts";
import { playWaves } from "../world/wave-processes.ts";
import type { Distribution } from "../world/wave-scene.ts";

const STORES = 5_000;
const SWITCHES_A_STORE = 20;
const CASES: readonly { readonly limits: Limits; readonly distribution: Distribution }[] = [
  { limits: DOCUMENTED, distribution: "even" },
  { limits: DOCUMENTED, distribution: "skewed" },
  { limits: PREPARED, distribution: "even" },
  { limits: PREPARED, distribution: "skewed" },
  { limits: RAISED, distribution: "even" },
  { limits: TEN_A_WORKER, distribution: "even" },
];
const ALL_LIMITS: readonly Limits[] = [DOCUMENTED, PREPARED, RAISED, TEN_A_WORKER];

interface Row {
  readonly limits: string;
  readonly distribution: Distribution;
  readonly waves: readonly Wave[];
}

interface Waves {
  readonly stores: number;
  readonly switches: number;
  readonly rows: readonly Row[];
}

async function run({ repeats, isQuick, tell }: RunOptions): Promise<Waves> {
  const stores = isQuick ? STORES / 50 : STORES;
  const switches = stores * SWITCHES_A_STORE;
  const options = CASES.flatMap((each) => Array.from({ length: repeats }, (_each, n) => ({ ...each, stores, switches, seed: n + 1 })));
  const waves = await playWaves(options, tell);
  const rows = CASES.map(({ limits, distribution }, n) => ({
    limits: limits.name,
    distribution,
    waves: waves.slice(n * repeats, (n + 1) * repeats),
  }));
  return { stores, switches, rows };
}

function of({ waves }: Row, figure: (wave: Wave) => number): Spread {
  return spreadOf(waves.map(figure));
}

/** What the drain is made of beyond the floor. */
function setBy(row: Row): string {
  const [first] = row.waves;
  if (first === undefined) return "";
  const times = of(row, ({ drainMs, floorMs }) => drainMs / floorMs).median;
  if (times <= 1.2) return `the floor: ${first.floorOf}`;
  const limits = ALL_LIMITS.find(({ name }) => name === row.limits);
  return first.workers >= (limits?.workers.most ?? Number.POSITIVE_INFINITY) ? "the number of workers" : "how fast workers are added";
}

export const wave = defineMeasure<Waves>({
  name: "wave",
  title: "A wave: everything due at one instant",
  about: `Simulated. 100,000 switches due at one instant over 5,000 stores: *even*, 20 each, or *skewed*, from 400 down to a few. Of twenty, seven are promotions that let a group in, six are coupons that are closed to somebody, seven are coupons that are opened. The tick comes half a minute before. The floor is what no scheduler could beat: the largest store's replies one after the other, or its requests at 540 a minute, whichever is longer.`,
  run,
  present: ({ rows, stores, switches }) => ({
    tables: [
      {
        caption: `${switches.toLocaleString("en-GB")} switches over ${stores.toLocaleString("en-GB")} stores: the middle of the seeds (least–most), from the instant on.`,
        head: [
          "limits",
          "shared out",
          "half done",
          "99 % done",
          "last narrowing",
          "drained",
          "floor",
          "drained / floor",
          "set by",
          "workers",
          "requests",
        ],
        rows: rows.map((row) => [
          row.limits,
          row.distribution,
          spreadInWords(
            of(row, ({ p50 }) => p50),
            seconds,
          ),
          spreadInWords(
            of(row, ({ p99 }) => p99),
            seconds,
          ),
          spreadInWords(
            of(row, ({ lastNarrowingMs }) => lastNarrowingMs),
            seconds,
          ),
          spreadInWords(
            of(row, ({ drainMs }) => drainMs),
            seconds,
          ),
          spreadInWords(
            of(row, ({ floorMs }) => floorMs),
            seconds,
          ),
          `${spreadInWords(of(row, ({ drainMs, floorMs }) => drainMs / floorMs))} ×`,
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
            .filter(({ distribution }) => distribution === "even")
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

const REMARKS = [
  "**Narrowing first.** Where more stores are due at one instant than are worked at once (500), or a store has more than one message, a worker works what takes an offer away from somebody, and leaves the rest in a message behind those that wait. So the last offer that has to close is closed long before the last one is opened.",
];
