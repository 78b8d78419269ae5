import { createMemoryStateTable } from "../../../lib/adapters/memory/state-table.ts";
import type { StateTable, TargetState } from "../../../lib/application/ports/state-table.ts";
import type { StoreId, TargetKey } from "../../../lib/domain/identifiers.ts";
import type { Instant } from "../../../lib/domain/instant.ts";
import type { Layer } from "../../../lib/domain/layers/layer.ts";

/** The layers of a target as they stood from an instant on. */
export interface LayersSince {
  readonly at: Instant;
  readonly layers: readonly Layer[];
}

/** The private table, watched: what lay over each target when, and what is due. */
export interface ObservedState extends StateTable {
  /** Oldest first; empty for a target that never had any. */
  layersLog(storeId: string, target: string): readonly LayersSince[];
  earliestDue(): Instant | undefined;
  /** What was last written of a target, but for its `dueAt`. */
  known(storeId: string, target: string): TargetState | undefined;
}

interface Due {
  readonly storeId: StoreId;
  readonly target: TargetKey;
  readonly dueAt: Instant | undefined;
  readonly before: Instant | undefined;
  readonly changedAt: Instant;
}

/** How long the index may lag behind the table where it is said to be stale. */
const INDEX_LAG_MS = 2_000;

/**
 * @param isIndexStale whether the due index shows at present what stood in it a moment ago.
 * @returns the table in memory. Layers are handed out as frozen originals, so that the windows worked out for one serve again.
 */
export function createObservedState(now: () => Instant, isIndexStale: () => boolean): ObservedState {
  const table = createMemoryStateTable();
  const logs = new Map<string, LayersSince[]>();
  const current = new Map<string, Map<string, Layer>>();
  const laidOver = new Map<StoreId, Set<TargetKey>>();
  const due = new Map<string, Due>();
  const states = new Map<string, TargetState>();
  const keyOf = (storeId: string, target: string) => `${storeId} ${target}`;

  const logLayers = (key: string, change: (layers: Map<string, Layer>) => void) => {
    const layers = current.get(key) ?? new Map<string, Layer>();
    current.set(key, layers);
    change(layers);
    const log = logs.get(key) ?? [];
    logs.set(key, log);
    log.push({ at: now(), layers: [...layers.values()] });
  };
  const noteDue = (storeId: StoreId, target: TargetKey, dueAt: Instant | undefined) => {
    const key = keyOf(storeId, target);
    const known = due.get(key);
    if (known?.dueAt !== dueAt) due.set(key, { storeId, target, dueAt, before: known?.dueAt, changedAt: now() });
  };

  const layersOver = (key: string): readonly Layer[] => {
    const layers = [...(current.get(key)?.entries() ?? [])];
    return layers.sort(([one], [other]) => (one < other ? -1 : 1)).map(([, layer]) => layer);
  };

  return {
    ...table,
    layersOf: async (storeId, target) => layersOver(keyOf(storeId, target)),
    async contentsOf(storeId) {
      const layers = new Map<TargetKey, readonly Layer[]>();
      for (const target of laidOver.get(storeId) ?? []) layers.set(target, layersOver(keyOf(storeId, target)));
      return { ...(await table.contentsOf(storeId)), layers };
    },
    async putLayer(storeId, target, layer) {
      laidOver.set(storeId, (laidOver.get(storeId) ?? new Set<TargetKey>()).add(target));
      logLayers(keyOf(storeId, target), (layers) => layers.set(layer.campaignId, deepFreeze(structuredClone(layer))));
    },
    async removeLayer(storeId, target, campaignId) {
      logLayers(keyOf(storeId, target), (layers) => layers.delete(campaignId));
    },
    async writeTarget(storeId, target, state, read) {
      const written = await table.writeTarget(storeId, target, state, read);
      if (written) {
        noteDue(storeId, target, state.dueAt);
        states.set(keyOf(storeId, target), state);
      }
      return written;
    },
    async makeDue(storeId, target, at) {
      await table.makeDue(storeId, target, at);
      noteDue(storeId, target, at);
    },
    async *due(horizon) {
      const isStale = isIndexStale();
      const seen = [...due.values()].flatMap(({ storeId, target, dueAt, before, changedAt }) => {
        const shown = isStale && now() - changedAt < INDEX_LAG_MS ? before : dueAt;
        return shown !== undefined && shown <= horizon ? [{ storeId, target, dueAt: shown }] : [];
      });
      yield* seen.sort((one, other) => one.dueAt - other.dueAt);
    },
    known: (storeId, target) => states.get(keyOf(storeId, target)),
    layersLog: (storeId, target) => logs.get(keyOf(storeId, target)) ?? [],
    earliestDue: () => {
      let least: Instant | undefined;
      for (const { dueAt } of due.values()) if (dueAt !== undefined && (least === undefined || dueAt < least)) least = dueAt;
      return least;
    },
  };
}

function deepFreeze<Value>(value: Value): Value {
  if (typeof value === "object" && value !== null) {
    for (const each of Object.values(value)) deepFreeze(each);
    Object.freeze(value);
  }
  return value;
}
