import type { Occurrences } from "./occurrences.ts";
import type { RepeatParts } from "./repeat-parts.ts";
import { createRounds } from "./repeat-rounds.ts";
import { createTimesOfRound, type OrderedTimes } from "./round-times.ts";
import { createSelectDays } from "./selected-days.ts";
import { type WallClock, wallDayOf } from "./wall-clock.ts";

/**
 * Looks from round to round. It ends at `last`, or where as many rounds in a row have nothing as the calendar needs to repeat: at most 146,097
 * days, 400 years of months. So nothing is missed, however rare, and what never comes is known after a few milliseconds.
 *
 * @param last the latest that an occurrence may be. @returns what a rule selects from `start` on, whatever its COUNT says.
 */
export function searchedOccurrences(parts: RepeatParts, start: WallClock, last: WallClock): Occurrences {
  const rounds = createRounds(parts, wallDayOf(start));
  const timesIn = createTimesIn(parts, start, rounds);

  return {
    next: (after) => {
      const limit = Math.max(after, start - 1);
      if (limit >= last) return undefined;
      let round = Math.max(0, rounds.roundOf(wallDayOf(limit + 1)));
      for (let empty = 0; empty < rounds.cycle && rounds.firstDay(round) <= wallDayOf(last); round += 1) {
        const times = timesIn(round);
        const index = countUpTo(times, limit);
        if (index < times.count) return upTo(last, times.at(index));
        empty = times.count === 0 ? empty + 1 : 0;
      }
      return undefined;
    },
    previous: (before) => {
      const limit = Math.min(before - 1, last);
      if (limit < start) return undefined;
      let round = rounds.roundOf(wallDayOf(limit));
      for (let empty = 0; empty < rounds.cycle && round >= 0; round -= 1) {
        const times = timesIn(round);
        const index = countUpTo(times, limit) - 1;
        if (index >= 0) return from(start, times.at(index));
        empty = times.count === 0 ? empty + 1 : 0;
      }
      return undefined;
    },
    between: (earliest, latest) => {
      const [least, most] = [Math.max(earliest, start), Math.min(latest, last)];
      const found: WallClock[] = [];
      if (least > most) return found;
      for (let round = Math.max(0, rounds.roundOf(wallDayOf(least))); rounds.firstDay(round) <= wallDayOf(most); round += 1) {
        const times = timesIn(round);
        const end = countUpTo(times, most);
        for (let index = countUpTo(times, least - 1); index < end; index += 1) found.push(times.at(index));
      }
      return found;
    },
  };
}

/** Whoever asks about a round often asks about it again. */
function createTimesIn(parts: RepeatParts, start: WallClock, rounds: ReturnType<typeof createRounds>): (round: number) => OrderedTimes {
  const selectDays = createSelectDays(parts, start);
  const timesOf = createTimesOfRound(parts, start);
  let kept: { readonly round: number; readonly times: OrderedTimes } | undefined;
  return (round) => {
    if (kept?.round !== round) kept = { round, times: timesOf(selectDays(rounds.firstDay(round), rounds.lastDay(round))) };
    return kept.times;
  };
}

function upTo(last: WallClock, time: WallClock): WallClock | undefined {
  return time <= last ? time : undefined;
}

function from(start: WallClock, time: WallClock): WallClock | undefined {
  return time >= start ? time : undefined;
}

/** Binary search. @returns how many of the times are at or before `limit`. */
function countUpTo(times: OrderedTimes, limit: WallClock): number {
  let [low, high] = [0, times.count];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (times.at(middle) <= limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
