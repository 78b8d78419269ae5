import fc from "fast-check";
import { expect, it } from "vitest";
import { instant } from "../../lib/domain/instant.ts";
import { activeWindow } from "../../lib/domain/windows/active-window.ts";
import { lastEnd } from "../../lib/domain/windows/last-end.ts";
import { nextChange } from "../../lib/domain/windows/next-change.ts";
import { windowsBetween } from "../../lib/domain/windows/windows-between.ts";
import { type AskedRule, windowRuleOf } from "../support/windows/asked-rule.ts";
import { type ListedWindow, type ListedWindows, listWindows } from "../support/windows/ical-windows.ts";
import { askedRules } from "../support/windows/random-asked-rules.ts";

/** A seed of its own makes every run the same; any other has to do as well. */
const SEED = 5545;
const RULES = 1_300;
const INSTANTS_PER_RULE = 18;
const FEWEST_CASES = 20_000;
const MOST_OCCURRENCES = 45;
/** A slow machine takes ten times the half minute that the longer of these takes here. */
const TIME_OUT = 600_000;
const DAY = 86_400_000;
/** Near the last instant that Temporal can hold. */
const LATEST = 8_000_000_000_000_000;

/** Everything in milliseconds since 1970-01-01T00:00Z. */
interface Answer {
  readonly at: number;
  readonly active: { readonly startsAt: number; readonly endsAt?: number | undefined } | undefined;
  readonly change: number | undefined;
  readonly ended: number | undefined;
}

interface Choice {
  readonly share: number;
  readonly isAtBoundary: boolean;
  readonly off: number;
}

const choices = fc.array(
  fc.record({
    share: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
    isAtBoundary: fc.constantFrom(true, true, true, false),
    off: fc.constantFrom(-1_000, 0, 0, 1_000),
  }),
  { minLength: INSTANTS_PER_RULE, maxLength: INSTANTS_PER_RULE },
);

function boundariesOf({ windows }: ListedWindows): readonly number[] {
  const boundaries = windows.flatMap(({ startsAt, endsAt }) => (Number.isFinite(endsAt) ? [startsAt, endsAt] : [startsAt]));
  return [...new Set(boundaries)].toSorted((one, other) => one - other);
}

/** At, just before and just after boundaries, and anywhere. */
function instantsOf(listed: ListedWindows, chosen: readonly Choice[]): readonly number[] {
  const boundaries = boundariesOf(listed);
  const [first = 0, last = first] = [boundaries[0], boundaries.at(-1)];
  return chosen.map(({ share, isAtBoundary, off }) => {
    const boundary = boundaries[Math.floor(share * boundaries.length)];
    if (isAtBoundary && boundary !== undefined) return boundary + off;
    return Math.floor((first - 3 * DAY + share * (last - first + 6 * DAY)) / 1_000) * 1_000;
  });
}

/** @returns undefined where the answer lies beyond what was listed. */
function answer({ windows, knownUntil }: ListedWindows, at: number): Answer | undefined {
  const boundaries = windows.flatMap(({ startsAt, endsAt }) => [startsAt, endsAt]);
  const change = Math.min(...boundaries.filter((boundary) => boundary > at));
  if (at >= knownUntil || (Number.isFinite(knownUntil) && change > knownUntil)) return undefined;
  const ended = Math.max(...windows.map(({ endsAt }) => endsAt).filter((end) => end <= at));
  const active = windows
    .filter(({ startsAt, endsAt }) => startsAt <= at && at < endsAt)
    .toSorted(byStart)
    .at(-1);
  return {
    at,
    active: active && { startsAt: active.startsAt, ...(Number.isFinite(active.endsAt) && { endsAt: active.endsAt }) },
    change: Number.isFinite(change) ? change : undefined,
    ended: Number.isFinite(ended) ? ended : undefined,
  };
}

function answerOf(asked: AskedRule, milliseconds: number): Answer {
  const rule = windowRuleOf(asked);
  const at = instant(milliseconds);
  return { at, active: activeWindow(rule, at), change: nextChange(rule, at), ended: lastEnd(rule, at) };
}

function byStart(one: ListedWindow, other: ListedWindow): number {
  if (one.startsAt !== other.startsAt) return one.startsAt - other.startsAt;
  return one.endsAt === other.endsAt ? 0 : one.endsAt - other.endsAt;
}

/** Each once, in order, as far as they start before `to`. */
function inOrder({ windows }: ListedWindows, to: number): readonly ListedWindow[] {
  const starting = windows.filter(({ startsAt }) => startsAt < to).toSorted(byStart);
  return starting.filter((window, index) => {
    const before = starting[index - 1];
    return before === undefined || byStart(before, window) !== 0;
  });
}

it(
  "windows agree with ical.js for the recurrence and with ICU, by trial, for the time line",
  () => {
    let cases = 0;

    fc.assert(
      fc.property(askedRules, choices, (asked, chosen) => {
        const listed = listWindows(asked, MOST_OCCURRENCES);
        const expected = instantsOf(listed, chosen).flatMap((at) => answer(listed, at) ?? []);
        cases += expected.length;

        const found = expected.map(({ at }) => answerOf(asked, at));

        expect(found).toEqual(expected);
      }),
      { numRuns: RULES, seed: SEED },
    );

    expect(cases).toBeGreaterThanOrEqual(FEWEST_CASES);
  },
  TIME_OUT,
);

it(
  "the windows of a whole stretch are those that ical.js and ICU give, in order",
  () => {
    fc.assert(
      fc.property(askedRules, (asked) => {
        const listed = listWindows(asked, MOST_OCCURRENCES);
        const to = Math.min(listed.knownUntil, LATEST);

        const found = windowsBetween(windowRuleOf(asked), instant(-LATEST), instant(to), MOST_OCCURRENCES + 1);

        expect(found.map(({ startsAt, endsAt = Number.POSITIVE_INFINITY }) => ({ startsAt, endsAt }))).toEqual(inOrder(listed, to));
      }),
      { numRuns: RULES, seed: SEED + 1 },
    );
  },
  TIME_OUT,
);
