import type { Chance, Clock } from "../../../lib/application/ports/clock.ts";
import type { JsonObject } from "../../../lib/domain/live.ts";
import { ecwidDate } from "./ecwid-date.ts";
import { createEdits, type Edits } from "./edits.ts";
import type { Faults } from "./fault.ts";
import { createFaultTable } from "./fault-table.ts";
import { createRequestHandler, type HandleRequest } from "./handle-request.ts";
import { newStore, type StoreSetup } from "./new-store.ts";
import { createRequestLog, type RequestLog } from "./request-log.ts";
import { DEFAULT_SETTINGS, type SimulatedSettings } from "./settings.ts";
import { findItem, type StoreState } from "./store-state.ts";
import { createStores } from "./stores.ts";

/** @property chance only for the latency, in between its `from` and `to`; the lower end unless given. */
export interface SimulatedEcwidOptions {
  readonly clock: Clock;
  readonly chance?: Chance;
  readonly settings?: Partial<SimulatedSettings>;
  readonly faults?: Faults;
}

/** A whole Ecwid with many stores in it, without a network. It behaves as Ecwid's documentation says of its API. */
export interface SimulatedEcwid {
  addStore(setup: StoreSetup): void;
  readonly handle: HandleRequest;
  /** For every store; asked before the hook of the request's own store. */
  setFaults(faults: Faults | undefined): void;
  setStoreFaults(storeId: string, faults: Faults | undefined): void;
  readonly edit: Edits;
  readonly log: RequestLog;
  /** @throws TypeError where there is no such store; so do `coupon` and `promotion`. */
  store(storeId: string): StoreState;
  stores(): readonly StoreState[];
  coupon(storeId: string, couponId: string | number): JsonObject | undefined;
  promotion(storeId: string, promotionId: string | number): JsonObject | undefined;
  /** Called after every change, before the request that made it is answered. */
  subscribe(listener: () => void): void;
  /** Every store with its tokens (bans, rates, faults and the log are not kept). */
  toJson(): string;
  /** Replaces every store. @throws Error where the text is not what `toJson` makes. */
  fromJson(text: string): void;
}

/** @returns an Ecwid without stores yet. */
export function createSimulatedEcwid(options: SimulatedEcwidOptions): SimulatedEcwid {
  const { clock, chance = () => 0 } = options;
  const settings = { ...DEFAULT_SETTINGS, ...options.settings };
  const stores = createStores();
  const log = createRequestLog();
  const faults = createFaultTable(options.faults);
  const date = () => ecwidDate(clock.now());

  const store = (storeId: string): StoreState => {
    const found = stores.find(storeId)?.current;
    if (found === undefined) throw new TypeError(`there is no simulated store ${storeId}`);
    return found;
  };

  return {
    addStore: (setup) => stores.put(newStore(setup, date())),
    handle: createRequestHandler({ clock, chance, settings, stores, faults, log }),
    setFaults: faults.setEvery,
    setStoreFaults: faults.setStore,
    edit: createEdits(stores, date),
    log,
    store,
    stores: stores.all,
    coupon: (storeId, id) => findItem(store(storeId).coupons, String(id)),
    promotion: (storeId, id) => findItem(store(storeId).promotions, String(id)),
    subscribe: stores.subscribe,
    toJson: stores.toJson,
    fromJson: stores.fromJson,
  };
}
