import type { Instant } from "../../domain/instant.ts";

/** The present, and waiting for it. Handed in everywhere, so that tests and simulations can run on virtual time. */
export interface Clock {
  now(): Instant;
  /** Resolves once `now()` is at or past `at`; at once if it already is. */
  sleepUntil(at: Instant): Promise<void>;
}

/** A source of chance. @returns a number in [0, 1). */
export type Chance = () => number;
