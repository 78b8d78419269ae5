import { join } from "node:path";
import { percentile, type Spread, seconds, spreadInWords, spreadOf } from "../figures.ts";
import { lineChart } from "../line-chart.ts";
import { defineMeasure, type RunOptions } from "../measure.ts";
import { CONTESTANTS } from "../rivals/contestants.ts";
import { ECWID_MS, TICK } from "../world/assumptions.ts";
import { inProcesses } from "../world/in-processes.ts";
import type { LateByKind, SpreadAnswer, SpreadOptions } from "../world/play-spread.ts";

const BOUNDARIES = 10_000;
const SCRIPT = join(import.meta.dirname, "..", "world", "spread-process.ts");

/** The lateness of some switches of one contestant: percentiles over all, as a spread over seeds, in milliseconds. */
interface Row {
  readonly name: string;
  readonly tick: "came" | "lost" | "no tick";
  readonly switches: Spread;
  readonly p50: Spread;
  readonly p99: Spread;
  readonly worst: Spread;
  /** 99 of 100 of the coupons alone, and of the promotions: each has a promise of its own. */
  readonly p99Of: Readonly<Record<keyof LateByKind, Spread>>;
}

/** Show 1: a second, and one round trip of Ecwid's for a coupon, two for a promotion. */
const PROMISED_MS = { coupon: 1_000 + ECWID_MS.to, promotion: 1_000 + 2 * ECWID_MS.to } as const satisfies Record<keyof LateByKind, number>;

interface Lateness {
  readonly boundaries: number;
  readonly rows: readonly Row[];
  /** Switches that never came before the next boundary of their target. */
  readonly missed: Readonly<Record<string, number>>;
  /** Where the tick came: lateness at each hundredth of the switches of the first seed, for the picture. */
  readonly curves: Readonly<Record<string, readonly number[]>>;
}

type Class = Row["tick"];

const CLASSES = { came: "came", "no tick": "noTick", lost: "lost" } as const satisfies Record<Class, keyof SpreadAnswer>;

function all({ coupon, promotion }: LateByKind): readonly number[] {
  return [...coupon, ...promotion];
}

function rowOf(name: string, tick: Class, runs: readonly LateByKind[]): Row {
  const of = (share: number, late: (run: LateByKind) => readonly number[]) => spreadOf(runs.map((run) => percentile(late(run), share)));
  return {
    name,
    tick,
    switches: spreadOf(runs.map((run) => all(run).length)),
    p50: of(0.5, all),
    p99: of(0.99, all),
    worst: of(1, all),
    p99Of: { coupon: of(0.99, ({ coupon }) => coupon), promotion: of(0.99, ({ promotion }) => promotion) },
  };
}

/** Whether the promise was kept with every seed; it is made where the tick comes. */
function isKept({ tick, p99Of: { coupon, promotion } }: Row): string {
  if (tick === "lost") return "–";
  return coupon.most <= PROMISED_MS.coupon && promotion.most <= PROMISED_MS.promotion ? "yes" : "no";
}

async function run({ repeats, isQuick, tell }: RunOptions): Promise<Lateness> {
  const boundaries = isQuick ? BOUNDARIES / 20 : BOUNDARIES;
  const rows: Row[] = [];
  const missed: Record<string, number> = {};
  const curves: Record<string, readonly number[]> = {};
  const plays = CONTESTANTS.flatMap(({ name }) =>
    Array.from({ length: repeats }, (_each, n): SpreadOptions => ({ contestant: name, boundaries, seed: n + 1 })),
  );
  const answers = await inProcesses<SpreadOptions, SpreadAnswer>(SCRIPT, plays, (done) => tell(`${done} of ${plays.length} runs`));
  for (const { name } of CONTESTANTS) {
    const runs = answers.filter((_each, n) => plays[n]?.contestant === name);
    for (const tick of ["came", "no tick", "lost"] as const) {
      const late = runs.map((each) => each[CLASSES[tick]]).filter((each) => all(each).length > 0);
      if (late.length > 0) rows.push(rowOf(name, tick, late));
    }
    missed[name] = runs.reduce((sum, each) => sum + each.missed, 0);
    const first = runs[0] === undefined ? [] : [...all(runs[0].came), ...all(runs[0].noTick)];
    curves[name] = Array.from({ length: 100 }, (_each, n) => percentile(first, (n + 1) / 100));
  }
  return { boundaries, rows, missed, curves };
}

