import fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import { describe, expect, it } from "vitest";
import { DAY, HOUR, type Instant, instant, MINUTE, plus } from "../../lib/domain/instant.ts";
import { activeWindow } from "../../lib/domain/windows/active-window.ts";
import { lastEnd } from "../../lib/domain/windows/last-end.ts";
import { nextChange } from "../../lib/domain/windows/next-change.ts";
import type { Window, WindowRule } from "../../lib/domain/windows/window-rule.ts";
import { windowsBetween } from "../../lib/domain/windows/windows-between.ts";

const ZONES = [
  "America/New_York",
  "Europe/Berlin",
  "Australia/Lord_Howe",
  "Pacific/Apia",
  "Africa/Casablanca",
  "Asia/Tehran",
  "Asia/Kathmandu",
  "America/St_Johns",
  "America/Sao_Paulo",
  "Africa/Cairo",
  "Antarctica/Troll",
  "Pacific/Chatham",
  "UTC",
];
const WEEKDAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];
/** How many days from its start a rule is looked at. */
const SPAN_DAYS = 60;

interface Plan {
  readonly timeZone: string;
  readonly start: Temporal.PlainDateTime;
  readonly lengthMinutes: number | undefined;
  readonly frequency: "DAILY" | "WEEKLY";
  readonly interval: number;
  readonly byDay: readonly string[];
  readonly count: number | undefined;
  readonly untilDays: number | undefined;
  readonly exceptDays: readonly number[];
  readonly hours: readonly number[];
}

/** A start within three weeks before a change of the zone's clocks, at an hour near the change, so that gaps and folds are hit often. */
const plans: fc.Arbitrary<Plan> = fc
  .record({
    timeZone: fc.constantFrom(...ZONES),
    from: fc.integer({ min: Date.UTC(2005, 0, 1), max: Date.UTC(2030, 0, 1) }),
    daysBefore: fc.integer({ min: 0, max: 20 }),
    minutesOff: fc.oneof(fc.integer({ min: -90, max: 90 }), fc.integer({ min: -1_500, max: 1_500 })),
    lengthMinutes: fc.option(
      fc.oneof(fc.integer({ min: 1, max: 180 }), fc.integer({ min: 1, max: 4_000 }), fc.integer({ min: 1, max: 60 * 24 * 20 })),
      { nil: undefined, freq: 8 },
    ),
    frequency: fc.constantFrom("DAILY", "WEEKLY"),
    interval: fc.constantFrom(1, 1, 1, 2, 3, 5),
    byDay: fc.subarray(WEEKDAYS),
    count: fc.option(fc.integer({ min: 1, max: 40 }), { nil: undefined }),
    untilDays: fc.option(fc.integer({ min: 0, max: 50 }), { nil: undefined }),
    exceptDays: fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 4 }),
    hours: fc.oneof(fc.constant([]), fc.uniqueArray(fc.integer({ min: 0, max: 5 }), { minLength: 1, maxLength: 3 })),
  })
  .map(({ from, daysBefore, minutesOff, ...rest }) => {
    const zoned = Temporal.Instant.fromEpochMilliseconds(from).toZonedDateTimeISO(rest.timeZone);
    const change = zoned.getTimeZoneTransition("next") ?? zoned;
    const start = change.toPlainDateTime().round("minute").add({ minutes: minutesOff }).subtract({ days: daysBefore });
    return { ...rest, start, untilDays: rest.count === undefined ? rest.untilDays : undefined };
  });

function ruleOf(plan: Plan): WindowRule {
  const { start, lengthMinutes, frequency, interval, byDay, count, untilDays, exceptDays, hours } = plan;
  const until = untilDays === undefined ? undefined : start.toPlainDate().add({ days: untilDays }).toString().replaceAll("-", "");
  const parts = [
    `FREQ=${frequency}`,
    interval === 1 ? "" : `INTERVAL=${interval}`,
    byDay.length === 0 ? "" : `BYDAY=${byDay.join(",")}`,
    hours.length === 0 ? "" : `BYHOUR=${hours.join(",")}`,
    count === undefined ? "" : `COUNT=${count}`,
    until === undefined ? "" : `UNTIL=${until}`,
  ];
  const text = (dateTime: Temporal.PlainDateTime) => dateTime.toString({ smallestUnit: "minute" });
  return {
    start: { kind: "local", dateTime: text(start) },
    end: lengthMinutes === undefined ? undefined : { kind: "local", dateTime: text(start.add({ minutes: lengthMinutes })) },
    timeZone: plan.timeZone,
    repeat: parts.filter((part) => part !== "").join(";"),
    except: exceptDays.map((days) => start.toPlainDate().add({ days }).toString()),
  };
}

