import type { Instant } from "../instant.ts";
import type { WallClock } from "./wall-clock.ts";

/** How often the pattern comes round. Anything faster than a day is refused: `DAILY` with `BYHOUR` says it better. */
export type Frequency = "DAILY" | "WEEKLY" | "MONTHLY" | "YEARLY";

/** The last moment at which an occurrence may be, that moment included: on the wall, or on the time line (`…Z`). */
export type Until = { readonly kind: "wall"; readonly at: WallClock } | { readonly kind: "instant"; readonly at: Instant };

/** A recurrence rule (RFC 5545 section 3.3.10), read. */
export interface RepeatParts {
  readonly frequency: Frequency;
  readonly interval: number;
  readonly count?: number | undefined;
  readonly until?: Until | undefined;
  readonly lists: Readonly<Partial<Record<NumberList, readonly number[]>>>;
  /** `MO`, or with an ordinal `1MO`, `-1FR`. */
  readonly byDay?: readonly string[] | undefined;
  readonly weekStart?: string | undefined;
}

/** The parts that are lists of whole numbers, by the name they have in a rule. */
export type NumberList = keyof typeof NUMBER_LISTS;

/**
 * What each list may hold: RFC 5545 section 3.3.10, but for a leap second (`BYSECOND=60`), which no clock here shows, and for the weeks that
 * may lie in two years (1, 52, 53): the dates of a round are looked for in its own calendar year.
 */
export const NUMBER_LISTS = {
  BYSECOND: { least: 0, most: 59, signed: false },
  BYMINUTE: { least: 0, most: 59, signed: false },
  BYHOUR: { least: 0, most: 23, signed: false },
  BYMONTHDAY: { least: 1, most: 31, signed: true },
  BYYEARDAY: { least: 1, most: 366, signed: true },
  BYWEEKNO: { least: 2, most: 51, signed: true },
  BYMONTH: { least: 1, most: 12, signed: false },
  BYSETPOS: { least: 1, most: 366, signed: true },
} as const satisfies Record<string, { readonly least: number; readonly most: number; readonly signed: boolean }>;

export const NUMBER_LIST_NAMES = [
  "BYSECOND",
  "BYMINUTE",
  "BYHOUR",
  "BYMONTHDAY",
  "BYYEARDAY",
  "BYWEEKNO",
  "BYMONTH",
  "BYSETPOS",
] as const satisfies readonly NumberList[];

export const FREQUENCIES = ["DAILY", "WEEKLY", "MONTHLY", "YEARLY"] as const satisfies readonly Frequency[];

export const WEEKDAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"] as const;
