import { RRuleTemporal } from "rrule-temporal";
import { Temporal } from "temporal-polyfill";
import { DAY } from "../instant.ts";
import { listedOccurrences } from "./listed-occurrences.ts";
import type { Occurrences } from "./occurrences.ts";
import { type Pattern, periodicOccurrences } from "./periodic-occurrences.ts";
import { type Frequency, NUMBER_LIST_NAMES, type NumberList, type RepeatParts, WEEKDAYS } from "./repeat-parts.ts";
import { parseWallClock, readWallClock, type WallClock, weekdayOf } from "./wall-clock.ts";

/** Where Doorman stops looking: the end of the last year that a record can name. */
const HORIZON: WallClock = parseWallClock("9999-12-31T23:59:59") ?? Number.MAX_SAFE_INTEGER;

/**
 * After how many empty rounds rrule-temporal gives up (it throws): beyond the longest gap of any rule worth having (a Monday that is a
 * 29 February: 40 years) and, but for days and weeks, beyond the 400 years after which the calendar repeats.
 */
const MOST_EMPTY_ROUNDS: Readonly<Record<Frequency, number>> = { DAILY: 20_000, WEEKLY: 5_000, MONTHLY: 5_000, YEARLY: 500 };

/** `COUNT` is counted out once from the start, so its rounds are limited in all: a hundred years of days. */
const MOST_COUNTED_ROUNDS = 40_000;

const TIMES_OF_DAY: ReadonlySet<NumberList> = new Set(["BYHOUR", "BYMINUTE", "BYSECOND"]);
const WEEKDAY_NAMES: ReadonlySet<string> = new Set(WEEKDAYS);
const LONGEST_PERIOD = 400 * DAY;

/** What rrule-temporal calls each list. */
const LIST_OPTIONS = {
  BYSECOND: "bySecond",
  BYMINUTE: "byMinute",
  BYHOUR: "byHour",
  BYMONTHDAY: "byMonthDay",
  BYYEARDAY: "byYearDay",
  BYWEEKNO: "byWeekNo",
  BYMONTH: "byMonth",
  BYSETPOS: "bySetPos",
} as const satisfies Record<NumberList, string>;

/**
 * @param start the earliest wall clock; it is an occurrence only if the rule selects it. @param timeZone places an `UNTIL=…Z`.
 * @returns what the rule selects. The library runs in UTC as if the wall clock were UTC: it would leave out times in a daylight-saving gap.
 */
export function createOccurrences(parts: RepeatParts, start: WallClock, timeZone: string): Occurrences {
  if (parts.count !== undefined) return listedOccurrences(countOut(parts, start, parts.count));

  const last = lastWallClock(parts, timeZone);
  const rule = createRule(parts, start, last, MOST_EMPTY_ROUNDS[parts.frequency]);
  const pattern = findPattern(rule, parts, start, last);
  if (pattern !== undefined) return periodicOccurrences(pattern);
  return {
    next: (after) => (after >= last ? undefined : found(() => rule.next(zoned(Math.max(after, start - 1)), false))),
    previous: (before) => (before <= start ? undefined : found(() => rule.previous(zoned(Math.min(before, last + 1)), false))),
    between: (from, to) => {
      const [earliest, latest] = [Math.max(from, start), Math.min(to, last)];
      if (earliest > latest) return [];
      return attempt(() => rule.between(zoned(earliest), zoned(latest), true))?.map(({ epochMilliseconds }) => epochMilliseconds) ?? [];
    },
  };
}

/** After how long a rule of days, weekdays and weeks comes round. One that speaks of months or years, or picks out of a round, does not. */
function periodOf({ frequency, interval, lists, byDay = [] }: RepeatParts): WallClock | undefined {
  if (frequency === "MONTHLY" || frequency === "YEARLY" || byDay.some((day) => !WEEKDAY_NAMES.has(day))) return undefined;
  if (NUMBER_LIST_NAMES.some((name) => lists[name] !== undefined && !TIMES_OF_DAY.has(name))) return undefined;
  const period = interval * (frequency === "DAILY" && byDay.length === 0 ? 1 : 7) * DAY;
  return period <= LONGEST_PERIOD ? period : undefined;
}

/** The library selects the first round; the others are the same. */
function findPattern(rule: RRuleTemporal, parts: RepeatParts, start: WallClock, last: WallClock): Pattern | undefined {
  const period = periodOf(parts);
  if (period === undefined) return undefined;
  const first = attempt(() => rule.between(zoned(start), zoned(start + period - 1), true));
  if (first === undefined || first.length === 0) return undefined;
  return { start, period, offsets: first.map(({ epochMilliseconds }) => epochMilliseconds - start), last };
}

/** An `UNTIL=…Z` is compared on the time line by whoever places the occurrences; here it only has to be late enough. */
function lastWallClock({ until }: RepeatParts, timeZone: string): WallClock {
  if (until === undefined) return HORIZON;
  return Math.min(HORIZON, until.kind === "wall" ? until.at : readWallClock(until.at, timeZone) + 2 * DAY);
}

function countOut(parts: RepeatParts, start: WallClock, count: number): readonly WallClock[] {
  const counted: WallClock[] = [];
  attempt(() =>
    createRule(parts, start, HORIZON, MOST_COUNTED_ROUNDS).all(({ epochMilliseconds }) => {
      if (counted.length < count) counted.push(epochMilliseconds);
      return counted.length < count;
    }),
  );
  return counted;
}

function createRule(parts: RepeatParts, start: WallClock, last: WallClock, maxIterations: number): RRuleTemporal {
  const { frequency, interval, lists, weekStart } = parts;
  // rrule-temporal 2.2.7 takes a missing weekday of BYWEEKNO from wherever it happens to begin searching, not from the start.
  const byDay = parts.byDay ?? (lists.BYWEEKNO === undefined ? undefined : WEEKDAYS.slice(weekdayOf(start), weekdayOf(start) + 1));
  return new RRuleTemporal({
    freq: frequency,
    interval,
    dtstart: zoned(start),
    until: zoned(last),
    tzid: "UTC",
    maxIterations,
    ...listOptions(lists),
    ...(weekStart !== undefined && { wkst: weekStart }),
    ...(byDay !== undefined && { byDay: [...byDay] }),
  });
}

function listOptions(lists: RepeatParts["lists"]): Partial<Record<(typeof LIST_OPTIONS)[NumberList], number[]>> {
  return Object.fromEntries(
    NUMBER_LIST_NAMES.flatMap((name) => (lists[name] === undefined ? [] : [[LIST_OPTIONS[name], [...lists[name]]]])),
  );
}

function zoned(wallClock: WallClock): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(wallClock).toZonedDateTimeISO("UTC");
}

function found(search: () => Temporal.ZonedDateTime | null): WallClock | undefined {
  return attempt(search)?.epochMilliseconds;
}

/** @returns undefined where the library gives up: no such occurrence within {@link MOST_EMPTY_ROUNDS}. */
function attempt<Value>(search: () => Value): Value | undefined {
  try {
    return search();
  } catch {
    return undefined;
  }
}
