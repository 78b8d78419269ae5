import { assertNever } from "../result.ts";
import { DAYS_OF_400_YEARS, firstDayOf, januaryOf, type MonthIndex, monthOf } from "./calendar-month.ts";
import type { RepeatParts } from "./repeat-parts.ts";
import { startOfWeek, weekdayNumber } from "./selected-days.ts";
import type { WallDay } from "./wall-clock.ts";

/** The stretches of the calendar in which a rule selects dates, round 0 being the one of the rule's start. */
export interface Rounds {
  /** @returns the first day of a round. */
  firstDay(round: number): WallDay;
  /** @returns the last day of a round. */
  lastDay(round: number): WallDay;
  /** @returns the last round that begins on a day or before it. */
  roundOf(day: WallDay): number;
  /** After so many rounds everything under them is the same again: if as many in a row select nothing, none ever does. */
  readonly cycle: number;
}

const MONTHS_OF_400_YEARS = 4_800;

/**
 * Every INTERVAL-th week, month or year; for DAILY each month, whose every INTERVAL-th day createSelectDays picks out: so a year's day is
 * found without looking at the other 364.
 *
 * @param start the day on which the rule starts.
 */
export function createRounds({ frequency, interval, weekStart = "MO" }: RepeatParts, start: WallDay): Rounds {
  switch (frequency) {
    case "DAILY": {
      const cycles = interval / greatestCommonDivisor(DAYS_OF_400_YEARS, interval);
      return { ...roundsOfMonths(monthOf(start), 1, 1), cycle: MONTHS_OF_400_YEARS * cycles };
    }
    case "WEEKLY":
      return roundsOfWeeks(startOfWeek(start, weekdayNumber(weekStart)), interval * 7);
    case "MONTHLY":
      return roundsOfMonths(monthOf(start), interval, 1);
    case "YEARLY":
      return roundsOfMonths(januaryOf(monthOf(start)), interval * 12, 12);
    default:
      return assertNever(frequency);
  }
}

function roundsOfWeeks(start: WallDay, step: number): Rounds {
  return {
    firstDay: (round) => start + round * step,
    lastDay: (round) => start + round * step + 6,
    roundOf: (day) => Math.floor((day - start) / step),
    cycle: DAYS_OF_400_YEARS / greatestCommonDivisor(DAYS_OF_400_YEARS, step),
  };
}

function roundsOfMonths(start: MonthIndex, step: number, length: number): Rounds {
  return {
    firstDay: (round) => firstDayOf(start + round * step),
    lastDay: (round) => firstDayOf(start + round * step + length) - 1,
    roundOf: (day) => Math.floor((monthOf(day) - start) / step),
    cycle: MONTHS_OF_400_YEARS / greatestCommonDivisor(MONTHS_OF_400_YEARS, step),
  };
}

function greatestCommonDivisor(one: number, other: number): number {
  return other === 0 ? one : greatestCommonDivisor(other, one % other);
}
