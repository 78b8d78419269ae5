import fc from "fast-check";
import type { AskedRule } from "./asked-rule.ts";
import { changeOfClocks, shownAt } from "./icu-placement.ts";

const DAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"] as const;
const MINUTE = 60_000;
const DAY = 1_440 * MINUTE;
/** How long a round of each frequency is at least. */
const ROUND_DAYS = { DAILY: 1, WEEKLY: 7, MONTHLY: 28, YEARLY: 365 } as const;
/** Places of a weekday in its month; an empty one means all. A fifth one that the first month lacks makes ical.js skip the start. */
const MONTHLY_PLACES = ["", "1", "2", "3", "4", "-1", "-2"];
const YEARLY_PLACES = ["1", "2", "3", "4", "5", "-1", "-2"];

type Frequency = keyof typeof ROUND_DAYS;
type Parts = Readonly<Record<string, string>>;

/** Every zone that this Node knows. */
const ALL_ZONES: readonly string[] = Intl.supportedValuesOf("timeZone");

/**
 * Rules whose start is itself an occurrence, in the shapes that ical.js 2.2.1 reads as RFC 5545 says (docs/decisions/0004 lists the others).
 * Most start within an hour and a half of where the zone's clocks change, some rounds before or after.
 */
export const askedRules: fc.Arbitrary<AskedRule> = fc
  .record({
    zone: fc.constantFrom(...ALL_ZONES),
    from: fc.integer({ min: Date.UTC(1950, 0, 1) / MINUTE, max: Date.UTC(2060, 0, 1) / MINUTE }).map((minutes) => minutes * MINUTE),
    isAimed: fc.constantFrom(true, true, true, false),
    minutesOff: fc.oneof(fc.constantFrom(0, 30, 60, -1, -60), fc.integer({ min: -90, max: 90 })),
    secondsOff: fc.constantFrom(0, 0, 0, 0, 1, 59),
    frequency: fc.constantFrom<Frequency>("DAILY", "WEEKLY", "MONTHLY", "YEARLY"),
    roundsBefore: fc.constantFrom(0, 1, 2, 5),
    lengthMinutes: fc.option(
      fc.oneof(fc.integer({ min: 1, max: 90 }), fc.constantFrom(30, 60, 120, 1_440, 4_320), fc.integer({ min: 1, max: 30_000 })),
      { nil: undefined, freq: 10 },
    ),
    lengthSeconds: fc.constantFrom(0, 0, 0, 1, 59),
    exceptDays: fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 3 }),
  })
  .chain((plan) => {
    const start = startOf(plan);
    return partsFor(plan.frequency, start).map((parts) => ({ ...plan, start, parts }));
  })
  .map(({ zone, start, lengthMinutes, lengthSeconds, frequency, exceptDays, parts }) => ({
    zone,
    start: wallText(start),
    end: lengthMinutes === undefined ? undefined : wallText(start + lengthMinutes * MINUTE + lengthSeconds * 1_000),
    repeat: Object.entries(parts)
      .map(([name, value]) => `${name}=${value}`)
      .join(";"),
    except: exceptDays.map((days) => wallText(start + days * ROUND_DAYS[frequency] * DAY).slice(0, 10)),
  }));

function startOf(plan: {
  readonly zone: string;
  readonly from: number;
  readonly isAimed: boolean;
  readonly minutesOff: number;
  readonly secondsOff: number;
  readonly frequency: Frequency;
  readonly roundsBefore: number;
}): number {
  const change = plan.isAimed ? changeOfClocks(plan.from, plan.zone) : undefined;
  if (change === undefined) return plan.from + plan.secondsOff * 1_000;
  const off = plan.minutesOff * MINUTE + plan.secondsOff * 1_000;
  return shownAt(change - 1_000, plan.zone) + 1_000 + off - plan.roundsBefore * ROUND_DAYS[plan.frequency] * DAY;
}

