import { join } from "node:path";
import type { BoundaryFigures, BoundaryOrder } from "../compile/boundary-process.ts";
import type { CompileFigures } from "../compile/compile-process.ts";
import { PLAN_COMMANDS, runPlans } from "../compile/plan-runs.ts";
import { RULES } from "../compile/rules.ts";
import { inWords, ratio, type Spread, spreadInWords, spreadOf } from "../figures.ts";
import { defineMeasure, type RunOptions } from "../measure.ts";
import { startChild } from "../worker/child.ts";

type Spreads<Figures> = { readonly [Name in keyof Figures]: Spread };

interface Compile {
  readonly records: Spreads<CompileFigures>;
  readonly boundaries: readonly { readonly name: string; readonly repeat: string; readonly figures: Spreads<BoundaryFigures> }[];
  readonly plans: readonly {
    readonly command: string;
    readonly wallMs: Spread;
    readonly cpuMs: Spread;
    readonly peakMb: Spread;
    readonly kilobytes: number;
  }[];
}

const FOLDER = join(import.meta.dirname, "..", "compile");
const ASKED = 2_000;

function spreadsOf<Figures extends { readonly [Name in keyof Figures]: number }>(runs: readonly Figures[]): Spreads<Figures> {
  const [first] = runs;
  if (first === undefined) throw new Error("nothing was measured");
  const spreads: Record<string, Spread> = {};
  for (const name in first) spreads[name] = spreadOf(runs.map((run) => run[name]));
  return spreads as Spreads<Figures>;
}

async function inOwnProcess<Answer>(name: string, order: object): Promise<Answer> {
  const child = startChild(join(FOLDER, `${name}-process.ts`));
  const answer = await child.ask<Answer>(order);
  await child.end();
  return answer;
}

async function run({ repeats, isQuick, tell }: RunOptions): Promise<Compile> {
  const records: CompileFigures[] = [];
  const boundaries = new Map<string, BoundaryFigures[]>(RULES.map(({ name }) => [name, []]));
  for (let repeat = 1; repeat <= repeats; repeat += 1) {
    tell(`records and boundaries, ${repeat} of ${repeats}`);
    records.push(await inOwnProcess("compile", {}));
    for (const { name, repeat: rule } of RULES) {
      const order: BoundaryOrder = { repeat: rule, asked: isQuick ? ASKED / 10 : ASKED };
      boundaries.get(name)?.push(await inOwnProcess("boundary", order));
    }
  }
  const plans = await runPlans(repeats, tell);
  return {
    records: spreadsOf(records),
    boundaries: RULES.map(({ name, repeat }) => ({ name, repeat, figures: spreadsOf(boundaries.get(name) ?? []) })),
    plans: PLAN_COMMANDS.map((words, n) => ({
      command: words.join(" "),
      wallMs: spreadOf((plans[n] ?? []).map(({ wallMs }) => wallMs)),
      cpuMs: spreadOf((plans[n] ?? []).map(({ cpuMs }) => cpuMs)),
      peakMb: spreadOf((plans[n] ?? []).map(({ peakMb }) => peakMb)),
      kilobytes: plans[n]?.[0]?.kilobytes ?? 0,
    })),
  };
}

const microseconds = (value: number) => `${inWords(value)} µs`;
const seconds = (value: number) => `${inWords(value / 1_000)} s`;
const megabytes = (value: number) => `${inWords(value)} MB`;
const perSecond = ({ median, least, most }: Spread): Spread => ({ median: 1e6 / median, least: 1e6 / most, most: 1e6 / least });

const RECORDS: readonly (readonly [string, keyof CompileFigures])[] = [
  ["checked alone", "check"],
  ["compiled for the first time", "fresh"],
  ["compiled again, with nothing changed", "again"],
  ["compiled with another window", "changed"],
];

export const compile = defineMeasure<Compile>({
  name: "compile",
  title: "What compiling, the next boundary and a year's plan take of the processor",
  about:
    "Measured: processor time of processes of their own, for a thousand weekly campaigns in five stores and seven zones. Records are compiled over tables in memory, the first hundred uncounted. A boundary is asked of rules never seen before, each with a start of its own, at instants spread over two years; of one rule from boundary to boundary; and by rrule-temporal, which gives starts only (it is what the tests ask too). A plan is the `doorman` command from its start to its end, the files read.",
  run,
  present: ({ records, boundaries, plans }) => ({
    tables: [
      {
        caption: "Records: the middle of the repeats (least–most).",
        head: ["", "one record", "a second", "beside the check"],
        rows: RECORDS.map(([what, name]) => [
          what,
          spreadInWords(records[name], microseconds),
          spreadInWords(perSecond(records[name])),
          ratio(records[name].median, records.check.median),
        ]),
      },
      {
        caption: "The next boundary of a rule in America/New_York.",
        head: ["", "rule", "never seen", "rrule-temporal", "ratio", "walked", "walked by the page", "rrule-temporal", "ratio"],
        rows: boundaries.map(({ name, repeat, figures: { fresh, walked, paged, rivalFresh, rivalWalked } }) => [
          name,
          `\`${repeat}\``,
          spreadInWords(fresh, microseconds),
          spreadInWords(rivalFresh, microseconds),
          ratio(fresh.median, rivalFresh.median),
          spreadInWords(walked, microseconds),
          spreadInWords(paged, microseconds),
          spreadInWords(rivalWalked, microseconds),
          ratio(paged.median, rivalWalked.median),
        ]),
      },
      {
        caption: "A year's plan of a thousand weekly campaigns.",
        head: ["doorman", "by the wall", "processor", "beside the start alone", "most resident", "output"],
        rows: plans.map(({ command, wallMs, cpuMs, peakMb, kilobytes }) => [
          `\`${command}\``,
          spreadInWords(wallMs, seconds),
          spreadInWords(cpuMs, seconds),
          ratio(cpuMs.median, plans[0]?.cpuMs.median ?? 0),
          spreadInWords(peakMb, megabytes),
          `${inWords(kilobytes)} KB`,
        ]),
      },
    ],
    pictures: [],
    remarks: [
      "A worker asks by the page (`timetableOf`): the windows around what was asked last are kept, and a walk from boundary to boundary finds the next one there. A rule that has a window in four years gains nothing by it, and pays for the pages that it looks through; it is asked once in four years.",
    ],
  }),
});
