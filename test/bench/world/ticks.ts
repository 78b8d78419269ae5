import { type Instant, MINUTE, plus, startOfMinute } from "../../../lib/domain/instant.ts";
import type { Random } from "../../simulation/world/random.ts";
import { TICK } from "./assumptions.ts";

/** One run of a rule: the minute it stands for, and when it comes (not at all, or twice). */
export interface Tick {
  readonly minute: Instant;
  /** When it comes, or would have come. */
  readonly at: Instant;
  readonly again?: Instant | undefined;
  readonly isLost: boolean;
}

/** @returns the ticks of each minute in `[from, to)`, anywhere in it. */
export function drawTicks(random: Random, from: Instant, to: Instant): readonly Tick[] {
  const ticks: Tick[] = [];
  for (let minute = startOfMinute(from); minute < to; minute = plus(minute, MINUTE)) {
    const at = plus(minute, random.whole(0, MINUTE - 1));
    const isLost = random.chance(TICK.lost);
    const again = random.chance(TICK.twice) ? plus(minute, random.whole(0, MINUTE - 1)) : undefined;
    ticks.push({ minute, at, isLost, again });
  }
  return ticks;
}
