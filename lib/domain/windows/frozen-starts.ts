import { earliest, type Instant, latest } from "../instant.ts";
import type { Freeze, Window, WindowRule } from "./window-rule.ts";
import { windowsBetween } from "./windows-between.ts";

/** A window that does not happen, because it would start in a freeze. */
export interface FrozenStart {
  readonly window: Window;
  readonly freeze: Freeze;
}

/**
 * @param limit how many at most, of each freeze: the earliest are kept.
 * @returns the windows that would start in `[from, to)` if the rule knew no freezes, each with the freeze that keeps it from starting.
 * @throws RangeError if the rule is not one that checkWindowRule finds usable.
 */
export function frozenStarts(rule: WindowRule, from: Instant, to: Instant, limit: number): readonly FrozenStart[] {
  const told = new Set<Instant>();
  const unfrozen = { ...rule, freezes: [] };
  return (rule.freezes ?? []).flatMap((freeze) => {
    const first = latest(latest(freeze.from, freeze.since), from);
    const last = earliest(freeze.to, to) ?? to;
    // One that began before and is still on has started: only what begins within counts.
    const windows = windowsBetween(unfrozen, first, last, limit + 1).filter(({ startsAt }) => startsAt >= first && !told.has(startsAt));
    for (const { startsAt } of windows) told.add(startsAt);
    return windows.slice(0, limit).map((window) => ({ window, freeze }));
  });
}