function partsFor(frequency: Frequency, start: number): fc.Arbitrary<Parts> {
  const interval = fc.constantFrom<Parts>({}, {}, {}, { INTERVAL: "2" }, { INTERVAL: "3" }, { INTERVAL: "5" });
  const days = { DAILY: dailyParts, WEEKLY: weeklyParts, MONTHLY: monthlyParts, YEARLY: yearlyParts }[frequency](start);
  return fc
    .tuple(interval, days, timesOf(frequency, start), lastOf(frequency, start))
    .map(([every, which, times, last]) => ({ FREQ: frequency, ...every, ...which, ...times, ...(mayNameADayTwice(which) ? {} : last) }));
}

/** From the front and from the back, as 5SU and -1SU: ical.js counts such a day twice. */
function mayNameADayTwice({ BYDAY = "", BYYEARDAY = "" }: Parts): boolean {
  return [BYDAY, BYYEARDAY].some((list) => list.includes("-") && list.includes(","));
}

function timesOf(frequency: Frequency, start: number): fc.Arbitrary<Parts> {
  if (frequency !== "DAILY" && frequency !== "WEEKLY") return fc.constant({});
  const at = new Date(start);
  const hours = listWith(at.getUTCHours(), fc.integer({ min: 0, max: 23 })).map((list): Parts => ({ BYHOUR: list }));
  const minutes = listWith(at.getUTCMinutes(), fc.integer({ min: 0, max: 59 })).map((list): Parts => ({ BYMINUTE: list }));
  return fc.oneof(
    { weight: 6, arbitrary: fc.constant<Parts>({}) },
    { weight: 2, arbitrary: hours },
    { weight: 1, arbitrary: minutes },
    { weight: 1, arbitrary: fc.tuple(hours, minutes).map(([one, other]): Parts => ({ ...one, ...other })) },
  );
}

function lastOf(frequency: Frequency, start: number): fc.Arbitrary<Parts> {
  const count = fc.integer({ min: 1, max: 40 }).map((rounds): Parts => ({ COUNT: String(rounds) }));
  const until = fc.tuple(fc.integer({ min: 0, max: 40 }), fc.constantFrom("date", "local", "utc")).map(([rounds, kind]): Parts => {
    const text = wallText(start + rounds * ROUND_DAYS[frequency] * DAY).replaceAll(/[-:]/g, "");
    return { UNTIL: kind === "date" ? text.slice(0, 8) : `${text}${kind === "utc" ? "Z" : ""}` };
  });
  return fc.oneof(fc.constant<Parts>({}), count, until);
}

function dailyParts(start: number): fc.Arbitrary<Parts> {
  return fc.oneof(fc.constant<Parts>({}), byDay(start), byMonth(start));
}

function weeklyParts(start: number): fc.Arbitrary<Parts> {
  const weekStart = fc.oneof(
    fc.constant<Parts>({}),
    fc.constantFrom(...DAYS).map((day): Parts => ({ WKST: day })),
  );
  return fc.tuple(fc.oneof(fc.constant<Parts>({}), byDay(start)), weekStart).map(([one, other]) => ({ ...one, ...other }));
}

function monthlyParts(start: number): fc.Arbitrary<Parts> {
  return fc.oneof(fc.constant<Parts>({}), byMonthDay(start), ordinals(start, MONTHLY_PLACES), byDay(start), positions(start));
}

/** No 29ths, 30ths and 31sts of a month, and no days counted from its end: ical.js moves those that a month lacks into the next. */
function yearlyParts(start: number): fc.Arbitrary<Parts> {
  const inMonths = (others: fc.Arbitrary<Parts>) => fc.tuple(byMonth(start), others).map(([one, other]): Parts => ({ ...one, ...other }));
  const weekdays = [inMonths(ordinals(start, YEARLY_PLACES)), inMonths(byDay(start)), byYearDay(start)];
  const day = new Date(start).getUTCDate();
  if (day > 28) return fc.oneof(...weekdays);
  const days = listWith(day, fc.integer({ min: 1, max: 28 })).map((list): Parts => ({ BYMONTHDAY: list }));
  return fc.oneof(...weekdays, fc.constant<Parts>({}), byMonth(start), inMonths(days));
}

