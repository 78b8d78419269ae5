import { DAY, type Instant, latest, plus } from "../instant.ts";
import { type ClockChange, clockChanges } from "./clock-changes.ts";
import { formatWallClock, placeWallClock, readWallClock, type WallClock } from "./wall-clock.ts";
import type { WindowRule } from "./window-rule.ts";
import { instantOf, SLACK, type WindowSeries, windowSeries } from "./window-series.ts";

/** Of a rule that goes on, the windows of this time are told of: most zones change their clocks twice a year. */
const TOLD_AHEAD_MS = 200 * DAY;

/** The wall-clock times that a change of the clocks leaves out (`gap`) or shows twice (`fold`): `[from, to)` on the wall. */
interface OddTimes {
  readonly kind: "gap" | "fold";
  readonly from: WallClock;
  readonly to: WallClock;
}

function oddTimes({ at, shift }: ClockChange, timeZone: string): OddTimes {
  const after = readWallClock(at, timeZone);
  return shift > 0 ? { kind: "gap", from: after - shift, to: after } : { kind: "fold", from: after, to: after - shift };
}

/** A single window is told of however far ahead it is, and so is the first one of a rule. */
function changesToTell({ start, end, timeZone, repeat }: WindowRule, at: Instant): readonly ClockChange[] {
  const around = [start, ...(end === undefined ? [] : [end])].map((moment) => plus(instantOf(moment, timeZone), -SLACK));
  const [first = at] = around;
  const spans =
    repeat === undefined
      ? around.map((from) => [latest(plus(at, 1), from), plus(from, 2 * SLACK)] as const)
      : [[latest(plus(at, 1), first), plus(latest(at, first), TOLD_AHEAD_MS)] as const];
  const changes = spans.flatMap(([from, to]) => (from < to ? clockChanges(timeZone, from, to) : []));
  return [...new Map(changes.map((change) => [change.at, change])).values()];
}

function warningFor({ kind }: OddTimes, boundary: "start" | "end", wallClock: WallClock, timeZone: string): string {
  const typed = formatWallClock(wallClock);
  if (kind === "fold") return `the ${boundary} at ${typed} comes twice, because the clocks go back then: the first one counts`;
  const moved = formatWallClock(readWallClock(placeWallClock(wallClock, timeZone), timeZone));
  return `the ${boundary} at ${typed} does not exist, because the clocks go forward then: it is moved to ${moved}`;
}

/** @returns undefined for a window that happens, or that does not for another reason than the clocks. */
function lengthlessWarning({ length, windowOf }: WindowSeries, start: WallClock, timeZone: string): string | undefined {
  if (length === undefined || windowOf(start) !== undefined) return undefined;
  if (placeWallClock(start, timeZone) < placeWallClock(start + length, timeZone)) return undefined;
  const window = `the window from ${formatWallClock(start)} to ${formatWallClock(start + length)}`;
  return `${window} does not happen: the clocks go forward then and leave it no length`;
}

/**
 * @param rule one that checkWindowRule finds usable.
 * @returns what a marketer should know of coming starts and ends that fall where the clocks are changed (design 4): those of a single
 * window, and of a rule those of 200 days.
 */
export function daylightSavingWarnings(rule: WindowRule, at: Instant): readonly string[] {
  const { timeZone, start, end, repeat } = rule;
  const series = windowSeries(rule);
  const { occurrences, windowOf } = series;
  const length = series.length ?? 0;
  // A moment with an offset is not on the wall unless a rule repeats it there.
  const hasWallStart = repeat !== undefined || start.kind === "local";
  const hasWallEnd = series.length !== undefined && (repeat !== undefined || end?.kind === "local");
  return changesToTell(rule, at).flatMap((change) => {
    const odd = oddTimes(change, timeZone);
    const starts = hasWallStart ? occurrences.between(odd.from, odd.to - 1) : [];
    const ends = hasWallEnd ? occurrences.between(odd.from - length, odd.to - 1 - length) : [];
    const lengthless = [...new Set([...starts, ...ends])].map((each) => lengthlessWarning(series, each, timeZone));
    return [
      ...lengthless.filter((warning) => warning !== undefined),
      ...starts.filter(windowOf).map((wallClock) => warningFor(odd, "start", wallClock, timeZone)),
      ...ends.filter(windowOf).map((wallClock) => warningFor(odd, "end", wallClock + length, timeZone)),
    ];
  });
}
