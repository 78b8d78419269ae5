import * as z from "zod";
import { type StoreState, storeStateSchema } from "./store-state.ts";

/** The stores of one simulated Ecwid: for each its state, and the state before its last change. */
export interface Stores {
  find(storeId: string): { readonly current: StoreState; readonly before: StoreState } | undefined;
  all(): readonly StoreState[];
  /** Adds or changes a store, and tells every subscriber before it returns. */
  put(next: StoreState): void;
  subscribe(listener: () => void): void;
  toJson(): string;
  /** Replaces every store by those of a text that `toJson` made. @throws Error that names the first field that does not fit. */
  fromJson(text: string): void;
}

const savedSchema = z.object({ version: z.literal(1), stores: z.array(storeStateSchema) });

/** @returns no stores yet. */
export function createStores(): Stores {
  const stores = new Map<string, { readonly current: StoreState; readonly before: StoreState }>();
  const listeners: (() => void)[] = [];
  const tell = () => {
    for (const listener of listeners) listener();
  };
  const all = () => [...stores.values()].map(({ current }) => current);

  return {
    find: (storeId) => stores.get(storeId),
    all,
    put(next) {
      const before = stores.get(next.storeId)?.current ?? next;
      stores.set(next.storeId, { current: next, before });
      tell();
    },
    subscribe: (listener) => void listeners.push(listener),
    toJson: () => JSON.stringify({ version: 1, stores: all() }, null, 1),
    fromJson(text) {
      const saved = savedSchema.safeParse(JSON.parse(text));
      if (!saved.success) throw new Error(`this is no saved simulated Ecwid: ${z.prettifyError(saved.error)}`);
      stores.clear();
      for (const state of saved.data.stores) stores.set(state.storeId, { current: state, before: state });
      tell();
    },
  };
}
