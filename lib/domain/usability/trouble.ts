import type { Instant } from "../instant.ts";
import type { WindowAhead } from "./windows-ahead.ts";

/** Something in Ecwid that keeps a window from doing what its campaign means, and the first window that it concerns. */
export interface Trouble {
  /** Names the kind of trouble, for telling a new one from one that has been told. */
  readonly code: string;
  readonly window: WindowAhead;
  /** In a marketer's words. */
  readonly message: string;
  /** The customer group that is missing, if that is it. */
  readonly group?: number | undefined;
}

/** What the windows of one campaign are compared with its target by. */
export interface TroubleQuestion {
  /** Soonest first, at least one. */
  readonly windows: readonly [WindowAhead, ...WindowAhead[]];
  readonly at: Instant;
  /** In which the campaign's people read times. */
  readonly timeZone: string;
}
