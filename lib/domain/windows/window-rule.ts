import type { Instant } from "../instant.ts";

/**
 * A moment as a marketer typed it. `local` is a wall-clock time that the campaign's zone places on the time line;
 * `fixed` carried an offset or `Z`, and no zone moves it.
 */
export type Moment = { readonly kind: "local"; readonly dateTime: string } | { readonly kind: "fixed"; readonly at: Instant };

/**
 * When a campaign is on, as compiled from its record. Plain values only, so that it is stored as it is.
 *
 * Each window is half-open, `[start, end)`. With `repeat`, `start` and `end` set the first window and the *wall-clock* length of all.
 * Daylight saving: a wall-clock time that does not exist moves forward by the gap, one that exists twice means the first
 * (RFC 5545 section 3.3.5; Temporal's "compatible"). A window that this leaves without length is skipped.
 */
export interface WindowRule {
  readonly start: Moment;
  /** Absent: on until somebody disables the campaign. */
  readonly end?: Moment | undefined;
  /** IANA name in which local moments, `repeat` and `except` are read. */
  readonly timeZone: string;
  /** RFC 5545 recurrence rule without the `RRULE:` prefix. */
  readonly repeat?: string | undefined;
  /** Local dates (`YYYY-MM-DD`) on which no window starts. */
  readonly except: readonly string[];
  /** Times in which no window starts, from the store's frozen calendars. */
  readonly freezes?: readonly Freeze[] | undefined;
}

/**
 * A time `[from, to)` in which no window starts. It holds from `since`, when it was saved, so that what had started by then closes on time:
 * with that kept beside it, whether a window exists stays a function of the rule alone.
 */
export interface Freeze {
  readonly from: Instant;
  readonly to: Instant;
  readonly since: Instant;
  /** Of which calendar, for people. */
  readonly calendar?: string | undefined;
}

/** One interval `[startsAt, endsAt)` in which a campaign is on; without `endsAt` it never ends by itself. */
export interface Window {
  readonly startsAt: Instant;
  readonly endsAt?: Instant | undefined;
}
