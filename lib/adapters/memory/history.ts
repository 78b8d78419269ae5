import type { History, HistoryEntry } from "../../application/ports/history.ts";
import { DAY } from "../../domain/instant.ts";

const KEPT_MS = 400 * DAY;

/** @returns the history in memory. */
export function createMemoryHistory(): History {
  const entriesByTarget = new Map<string, Map<string, HistoryEntry>>();
  const keyOf = (store: string, target: string) => `${store}#${target}`;

  return {
    async record(entry) {
      const key = keyOf(entry.storeId, entry.target);
      const entries = entriesByTarget.get(key) ?? new Map<string, HistoryEntry>();
      const slot = `${entry.version}${entry.kind === "missed" ? "#missed" : ""}`;
      entriesByTarget.set(key, entries.set(slot, structuredClone(entry)));
    },
    async of(store, target, limit, now) {
      const entries = [...(entriesByTarget.get(keyOf(store, target))?.values() ?? [])];
      const kept = entries.filter(({ at }) => at + KEPT_MS > now).sort(newestFirst);
      return structuredClone(kept.slice(0, limit));
    },
  };
}

function newestFirst(one: HistoryEntry, other: HistoryEntry): number {
  return other.version - one.version || Number(other.kind === "missed") - Number(one.kind === "missed");
}
