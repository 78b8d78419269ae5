import { HOUR, type Instant, MINUTE, parseInstant, plus } from "../../../lib/domain/instant.ts";
import { createRandom } from "../../simulation/world/random.ts";
import { inWords, type Spread, spreadInWords, spreadOf } from "../figures.ts";
import { defineMeasure, type RunOptions } from "../measure.ts";
import type { Contestant } from "../rivals/contestant.ts";
import { CONTESTANTS } from "../rivals/contestants.ts";
import { createBenchWorld } from "../world/bench-world.ts";
import { recordOf, type Scene, storeOf } from "../world/scene.ts";
import { drawTicks } from "../world/ticks.ts";

const START: Instant = parseInstant("2026-11-27T07:00:00Z");
const OPENS: Instant = parseInstant("2026-11-27T10:00:00Z");
const CLOSES = plus(OPENS, HOUR);

const CASES = [
  { name: "one coupon", coupons: 1, promotions: 0 },
  { name: "one promotion", coupons: 0, promotions: 1 },
  { name: "20 coupons of a store at one instant", coupons: 20, promotions: 0 },
  { name: "20 promotions of a store at one instant", coupons: 0, promotions: 20 },
] as const;

interface Requests {
  readonly rows: readonly { readonly what: string; readonly aSwitch: Readonly<Record<string, Spread>> }[];
}

async function play(contestant: Contestant, { coupons, promotions }: (typeof CASES)[number], seed: number): Promise<number> {
  const numbers = (count: number) => Array.from({ length: count }, (_each, n) => n);
  const targets = { coupons: numbers(coupons), promotions: numbers(promotions) };
  const store = storeOf(0, { coupons, promotions }, (id) => [recordOf(id, "sale", { from: OPENS, to: CLOSES }, targets)]);
  const scene: Scene = { stores: [store] };
  const world = await createBenchWorld(scene, START, seed);
  const ticks = drawTicks(createRandom(seed), plus(OPENS, -2 * MINUTE), plus(CLOSES, 20 * MINUTE));
  await contestant.play(world, scene, ticks, plus(CLOSES, 30 * MINUTE));
  const requests = [...world.wire.stores.values()].reduce((sum, { all }) => sum + all.requests, 0);
  return requests / world.wire.written.length;
}

async function run({ repeats, tell }: RunOptions): Promise<Requests> {
  const rows: Requests["rows"][number][] = [];
  for (const one of CASES) {
    tell(one.name);
    const aSwitch: Record<string, Spread> = {};
    for (const contestant of CONTESTANTS) {
      const runs: number[] = [];
      for (let seed = 1; seed <= repeats; seed += 1) runs.push(await play(contestant, one, seed));
      aSwitch[contestant.name] = spreadOf(runs);
    }
    rows.push({ what: one.name, aSwitch });
  }
  return { rows };
}

export const requests = defineMeasure<Requests>({
  name: "requests",
  title: "Requests to Ecwid for a switch",
  about: "Simulated. A window opens and closes; the requests of both are divided by the switches.",
  run,
  present: ({ rows }) => ({
    tables: [
      {
        caption: "Requests for one switch: the middle of the seeds (least–most).",
        head: ["", ...CONTESTANTS.map(({ name }) => name)],
        rows: rows.map(({ what, aSwitch }) => [
          what,
          ...CONTESTANTS.map(({ name }) => (aSwitch[name] === undefined ? "–" : spreadInWords(aSwitch[name], inWords))),
        ]),
      },
    ],
    pictures: [],
    remarks: [
      "Doorman's third request is the read-back: it is how a promotion that Ecwid has damaged, or a group that does not exist, is found. Its first, at the closing too, is how a value that a person has set meanwhile is left alone. The rivals have neither: they write what their own table says, over whatever is there.",
      "A promotion's list counts as fresh for two seconds, so that many promotions of one store read it again every few writes.",
    ],
  }),
});
