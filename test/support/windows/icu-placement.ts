const HOUR = 3_600_000;
/** Longer than the longest gap (a day, Samoa 2011) on top of the largest offset (14 hours) takes. */
const REACH = 42 * HOUR;
/** No zone changes its clocks twice in so short a time. */
const STEP = 6 * HOUR;

const formats = new Map<string, Intl.DateTimeFormat>();
const sampled = new Map<string, number>();

/**
 * Puts a wall clock on the time line by trial: nothing is asked but what `Intl.DateTimeFormat` (ICU) shows on the wall at an instant.
 * Of the instants that show the wall clock, the first; if none does, the clocks were put forward over it, and it moves forward by the gap.
 *
 * @param wall milliseconds since 1970-01-01T00:00 on the wall. @returns milliseconds since 1970-01-01T00:00Z.
 */
export function placeByTrial(wall: number, timeZone: string): number {
  const offsets = offsetsAround(wall, timeZone);
  const showing = offsets.map((offset) => wall - offset).filter((at) => shownAt(at, timeZone) === wall);
  if (showing.length > 0) return Math.min(...showing);

  const change = firstLater(wall, timeZone, wall - Math.max(...offsets), wall - Math.min(...offsets));
  return wall - (shownAt(change - 1_000, timeZone) - (change - 1_000));
}

/** The instant in a gap at which the wall first shows more than `wall`, to the second. */
function firstLater(wall: number, timeZone: string, before: number, after: number): number {
  let [low, high] = [before - 1_000, after];
  while (high - low > 1_000) {
    const middle = Math.floor((low + high) / 2_000) * 1_000;
    if (shownAt(middle, timeZone) > wall) high = middle;
    else low = middle;
  }
  return high;
}

function offsetsAround(wall: number, timeZone: string): readonly number[] {
  const found = new Set<number>();
  for (let at = Math.floor((wall - REACH) / STEP) * STEP; at <= wall + REACH; at += STEP) {
    const key = `${timeZone} ${at}`;
    const offset = sampled.get(key) ?? shownAt(at, timeZone) - at;
    sampled.set(key, offset);
    found.add(offset);
  }
  return [...found];
}

/** @returns what the wall shows at an instant, in milliseconds since 1970-01-01T00:00 on that wall. */
export function shownAt(at: number, timeZone: string): number {
  const [month = 0, day = 0, year = 0, hour = 0, minute = 0, second = 0] = formatOf(timeZone).format(at).match(/\d+/g)?.map(Number) ?? [];
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known !== undefined) return known;
  const parts = { year: "numeric", month: "numeric", day: "numeric", hour: "numeric", minute: "numeric", second: "numeric" } as const;
  const format = new Intl.DateTimeFormat("en-US", { timeZone, hourCycle: "h23", calendar: "gregory", ...parts });
  formats.set(timeZone, format);
  return format;
}

/**
 * @param after milliseconds since 1970-01-01T00:00Z. @returns an instant within the next three years, to the second, at which the zone's
 * clocks change; undefined if steps of ten days show none.
 */
export function changeOfClocks(after: number, timeZone: string): number | undefined {
  const offsetAt = (at: number) => shownAt(at, timeZone) - at;
  const stride = 240 * HOUR;
  for (let at = after; at < after + 1_100 * 24 * HOUR; at += stride) {
    if (offsetAt(at) === offsetAt(at + stride)) continue;
    let [low, high] = [at, at + stride];
    while (high - low > 1_000) {
      const middle = Math.floor((low + high) / 2_000) * 1_000;
      if (offsetAt(middle) === offsetAt(low)) low = middle;
      else high = middle;
    }
    return high;
  }
  return undefined;
}