const MINUTES = [0.1, 0.2, 0.5, 1, 2, 5, 10, 30, 60, 120, 300, 600];

export const lateness = defineMeasure<Lateness>({
  name: "lateness",
  title: "How late a switch comes",
  about: `Simulated. 10,000 boundaries in three hours over 1,000 stores (three coupons and two promotions each, a campaign for each target), half of them on whole minutes, half on odd seconds. A rule's tick comes anywhere in its minute (documented; uniformly, an assumption), ${100 * TICK.twice} % of them twice and ${100 * TICK.lost} % not at all (assumptions: EventBridge documents that it happens, not how often). A reply of Ecwid takes ${ECWID_MS.from} to ${ECWID_MS.to} ms, uniformly, and a switch counts as applied when the reply to its write is there. "Lost" are those whose tick was the one that did not come. Doorman is on default limits, and once with \`queues=2\`, as is recommended below where more than 20 stores share an instant: here some 28 do on each whole minute.`,
  run,
  present: ({ rows, missed, curves, boundaries }) => {
    const base = rows[0]?.p99.median ?? Number.NaN;
    return {
      tables: [
        {
          caption: `Lateness of ${boundaries.toLocaleString("en-GB")} switches: the middle of the seeds (least–most).`,
          head: [
            "",
            "tick",
            "switches",
            "p50",
            "p99",
            "worst",
            "p99, Doorman = 1",
            `p99 of coupons (promised: ${seconds(PROMISED_MS.coupon)})`,
            `p99 of promotions (promised: ${seconds(PROMISED_MS.promotion)})`,
            "promise kept",
          ],
          rows: rows.map((row) => [
            row.name,
            row.tick,
            spreadInWords(row.switches),
            spreadInWords(row.p50, seconds),
            spreadInWords(row.p99, seconds),
            spreadInWords(row.worst, seconds),
            `${spreadInWords(spreadOf([row.p99.median / base]))} ×`,
            spreadInWords(row.p99Of.coupon, seconds),
            spreadInWords(row.p99Of.promotion, seconds),
            isKept(row),
          ]),
        },
      ],
      pictures: [
        {
          name: "lateness",
          alt: "Share of switches applied by a time after their boundary, for Doorman and its rivals",
          svg: lineChart({
            title: "Switches applied by a time after their boundary (tick came)",
            x: {
              label: "seconds after the boundary",
              isLogarithmic: true,
              ticks: MINUTES.map((each) => [each, String(each)] as const),
            },
            y: { label: "share of switches", ticks: [0, 25, 50, 75, 100].map((each) => [each, `${each} %`] as const) },
            series: Object.entries(curves).map(([name, late]) => ({ name, points: late.map((each, n) => [each / 1_000, n + 1] as const) })),
          }),
        },
      ],
      remarks: [
        Object.values(missed).every((count) => count === 0)
          ? "No contestant missed a window altogether: none is shorter than 20 minutes."
          : `Switches that never came before their target's next boundary: ${Object.entries(missed)
              .filter(([, count]) => count > 0)
              .map(([name, count]) => `${name} ${count}`)
              .join(", ")}.`,
        `The promise is made where the tick came in its minute: a second and Ecwid's slowest reply (${ECWID_MS.to} ms) for a coupon, two of them for a promotion, in 99 of 100 switches, and it is looked at with each seed. A switch of Doorman takes two replies: the value is read before it is written, and what it is decided on is never older than that. What is left is the tables' time and the worker's.`,
        "On default limits the promise is kept by the middle of the seeds and not by each: where 30 stores share an instant there are 27 workers, and the other three stores wait until one of them is done. With a second queue it is kept by each.",
        "Mended: where more than 15 stores are due at one instant their messages go out four and a half seconds ahead instead of three, so that Lambda has added seven workers more by then. Counting the attempt in the table before the instant instead of after it took some 20 ms off each switch. Not done: reading the live value before the instant as well would take off another reply, but whoever sets a value in between would be written over, and nobody would know. Token, state and the switch for everything are read before the instant; Doorman's clients keep their connections, whose beginning is not in the model.",
      ],
    };
  },
});
