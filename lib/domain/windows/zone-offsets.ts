import { Temporal } from "temporal-polyfill";

/** A stretch `[from, to)` of the time line, in milliseconds since 1970-01-01T00:00Z, over which a zone keeps its clocks as they are. */
export interface OffsetSpell {
  readonly from: number;
  readonly to: number;
  /** What the wall is ahead of UTC, in whole milliseconds. */
  readonly offset: number;
}

const DAY_MS = 24 * 60 * 60 * 1_000;
/** Further than this is not searched: in zones that never change their clocks Temporal would look through decades. */
const BACK_MS = 32 * DAY_MS;
const AHEAD_MS = 366 * DAY_MS;
/** The first and last instants that Temporal can hold. */
const FARTHEST_MS = 8.64e15;
const NANOSECONDS_PER_MILLISECOND = 1_000_000;

/** Asking Temporal takes a hundred times as long as looking up; a year of one zone has three spells. */
const MOST_ZONES = 100;
const MOST_SPELLS = 16;
const kept = new Map<string, readonly OffsetSpell[]>();

/** Whoever asks goes on asking near by: the answer before is the answer now, nineteen times in twenty. */
let latest: { readonly timeZone: string; readonly spell: OffsetSpell } | undefined;

/**
 * Looks the spell up among those asked for last, or asks Temporal: the answer's offset depends on nothing but what is given. A spell may
 * be cut off a month before and a year after the instant, where nothing changes.
 *
 * @param timeZone IANA name. @throws RangeError if there is no such zone, or if Temporal cannot hold the instant.
 */
export function offsetSpellAt(at: number, timeZone: string): OffsetSpell {
  if (latest !== undefined && latest.timeZone === timeZone && latest.spell.from <= at && at < latest.spell.to) return latest.spell;
  const known = kept.get(timeZone) ?? [];
  const spell = known.find(({ from, to }) => from <= at && at < to);
  if (spell !== undefined) {
    latest = { timeZone, spell };
    return spell;
  }

  const found = findSpell(at, timeZone);
  kept.delete(timeZone);
  kept.set(timeZone, [found, ...known].slice(0, MOST_SPELLS));
  const [oldest] = kept.keys();
  if (kept.size > MOST_ZONES && oldest !== undefined) kept.delete(oldest);
  return found;
}

function findSpell(at: number, timeZone: string): OffsetSpell {
  const { offsetNanoseconds } = zoned(at, timeZone);
  const offset = Math.round(offsetNanoseconds / NANOSECONDS_PER_MILLISECOND);
  let from = Math.max(at - BACK_MS, -FARTHEST_MS);
  let next = changeAfter(from, timeZone);
  while (next !== undefined && next <= at) {
    from = next;
    next = changeAfter(from, timeZone);
  }
  return { from, to: Math.min(next ?? FARTHEST_MS, at + AHEAD_MS), offset };
}

/** The first change of the zone's clocks later than an instant, which Temporal finds if it is less than three years away. */
function changeAfter(at: number, timeZone: string): number | undefined {
  return zoned(at, timeZone).getTimeZoneTransition("next")?.epochMilliseconds;
}

function zoned(at: number, timeZone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone);
}
