import { firstDayOf, januaryOf, type MonthIndex, monthNumber, monthOf } from "./calendar-month.ts";
import { type RepeatParts, WEEKDAYS } from "./repeat-parts.ts";
import { type WallClock, type WallDay, wallDayOf, weekdayOfDay } from "./wall-clock.ts";

/** A stretch of days of which the first is number 1 from the front and the last is number -1 from the back. */
interface Stretch {
  readonly first: WallDay;
  readonly length: number;
}

interface MonthAround {
  readonly index: MonthIndex;
  readonly month: Stretch;
  readonly year: Stretch;
}

const ALL_MONTHS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12] as const;

type DayTest = (day: WallDay, around: MonthAround) => boolean;

/** The days that a rule selects, between two days that are both included, in order; whatever BYSETPOS and, but for DAILY, INTERVAL say. */
export type SelectDays = (from: WallDay, to: WallDay) => readonly WallDay[];

/**
 * RFC 5545 section 3.3.10: whether a part expands or limits, a date has to satisfy every one of them. What a rule leaves out is taken from
 * its start.
 *
 * @param start the start of the rule.
 */
export function createSelectDays(parts: RepeatParts, start: WallClock): SelectDays {
  const completed = completeFrom(parts, start);
  const months = completed.lists.BYMONTH ?? ALL_MONTHS;
  const tests = dayTests(completed);
  const step = parts.frequency === "DAILY" ? parts.interval : 1;
  const startDay = wallDayOf(start);
  let around = aroundMonth(monthOf(startDay));

  const selectInMonth = (month: MonthIndex, from: WallDay, to: WallDay): readonly WallDay[] => {
    if (around.index !== month) around = aroundMonth(month);
    const selected: WallDay[] = [];
    for (let day = onStep(from, startDay, step); day <= to; day += step) {
      if (tests.every((holds) => holds(day, around))) selected.push(day);
    }
    return selected;
  };
  return (from, to) => {
    const selected: WallDay[] = [];
    for (let month = monthOf(from), first = from; first <= to; month += 1) {
      const next = firstDayOf(month + 1);
      if (months.includes(monthNumber(month))) selected.push(...selectInMonth(month, first, Math.min(next - 1, to)));
      first = next;
    }
    return selected;
  };
}

/** @returns the first day, `day` or later, that is a whole number of steps away from `start`. */
function onStep(day: WallDay, start: WallDay, step: number): WallDay {
  return start + Math.ceil((day - start) / step) * step;
}

function aroundMonth(month: MonthIndex): MonthAround {
  const january = januaryOf(month);
  return { index: month, month: stretch(month, month + 1), year: stretch(january, january + 12) };
}

/** @param next the first month after the stretch. */
function stretch(month: MonthIndex, next: MonthIndex): Stretch {
  const first = firstDayOf(month);
  return { first, length: firstDayOf(next) - first };
}

/** `FREQ=YEARLY` alone means the date of the start, `FREQ=WEEKLY` its weekday, and so on. */
function completeFrom(parts: RepeatParts, start: WallClock): RepeatParts {
  const { frequency, lists, byDay } = parts;
  const day = wallDayOf(start);
  const month = monthOf(day);
  const hasDays = (byDay ?? lists.BYMONTHDAY ?? lists.BYYEARDAY ?? lists.BYWEEKNO) !== undefined;
  const takesWeekday = (frequency === "WEEKLY" || lists.BYWEEKNO !== undefined) && byDay === undefined;
  if (takesWeekday) return { ...parts, byDay: WEEKDAYS.slice(weekdayOfDay(day), weekdayOfDay(day) + 1) };
  if (hasDays || (frequency !== "MONTHLY" && frequency !== "YEARLY")) return parts;
  const BYMONTHDAY = [day - firstDayOf(month) + 1];
  if (frequency === "MONTHLY") return { ...parts, lists: { ...lists, BYMONTHDAY } };
  return { ...parts, lists: { BYMONTH: [monthNumber(month)], ...lists, BYMONTHDAY } };
}

function dayTests({ frequency, lists, byDay, weekStart = "MO" }: RepeatParts): readonly DayTest[] {
  const { BYMONTHDAY, BYYEARDAY, BYWEEKNO, BYMONTH } = lists;
  const tests: DayTest[] = [];
  if (BYMONTHDAY !== undefined) tests.push((day, { month }) => isAmong(BYMONTHDAY, day - month.first + 1, month.length));
  if (BYYEARDAY !== undefined) tests.push((day, { year }) => isAmong(BYYEARDAY, day - year.first + 1, year.length));
  if (BYWEEKNO !== undefined) tests.push(weekNumberTest(BYWEEKNO, weekdayNumber(weekStart)));
  if (byDay !== undefined) tests.push(weekdayTest(byDay, frequency === "YEARLY" && BYMONTH === undefined ? "year" : "month"));
  return tests;
}

/** @param place the place from the front, from 1 on. @param length how many places there are. */
function isAmong(places: readonly number[], place: number, length: number): boolean {
  return places.includes(place) || places.includes(place - length - 1);
}

/** A weekday with a number is counted within the month, or within the year where no month is named. */
function weekdayTest(byDay: readonly string[], within: "month" | "year"): DayTest {
  const wanted = byDay.map((text) => ({ weekday: weekdayNumber(text.slice(-2)), ordinal: Number(text.slice(0, -2)) }));
  return (day, around) => {
    const weekday = weekdayOfDay(day);
    const { first, length } = around[within];
    const fromFront = Math.floor((day - first) / 7) + 1;
    const fromBack = -Math.floor((first + length - 1 - day) / 7) - 1;
    return wanted.some(
      ({ weekday: other, ordinal }) => other === weekday && (ordinal === 0 || ordinal === fromFront || ordinal === fromBack),
    );
  };
}

/** The first week of a year is the first with four days in it, so that it holds 4 January. */
function weekNumberTest(weeks: readonly number[], weekStart: number): DayTest {
  const firstWeek = (newYear: WallDay) => startOfWeek(newYear + 3, weekStart);
  return (day, { year }) => {
    const first = firstWeek(year.first);
    const length = (firstWeek(year.first + year.length) - first) / 7;
    return isAmong(weeks, Math.floor((day - first) / 7) + 1, length);
  };
}

/** @param weekStart 0 for Monday to 6 for Sunday. @returns the first day of the week that a day is in. */
export function startOfWeek(day: WallDay, weekStart: number): WallDay {
  return day - ((weekdayOfDay(day) - weekStart + 7) % 7);
}

/** @param weekday as RFC 5545 writes it. @returns 0 for Monday to 6 for Sunday. */
export function weekdayNumber(weekday: string): number {
  const names: readonly string[] = WEEKDAYS;
  return names.indexOf(weekday);
}
