import { formatInstant, instant } from "../instant.ts";
import { parseRepeat } from "./parse-repeat.ts";
import { quoted } from "./quoted.ts";
import { isTimeZone, suggestTimeZone } from "./time-zone.ts";
import { formatWallClock, parseWallClock, parseWallDay } from "./wall-clock.ts";
import type { Moment, WindowRule } from "./window-rule.ts";
import { hasWindow, windowRuleWarnings } from "./window-rule-warnings.ts";
import { instantOf, plainOccurrences, wallClockOf } from "./window-series.ts";

/** Every excepted date in a row costs one more question to the recurrence library. */
const MOST_EXCEPTED = 1_000;
const MOST_NAMED = 10;
/** -000001-12-30T00:00Z and +010000-01-02T00:00Z, in figures for the sake of the cold start. */
const EARLIEST = instant(-62_167_392_000_000);
const LATEST = instant(253_402_387_200_000);

/** What is wrong with one field of a rule, in a marketer's words. */
export interface WindowRuleProblem {
  readonly field: "start" | "end" | "repeat" | "timeZone" | "except";
  readonly message: string;
}

/** Everything that makes a rule unusable, and what is likely not meant. Only a rule without problems may be asked for its windows. */
export interface WindowRuleCheck {
  readonly problems: readonly WindowRuleProblem[];
  readonly warnings: readonly string[];
}

/** @returns what is wrong with a rule, all at once, and what to be warned of. Never throws. */
export function checkWindowRule(rule: WindowRule): WindowRuleCheck {
  const problems = [...fieldProblems(rule), ...exceptProblems(rule.except)];
  // Without its zone, or its dates, a rule can still be told that its end comes before its start.
  const readable = isTimeZone(rule.timeZone) ? rule : { ...rule, timeZone: "UTC" };
  if (!problems.some(({ field }) => field === "start" || field === "end")) problems.push(...lengthProblems(readable));
  if (problems.length > 0) return { problems, warnings: [] };

  const empty = emptinessProblems(rule);
  return { problems: empty, warnings: empty.length > 0 ? [] : windowRuleWarnings(rule) };
}

function fieldProblems({ start, end, repeat, timeZone }: WindowRule): WindowRuleProblem[] {
  const problems: WindowRuleProblem[] = [];
  if (!isTimeZone(timeZone)) problems.push({ field: "timeZone", message: unknownZone(timeZone) });
  if (!isReadable(start)) problems.push({ field: "start", message: unreadable(start) });
  if (end !== undefined && !isReadable(end)) problems.push({ field: "end", message: unreadable(end) });
  if (repeat !== undefined) {
    problems.push(
      ...parseRepeat(repeat).problems.map((message) => ({ field: "repeat", message: `${quoted(repeat)}: ${message}` }) as const),
    );
  }
  return problems;
}

function lengthProblems(rule: WindowRule): readonly WindowRuleProblem[] {
  const { start, end, timeZone, repeat } = rule;
  if (end === undefined) return [];
  const [from, to] = [wallClockOf(start, timeZone), wallClockOf(end, timeZone)];
  if (mayFollow({ ...rule, end }, from, to)) return [];
  if (to > from) {
    return [{ field: "end", message: `daylight saving in ${timeZone} leaves no time between start and end: move one of them` }];
  }
  const read = repeat !== undefined && (start.kind === "fixed" || end.kind === "fixed") ? ` (as the clock shows them in ${timeZone})` : "";
  return [
    { field: "end", message: `the end, ${formatWallClock(to)}, is not after the start, ${formatWallClock(from)}${read}: move one of them` },
  ];
}

/** With a rule, single windows without length are skipped; without one, it would be the only window. */
function mayFollow({ start, end, timeZone, repeat }: WindowRule & { readonly end: Moment }, from: number, to: number): boolean {
  if (repeat !== undefined) return to > from;
  const onTheTimeLine = instantOf(end, timeZone) > instantOf(start, timeZone);
  return onTheTimeLine && (to > from || start.kind === "fixed" || end.kind === "fixed");
}

/** A rule that is well written and still never gives a window. Excepted dates do not count: they are warned of. */
function emptinessProblems(rule: WindowRule): readonly WindowRuleProblem[] {
  if (rule.repeat === undefined) return [];
  const from = wallClockOf(rule.start, rule.timeZone);
  if (plainOccurrences(rule).next(from - 1) === undefined) {
    const message = `${quoted(rule.repeat)} never selects a date from ${formatWallClock(from)} on: check UNTIL, and whether its parts can hold together`;
    return [{ field: "repeat", message }];
  }
  if (hasWindow(rule.except.length === 0 ? rule : { ...rule, except: [] })) return [];
  const message = `daylight saving in ${rule.timeZone}, or UNTIL, leaves no window with any length: move start, end or UNTIL`;
  return [{ field: "repeat", message }];
}

function exceptProblems(except: readonly string[]): readonly WindowRuleProblem[] {
  const unreadable = except.filter((date) => parseWallDay(date) === undefined);
  const problems = unreadable
    .slice(0, MOST_NAMED)
    .map((date) => ({ field: "except", message: `${quoted(date)} is not a date there is: write it as 2026-12-25` }) as const);
  if (except.length <= MOST_EXCEPTED) return problems;
  return [
    ...problems,
    { field: "except", message: `it names ${except.length} dates; at most ${MOST_EXCEPTED} are allowed: leave out those that have passed` },
  ];
}

/** A local moment has four digits for its year, so one with an offset may have no more (but for what UTC adds to or takes from it). */
function isReadable(moment: Moment): boolean {
  return moment.kind === "fixed" ? moment.at >= EARLIEST && moment.at <= LATEST : parseWallClock(moment.dateTime) !== undefined;
}

function unreadable(moment: Moment): string {
  const got = quoted(moment.kind === "local" ? moment.dateTime : formatInstant(moment.at));
  return `${got} is not a date and time there is: write it as 2026-11-27T18:00`;
}

function unknownZone(timeZone: string): string {
  const meant = suggestTimeZone(timeZone);
  const hint = meant === undefined ? "write an IANA name such as America/New_York" : `did you mean ${meant}?`;
  return `${quoted(timeZone)} is not a time zone: ${hint}`;
}
