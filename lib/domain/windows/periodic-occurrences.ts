import type { Occurrences } from "./occurrences.ts";
import type { WallClock } from "./wall-clock.ts";

/** Occurrences that come again and again at the same distances. */
export interface Pattern {
  readonly start: WallClock;
  /** After how long the pattern comes round. */
  readonly period: WallClock;
  /** How long after its start each occurrence of the first round is: in order, at least one, less than `period`. */
  readonly offsets: readonly WallClock[];
  /** The latest that an occurrence may be. */
  readonly last: WallClock;
}

/** @returns the occurrences of a pattern, worked out without asking anybody. */
export function periodicOccurrences({ start, period, offsets, last }: Pattern): Occurrences {
  /** How many occurrences there are up to a time, that time included, as if there were no last one. */
  const countUpTo = (time: WallClock): number => {
    if (time < start) return 0;
    const rounds = Math.floor((time - start) / period);
    const intoRound = time - start - rounds * period;
    let passed = 0;
    for (const offset of offsets) if (offset <= intoRound) passed += 1;
    return rounds * offsets.length + passed;
  };
  const at = (index: number): WallClock => {
    const rounds = Math.floor(index / offsets.length);
    return start + rounds * period + (offsets[index - rounds * offsets.length] ?? 0);
  };
  return {
    next: (after) => {
      const found = at(countUpTo(after));
      return found <= last ? found : undefined;
    },
    previous: (before) => {
      const count = countUpTo(Math.min(before - 1, last));
      return count === 0 ? undefined : at(count - 1);
    },
    between: (from, to) => {
      const [first, end] = [countUpTo(from - 1), countUpTo(Math.min(to, last))];
      return Array.from({ length: Math.max(0, end - first) }, (_, index) => at(first + index));
    },
  };
}
