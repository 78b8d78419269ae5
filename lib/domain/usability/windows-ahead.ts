import { DAY, formatLocal, type Instant, latest, plus } from "../instant.ts";
import { overrideInForce } from "../layers/activity.ts";
import type { Layer } from "../layers/layer.ts";
import { windowsBetween } from "../windows/windows-between.ts";

/** A time in which a campaign is on or will be; one that is forced on began when somebody said so, which nobody wrote down. */
export interface WindowAhead {
  readonly startsAt: Instant | "forced";
  readonly endsAt?: Instant | undefined;
}

/** Nobody plans further, and a rule that has no window in that time has none that matters yet. */
const LOOKED_AHEAD_MS = 3_650 * DAY;
/** So many windows of one campaign are compared with what Ecwid holds, unless more are asked for; later ones as they come nearer. */
const MOST_WINDOWS = 100;

/**
 * @param until windows that start then or later are left out. @param limit how many at most: the earliest are kept.
 * @returns the windows by which a layer is on at `at` or later, soonest first, with its override counted in.
 */
export function windowsAhead(layer: Layer, at: Instant, until = plus(at, LOOKED_AHEAD_MS), limit = MOST_WINDOWS): readonly WindowAhead[] {
  if (!layer.enabled) return [];
  const override = overrideInForce(layer, at);
  if (override === undefined) return windowsBetween(layer.windows, at, until, limit);
  const later = windowsBetween(layer.windows, override.until, until, limit).map(({ startsAt, endsAt }) => {
    return { startsAt: latest(startsAt, override.until), endsAt };
  });
  return override.state === "on" ? [{ startsAt: "forced", endsAt: override.until }, ...later] : later;
}

/** @returns the window by which a layer is on at `at`, or the next one; undefined if there is none any more. */
export function firstWindowAhead(layer: Layer, at: Instant): WindowAhead | undefined {
  return windowsAhead(layer, at, undefined, 1)[0];
}

/** @returns when customers begin to notice a window, seen from `at`: not before now. */
export function beginsAt({ startsAt }: WindowAhead, at: Instant): Instant {
  return startsAt === "forced" ? at : latest(startsAt, at);
}

/** @returns the window as a marketer reads it: `the window from 2026-11-27 10:00:00 to 2026-11-27 12:00:00 Europe/Berlin`. */
export function windowText({ startsAt, endsAt }: WindowAhead, timeZone: string): string {
  const end = endsAt === undefined ? undefined : formatLocal(endsAt, timeZone);
  if (startsAt === "forced") return end === undefined ? "the time it is forced on" : `the time it is forced on, until ${end}`;
  const start = formatLocal(startsAt, timeZone);
  return end === undefined ? `the window from ${start} on` : `the window from ${start.slice(0, -timeZone.length - 1)} to ${end}`;
}
