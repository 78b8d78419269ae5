import { percentile, type Spread, seconds, spreadInWords, spreadOf } from "../figures.ts";
import { defineMeasure, type RunOptions } from "../measure.ts";
import { ECWID_MS } from "../world/assumptions.ts";
import { DOCUMENTED, type Limits, POLLERS, PREPARED, QUEUES, RAISED, TWO_QUEUES } from "../world/limits.ts";
import { playInstant } from "../world/play-instant.ts";

const SIZES = [5, 10, 15, 20, 25, 30, 40, 50, 75, 100, 120, 150, 200, 500, 1_000, 1_200, 1_500, 2_000, 3_000, 4_000, 5_000, 6_000] as const;
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
  for (const limits of [DOCUMENTED, TWO_QUEUES, QUEUES, POLLERS, PREPARED, RAISED] satisfies readonly Limits[]) {
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
      "What sets it is how many workers Lambda has by the instant: a message leaves three seconds before, or four and a half where more than 15 stores are due; on default limits five workers begin, with five more a second, and every further queue brings as many again. Whoever has more stores at one midnight than six queues serve has to hold pollers ready: `-c pollers=` a tenth of the number of stores (see *What to choose* above).",
      `A queue has workers for its own stores alone, and stores do not share themselves out evenly: that is why 6,000 workers are held ready for 5,000 stores. With 6,000 stores the tick no longer counts on a worker for each (it does up to ${RAISED.storesAtOnce?.toLocaleString("en-GB")}), and has what narrows worked first, in two messages a store.`,
    ],
  }),
});
