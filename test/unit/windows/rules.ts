import { type Instant, parseInstant } from "../../../lib/domain/instant.ts";
import type { Moment, Window, WindowRule } from "../../../lib/domain/windows/window-rule.ts";

/** A moment as typed: with an offset or `Z` it is fixed, otherwise local. */
function moment(text: string): Moment {
  return /(?:Z|[+-]\d{2}:\d{2})$/.test(text) ? { kind: "fixed", at: parseInstant(text) } : { kind: "local", dateTime: text };
}

/** A rule whose first window is `start` to `end`, in New York unless told. */
export function ruleOf(start: string, end: string | undefined, rest: Partial<WindowRule> = {}): WindowRule {
  return { start: moment(start), end: end === undefined ? undefined : moment(end), timeZone: "America/New_York", except: [], ...rest };
}

/** The instant that an ISO text names. */
export function at(text: string): Instant {
  return parseInstant(text);
}

/** The window from one instant to another. */
export function windowOf(startsAt: string, endsAt?: string): Window {
  return endsAt === undefined ? { startsAt: at(startsAt) } : { startsAt: at(startsAt), endsAt: at(endsAt) };
}
