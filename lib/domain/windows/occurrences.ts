import { endOfWallDay, type WallClock, type WallDay, wallDayOf } from "./wall-clock.ts";

/** The wall-clock times that a rule selects, in order. Asked around a moment, never counted out from the first one. */
export interface Occurrences {
  /** @returns the first one later than `after`; undefined if there is none. */
  next(after: WallClock): WallClock | undefined;
  /** @returns the last one earlier than `before`; undefined if there is none. */
  previous(before: WallClock): WallClock | undefined;
  /** @returns those from `from` to `to`, both included, in order. */
  between(from: WallClock, to: WallClock): readonly WallClock[];
}

/** @returns the same without those on the days given. Each day costs at most one more question. */
export function withoutDays(occurrences: Occurrences, days: ReadonlySet<WallDay>): Occurrences {
  const excluded = (time: WallClock | undefined): time is WallClock => time !== undefined && days.has(wallDayOf(time));
  return {
    next: (after) => {
      let found = occurrences.next(after);
      while (excluded(found)) found = occurrences.next(endOfWallDay(wallDayOf(found)));
      return found;
    },
    previous: (before) => {
      let found = occurrences.previous(before);
      while (excluded(found)) found = occurrences.previous(endOfWallDay(wallDayOf(found) - 1) + 1);
      return found;
    },
    between: (from, to) => occurrences.between(from, to).filter((time) => !excluded(time)),
  };
}
