import fc from "fast-check";
import { RRuleTemporal } from "rrule-temporal";
import { Temporal } from "temporal-polyfill";
import { expect, it } from "vitest";
import { instant } from "../../lib/domain/instant.ts";
import { checkWindowRule } from "../../lib/domain/windows/check-window-rule.ts";
import type { Window } from "../../lib/domain/windows/window-rule.ts";
import { windowsBetween } from "../../lib/domain/windows/windows-between.ts";
import { type AskedRule, windowRuleOf } from "../support/windows/asked-rule.ts";
import { askedRules } from "../support/windows/random-asked-rules.ts";

const TIME_OUT = 600_000;
const DAY = 86_400_000;
const NINE = 9 * 3_600_000;
const WEEKDAYS = ["SU", "MO", "TU", "WE", "TH", "FR", "SA"] as const;
const FIRST_YEAR = 1990;
const FIRST = Date.UTC(FIRST_YEAR, 0, 1);
const LAST = Date.UTC(9999, 11, 31);

/** Every day there is, looked at once: month, date, days of the month. Weekdays are counted from the first, a Monday. */
const DAYS = Array.from({ length: (LAST - FIRST) / DAY + 1 }, (_, index) => {
  const date = new Date(FIRST + index * DAY);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, date: date.getUTCDate(), weekday: date.getUTCDay() };
});

interface Plan {
  readonly frequency: "DAILY" | "MONTHLY" | "YEARLY";
  readonly interval: number;
  readonly startDay: number;
  readonly months: readonly number[];
  readonly dates: readonly number[];
  readonly weekdays: readonly number[];
  readonly count: number | undefined;
}

/** Dates that few months have, on few weekdays, at odd intervals. */
const plans: fc.Arbitrary<Plan> = fc.record({
  frequency: fc.constantFrom("DAILY", "DAILY", "MONTHLY", "YEARLY"),
  interval: fc.oneof(fc.constantFrom(1, 2, 3, 7, 11, 79, 773, 9_999), fc.integer({ min: 1, max: 200 })),
  startDay: fc.integer({ min: 0, max: 100 * 365 }),
  months: fc.oneof(fc.constant([2]), fc.uniqueArray(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 3 })),
  dates: fc.uniqueArray(fc.constantFrom(29, 30, 31, -29, -30, -31, 1), { minLength: 1, maxLength: 2 }),
  weekdays: fc.uniqueArray(fc.integer({ min: 0, max: 6 }), { maxLength: 2 }),
  count: fc.option(fc.constantFrom(1, 40, 1_000), { nil: undefined }),
});

function askedOf({ frequency, interval, startDay, months, dates, weekdays, count }: Plan): AskedRule {
  const start = new Date(FIRST + startDay * DAY).toISOString().slice(0, 10);
  const parts = [`FREQ=${frequency}`, `INTERVAL=${interval}`, `BYMONTH=${months.join(",")}`, `BYMONTHDAY=${dates.join(",")}`];
  if (weekdays.length > 0) parts.push(`BYDAY=${weekdays.map((weekday) => WEEKDAYS[weekday]).join(",")}`);
  if (count !== undefined) parts.push(`COUNT=${count}`);
  return { zone: "UTC", start: `${start}T09:00:00`, end: `${start}T10:00:00`, repeat: parts.join(";") };
}

/** Day by day to the end of time: nothing of the production code is used. */
function walked({ frequency, interval, startDay, months, dates, weekdays, count = Number.POSITIVE_INFINITY }: Plan): readonly number[] {
  const found: number[] = [];
  const start = DAYS[startDay] ?? { year: FIRST_YEAR, month: 1 };
  for (let index = startDay; index < DAYS.length && found.length < count; index += 1) {
    const day = DAYS[index];
    if (day === undefined || !months.includes(day.month)) continue;
    const length = new Date(Date.UTC(day.year, day.month, 0)).getUTCDate();
    if (!(dates.includes(day.date) || dates.includes(day.date - length - 1))) continue;
    if (weekdays.length > 0 && !weekdays.includes(day.weekday)) continue;
    const years = day.year - start.year;
    const rounds = { DAILY: index - startDay, MONTHLY: years * 12 + day.month - start.month, YEARLY: years }[frequency];
    if (rounds % interval === 0) found.push(FIRST + index * DAY + NINE);
  }
  return found;
}

const startsOf = (windows: readonly Window[]) => windows.map(({ startsAt }) => startsAt);

it(
  "rules that rarely match agree with a walk over every day there is, and those that never do are refused",
  () => {
    fc.assert(
      fc.property(plans, (plan) => {
        const rule = windowRuleOf(askedOf(plan));
        const expected = walked(plan);

        const isUsable = checkWindowRule(rule).problems.length === 0;
        const found = windowsBetween(rule, instant(FIRST), instant(LAST + 2 * DAY), 100);

        expect({ isUsable, starts: startsOf(found) }).toEqual({ isUsable: expected.length > 0, starts: expected.slice(0, 100) });
        const last = expected.at(-1);
        if (last === undefined) return;
        expect(startsOf(windowsBetween(rule, instant(last), instant(LAST + 2 * DAY), 2))).toEqual([last]);
      }),
      { numRuns: 40 },
    );
  },
  TIME_OUT,
);

it(
  "everyday rules agree with rrule-temporal",
  () => {
    fc.assert(
      fc.property(askedRules, ({ start, repeat: typed = "" }) => {
        // It takes UNTIL in UTC only; the other authorities are asked for the rest.
        const repeat = typed.replace(/;UNTIL=[^;]*/, "");
        const dtstart = Temporal.PlainDateTime.from(start).toZonedDateTime("UTC");
        const to = dtstart.add({ years: 3 });
        const rule = windowRuleOf({ zone: "UTC", start, repeat });

        const found = windowsBetween(rule, instant(dtstart.epochMilliseconds), instant(to.epochMilliseconds), 1_000);

        const listed = new RRuleTemporal({ rruleString: `DTSTART:${basic(dtstart)}\nRRULE:${repeat}` }).between(dtstart, to, true);
        const starts = listed.map(({ epochMilliseconds }) => epochMilliseconds).filter((at) => at < to.epochMilliseconds);
        expect(startsOf(found)).toEqual(starts.slice(0, 1_000));
      }),
      { numRuns: 300 },
    );
  },
  TIME_OUT,
);

function basic(zoned: Temporal.ZonedDateTime): string {
  return `${zoned.toPlainDateTime().toString({ smallestUnit: "second" }).replaceAll(/[-:]/g, "")}Z`;
}
