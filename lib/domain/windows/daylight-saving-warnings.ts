import { Temporal } from "temporal-polyfill";
import { DAY, type Instant, instant, plus } from "../instant.ts";
import { formatWallClock, placeWallClock, readWallClock, type WallClock } from "./wall-clock.ts";
import type { WindowRule } from "./window-rule.ts";
import { windowSeries } from "./window-series.ts";

/** Every zone that changes its clocks does so again within this time, so that each change is told of well before it comes. */
const TOLD_AHEAD_MS = 200 * DAY;
const MOST_CHANGES = 4;

/** The wall-clock times that a change of the clocks leaves out (`gap`) or shows twice (`fold`): `[from, to)` on the wall. */
interface ClockChange {
  readonly kind: "gap" | "fold";
  readonly from: WallClock;
  readonly to: WallClock;
}

function changeAt(at: Instant, timeZone: string): ClockChange {
  const before = readWallClock(plus(at, -1), timeZone) + 1;
  const after = readWallClock(at, timeZone);
  return before < after ? { kind: "gap", from: before, to: after } : { kind: "fold", from: after, to: before };
}

function changesWithin(at: Instant, timeZone: string): readonly ClockChange[] {
  const changes: ClockChange[] = [];
  let zoned: Temporal.ZonedDateTime | null = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone);
  while (changes.length < MOST_CHANGES) {
    zoned = zoned.getTimeZoneTransition("next");
    if (zoned === null || zoned.epochMilliseconds > at + TOLD_AHEAD_MS) break;
    changes.push(changeAt(instant(zoned.epochMilliseconds), timeZone));
  }
  return changes;
}

function warningFor(change: ClockChange, boundary: "start" | "end", wallClock: WallClock, timeZone: string): string {
  const typed = formatWallClock(wallClock);
  if (change.kind === "fold") return `the ${boundary} at ${typed} comes twice, because the clocks go back then: the first one counts`;
  const moved = formatWallClock(readWallClock(placeWallClock(wallClock, timeZone), timeZone));
  return `the ${boundary} at ${typed} does not exist, because the clocks go forward then: it is moved to ${moved}`;
}

/**
 * @param rule one that checkWindowRule finds usable.
 * @returns what a marketer should know of coming starts and ends, in the next 200 days, that fall where the clocks are changed (design 4).
 */
export function daylightSavingWarnings(rule: WindowRule, at: Instant): readonly string[] {
  const { timeZone, start, end, repeat } = rule;
  const { occurrences, length } = windowSeries(rule);
  // A moment with an offset is not on the wall unless a rule repeats it there.
  const hasWallStart = repeat !== undefined || start.kind === "local";
  const hasWallEnd = length !== undefined && (repeat !== undefined || end?.kind === "local");
  return changesWithin(at, timeZone).flatMap((change) => {
    const starts = hasWallStart ? occurrences.between(change.from, change.to - 1) : [];
    const ends = hasWallEnd ? occurrences.between(change.from - length, change.to - 1 - length) : [];
    return [
      ...starts.map((wallClock) => warningFor(change, "start", wallClock, timeZone)),
      ...ends.map((wallClock) => warningFor(change, "end", wallClock + (length ?? 0), timeZone)),
    ];
  });
}
