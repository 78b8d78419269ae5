import { DAY, type Instant, latest } from "../instant.ts";
import { listedOccurrences } from "./listed-occurrences.ts";
import { type Occurrences, withoutDays } from "./occurrences.ts";
import { repeatOccurrences } from "./repeat-occurrences.ts";
import { parseWallClock, parseWallDay, placeWallClock, readWallClock, type WallClock } from "./wall-clock.ts";
import type { Freeze, Moment, Window, WindowRule } from "./window-rule.ts";

/**
 * The windows of a rule: where they start on the wall, and what each is on the time line. A later wall clock may start or end earlier on
 * the time line, but never if it is more than {@link SLACK} later; and a wall clock read at an instant is never further than that from
 * any wall clock that is placed there.
 */
export interface WindowSeries {
  /** Without those on excepted dates. */
  readonly occurrences: Occurrences;
  /** What is added to a start to find the end, on the wall; undefined where windows have no end. */
  readonly length: WallClock | undefined;
  /** @returns the window that starts there; undefined if daylight saving leaves it without length, or if it is past `UNTIL=…Z`. */
  windowOf(occurrence: WallClock): Window | undefined;
  /** @returns what the wall shows at an instant. */
  wallClockAt(at: Instant): WallClock;
}

/** Longer than the longest gap or fold of any zone, which is a whole day (Samoa left out 30 December 2011). */
export const SLACK = 2 * DAY;

/**
 * How many occurrences in a row a search passes over that give no boundary: those within {@link SLACK} (at most 288 a day for four days),
 * and any that daylight saving leaves without length. A yearly rule may have those for all the 400 years after which the calendar repeats.
 */
export const MOST_SKIPPED = 2_000;

/** The last few rules asked about: one is checked, warned of and asked for its first windows in a row. */
const MOST_KEPT = 4;
const kept: { readonly rule: WindowRule; readonly series: WindowSeries }[] = [];

/** @throws RangeError if the rule is not one that checkWindowRule finds usable. */
export function windowSeries(rule: WindowRule): WindowSeries {
  const known = kept.find((each) => each.rule === rule);
  if (known !== undefined) return known.series;
  const series = readSeries(rule);
  kept.unshift({ rule, series });
  if (kept.length > MOST_KEPT) kept.pop();
  return series;
}

function readSeries(rule: WindowRule): WindowSeries {
  const excepted = new Set(rule.except.map((date) => parseWallDay(date)).filter((day) => day !== undefined));
  const series = rule.repeat === undefined ? singleWindow(rule) : repeatingWindows(rule, rule.repeat);
  const started = excepted.size === 0 ? series : { ...series, occurrences: withoutDays(series.occurrences, excepted) };
  return rule.freezes === undefined || rule.freezes.length === 0 ? started : withoutFrozen(started, rule.freezes);
}

/** A freeze may be long and a rule fine: what it takes away is passed over in one step, not window by window. */
function withoutFrozen(series: WindowSeries, freezes: readonly Freeze[]): WindowSeries {
  const { occurrences, windowOf, wallClockAt } = series;
  const freezeOf = (occurrence: WallClock): Freeze | undefined => {
    const startsAt = windowOf(occurrence)?.startsAt;
    return startsAt === undefined
      ? undefined
      : freezes.find(({ from, to, since }) => startsAt >= from && startsAt < to && startsAt >= since);
  };
  const passOver = (
    found: WallClock | undefined,
    step: (from: WallClock, freeze: Freeze) => WallClock | undefined,
  ): WallClock | undefined => {
    let occurrence = found;
    for (let freeze = occurrence === undefined ? undefined : freezeOf(occurrence); occurrence !== undefined && freeze !== undefined; ) {
      occurrence = step(occurrence, freeze);
      freeze = occurrence === undefined ? undefined : freezeOf(occurrence);
    }
    return occurrence;
  };
  return {
    ...series,
    windowOf: (occurrence) => (freezeOf(occurrence) === undefined ? windowOf(occurrence) : undefined),
    occurrences: {
      // Near its ends a freeze is passed window by window: a change of the clocks may put a later wall clock earlier on the time line.
      next: (after) => passOver(occurrences.next(after), (from, { to }) => occurrences.next(Math.max(from, wallClockAt(to) - SLACK))),
      previous: (before) =>
        passOver(occurrences.previous(before), (from, { from: began, since }) =>
          occurrences.previous(Math.min(from, wallClockAt(latest(began, since)) + SLACK)),
        ),
      between: (from, to) => occurrences.between(from, to).filter((occurrence) => freezeOf(occurrence) === undefined),
    },
  };
}

/** @returns where a rule's windows start on the wall if no date were excepted. @throws RangeError as {@link windowSeries} does. */
export function plainOccurrences(rule: WindowRule): Occurrences {
  return windowSeries(rule.except.length === 0 ? rule : { ...rule, except: [] }).occurrences;
}

/** @returns the moment on the wall of a zone. @throws RangeError if it is not written as `YYYY-MM-DDTHH:MM[:SS]`. */
export function wallClockOf(moment: Moment, timeZone: string): WallClock {
  if (moment.kind === "fixed") return readWallClock(moment.at, timeZone);
  const wallClock = parseWallClock(moment.dateTime);
  if (wallClock === undefined) throw new RangeError(`"${moment.dateTime}" is not a local date and time`);
  return wallClock;
}

/** @returns the moment on the time line. @throws RangeError if it is not written as `YYYY-MM-DDTHH:MM[:SS]`. */
export function instantOf(moment: Moment, timeZone: string): Instant {
  return moment.kind === "fixed" ? moment.at : placeWallClock(wallClockOf(moment, timeZone), timeZone);
}

function singleWindow({ start, end, timeZone }: WindowRule): WindowSeries {
  const first = wallClockOf(start, timeZone);
  const startsAt = instantOf(start, timeZone);
  const endsAt = end && instantOf(end, timeZone);
  const window = windowBetween(startsAt, endsAt);
  return {
    occurrences: listedOccurrences([first]),
    length: end && wallClockOf(end, timeZone) - first,
    windowOf: () => window,
    wallClockAt: (at) => readWallClock(at, timeZone),
  };
}

function repeatingWindows({ start, end, timeZone }: WindowRule, repeat: string): WindowSeries {
  const first = wallClockOf(start, timeZone);
  const length = end && wallClockOf(end, timeZone) - first;
  const { occurrences, until } = repeatOccurrences(repeat, first, timeZone);
  const last = until?.kind === "instant" ? until.at : undefined;
  return {
    occurrences,
    length,
    windowOf: (occurrence) => {
      const startsAt = placeWallClock(occurrence, timeZone);
      if (last !== undefined && startsAt > last) return undefined;
      return windowBetween(startsAt, length === undefined ? undefined : placeWallClock(occurrence + length, timeZone));
    },
    wallClockAt: (at) => readWallClock(at, timeZone),
  };
}

function windowBetween(startsAt: Instant, endsAt: Instant | undefined): Window | undefined {
  if (endsAt === undefined) return { startsAt };
  return endsAt > startsAt ? { startsAt, endsAt } : undefined;
}
