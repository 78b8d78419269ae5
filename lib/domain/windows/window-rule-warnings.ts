import { plus } from "../instant.ts";
import { nextChange } from "./next-change.ts";
import { endOfWallDay, formatWallClock, parseWallDay } from "./wall-clock.ts";
import type { WindowRule } from "./window-rule.ts";
import { instantOf, plainOccurrences, SLACK, wallClockOf } from "./window-series.ts";

const MOST_NAMED = 3;

/** @param rule without problems. @returns what is probably not meant, in a marketer's words. */
export function windowRuleWarnings(rule: WindowRule): readonly string[] {
  return [...lateStart(rule), ...uselessExceptions(rule), ...noWindowLeft(rule)];
}

/** @param rule readable in every field. @returns whether the rule ever gives a window. */
export function hasWindow(rule: WindowRule): boolean {
  return nextChange(rule, plus(instantOf(rule.start, rule.timeZone), -SLACK)) !== undefined;
}

function lateStart(rule: WindowRule): readonly string[] {
  const start = wallClockOf(rule.start, rule.timeZone);
  const first = plainOccurrences(rule).next(start - 1);
  if (first === undefined || first === start) return [];
  return [`repeat does not select the start itself, ${formatWallClock(start)}: the first window begins ${formatWallClock(first)}`];
}

function uselessExceptions(rule: WindowRule): readonly string[] {
  if (rule.except.length === 0) return [];
  const occurrences = plainOccurrences(rule);
  const useless = rule.except.filter((date) => {
    const day = parseWallDay(date);
    return day !== undefined && occurrences.between(endOfWallDay(day - 1) + 1, endOfWallDay(day)).length === 0;
  });
  if (useless.length === 0) return [];
  const more = useless.length > MOST_NAMED ? ` and ${useless.length - MOST_NAMED} more` : "";
  return [`except names ${useless.slice(0, MOST_NAMED).join(", ")}${more}, on which no window would start anyway`];
}

function noWindowLeft(rule: WindowRule): readonly string[] {
  return rule.except.length === 0 || hasWindow(rule) ? [] : ["except takes away every window: the campaign never begins"];
}