function byDay(start: number): fc.Arbitrary<Parts> {
  return fc
    .subarray([...DAYS])
    .map((days): Parts => ({ BYDAY: DAYS.filter((day) => day === dayOf(start) || days.includes(day)).join(",") }));
}

function byMonth(start: number): fc.Arbitrary<Parts> {
  return listWith(new Date(start).getUTCMonth() + 1, fc.integer({ min: 1, max: 12 })).map((list): Parts => ({ BYMONTH: list }));
}

function byMonthDay(start: number): fc.Arbitrary<Parts> {
  const day = new Date(start).getUTCDate();
  const others = fc.oneof(fc.integer({ min: 1, max: 31 }), fc.integer({ min: -31, max: -1 }));
  return fc
    .constantFrom(day, day - daysInMonth(start) - 1)
    .chain((own) => listWith(own, others))
    .map((list): Parts => ({ BYMONTHDAY: list }));
}

function ordinals(start: number, places: readonly string[]): fc.Arbitrary<Parts> {
  const day = new Date(start).getUTCDate();
  const own = fc.constantFrom(Math.ceil(day / 7), -Math.ceil((daysInMonth(start) - day + 1) / 7)).map((place) => `${place}${dayOf(start)}`);
  const other = fc.tuple(fc.constantFrom(...places), fc.constantFrom(...DAYS)).map(([place, name]) => `${place}${name}`);
  return fc
    .tuple(own, fc.array(other, { maxLength: 2 }))
    .map(([one, others]): Parts => ({ BYDAY: [...new Set([one, ...others])].join(",") }));
}

/** BYSETPOS over weekdays, with the place that the start has among them; far from the end ical.js loses those on the first of a month. */
function positions(start: number): fc.Arbitrary<Parts> {
  return byDay(start).chain(({ BYDAY = "" }) => {
    const day = new Date(start).getUTCDate();
    const all = Array.from({ length: daysInMonth(start) }, (_, index) => index + 1).filter((other) =>
      BYDAY.split(",").includes(dayOf(start + (other - day) * DAY)),
    );
    const place = all.indexOf(day) + 1;
    const fromEnd = place - all.length - 1;
    return fc
      .constantFrom(place, fromEnd < -3 ? place : fromEnd)
      .chain((own) => listWith(own, fc.constantFrom(1, 2, -1, -2)))
      .map((BYSETPOS): Parts => ({ BYDAY, BYSETPOS }));
  });
}

function byYearDay(start: number): fc.Arbitrary<Parts> {
  const year = new Date(start).getUTCFullYear();
  const day = Math.floor((start - Date.UTC(year, 0, 1)) / DAY) + 1;
  const own = fc.constantFrom(day, day - (Date.UTC(year + 1, 0, 1) - Date.UTC(year, 0, 1)) / DAY - 1);
  const others = fc.oneof(fc.integer({ min: 1, max: 366 }), fc.integer({ min: -366, max: -1 }));
  return own.chain((place) => listWith(place, others)).map((list): Parts => ({ BYYEARDAY: list }));
}

function listWith(own: number, others: fc.Arbitrary<number>): fc.Arbitrary<string> {
  return fc.array(others, { maxLength: 3 }).map((list) => [...new Set([own, ...list])].toSorted((one, other) => one - other).join(","));
}

function daysInMonth(wall: number): number {
  const date = new Date(wall);
  return new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
}

function dayOf(wall: number): string {
  return DAYS[(new Date(wall).getUTCDay() + 6) % 7] ?? "";
}

function wallText(wall: number): string {
  return new Date(wall).toISOString().slice(0, 19);
}
