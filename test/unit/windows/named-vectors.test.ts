import { describe, expect, it } from "vitest";
import { parseMoment } from "../../../lib/application/record/moment.ts";
import { type Instant, plus } from "../../../lib/domain/instant.ts";
import { activeWindow } from "../../../lib/domain/windows/active-window.ts";
import { checkWindowRule } from "../../../lib/domain/windows/check-window-rule.ts";
import { lastEnd } from "../../../lib/domain/windows/last-end.ts";
import { nextChange } from "../../../lib/domain/windows/next-change.ts";
import type { Moment, Window, WindowRule } from "../../../lib/domain/windows/window-rule.ts";
import { windowsBetween } from "../../../lib/domain/windows/windows-between.ts";
import { GAPS_AND_FOLDS } from "./named-gaps-and-folds.ts";
import { RULES } from "./named-rules.ts";
import type { NamedVector } from "./named-vector.ts";
import { ZONES_WITH_A_HISTORY } from "./named-zones.ts";
import { at, windowOf } from "./rules.ts";

const ALL = [...GAPS_AND_FOLDS, ...ZONES_WITH_A_HISTORY, ...RULES];
const FIRST = at("1900-01-01T00:00Z");
const LAST = at("2500-01-01T00:00Z");

function moment(text: string): Moment {
  const read = parseMoment(text);
  if (read === undefined) throw new RangeError(`"${text}" is not a moment`);
  return read;
}

function ruleOf({ zone, start, end, repeat, except = [] }: NamedVector): WindowRule {
  return { start: moment(start), end: end === undefined ? undefined : moment(end), timeZone: zone, repeat, except };
}

function windowsOf({ windows }: NamedVector): readonly Window[] {
  return windows.map((text) => {
    const [startsAt = "", endsAt = ""] = text.split("/");
    return endsAt === "" ? windowOf(startsAt) : windowOf(startsAt, endsAt);
  });
}

function startsAndEnds(windows: readonly Window[]): readonly Instant[] {
  return [...new Set(windows.flatMap(({ startsAt, endsAt }) => (endsAt === undefined ? [startsAt] : [startsAt, endsAt])))];
}

/** The table is in order of start, of equal starts the one that ends last comes last: so the last that covers names it. */
function covering(windows: readonly Window[], instant: Instant): Window | undefined {
  return windows.findLast(({ startsAt, endsAt }) => startsAt <= instant && (endsAt === undefined || instant < endsAt));
}

describe.each([
  { what: "gaps and folds", vectors: GAPS_AND_FOLDS },
  { what: "zones with a history", vectors: ZONES_WITH_A_HISTORY },
  { what: "rules", vectors: RULES },
])("$what", ({ vectors }) => {
  it.each(vectors)("$name ($zone)", (vector) => {
    const expected = windowsOf(vector);

    const listed = windowsBetween(ruleOf(vector), vector.from === undefined ? FIRST : at(vector.from), LAST, expected.length + 1);

    expect(vector.isAll === true ? listed : listed.slice(0, expected.length)).toEqual(expected);
  });

  it.each(vectors)("at each start and end, and just before: $name ($zone)", (vector) => {
    const rule = ruleOf(vector);
    const windows = windowsOf(vector);
    const boundaries = startsAndEnds(windows);

    const changes = boundaries.map((boundary) => nextChange(rule, plus(boundary, -1)));
    const active = boundaries.map((boundary) => [activeWindow(rule, plus(boundary, -1)), activeWindow(rule, boundary)]);

    expect(changes).toEqual(boundaries);
    expect(active).toEqual(boundaries.map((boundary) => [covering(windows, plus(boundary, -1)), covering(windows, boundary)]));
  });

  it.each(vectors.filter(({ end }) => end !== undefined))("each end is the last end from then on: $name ($zone)", (vector) => {
    const ends = startsAndEnds(windowsOf(vector).map(({ endsAt }) => ({ startsAt: endsAt ?? FIRST })));

    const found = ends.map((end) => lastEnd(ruleOf(vector), end));

    expect(found).toEqual(ends);
  });

  it.each(vectors)("a person may type it: $name ($zone)", (vector) => {
    expect(checkWindowRule(ruleOf(vector)).problems).toEqual([]);
  });
});

it("nothing changes any more after the last boundary of a rule that ends", () => {
  const ending = ALL.filter(({ isAll }) => isAll === true);

  const further = ending.filter((vector) => {
    const boundaries = startsAndEnds(windowsOf(vector));
    return (
      nextChange(
        ruleOf(vector),
        boundaries.reduce((one, other) => (one > other ? one : other)),
      ) !== undefined
    );
  });

  expect(ending.length).toBeGreaterThan(40);
  expect(further).toEqual([]);
});

it("the zones are more than thirty, those with odd offsets and odd histories among them", () => {
  const zones = new Set(ALL.map(({ zone }) => zone));

  expect(zones.size).toBeGreaterThan(30);
  expect([...zones]).toEqual(
    expect.arrayContaining([
      "Australia/Lord_Howe",
      "Pacific/Apia",
      "Africa/Casablanca",
      "Asia/Tehran",
      "Asia/Kathmandu",
      "America/St_Johns",
      "Pacific/Chatham",
      "Africa/Monrovia",
    ]),
  );
});
