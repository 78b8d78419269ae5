import type { EcwidStore } from "../ports/ecwid-gateway.ts";

function refuse(call: string): never {
  throw new TypeError(`${call} was called in shadow mode, which writes nothing to Ecwid: that is a mistake in Doorman`);
}

/** @returns the store with its writes taken away. In shadow mode nothing gets as far as to call them; this is for the day when something does. */
export function readOnlyStore(store: EcwidStore): EcwidStore {
  return {
    ...store,
    writeApplicationLimit: async () => refuse("writeApplicationLimit"),
    writeTriggers: async () => refuse("writeTriggers"),
  };
}
