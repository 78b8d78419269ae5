import type { Fault, Faults } from "./fault.ts";
import type { SimulatedCall } from "./simulated-call.ts";

/** The faults in force: one hook for every store, and one for each. */
export interface FaultTable {
  setEvery(faults: Faults | undefined): void;
  setStore(storeId: string, faults: Faults | undefined): void;
  /** The hook for every store is asked first. */
  faultFor(call: SimulatedCall | undefined): Fault | undefined;
}

/** @returns a table with `every` as the hook for every store. */
export function createFaultTable(every: Faults | undefined): FaultTable {
  let everyStore = every;
  const byStore = new Map<string, Faults>();

  return {
    setEvery(faults) {
      everyStore = faults;
    },
    setStore(storeId, faults) {
      if (faults === undefined) byStore.delete(storeId);
      else byStore.set(storeId, faults);
    },
    faultFor(call) {
      return call === undefined ? undefined : (everyStore?.(call) ?? byStore.get(call.storeId)?.(call));
    },
  };
}
