import { DAY } from "../instant.ts";
import { listedOccurrences } from "./listed-occurrences.ts";
import type { Occurrences } from "./occurrences.ts";
import { periodicOccurrences } from "./periodic-occurrences.ts";
import { NUMBER_LIST_NAMES, type NumberList, type RepeatParts } from "./repeat-parts.ts";
import { searchedOccurrences } from "./searched-occurrences.ts";
import { readWallClock, type WallClock } from "./wall-clock.ts";

/** Where Doorman stops looking: the end of the last year that a record can name, 9999-12-31T23:59:59. In figures, since reading the text is a twentieth of a cold start. */
const HORIZON: WallClock = 253_402_300_799_000;

const TIMES_OF_DAY: ReadonlySet<NumberList> = new Set(["BYHOUR", "BYMINUTE", "BYSECOND"]);
const LONGEST_PERIOD = 400 * DAY;

/**
 * @param start the earliest wall clock; it is an occurrence only if the rule selects it. @param timeZone places an `UNTIL=…Z`.
 * @returns what the rule selects on the wall, up to the end of the year 9999.
 */
export function createOccurrences(parts: RepeatParts, start: WallClock, timeZone: string): Occurrences {
  const last = lastWallClock(parts, timeZone);
  const occurrences = searchedOccurrences(parts, start, last);
  if (parts.count !== undefined) return listedOccurrences(countOut(occurrences, start, parts.count));
  const period = periodOf(parts);
  return period === undefined ? occurrences : asPeriodic(occurrences, start, period, last);
}

/** After how long a rule of days, weekdays and weeks comes round. One that speaks of months or years, or picks out of a round, does not. */
function periodOf({ frequency, interval, lists, byDay = [] }: RepeatParts): WallClock | undefined {
  if (frequency === "MONTHLY" || frequency === "YEARLY") return undefined;
  if (NUMBER_LIST_NAMES.some((name) => lists[name] !== undefined && !TIMES_OF_DAY.has(name))) return undefined;
  const period = interval * (frequency === "DAILY" && byDay.length === 0 ? 1 : 7) * DAY;
  return period <= LONGEST_PERIOD ? period : undefined;
}

/** The first round is searched; the others are the same. */
function asPeriodic(occurrences: Occurrences, start: WallClock, period: WallClock, last: WallClock): Occurrences {
  const first = occurrences.between(start, start + period - 1);
  const offsets = first.map((occurrence) => occurrence - start);
  // UNTIL may have cut off the first round: then there is no other.
  return offsets.length === 0 || start + period > last ? listedOccurrences(first) : periodicOccurrences({ start, period, offsets, last });
}

/** An `UNTIL=…Z` is compared on the time line by whoever places the occurrences; here it only has to be late enough. */
function lastWallClock({ until }: RepeatParts, timeZone: string): WallClock {
  if (until === undefined) return HORIZON;
  return Math.min(HORIZON, until.kind === "wall" ? until.at : readWallClock(until.at, timeZone) + 2 * DAY);
}

function countOut(occurrences: Occurrences, start: WallClock, count: number): readonly WallClock[] {
  const counted: WallClock[] = [];
  let occurrence = occurrences.next(start - 1);
  while (occurrence !== undefined && counted.length < count) {
    counted.push(occurrence);
    occurrence = occurrences.next(occurrence);
  }
  return counted;
}
