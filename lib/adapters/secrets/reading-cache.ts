import type { Clock } from "../../application/ports/clock.ts";
import { type Instant, plus } from "../../domain/instant.ts";

interface ReadingCache<Key, Reading> {
  /** @returns what is cached, or what `read` gives. Callers at the same time share one reading. */
  get(key: Key, read: () => Promise<Reading>): Promise<Reading>;
  forget(key: Key): void;
}

/**
 * @param keptMs how long a reading serves, counted from when it began. `isKept` false: it serves only those who were waiting for it.
 * @returns an empty cache.
 */
export function createReadingCache<Key, Reading>(options: {
  readonly clock: Pick<Clock, "now">;
  readonly keptMs: number;
  readonly isKept: (reading: Reading) => boolean;
}): ReadingCache<Key, Reading> {
  const entries = new Map<Key, { readonly reading: Promise<Reading>; readonly staleAt: Instant }>();

  return {
    async get(key, read) {
      const now = options.clock.now();
      const cached = entries.get(key);
      if (cached !== undefined && now < cached.staleAt) return cached.reading;
      const entry = { reading: read(), staleAt: plus(now, options.keptMs) };
      entries.set(key, entry);
      const reading = await entry.reading;
      // Somebody may have forgotten this entry, or read afresh, in the meantime.
      if (!options.isKept(reading) && entries.get(key) === entry) entries.delete(key);
      return reading;
    },
    forget: (key) => {
      entries.delete(key);
    },
  };
}
