import { RRuleTemporal } from "rrule-temporal";
import { Temporal } from "temporal-polyfill";
import { DAY } from "../instant.ts";
import { listedOccurrences } from "./listed-occurrences.ts";
import { type Frequency, type RepeatParts, WEEKDAYS } from "./repeat-parts.ts";
import { parseWallClock, readWallClock, type WallClock, weekdayOf } from "./wall-clock.ts";

/** The wall-clock times that a rule selects, in order. Asked around a moment, never counted out from the first one. */
export interface Occurrences {
  /** @returns the first one later than `after`; undefined if there is none. */
  next(after: WallClock): WallClock | undefined;
  /** @returns the last one earlier than `before`; undefined if there is none. */
  previous(before: WallClock): WallClock | undefined;
  /** @returns those from `from` to `to`, both included, in order. */
  between(from: WallClock, to: WallClock): readonly WallClock[];
}

/** Where Doorman stops looking: the end of the last year that a record can name. */
const HORIZON: WallClock = parseWallClock("9999-12-31T23:59:59") ?? Number.MAX_SAFE_INTEGER;

/**
 * After how many empty rounds rrule-temporal gives up (it throws): beyond the longest gap of any rule worth having (a Monday that is a
 * 29 February: 40 years) and, but for days and weeks, beyond the 400 years after which the calendar repeats.
 */
const MOST_EMPTY_ROUNDS: Readonly<Record<Frequency, number>> = { DAILY: 20_000, WEEKLY: 5_000, MONTHLY: 5_000, YEARLY: 500 };

/** `COUNT` is counted out once from the start, so its rounds are limited in all: a hundred years of days. */
const MOST_COUNTED_ROUNDS = 40_000;

/**
 * @param start the earliest wall clock; it is an occurrence only if the rule selects it. @param timeZone places an `UNTIL=…Z`.
 * @returns what the rule selects. The library runs in UTC as if the wall clock were UTC: it would leave out times in a daylight-saving gap.
 */
export function createOccurrences(parts: RepeatParts, start: WallClock, timeZone: string): Occurrences {
  if (parts.count !== undefined) return listedOccurrences(countOut(parts, start, parts.count));

  const last = lastWallClock(parts, timeZone);
  const rule = createRule(parts, start, last, MOST_EMPTY_ROUNDS[parts.frequency]);
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
  const { lists, byDay, weekStart } = parts;
  // rrule-temporal 2.2.7 takes a missing weekday of BYWEEKNO from wherever it happens to begin searching, not from the start.
  const days = byDay ?? (lists.BYWEEKNO === undefined ? undefined : [WEEKDAYS[weekdayOf(start)] ?? "MO"]);
  return new RRuleTemporal({
    freq: parts.frequency,
    interval: parts.interval,
    dtstart: zoned(start),
    until: zoned(last),
    tzid: "UTC",
    maxIterations,
    ...(weekStart !== undefined && { wkst: weekStart }),
    ...(days !== undefined && { byDay: [...days] }),
    ...(lists.BYSECOND !== undefined && { bySecond: [...lists.BYSECOND] }),
    ...(lists.BYMINUTE !== undefined && { byMinute: [...lists.BYMINUTE] }),
    ...(lists.BYHOUR !== undefined && { byHour: [...lists.BYHOUR] }),
    ...(lists.BYMONTHDAY !== undefined && { byMonthDay: [...lists.BYMONTHDAY] }),
    ...(lists.BYYEARDAY !== undefined && { byYearDay: [...lists.BYYEARDAY] }),
    ...(lists.BYWEEKNO !== undefined && { byWeekNo: [...lists.BYWEEKNO] }),
    ...(lists.BYMONTH !== undefined && { byMonth: [...lists.BYMONTH] }),
    ...(lists.BYSETPOS !== undefined && { bySetPos: [...lists.BYSETPOS] }),
  });
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
