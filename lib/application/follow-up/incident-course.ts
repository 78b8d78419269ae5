import { HOUR, type Instant, MINUTE } from "../../domain/instant.ts";
import { assertNever } from "../../domain/result.ts";
import type { AlarmKind } from "../alarms/alarm-kinds.ts";
import type { Incident, Told } from "../ports/incident.ts";

/** What people can be told of an incident; `more`: what has come to be behind it since. */
export type Chapter = Exclude<Told, "nothing"> | "more";

/** An alarm that goes off again within this time continues its incident; once it flaps, it is over when it has been quiet for so long. */
export const QUIET_MS = 15 * MINUTE;

/** A change that says something. */
export interface KnownChange {
  readonly alarm: "on" | "off";
  readonly at: Instant;
}

/** Nothing more belongs to it: the alarm was never on, or people were told long enough ago that it is over. */
function isOver({ alarm, openedAt, told, changedAt }: Incident, at: Instant): boolean {
  return alarm === "off" && (openedAt === undefined || (told === "closed" && at - changedAt > QUIET_MS));
}

/**
 * @param before undefined: the alarm has never been heard of.
 * @returns the incident after a change of its alarm; `before` itself where the change is an old one or the same one again.
 */
export function afterChange(before: Incident | undefined, { alarm, at }: KnownChange): Incident {
  if (before !== undefined && at <= before.changedAt) return before;
  if (alarm === "off") return { times: 0, told: "nothing", ...before, alarm, changedAt: at };
  if (before === undefined || isOver(before, at)) return { alarm, changedAt: at, openedAt: at, times: 1, told: "nothing" };
  return { ...before, alarm, changedAt: at, times: before.times + (before.alarm === "off" ? 1 : 0) };
}

/**
 * What people do not know yet. A function of what is written down and nothing else: so a doubled event is one message, and one that
 * could not be sent stays owed. However often an alarm flaps, it is four at most: it opened, is over, is back, is over.
 */
export function chapterOwed({ alarm, openedAt, told, changedAt }: Incident, now: Instant): Exclude<Told, "nothing"> | undefined {
  if (openedAt === undefined) return undefined;
  switch (told) {
    case "nothing":
      return "opened";
    case "opened":
      return alarm === "off" ? "closed" : undefined;
    case "closed":
      // People believe it to be over.
      return alarm === "on" ? "again" : undefined;
    case "again":
      return alarm === "off" && now - changedAt >= QUIET_MS ? "closed" : undefined;
    default:
      return assertNever(told);
  }
}

/** These ring for as long as something stands, for days if need be, and do not ring again for a second store. */
const STANDING: readonly AlarmKind[] = ["token-dead", "targets-blocked", "trouble-ahead", "records-invalid", "switches-failing"];
/** So often somebody looks whether there is more behind an alarm that stays on. */
const LOOKED_AGAIN_MS = HOUR;

/** @returns whether it is time to look for what has come to be behind an alarm since people were told of it. */
export function isNewsDue(kind: AlarmKind, { alarm, told, surveyedAt }: Incident, now: Instant): boolean {
  const isOpen = alarm === "on" && (told === "opened" || told === "again");
  return isOpen && STANDING.includes(kind) && surveyedAt !== undefined && now - surveyedAt >= LOOKED_AGAIN_MS;
}
