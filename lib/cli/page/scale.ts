import { DAY, type Instant, instant } from "../../domain/instant.ts";
import { formatWallDay, placeWallClock, readWallClock, wallDayOf, weekdayOfDay } from "../../domain/windows/wall-clock.ts";

/** The stretch of time that a picture shows. */
export interface Span {
  readonly from: Instant;
  readonly to: Instant;
}

/** A line of the axis: a local midnight, or an hour where the span is short. */
export interface Tick {
  readonly at: Instant;
  readonly labels: readonly [upper: string, lower: string];
}

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"] as const;
const WEEKDAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"] as const;
const MOST_TICKS = 8;
/** Days from one tick to the next, the first that gives few enough; then months. */
const DAY_STEPS = [1, 2, 7, 14] as const;
const QUARTER_DAY = DAY / 4;

/** @returns where an instant lies in the span, as a percentage of its length, rounded to what can be seen; cut at both ends. */
export function percent(at: Instant, { from, to }: Span): number {
  const part = Math.min(1, Math.max(0, (at - from) / (to - from)));
  return Math.round(part * 100_000) / 1_000;
}

/** @returns `Fri 27 Nov 2026` on the wall of the zone. */
export function dayText(at: Instant, timeZone: string): string {
  const wall = readWallClock(at, timeZone);
  return `${WEEKDAYS[weekdayOfDay(wallDayOf(wall))]} ${dateText(wall)} ${formatWallDay(wallDayOf(wall)).slice(0, 4)}`;
}

/** @returns lines at local midnights, few enough to be labelled on a telephone; every six hours where the span is two days or less. */
export function ticksOf(span: Span, timeZone: string): readonly Tick[] {
  const [first, last] = [readWallClock(span.from, timeZone), readWallClock(span.to, timeZone)];
  const days = (last - first) / DAY;
  if (days <= 2) return multiplesOf(QUARTER_DAY, first, last).map((wall) => tickAt(wall, timeZone, [timeText(wall), dateText(wall)]));
  const step = DAY_STEPS.find((each) => days / each <= MOST_TICKS);
  if (step === undefined) return monthsBetween(first, last).map((wall) => tickAt(wall, timeZone, monthLabels(wall)));
  // Weeks begin on Monday: 1970-01-05 was one.
  const shift = step % 7 === 0 ? 4 * DAY : 0;
  return multiplesOf(step * DAY, first - shift, last - shift)
    .map((wall) => wall + shift)
    .map((wall) => tickAt(wall, timeZone, [WEEKDAYS[weekdayOfDay(wallDayOf(wall))] ?? "", dateText(wall)]));
}

function tickAt(wall: number, timeZone: string, labels: Tick["labels"]): Tick {
  return { at: instant(placeWallClock(wall, timeZone)), labels };
}

function multiplesOf(step: number, first: number, last: number): readonly number[] {
  const start = Math.ceil(first / step);
  const count = Math.max(0, Math.ceil(last / step) - start);
  return Array.from({ length: count }, (_, index) => (start + index) * step);
}

/** Firsts of months; every second, third, … where they are too many. */
function monthsBetween(first: number, last: number): readonly number[] {
  const midnights = multiplesOf(DAY, first, last).filter((wall) => dayOfMonth(wall) === 1);
  const step = Math.ceil(midnights.length / MOST_TICKS);
  return midnights.filter((_, index) => index % step === 0);
}

function monthLabels(wall: number): Tick["labels"] {
  const [year = "", month = ""] = formatWallDay(wallDayOf(wall)).split("-");
  return [MONTHS[Number(month) - 1] ?? "", year];
}

function dayOfMonth(wall: number): number {
  return Number(formatWallDay(wallDayOf(wall)).slice(-2));
}

function dateText(wall: number): string {
  const [, month = "", day = ""] = formatWallDay(wallDayOf(wall)).split("-");
  return `${Number(day)} ${MONTHS[Number(month) - 1]}`;
}

function timeText(wall: number): string {
  const hours = Math.floor((((wall % DAY) + DAY) % DAY) / (DAY / 24));
  return `${String(hours).padStart(2, "0")}:00`;
}
