import { DAY, formatLocal, type Instant, plus } from "../instant.ts";
import { nextBoundaryOf, overrideInForce } from "../layers/activity.ts";
import type { Layer, Override } from "../layers/layer.ts";
import type { Window } from "../windows/window-rule.ts";
import { windowsBetween } from "../windows/windows-between.ts";

const LOOKED_AHEAD_MS = 3_650 * DAY;
/** Windows of one rule may overlap; further than these nobody asks which is the next. */
const MOST_OPEN_AT_ONCE = 20;

function startText({ startsAt }: Window, { windows }: Layer): string {
  return formatLocal(startsAt, windows.timeZone);
}

/**
 * @returns what a freeze does to the next window, while that is still to come; undefined if it starts, and for a layer that is disabled or
 * that an override rules until then.
 */
export function frozenWarning(layer: Layer, at: Instant): string | undefined {
  const { windows, enabled } = layer;
  const { freezes = [] } = windows;
  if (!enabled || freezes.length === 0) return undefined;
  const planned = windowsBetween({ ...windows, freezes: [] }, at, plus(at, LOOKED_AHEAD_MS), MOST_OPEN_AT_ONCE);
  const next = planned.find(({ startsAt }) => startsAt > at);
  if (next === undefined || next.startsAt < (overrideInForce(layer, at)?.until ?? at)) return undefined;
  const freeze = freezes.find(({ from, to, since }) => next.startsAt >= from && next.startsAt < to && next.startsAt >= since);
  if (freeze === undefined) return undefined;
  const named = freeze.calendar === undefined ? "" : ` "${freeze.calendar}"`;
  const which = windows.repeat === undefined ? "only" : "next";
  const start = startText(next, layer);
  const told = `its ${which} window, ${start}, falls into the freeze${named} (ignoreFreeze lets it start)`;
  const isAll = windows.repeat !== undefined && nextBoundaryOf(layer, at) === undefined;
  return isAll ? `${told}, and no later window starts either` : told;
}

/** @returns what the override in force leaves of a campaign that has nothing after it; undefined if something comes after it, as after "on". */
export function skippedWarning(layer: Layer, override: Override, at: Instant): string | undefined {
  if (nextBoundaryOf(layer, at) !== undefined) return undefined;
  const lost = windowsBetween(layer.windows, at, override.until, 1)[0];
  if (lost === undefined) return undefined;
  const which = layer.windows.repeat === undefined ? "only" : "last";
  const who = override.by === undefined ? "" : ` by ${override.by}`;
  const how = lost.startsAt > at ? "is skipped" : "is closed early";
  return `its ${which} window, ${startText(lost, layer)}, ${how}${who}: ${override.reason}`;
}
