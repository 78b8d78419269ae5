import { DAY, HOUR, type Instant, instant, MINUTE, SECOND } from "../instant.ts";
import type { Json, JsonObject } from "../live.ts";
import { placeWallClock, readWallClock, wallDayOf, weekdayOfDay } from "../windows/wall-clock.ts";

/** The days of the week, and the hours of each of them, in which Ecwid lets a promotion be used. */
export interface WeeklyHours {
  /** 0 is Monday. */
  readonly days: ReadonlySet<number>;
  /** Milliseconds since midnight on the wall; `to` may be 24 hours. */
  readonly from: number;
  readonly to: number;
  /** `MON, FRI 08:00:00–18:00:00`. */
  readonly text: string;
}

const DAYS: readonly Json[] = ["MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN"];
const TIME = /^([01]\d|2[0-4]):([0-5]\d)(?::([0-5]\d))?$/;
/** A week and a day: longer windows see nothing that is not in it. */
const LONGEST_COMPARED_MS = 8 * DAY;
/** An end at 23:59 or 23:59:59 is meant as midnight. */
const AS_GOOD_AS_MIDNIGHT_MS = DAY - MINUTE;

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function readTime(value: Json | undefined, fallback: number): number | undefined {
  if (value === undefined || value === null || value === "") return fallback;
  const match = typeof value === "string" ? TIME.exec(value) : null;
  if (match === null) return undefined;
  const [, hours = "", minutes = "", seconds = "0"] = match;
  const time = Number(hours) * HOUR + Number(minutes) * MINUTE + Number(seconds) * SECOND;
  return time <= DAY ? time : undefined;
}

/**
 * Reads `triggers.recurring` and `triggers.recurrenceSettings` of a promotion: `activeDays` (`MON` to `SUN`), `activeDayStartTime` and
 * `activeDayEndTime`, 00:00 to 24:00 unless given (docs: search promotions).
 *
 * @returns undefined where the promotion holds all week; "unreadable" where it has hours that are not as documented. Hours over midnight
 * are among those: Ecwid does not say what they mean.
 */
export function readWeeklyHours({ recurring, recurrenceSettings }: JsonObject): WeeklyHours | "unreadable" | undefined {
  if (recurring !== true) return undefined;
  if (!isObject(recurrenceSettings)) return "unreadable";
  const { activeDays, activeDayStartTime, activeDayEndTime } = recurrenceSettings;
  if (!Array.isArray(activeDays) || activeDays.length === 0) return "unreadable";
  const days = new Set(activeDays.map((day: Json) => DAYS.indexOf(day)));
  const [from, to] = [readTime(activeDayStartTime, 0), readTime(activeDayEndTime, DAY)];
  if (days.has(-1) || from === undefined || to === undefined || from >= to) return "unreadable";
  const hours = `${activeDayStartTime ?? "00:00"}–${activeDayEndTime ?? "24:00"}`;
  return { days, from, to: to >= AS_GOOD_AS_MIDNIGHT_MS ? DAY : to, text: `${activeDays.join(", ")} ${hours}` };
}

/** @returns how much of `[from, to)` lies in the hours, if they are on the clock of `timeZone`; of more than eight days the first eight. */
export function shareOf(hours: WeeklyHours, from: Instant, to: Instant | undefined, timeZone: string): "all" | "part" | "none" {
  const until = Math.min(to ?? Number.POSITIVE_INFINITY, from + LONGEST_COMPARED_MS);
  const [first, last] = [wallDayOf(readWallClock(from, timeZone)), wallDayOf(readWallClock(instant(until), timeZone))];
  let inside = 0;
  for (let day = first - 1; day <= last + 1; day += 1) {
    const midnight = day * DAY;
    if (!hours.days.has(weekdayOfDay(wallDayOf(midnight)))) continue;
    const [opens, closes] = [placeWallClock(midnight + hours.from, timeZone), placeWallClock(midnight + hours.to, timeZone)];
    inside += Math.max(0, Math.min(closes, until) - Math.max(opens, from));
  }
  if (inside === 0) return "none";
  return inside >= until - from ? "all" : "part";
}
