import type { Occurrences } from "./occurrences.ts";
import type { WallClock } from "./wall-clock.ts";

/** @param times in order, each once. @returns occurrences that are all known beforehand. */
export function listedOccurrences(times: readonly WallClock[]): Occurrences {
  return {
    next: (after) => times[countUpTo(times, after)],
    previous: (before) => times[countBefore(times, before) - 1],
    between: (from, to) => (from > to ? [] : times.slice(countBefore(times, from), countUpTo(times, to))),
  };
}

function countBefore(times: readonly WallClock[], limit: WallClock): number {
  return countWhile(times, (time) => time < limit);
}

function countUpTo(times: readonly WallClock[], limit: WallClock): number {
  return countWhile(times, (time) => time <= limit);
}

/** Binary search. @param holds true for the first of the times, up to some point, and for none after it. */
function countWhile(times: readonly WallClock[], holds: (time: WallClock) => boolean): number {
  let [low, high] = [0, times.length];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const time = times[middle];
    if (time !== undefined && holds(time)) low = middle + 1;
    else high = middle;
  }
  return low;
}
