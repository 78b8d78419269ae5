import { type Instant, MINUTE, parseInstant, plus } from "../../../lib/domain/instant.ts";
import { createRandom } from "../../simulation/world/random.ts";
import { CONTESTANTS } from "../rivals/contestants.ts";
import { createBenchWorld } from "./bench-world.ts";
import { answersTo, boundariesOf } from "./boundaries.ts";
import { SPREAD_MS, spreadScene } from "./scene.ts";
import { drawTicks } from "./ticks.ts";

export interface SpreadOptions {
  readonly contestant: string;
  readonly boundaries: number;
  readonly seed: number;
}

/** How late the switches of coupons and of promotions were, in milliseconds. */
export interface LateByKind {
  readonly coupon: readonly number[];
  readonly promotion: readonly number[];
}

/** The same by whether the tick that should have brought them came. */
export interface SpreadAnswer {
  readonly came: LateByKind;
  readonly lost: LateByKind;
  readonly noTick: LateByKind;
  /** How many never came before their target's next boundary. */
  readonly missed: number;
}

const START: Instant = parseInstant("2026-11-27T07:00:00Z");
const FROM = plus(START, 30 * MINUTE);
const END = plus(FROM, SPREAD_MS + 20 * MINUTE);

/** Plays three hours of one contestant. */
export async function playSpread({ contestant: name, boundaries, seed }: SpreadOptions): Promise<SpreadAnswer> {
  const contestant = CONTESTANTS.find((each) => each.name === name);
  if (contestant === undefined) throw new TypeError(`nobody is called ${name}`);
  const scene = spreadScene(createRandom(seed), boundaries, FROM);
  const world = await createBenchWorld(scene, START, seed);
  const ticks = drawTicks(createRandom(seed + 500), plus(FROM, -2 * MINUTE), END);
  await contestant.play(world, scene, ticks, END);
  const answers = answersTo(boundariesOf(scene), world.wire.written);
  const late = (isLost: boolean | undefined): LateByKind => {
    const those = answers.filter((answer) => contestant.isTickLost(answer, ticks) === isLost);
    const of = (kind: keyof LateByKind) =>
      those.filter(({ target }) => target.startsWith(kind)).flatMap(({ latenessMs }) => latenessMs ?? []);
    return { coupon: of("coupon"), promotion: of("promotion") };
  };
  return {
    came: late(false),
    lost: late(true),
    noTick: late(undefined),
    missed: answers.filter(({ latenessMs }) => latenessMs === undefined).length,
  };
}
