import { parseMoment, placeMoment } from "../../application/record/moment.ts";
import { DAY, formatLocal, HOUR, type Instant, MINUTE, SECOND } from "../../domain/instant.ts";
import { isTimeZone } from "../../domain/windows/time-zone.ts";
import { badUse } from "../frame/refusal.ts";

const DURATION = /^(?:(\d{1,3})w)?(?:(\d{1,4})d)?(?:(\d{1,5})h)?(?:(\d{1,6})m)?(?:(\d{1,7})s)?$/;
const TIME_ADVICE = "write 2026-11-27T18:00, or 2026-11-27 for the start of that day, or with an offset or Z, as 2026-11-27T18:00-05:00";

/** @returns wall-clock time without the zone, to the minute where there are no seconds: `2026-11-27 18:00`. */
export function shownAt(at: Instant, timeZone: string): string {
  const text = formatLocal(at, timeZone).slice(0, -timeZone.length - 1);
  return text.endsWith(":00") ? text.slice(0, -3) : text;
}

/** @returns a time as a record takes it: with a "T" for a blank, and the start of the day that stands alone. */
export function momentText(text: string): string {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T00:00` : text.replace(" ", "T");
}

/**
 * @param timeZone in which a time without an offset is read; undefined: there is none to read it in.
 * @throws Refusal naming the option for anything else than a time.
 */
export function readTime(option: string, text: string, timeZone: string | undefined, now: Instant): Instant {
  if (text === "now") return now;
  const moment = parseMoment(momentText(text));
  if (moment === undefined) throw badUse(`${option} is "${text}": ${TIME_ADVICE}`);
  const at = placeMoment(moment, timeZone);
  if (at === undefined) throw badUse(`${option} is a local time, and no time zone is known: end it with an offset or Z, or add --zone`);
  return at;
}

/** @returns the milliseconds of `90m`, `2h`, `1d12h`, `2w`; undefined for anything else. */
export function durationOf(text: string): number | undefined {
  const [whole, weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = DURATION.exec(text) ?? [];
  if (whole === undefined || whole === "") return undefined;
  const ms = (Number(weeks) * 7 + Number(days)) * DAY + Number(hours) * HOUR + Number(minutes) * MINUTE + Number(seconds) * SECOND;
  return ms > 0 ? ms : undefined;
}

/** @throws Refusal for anything else than a duration. */
export function readDuration(option: string, text: string): number {
  const ms = durationOf(text);
  if (ms === undefined) throw badUse(`${option} is "${text}": write a duration such as 90m, 2h, 7d or 2w`);
  return ms;
}

/** @throws Refusal for anything else than a zone. */
export function readZone(text: string | undefined): string | undefined {
  if (text !== undefined && !isTimeZone(text)) throw badUse(`--zone is "${text}": write an IANA name such as Europe/Berlin`);
  return text;
}