/** Whether a rule selects the date that many days after its start. */
function selects({ start, frequency, interval, byDay }: Plan, offset: number): boolean {
  const date = start.toPlainDate().add({ days: offset });
  const monday = start.toPlainDate().subtract({ days: start.dayOfWeek - 1 });
  const rounds = frequency === "DAILY" ? offset : Math.floor(monday.until(date, { largestUnit: "day" }).days / 7);
  const ownDays = frequency === "WEEKLY" ? [WEEKDAYS[start.dayOfWeek - 1]] : WEEKDAYS;
  return rounds % interval === 0 && (byDay.length > 0 ? byDay : ownDays).includes(WEEKDAYS[date.dayOfWeek - 1] ?? "");
}

/** Every wall-clock time that a rule selects, with how many days after its start it is. */
function selectedTimes(plan: Plan): readonly { readonly offset: number; readonly begins: Temporal.PlainDateTime }[] {
  const { start, count = Number.POSITIVE_INFINITY, untilDays = Number.POSITIVE_INFINITY } = plan;
  const hours = plan.hours.length > 0 ? plan.hours.toSorted((one, other) => one - other) : [start.hour];
  return Array.from({ length: SPAN_DAYS + 31 }, (_, offset) => offset)
    .filter((offset) => offset <= untilDays && selects(plan, offset))
    .flatMap((offset) => hours.map((hour) => ({ offset, begins: start.add({ days: offset }).with({ hour }) })))
    .filter(({ begins }) => Temporal.PlainDateTime.compare(begins, start) >= 0)
    .slice(0, count);
}

/** The same windows, found by walking over the days: nothing of the production code is used. */
function walkedWindows(plan: Plan): readonly Window[] {
  const { timeZone, lengthMinutes, exceptDays } = plan;
  const place = (dateTime: Temporal.PlainDateTime) =>
    instant(dateTime.toZonedDateTime(timeZone, { disambiguation: "compatible" }).epochMilliseconds);
  const windows = selectedTimes(plan)
    .filter(({ offset }) => !exceptDays.includes(offset))
    .map(({ begins }): Window => {
      const startsAt = place(begins);
      return lengthMinutes === undefined ? { startsAt } : { startsAt, endsAt: place(begins.add({ minutes: lengthMinutes })) };
    })
    .filter(({ startsAt, endsAt }) => endsAt === undefined || endsAt > startsAt)
    .sort((one, other) => one.startsAt - other.startsAt || (one.endsAt ?? 0) - (other.endsAt ?? 0));
  return windows.filter((window, index) => JSON.stringify(window) !== JSON.stringify(windows[index - 1]));
}

/** Instants at, just before and between the boundaries of a plan, and anywhere in its span. */
function momentsOf(plan: Plan, windows: readonly Window[], random: readonly number[]): readonly Instant[] {
  const first = instant(plan.start.toZonedDateTime(plan.timeZone).epochMilliseconds);
  const boundaries = windows.slice(0, 40).flatMap(({ startsAt, endsAt }) => (endsAt === undefined ? [startsAt] : [startsAt, endsAt]));
  return [
    ...boundaries,
    ...boundaries.map((at) => plus(at, -1)),
    ...random.map((share) => plus(first, share * (SPAN_DAYS + 2) * DAY - DAY)),
  ].filter((at) => at <= first + SPAN_DAYS * DAY);
}

const covers = ({ startsAt, endsAt }: Window, at: Instant) => startsAt <= at && (endsAt === undefined || at < endsAt);
const least = (instants: readonly number[]) => (instants.length === 0 ? undefined : Math.min(...instants));
const most = (instants: readonly number[]) => (instants.length === 0 ? undefined : Math.max(...instants));
const shares = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 4, maxLength: 4 });

