import type { WallDay } from "./wall-clock.ts";

/** A month of the Gregorian calendar, as months since January of the year 0. */
export type MonthIndex = number;

/** After so many days the Gregorian calendar repeats, weekdays included: 400 years, 4,800 months, 20,871 weeks exactly. */
export const DAYS_OF_400_YEARS = 146_097;

const MONTHS_A_YEAR = 12;
const MEAN_MONTH_DAYS = DAYS_OF_400_YEARS / (400 * MONTHS_A_YEAR);
/** From 1 January of the year 0 to 1 January 1970. */
const DAYS_BEFORE_1970 = 719_528;
const DAYS_BEFORE_MONTH = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334] as const;

/** @returns the first day of a month. */
export function firstDayOf(month: MonthIndex): WallDay {
  const year = Math.floor(month / MONTHS_A_YEAR);
  const place = month - year * MONTHS_A_YEAR;
  const leapYearsBefore = Math.floor((year + 3) / 4) - Math.floor((year + 99) / 100) + Math.floor((year + 399) / 400);
  const leapDay = place > 1 && isLeapYear(year) ? 1 : 0;
  return year * 365 + leapYearsBefore + (DAYS_BEFORE_MONTH[place] ?? 0) + leapDay - DAYS_BEFORE_1970;
}

/** @returns the month that a day is in. */
export function monthOf(day: WallDay): MonthIndex {
  // A month starts within two days of where it would if all were equally long.
  let month = Math.floor((day + DAYS_BEFORE_1970) / MEAN_MONTH_DAYS);
  while (firstDayOf(month) > day) month -= 1;
  while (firstDayOf(month + 1) <= day) month += 1;
  return month;
}

/** @returns 1 for January to 12 for December. */
export function monthNumber(month: MonthIndex): number {
  return month - januaryOf(month) + 1;
}

/** @returns January of the same year. */
export function januaryOf(month: MonthIndex): MonthIndex {
  return Math.floor(month / MONTHS_A_YEAR) * MONTHS_A_YEAR;
}

function isLeapYear(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}
