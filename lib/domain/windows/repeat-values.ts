import { parseInstant } from "../instant.ts";
import { failure, type Result, success } from "../result.ts";
import { type Until, WEEKDAYS } from "./repeat-parts.ts";
import { endOfWallDay, parseWallClock, parseWallDay } from "./wall-clock.ts";

/** A value as read, or what is wrong with it, in words that follow `NAME=VALUE: `. */
export type Read<Value> = Result<Value, string>;

const UNTIL = /^(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})(\d{2})(Z?))?$/;
const UNTIL_FORMS = "write a date (20261231, that day included), a local time (20261231T180000) or one in UTC (20261231T180000Z)";
const BY_DAY = /^(?:([+-]?)0?([1-9]|[1-4]\d|5[0-3]))?(MO|TU|WE|TH|FR|SA|SU)$/;

/** @returns a whole number from 1 to `most`. */
export function readWholeNumber(value: string, most: number): Read<number> {
  const number = /^\d{1,9}$/.test(value) ? Number(value) : 0;
  return number >= 1 && number <= most ? success(number) : failure(`write a whole number from 1 to ${most}`);
}

/** @returns the numbers of a list, each once, in order. */
export function readNumberList(
  value: string,
  range: { readonly least: number; readonly most: number; readonly signed: boolean },
): Read<readonly number[]> {
  const numbers = value.split(",").map((item) => (/^[+-]?\d{1,3}$/.test(item) ? Number(item) : Number.NaN));
  const fits = (number: number) => (range.signed ? Math.abs(number) : number) >= range.least && Math.abs(number) <= range.most;
  if (numbers.every(fits)) return success([...new Set(numbers)].sort((one, other) => one - other));
  const backwards = range.signed ? `, or -${range.least} to -${range.most} to count from the end` : "";
  return failure(`write whole numbers from ${range.least} to ${range.most}${backwards}, with commas between them`);
}

/** @returns the days of a list, each once, as RFC 5545 writes them without a plus sign: `MO`, `2TU`, `-1FR`. */
export function readByDay(value: string): Read<readonly string[]> {
  const days: string[] = [];
  for (const item of value.split(",")) {
    const [, sign, ordinal, weekday] = BY_DAY.exec(item) ?? [];
    if (weekday === undefined) return failure(`write days as ${WEEKDAYS.join(", ")}, with commas between them; "-1FR" is the last Friday`);
    days.push(`${sign === "-" ? "-" : ""}${ordinal ?? ""}${weekday}`);
  }
  return success([...new Set(days)]);
}

/** @returns a weekday. */
export function readWeekday(value: string): Read<string> {
  const weekday = WEEKDAYS.find((known) => known === value);
  return weekday === undefined ? failure(`write one of ${WEEKDAYS.join(", ")}`) : success(weekday);
}

/** @returns the last moment at which a window may start: the end of a day, a local time, or an instant. */
export function readUntil(value: string): Read<Until> {
  const [, year, month, day, hour, minute, second, utc] = UNTIL.exec(value) ?? [];
  if (year === undefined) return failure(UNTIL_FORMS);
  const date = `${year}-${month}-${day}`;
  const lastDay = parseWallDay(date);
  if (lastDay === undefined) return failure(`there is no such date; ${UNTIL_FORMS}`);
  if (hour === undefined) return success({ kind: "wall", at: endOfWallDay(lastDay) });

  const wallClock = parseWallClock(`${date}T${hour}:${minute}:${second}`);
  if (wallClock === undefined) return failure(`there is no such time of day; ${UNTIL_FORMS}`);
  return success(
    utc === "Z" ? { kind: "instant", at: parseInstant(`${date}T${hour}:${minute}:${second}Z`) } : { kind: "wall", at: wallClock },
  );
}
