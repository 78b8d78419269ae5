import type { Clock } from "../../application/ports/clock.ts";
import { type Instant, latest, MINUTE, plus, SECOND } from "../../domain/instant.ts";

/** The most requests let through in any second and in any minute. */
export interface Pace {
  readonly perSecond: number;
  readonly perMinute: number;
}

/** Ecwid refuses a token after 600 requests a minute (its REST API overview); a tenth is left for whoever else uses the token. */
export const DEFAULT_PACE: Pace = { perSecond: 8, perMinute: 540 };

/** Keeps one store's requests within a {@link Pace}. */
export interface Pacer {
  /** Resolves when the next request may go. Callers are let through in the order in which they asked. */
  admit(): Promise<void>;
  /** @returns whether nothing it has let through still counts, so that it may be thrown away. */
  isIdle(): boolean;
}

/** @returns a pacer on `clock`: it remembers the instants it gave out during the last minute and gives the next one that has room. */
export function createPacer(clock: Clock, pace: Pace = DEFAULT_PACE): Pacer {
  /** Given out, oldest first; never more than `perMinute` of them. */
  const given: Instant[] = [];

  const roomAfter = (count: number, spanMs: number): Instant | undefined => {
    const before = given.at(-count);
    return before === undefined ? undefined : plus(before, spanMs);
  };

  const nextFree = (): Instant => {
    const bounds = [given.at(-1), roomAfter(pace.perSecond, SECOND), roomAfter(pace.perMinute, MINUTE)];
    return bounds.reduce<Instant>((free, bound) => (bound === undefined ? free : latest(free, bound)), clock.now());
  };

  return {
    async admit() {
      const at = nextFree();
      given.push(at);
      if (given.length > pace.perMinute) given.shift();
      await clock.sleepUntil(at);
    },
    isIdle() {
      const last = given.at(-1);
      return last === undefined || clock.now() - last >= MINUTE;
    },
  };
}
