import { percentile, type Spread, seconds, spreadInWords, spreadOf } from "../figures.ts";
import { defineMeasure, type RunOptions } from "../measure.ts";
import { ECWID_MS } from "../world/assumptions.ts";
import { DOCUMENTED, type Limits, POLLERS, PREPARED, QUEUES, RAISED } from "../world/limits.ts";
import { playInstant } from "../world/play-instant.ts";

const SIZES = [5, 10, 15, 20, 30, 50, 100, 200, 500, 1_000, 1_200, 1_500, 2_000, 3_000, 4_000, 5_000, 6_000] as const;
/** Show 1: a second and one round trip, as a coupon's switch takes it. */
const PROMISED_MS = 1_000 + ECWID_MS.to;

interface Row {
  readonly limits: string;
  readonly p99: readonly { readonly stores: number; readonly late: Spread }[];
}

interface Stores {
  readonly rows: readonly Row[];
}

async function run({ repeats, isQuick, tell }: RunOptions): Promise<Stores> {
  const sizes = SIZES.filter((size) => !isQuick || size <= 200);
  const rows: Row[] = [];
  for (const limits of [DOCUMENTED, QUEUES, POLLERS, PREPARED, RAISED] satisfies readonly Limits[]) {
    const p99: Row["p99"][number][] = [];
    for (const stores of sizes) {
      tell(`${limits.name}, ${stores} stores`);
      const runs: number[] = [];
      for (let seed = 1; seed <= repeats; seed += 1) runs.push(percentile(await playInstant(limits, stores, seed), 0.99));
      p99.push({ stores, late: spreadOf(runs) });
    }
    rows.push({ limits: limits.name, p99 });
  }
  return { rows };
}

function largest({ p99 }: Row): number {
  const firstLate = p99.findIndex(({ late }) => late.most > PROMISED_MS);
  return (firstLate < 0 ? p99.at(-1) : p99[firstLate - 1])?.stores ?? 0;
}

export const stores = defineMeasure<Stores>({
  name: "stores",
  title: "How many stores may switch at one instant within a second",
  about: `Simulated. One coupon in each of so many stores is due at one instant; the tick comes half a minute before. The figure is the lateness below which 99 of 100 switches stay; the promise is one second and one round trip (${seconds(PROMISED_MS)}).`,
  run,
  present: ({ rows }) => ({
    tables: [
      {
        caption: "Lateness of 99 of 100 switches: the middle of the seeds (least–most).",
        head: ["stores", ...rows.map(({ limits }) => limits)],
        rows: [
          ...(rows[0]?.p99 ?? []).map(({ stores: size }, n) => [
            size.toLocaleString("en-GB"),
            ...rows.map(({ p99 }) => (p99[n] === undefined ? "–" : spreadInWords(p99[n].late, seconds))),
          ]),
          ["**the most within the promise, of those tried**", ...rows.map((row) => `**${largest(row).toLocaleString("en-GB")}**`)],
        ],
      },
    ],
    pictures: [],
    remarks: [
      "What sets it is how many workers Lambda has by the instant: a message leaves three seconds before, or four and a half where more than 15 stores are due, and on default limits five workers begin, with five more a second. Whoever has more stores than that at one midnight has to hold pollers ready: `-c pollers=` a tenth of the number of stores (see *What to choose* above).",
      "The figures were taken before messages of crowded instants left earlier than three seconds ahead: on default limits the longer lead brings seven workers more to the instant. With 2,000 workers it is how many environments there are: a thousand at once, and a hundred more a second, so 1,300 by the instant or 1,450 with the longer lead. In earlier figures 2,000 stores were *later* with more workers (8 s instead of 1.8 s): a fault of the model, in which an invocation without an environment waited for a new one although others had become free.",
    ],
  }),
});
