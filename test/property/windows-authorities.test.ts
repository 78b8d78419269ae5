import { describe, expect, it } from "vitest";
import { activeWindow } from "../../lib/domain/windows/active-window.ts";
import { checkWindowRule } from "../../lib/domain/windows/check-window-rule.ts";
import { lastEnd } from "../../lib/domain/windows/last-end.ts";
import { nextChange } from "../../lib/domain/windows/next-change.ts";
import { type Answer, inSeconds, instantOfSeconds, seconds, windowRuleOf } from "../support/windows/asked-rule.ts";
import { readVectors, VECTOR_KINDS, type Vector } from "../support/windows/vectors.ts";

/** A slow machine takes ten times the half minute that the longest of these takes here. */
const TIME_OUT = 600_000;
const FEWEST_CASES = 20_000;
const FEWEST_ZONES = 40;
const MOST_BYTES = 2_000_000;
const PARTS = [
  ...["INTERVAL", "COUNT", "UNTIL", "WKST", "BYMONTH", "BYMONTHDAY", "BYDAY"],
  ...["BYYEARDAY", "BYWEEKNO", "BYSETPOS", "BYHOUR", "BYMINUTE", "BYSECOND"],
];

const vectors = new Map(VECTOR_KINDS.map((kind) => [kind, readVectors(kind)]));
const all = [...vectors.values()].flat();

function answers(vector: Vector): readonly Answer[] {
  const rule = windowRuleOf(vector);
  return vector.at.map(([second]) => {
    const at = instantOfSeconds(second);
    const [activeStart, activeEnd] = inSeconds(activeWindow(rule, at));
    return [second, activeStart, activeEnd, seconds(nextChange(rule, at)), seconds(lastEnd(rule, at))];
  });
}

describe("windows agree with python-dateutil for the recurrence and zoneinfo for the time line", () => {
  it.each(VECTOR_KINDS)(
    "%s windows: which is active, the next change and the last end",
    (kind) => {
      for (const vector of vectors.get(kind) ?? []) {
        const found = answers(vector);

        expect({ ...vector, at: found }).toEqual(vector);
      }
    },
    TIME_OUT,
  );

  it(
    "a person may type each of these rules: none has a problem",
    () => {
      const refused = all.filter((vector) => checkWindowRule(windowRuleOf(vector)).problems.length > 0);

      expect(refused).toEqual([]);
    },
    TIME_OUT,
  );
});

describe("the vectors", () => {
  it("are as many, over as many zones, as is promised", () => {
    const cases = all.reduce((sum, { at }) => sum + at.length, 0);
    const zones = new Set(all.map(({ zone }) => zone));

    expect(cases).toBeGreaterThanOrEqual(FEWEST_CASES);
    expect(zones.size).toBeGreaterThanOrEqual(FEWEST_ZONES);
    expect(JSON.stringify(all).length).toBeLessThan(MOST_BYTES);
  });

  it.each<readonly [name: string, pattern: RegExp]>([
    ...PARTS.map((part): [string, RegExp] => [part, new RegExp(`${part}=`)]),
    ["UNTIL as a date", /UNTIL=\d{8}(?:;|$)/],
    ["UNTIL as a local time", /UNTIL=\d{8}T\d{6}(?:;|$)/],
    ["UNTIL in UTC", /UNTIL=\d{8}T\d{6}Z/],
    ["days counted from the end of a month", /BYMONTHDAY=[^;]*-/],
    ["the last weekday", /BYDAY=[^;]*-1/],
    ["only every fifth round or fewer", /INTERVAL=(?:[5-9]|\d\d)/],
  ])("use %s at least ten times", (_name, pattern) => {
    const using = all.filter(({ repeat = "" }) => pattern.test(repeat));

    expect(using.length).toBeGreaterThanOrEqual(10);
  });

  it("ask about windows without end, excepted dates, leap days and decades ahead", () => {
    const endless = all.filter(({ end }) => end === undefined);
    const withExcepted = all.filter(({ except }) => except !== undefined);
    const fromLeapDays = all.filter(({ start }) => start.slice(5, 10) === "02-29");
    const farAhead = all.flatMap(({ at }) => at).filter(([second]) => second > Date.UTC(2046, 10, 22) / 1_000);

    expect([endless, withExcepted, fromLeapDays, farAhead].map(({ length }) => length >= 20)).toEqual([true, true, true, true]);
  });
});
