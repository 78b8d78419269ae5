import { type Instant, MINUTE, parseInstant, plus } from "../../../lib/domain/instant.ts";
import { createRandom } from "../../simulation/world/random.ts";
import { percentile, type Spread, seconds, spreadInWords, spreadOf } from "../figures.ts";
import { lineChart } from "../line-chart.ts";
import { defineMeasure, type RunOptions } from "../measure.ts";
import type { Contestant } from "../rivals/contestant.ts";
import { doorman } from "../rivals/doorman.ts";
import { cronAndScan, periodTable } from "../rivals/scan.ts";
import { oneSchedulePerBoundary } from "../rivals/schedules.ts";
import { ECWID_MS, TICK } from "../world/assumptions.ts";
import { createBenchWorld } from "../world/bench-world.ts";
import { type Answered, answersTo, boundariesOf } from "../world/boundaries.ts";
import { SPREAD_MS, spreadScene } from "../world/scene.ts";
import { drawTicks } from "../world/ticks.ts";

const BOUNDARIES = 10_000;
const START: Instant = parseInstant("2026-11-27T07:00:00Z");
const FROM = plus(START, 30 * MINUTE);
const END = plus(FROM, SPREAD_MS + 20 * MINUTE);

const CONTESTANTS: readonly Contestant[] = [
  doorman(),
  cronAndScan,
  oneSchedulePerBoundary,
  periodTable(1),
  periodTable(5),
];

/** The lateness of some switches of one contestant: percentiles over all, as a spread over seeds, in milliseconds. */
interface Row {
  readonly name: string;
  readonly tick: "came" | "lost" | "no tick";
  readonly switches: Spread;
  readonly p50: Spread;
  readonly p99: Spread;
  readonly worst: Spread;
}

interface Lateness {
  readonly boundaries: number;
  readonly rows: readonly Row[];
  /** Switches that never came before the next boundary of their target. */
  readonly missed: Readonly<Record<string, number>>;
  /** Where the tick came: lateness at each hundredth of the switches of the first seed, for the picture. */
  readonly curves: Readonly<Record<string, readonly number[]>>;
}

type Class = Row["tick"];

function classOf(contestant: Contestant, answered: Answered, ticks: ReturnType<typeof drawTicks>): Class {
  const isLost = contestant.isTickLost(answered, ticks);
  return isLost === undefined ? "no tick" : isLost ? "lost" : "came";
}

async function play(contestant: Contestant, boundaries: number, seed: number): Promise<ReadonlyMap<Class, readonly Answered[]>> {
  const scene = spreadScene(createRandom(seed), boundaries, FROM);
  const world = await createBenchWorld(scene, START, seed);
  const ticks = drawTicks(createRandom(seed + 500), plus(FROM, -2 * MINUTE), END);
  await contestant.play(world, scene, ticks, END);
  const answers = answersTo(boundariesOf(scene), world.wire.written);
  return Map.groupBy(answers, (answered) => classOf(contestant, answered, ticks));
}

function lates(answers: readonly Answered[] | undefined): readonly number[] {
  return (answers ?? []).map(({ latenessMs }) => latenessMs).filter((late) => late !== undefined);
}

function rowOf(name: string, tick: Class, runs: readonly (readonly number[])[]): Row {
  const of = (share: number) => spreadOf(runs.map((late) => percentile(late, share)));
  return { name, tick, switches: spreadOf(runs.map((late) => late.length)), p50: of(0.5), p99: of(0.99), worst: of(1) };
}

async function run({ repeats, isQuick, tell }: RunOptions): Promise<Lateness> {
  const boundaries = isQuick ? BOUNDARIES / 20 : BOUNDARIES;
  const rows: Row[] = [];
  const missed: Record<string, number> = {};
  const curves: Record<string, readonly number[]> = {};
  for (const contestant of CONTESTANTS) {
    const runs: ReadonlyMap<Class, readonly Answered[]>[] = [];
    for (let seed = 1; seed <= repeats; seed += 1) {
      tell(`${contestant.name}, seed ${seed}`);
      runs.push(await play(contestant, boundaries, seed));
    }
    for (const tick of ["came", "no tick", "lost"] as const) {
      const late = runs.map((each) => lates(each.get(tick))).filter((each) => each.length > 0);
      if (late.length > 0) rows.push(rowOf(contestant.name, tick, late));
    }
    missed[contestant.name] = runs.flatMap((each) => [...each.values()].flat()).filter(({ latenessMs }) => latenessMs === undefined).length;
    const first = lates(runs[0]?.get("came") ?? runs[0]?.get("no tick"));
    curves[contestant.name] = Array.from({ length: 100 }, (_each, n) => percentile(first, (n + 1) / 100));
  }
  return { boundaries, rows, missed, curves };
}

const MINUTES = [0.1, 0.2, 0.5, 1, 2, 5, 10, 30, 60, 120, 300, 600];

export const lateness = defineMeasure<Lateness>({
  name: "lateness",
  title: "How late a switch comes",
  about: `Simulated. 10,000 boundaries in three hours over 1,000 stores (three coupons and two promotions each, a campaign for each target), half of them on whole minutes, half on odd seconds. A rule's tick comes anywhere in its minute (documented; uniformly, an assumption), ${100 * TICK.twice} % of them twice and ${100 * TICK.lost} % not at all (assumptions: EventBridge documents that it happens, not how often). A reply of Ecwid takes ${ECWID_MS.from} to ${ECWID_MS.to} ms, uniformly, and a switch counts as applied when the reply to its write is there. "Lost" are those whose tick was the one that did not come. Doorman is on default limits.`,
  run,
  present: ({ rows, missed, curves, boundaries }) => {
    const base = rows[0]?.p99.median ?? Number.NaN;
    return {
      tables: [
        {
          caption: `Lateness of ${boundaries.toLocaleString("en-GB")} switches: the middle of the seeds (least–most).`,
          head: ["", "tick", "switches", "p50", "p99", "worst", "p99, Doorman = 1"],
          rows: rows.map((row) => [
            row.name,
            row.tick,
            spreadInWords(row.switches),
            spreadInWords(row.p50, seconds),
            spreadInWords(row.p99, seconds),
            spreadInWords(row.worst, seconds),
            `${spreadInWords(spreadOf([row.p99.median / base]))} ×`,
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
        "A switch of Doorman takes two of Ecwid's replies: the value is read before it is written, and what it is decided on is never older than that. What is left is the tables' time and the worker's.",
      ],
    };
  },
});
