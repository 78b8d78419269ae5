import { DAY, type Instant, parseInstant, plus } from "../../domain/instant.ts";
import { parseWallClock, placeWallClock, type WallClock, wallClockText } from "../../domain/windows/wall-clock.ts";
import type { Moment } from "../../domain/windows/window-rule.ts";
import { field } from "./field.ts";

/** An ISO 8601 instant; the years at both ends are those into which UTC may move a local moment of four digits. */
const FIXED = /^((?:\d{4}|\+010000|-000001)-\d{2}-\d{2})T(\d{2}:\d{2}(?::[0-5]\d(?:\.\d{1,3})?)?)(Z|[+-]\d{2}:\d{2})$/;
const LOCAL = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}(?::\d{2})?)$/;
const END_OF_DAY = /^24:00(?::00)?$/;

const ADVICE = "write date and time as 2026-11-27T18:00 (24:00 ends a day), or with an offset or Z, as 2026-11-27T18:00-05:00";

const LIKE_A_MOMENT = new RegExp(`${FIXED.source}|${LOCAL.source}`);

/** `start`, `end`, `until`: `24:00` becomes the next day's `00:00`. */
export const MOMENT = field(
  (typed) => (typeof typed === "string" ? parseMoment(typed) : undefined),
  (typed) => (typeof typed === "string" && LIKE_A_MOMENT.test(typed) ? `there is no such date or time; ${ADVICE}` : ADVICE),
);

/** @param text as a person typed it. @returns undefined for any other text, and for a date or time there is not. */
export function parseMoment(text: string): Moment | undefined {
  const fixed = parseFixed(text);
  if (fixed !== undefined) return { kind: "fixed", at: fixed };
  const local = parseLocal(text);
  return local === undefined ? undefined : { kind: "local", dateTime: local };
}

/** @param timeZone IANA name. @returns the point on the time line. */
export function placeMoment(moment: Moment, timeZone: string | undefined): Instant | undefined {
  if (moment.kind === "fixed") return moment.at;
  const wallClock: WallClock | undefined = parseWallClock(moment.dateTime);
  return wallClock === undefined || timeZone === undefined ? undefined : placeWallClock(wallClock, timeZone);
}

function parseFixed(text: string): Instant | undefined {
  const [, date, time, offset] = FIXED.exec(text) ?? [];
  if (date === undefined || time === undefined) return undefined;
  try {
    return END_OF_DAY.test(time) ? plus(parseInstant(`${date}T00:00${offset}`), DAY) : parseInstant(text);
  } catch {
    return undefined;
  }
}

function parseLocal(text: string): string | undefined {
  const [, date, time] = LOCAL.exec(text) ?? [];
  if (date === undefined || time === undefined) return undefined;
  if (!END_OF_DAY.test(time)) return parseWallClock(text) === undefined ? undefined : text;
  const midnight = parseWallClock(`${date}T00:00`);
  const nextDay = midnight === undefined ? "" : wallClockText(midnight + DAY);
  return parseWallClock(nextDay) === undefined ? undefined : nextDay;
}
