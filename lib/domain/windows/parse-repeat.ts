import { closestName } from "./closest-name.ts";
import { quoted } from "./quoted.ts";
import { combinationProblems } from "./repeat-combinations.ts";
import { FREQUENCIES, type Frequency, NUMBER_LIST_NAMES, NUMBER_LISTS, type RepeatParts } from "./repeat-parts.ts";
import { type Read, readByDay, readNumberList, readUntil, readWeekday, readWholeNumber } from "./repeat-values.ts";

/** A recurrence rule as read: usable if there are no problems. */
export interface ParsedRepeat {
  readonly parts?: RepeatParts | undefined;
  /** In a marketer's words, all at once. */
  readonly problems: readonly string[];
}

const NAMES: readonly string[] = ["FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "WKST", ...NUMBER_LIST_NAMES];
const LONGEST_TEXT = 1_000;
const MOST_OCCURRENCES = 1_000;
const LONGEST_INTERVAL = 10_000;

/** Names from elsewhere in a calendar file, and what to do instead. */
const FOREIGN: Readonly<Record<string, string>> = {
  DTSTART: "the first window is set by `start`; leave DTSTART out",
  DTEND: "the length of a window is set by `start` and `end`; leave DTEND out",
  TZID: "the zone is set by `timeZone`; leave TZID out",
  EXDATE: "name dates without a window in `except`; leave EXDATE out",
  RDATE: "single extra dates need a campaign of their own; leave RDATE out",
  RSCALE: "dates are always those of the everyday (Gregorian) calendar; leave RSCALE out",
  SKIP: "a date that a month does not have is left out; leave SKIP out",
};

/** @param text an RFC 5545 recurrence rule without `RRULE:`, capitals or not. @returns the rule, or everything that is wrong with it. */
export function parseRepeat(text: string): ParsedRepeat {
  const { values, problems: shapeProblems } = splitParts(text);
  if (shapeProblems.length > 0) return { problems: shapeProblems };

  const problems: string[] = [];
  const read = <Value>(name: string, reader: (value: string) => Read<Value>): Value | undefined => {
    const value = values.get(name);
    if (value === undefined) return undefined;
    const result = reader(value);
    if (result.ok) return result.value;
    problems.push(`${name}=${shortened(value)}: ${result.failure}`);
    return undefined;
  };

  const frequency = read("FREQ", readFrequency);
  const lists = Object.fromEntries(
    NUMBER_LIST_NAMES.map((name) => [name, read(name, (value) => readNumberList(value, NUMBER_LISTS[name]))]).filter(
      ([, list]) => list !== undefined,
    ),
  );
  const rest = {
    interval: read("INTERVAL", (value) => readWholeNumber(value, LONGEST_INTERVAL)) ?? 1,
    count: read("COUNT", (value) => readWholeNumber(value, MOST_OCCURRENCES)),
    until: read("UNTIL", readUntil),
    byDay: read("BYDAY", readByDay),
    weekStart: read("WKST", readWeekday),
  };
  if (!values.has("FREQ")) problems.push(`it does not say how often: begin with FREQ=, one of ${FREQUENCIES.join(", ")}`);
  if (frequency === undefined || problems.length > 0) return { problems };

  const parts = { frequency, ...rest, lists };
  const combined = combinationProblems(parts);
  return combined.length > 0 ? { problems: combined } : { parts, problems: [] };
}

function splitParts(text: string): { readonly values: ReadonlyMap<string, string>; readonly problems: readonly string[] } {
  const values = new Map<string, string>();
  const problems: string[] = [];
  if (text.length > LONGEST_TEXT)
    return { values, problems: [`it is ${text.length} characters long; at most ${LONGEST_TEXT} are read: write it shorter`] };
  if (/^rrule:/i.test(text)) return { values, problems: [`leave out the ${quoted(text.slice(0, 6))} in front`] };
  if (/(?:^|[\s;])DTSTART[:;=]/i.test(text)) return { values, problems: [unknownName("DTSTART")] };
  if (/\s/.test(text)) return { values, problems: ["it holds a space or a line break: a rule is one line without spaces: take it out"] };

  for (const part of text.toUpperCase().split(";")) {
    const [name = "", ...rest] = part.split("=");
    const value = rest.join("=");
    problems.push(...partProblems(name, value, values));
    values.set(name, value);
  }
  return { values, problems: [...new Set(problems)] };
}

function partProblems(name: string, value: string, before: ReadonlyMap<string, string>): readonly string[] {
  if (name === "" && value === "") return ['it has an empty part: write NAME=VALUE, with one ";" between two parts and none at the end'];
  if (!NAMES.includes(name)) return [unknownName(name)];
  if (value === "") return [`${name} has no value: write ${name}=…`];
  return before.has(name) ? [`${name} is there twice: put all its values behind one ${name}=`] : [];
}

function unknownName(name: string): string {
  const foreign = Object.entries(FOREIGN).find(([known]) => name === known || name.startsWith(`${known}:`) || name.startsWith(`${known}/`));
  if (foreign !== undefined) return `${foreign[0]} does not belong in a repeat rule: ${foreign[1]}`;
  const isFrequency = FREQUENCIES.some((known) => known === name);
  const meant = isFrequency ? `FREQ=${name}` : closestName(name, NAMES);
  return `${quoted(name)} is not a part of a repeat rule${meant === undefined ? `; the parts are ${NAMES.join(", ")}` : `: did you mean ${meant}?`}`;
}

function readFrequency(value: string): Read<Frequency> {
  const frequency = FREQUENCIES.find((known) => known === value);
  if (frequency !== undefined) return { ok: true, value: frequency };
  if (["HOURLY", "MINUTELY", "SECONDLY"].includes(value)) {
    return { ok: false, failure: "windows cannot come round faster than once a day; use DAILY with BYHOUR (FREQ=DAILY;BYHOUR=9,12,15)" };
  }
  const meant = closestName(value, FREQUENCIES);
  return { ok: false, failure: meant === undefined ? `write one of ${FREQUENCIES.join(", ")}` : `did you mean ${meant}?` };
}

function shortened(value: string): string {
  return quoted(value).slice(1, -1);
}
