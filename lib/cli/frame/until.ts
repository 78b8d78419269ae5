import { parseMoment, placeMoment } from "../../application/record/moment.ts";
import { formatInstant, formatLocal, type Instant, plus } from "../../domain/instant.ts";
import { failure, type Result, success } from "../../domain/result.ts";
import { durationOf, momentText } from "../text/moments.ts";
import { badUse } from "./refusal.ts";

/** @param text a time, a date, or how long from `now`. @returns the time as a record takes it. @throws Refusal for anything else. */
export function readUntil(text: string, now: Instant): string {
  const ms = durationOf(text);
  if (ms !== undefined) return formatInstant(plus(now, ms));
  const typed = momentText(text);
  if (parseMoment(typed) === undefined)
    throw badUse(
      `--until is "${text}": write 2026-11-28T12:00, or with an offset or Z, as 2026-11-28T12:00-05:00, or how long, as 2h or 1d`,
    );
  return typed;
}

/** @param until as {@link readUntil} gives it. @returns when that is, or why it cannot be meant, in one sentence. */
export function untilAhead(until: string, timeZone: string | undefined, now: Instant): Result<Instant, string> {
  const moment = parseMoment(until);
  const at = moment === undefined ? undefined : placeMoment(moment, timeZone);
  if (at === undefined)
    return failure("--until is a local time, and neither the campaign nor the store has a time zone yet: end it with an offset or Z");
  if (at <= now) return failure(`--until has passed: it is ${formatLocal(now, timeZone ?? "UTC")} now`);
  return success(at);
}
