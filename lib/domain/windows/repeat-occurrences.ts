import type { Occurrences } from "./occurrences.ts";
import { parseRepeat } from "./parse-repeat.ts";
import type { Until } from "./repeat-parts.ts";
import { createOccurrences } from "./rule-occurrences.ts";
import type { WallClock } from "./wall-clock.ts";

/** What a repeat rule selects from some start on. */
export interface Repeat {
  readonly occurrences: Occurrences;
  readonly until: Until | undefined;
}

/** Counting out `COUNT=300` takes milliseconds, and one campaign's rule is asked about for each of its targets. */
const MOST_KEPT = 50;
const kept = new Map<string, Repeat>();

/**
 * Reads a rule, or takes it from the fifty read last: the answer depends on nothing but what is given.
 *
 * @param timeZone places an `UNTIL=…Z`. @throws RangeError if the text is not a usable rule.
 */
export function repeatOccurrences(text: string, start: WallClock, timeZone: string): Repeat {
  const key = `${start} ${timeZone} ${text}`;
  const repeat = kept.get(key) ?? readRepeat(text, start, timeZone);
  kept.delete(key);
  kept.set(key, repeat);
  const [oldest] = kept.keys();
  if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest);
  return repeat;
}

function readRepeat(text: string, start: WallClock, timeZone: string): Repeat {
  const { parts, problems } = parseRepeat(text);
  if (parts === undefined) throw new RangeError(`"${text}" is not a repeat rule: ${problems.join("; ")}`);
  return { occurrences: createOccurrences(parts, start, timeZone), until: parts.until };
}