describe("windows agree with a walk over the days", () => {
  it("the active window is the one that started last of those that cover the instant", () => {
    fc.assert(
      fc.property(plans, shares, (plan, random) => {
        const windows = walkedWindows(plan);

        for (const at of momentsOf(plan, windows, random)) {
          const active = activeWindow(ruleOf(plan), at);
          expect(active).toEqual(windows.findLast((window) => covers(window, at)));
        }
      }),
      { numRuns: 200 },
    );
  });

  it("the next change is the first start or end after the instant", () => {
    fc.assert(
      fc.property(plans, shares, (plan, random) => {
        const windows = walkedWindows(plan);
        const boundaries = windows.flatMap(({ startsAt, endsAt }) => [startsAt, ...(endsAt === undefined ? [] : [endsAt])]);

        for (const at of momentsOf(plan, windows, random)) {
          const change = nextChange(ruleOf(plan), at);
          const expected = least(boundaries.filter((boundary) => boundary > at));
          // The walk ends a month after the span; what lies beyond it is not known to it.
          const complete = plan.untilDays !== undefined || selectedTimes(plan).length === plan.count;
          if (expected !== undefined || complete) expect(change).toBe(expected);
        }
      }),
      { numRuns: 200 },
    );
  });

  it("the last end is the latest end at or before the instant", () => {
    fc.assert(
      fc.property(plans, shares, (plan, random) => {
        const windows = walkedWindows(plan);
        const ends = windows.flatMap(({ endsAt }) => (endsAt === undefined ? [] : [endsAt]));

        for (const at of momentsOf(plan, windows, random)) {
          const end = lastEnd(ruleOf(plan), at);
          expect(end).toBe(most(ends.filter((candidate) => candidate <= at)));
        }
      }),
      { numRuns: 200 },
    );
  });

  it("the windows of a stretch are those that overlap it, in order of start", () => {
    fc.assert(
      fc.property(plans, shares, fc.integer({ min: 1, max: 12 }), (plan, random, limit) => {
        const windows = walkedWindows(plan);
        const [from = instant(0), to = instant(0)] = momentsOf(plan, [], random).toSorted((one, other) => one - other);

        const found = windowsBetween(ruleOf(plan), from, to, limit);

        const overlapping = windows.filter(({ startsAt, endsAt }) => startsAt < to && (endsAt === undefined || endsAt > from) && from < to);
        expect(found).toEqual(overlapping.slice(0, limit));
      }),
      { numRuns: 300 },
    );
  });
});

describe("windows never blink", () => {
  it("between two changes in a row the active window stays the same, and a change is later than what it was asked for", () => {
    fc.assert(
      fc.property(plans, shares, (plan, random) => {
        const rule = ruleOf(plan);
        let at = plus(instant(plan.start.toZonedDateTime(plan.timeZone).epochMilliseconds), -DAY);

        for (let step = 0; step < 12; step += 1) {
          const change = nextChange(rule, at);
          const until = change ?? plus(at, 400 * DAY);
          expect(until).toBeGreaterThan(at);
          const samples = random.map((share) => plus(at, Math.floor(share * (until - at - 1))));
          const active = new Set([at, plus(until, -1), ...samples].map((moment) => JSON.stringify(activeWindow(rule, moment))));
          expect([...active]).toHaveLength(1);
          if (change === undefined) return;
          at = change;
        }
      }),
      { numRuns: 200 },
    );
  });

  it("a window covers its start and not its end", () => {
    fc.assert(
      fc.property(plans, shares, (plan, [share = 0]) => {
        const rule = ruleOf({ ...plan, lengthMinutes: plan.lengthMinutes ?? 60 });
        const at = plus(instant(plan.start.toZonedDateTime(plan.timeZone).epochMilliseconds), share * 30 * DAY);

        for (const window of windowsBetween(rule, at, plus(at, 3 * DAY + 5 * HOUR + 7 * MINUTE), 5)) {
          const { startsAt, endsAt = startsAt } = window;
          expect(activeWindow(rule, startsAt)?.startsAt).toBe(startsAt);
          expect(activeWindow(rule, endsAt)).not.toEqual(window);
          expect(lastEnd(rule, endsAt)).toBe(endsAt);
        }
      }),
      { numRuns: 200 },
    );
  });
});
