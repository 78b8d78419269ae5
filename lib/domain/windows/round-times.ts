import { DAY, HOUR, MINUTE, SECOND } from "../instant.ts";
import type { RepeatParts } from "./repeat-parts.ts";
import { type WallClock, type WallDay, wallDayOf } from "./wall-clock.ts";

/** Wall clocks in order, worked out only when they are asked for: a year may have a hundred thousand. */
export interface OrderedTimes {
  readonly count: number;
  /** @param index from 0 to `count - 1`. */
  at(index: number): WallClock;
}

/** The days that one round selects, in order. @returns what BYHOUR, BYMINUTE, BYSECOND and BYSETPOS make of them. */
export type TimesOfRound = (days: readonly WallDay[]) => OrderedTimes;

/** @param start the start of the rule: what the rule leaves out of a time of day is taken from it. */
export function createTimesOfRound({ frequency, lists }: RepeatParts, start: WallClock): TimesOfRound {
  const allTimes = timesOfDay(lists, start - wallDayOf(start) * DAY);
  const positions = lists.BYSETPOS;
  if (positions === undefined) return (days) => everyTime(days, allTimes);
  if (frequency === "DAILY") {
    // Each day is a set of its own, and all of them are alike.
    const times = pick(positions, allTimes.length).map((index) => allTimes[index] ?? Number.NaN);
    return (days) => everyTime(days, times);
  }
  return (days) => {
    const { count, at } = everyTime(days, allTimes);
    const picked = pick(positions, count);
    return { count: picked.length, at: (index) => at(picked[index] ?? Number.NaN) };
  };
}

function everyTime(days: readonly WallDay[], times: readonly number[]): OrderedTimes {
  return {
    count: days.length * times.length,
    at: (index) => {
      const day = Math.floor(index / times.length);
      return (days[day] ?? Number.NaN) * DAY + (times[index - day * times.length] ?? Number.NaN);
    },
  };
}

/** @returns how many milliseconds after midnight, in order. */
function timesOfDay(lists: RepeatParts["lists"], start: number): readonly number[] {
  const hours = lists.BYHOUR ?? [Math.floor(start / HOUR)];
  const minutes = lists.BYMINUTE ?? [Math.floor(start / MINUTE) % 60];
  const seconds = lists.BYSECOND ?? [Math.floor(start / SECOND) % 60];
  const fraction = start % SECOND;
  return hours.flatMap((hour) =>
    minutes.flatMap((minute) => seconds.map((second) => hour * HOUR + minute * MINUTE + second * SECOND + fraction)),
  );
}

/** @param positions from 1 on from the front, from -1 on from the back. @returns the indices of those there are, each once, in order. */
function pick(positions: readonly number[], count: number): readonly number[] {
  const indices = positions.map((position) => (position > 0 ? position - 1 : count + position));
  return [...new Set(indices.filter((index) => index >= 0 && index < count))].toSorted((one, other) => one - other);
}
