import type { RepeatParts } from "./repeat-parts.ts";

/** A switch costs calls to Ecwid, and a denser rule than one window every five minutes is always a slip. */
const MOST_WINDOWS_A_DAY = 288;

/**
 * Parts that may not stand together. All but the last four are RFC 5545's own (section 3.3.10). Those four it allows, but programs that
 * marketers know read them in different ways (rrule-temporal 2.2.7, python-dateutil and ical.js do not agree): say it otherwise.
 */
const FORBIDDEN: readonly { readonly when: (parts: RepeatParts) => boolean; readonly message: string }[] = [
  {
    when: ({ count, until }) => count !== undefined && until !== undefined,
    message: "COUNT and UNTIL both say when it stops: leave one of them out",
  },
  {
    when: ({ frequency, lists }) => lists.BYWEEKNO !== undefined && frequency !== "YEARLY",
    message: "BYWEEKNO goes with FREQ=YEARLY only",
  },
  {
    when: ({ frequency, lists }) => lists.BYYEARDAY !== undefined && frequency !== "YEARLY",
    message: "BYYEARDAY goes with FREQ=YEARLY only",
  },
  {
    when: ({ frequency, lists }) => lists.BYMONTHDAY !== undefined && frequency === "WEEKLY",
    message: "BYMONTHDAY does not go with FREQ=WEEKLY: use FREQ=MONTHLY",
  },
  {
    when: (parts) => hasOrdinals(parts) && (parts.frequency === "DAILY" || parts.frequency === "WEEKLY"),
    message: 'BYDAY with a number ("1MO") goes with FREQ=MONTHLY and FREQ=YEARLY only',
  },
  {
    when: (parts) => hasOrdinals(parts) && parts.lists.BYWEEKNO !== undefined,
    message: 'BYDAY with a number ("1MO") does not go with BYWEEKNO',
  },
  {
    when: ({ byDay, lists }) => lists.BYSETPOS !== undefined && byDay === undefined && Object.keys(lists).length === 1,
    message: "BYSETPOS picks from what other parts select: add BYDAY or another BY… part",
  },
  {
    when: (parts) => hasOrdinals(parts) && ordinalsOf(parts).some((ordinal) => ordinal > mostOfAWeekday(parts)),
    message: 'a month has at most five of a weekday, and every year has 52 ("-1MO" is the last Monday, whether the 52nd or the 53rd)',
  },
  {
    when: ({ byDay, lists }) => lists.BYYEARDAY !== undefined && (byDay ?? lists.BYMONTHDAY ?? lists.BYWEEKNO) !== undefined,
    message: "BYYEARDAY does not go with BYDAY, BYMONTHDAY or BYWEEKNO here: say it with BYMONTH and BYMONTHDAY",
  },
  {
    when: ({ lists }) => lists.BYWEEKNO !== undefined && (lists.BYMONTH ?? lists.BYMONTHDAY ?? lists.BYSETPOS) !== undefined,
    message: "BYWEEKNO goes with BYDAY only here, not with BYMONTH, BYMONTHDAY or BYSETPOS: leave BYWEEKNO or the others out",
  },
  {
    when: (parts) => parts.frequency === "YEARLY" && hasOrdinals(parts) && parts.lists.BYMONTHDAY !== undefined,
    message: 'BYDAY with a number ("1MO") does not go with BYMONTHDAY in FREQ=YEARLY here: use FREQ=MONTHLY with BYMONTH',
  },
];

/** @returns what is wrong with a rule whose parts are each good. */
export function combinationProblems(parts: RepeatParts): readonly string[] {
  const problems = FORBIDDEN.filter(({ when }) => when(parts)).map(({ message }) => message);
  const perDay = [parts.lists.BYHOUR, parts.lists.BYMINUTE, parts.lists.BYSECOND].reduce(
    (product, list) => product * (list?.length ?? 1),
    1,
  );
  if (perDay > MOST_WINDOWS_A_DAY) {
    problems.push(`BYHOUR, BYMINUTE and BYSECOND make ${perDay} windows a day; at most ${MOST_WINDOWS_A_DAY} are allowed: leave some out`);
  }
  return problems;
}

function ordinalsOf({ byDay }: RepeatParts): readonly number[] {
  return (byDay ?? []).map((day) => Math.abs(Number(day.slice(0, -2))));
}

function mostOfAWeekday({ frequency, lists }: RepeatParts): number {
  return frequency === "MONTHLY" || lists.BYMONTH !== undefined ? 5 : 52;
}

function hasOrdinals({ byDay }: RepeatParts): boolean {
  return byDay?.some((day) => day.length > 2) ?? false;
}
