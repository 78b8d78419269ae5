import type { StoreId } from "../../domain/identifiers.ts";
import type { StateTable, StoreState } from "../ports/state-table.ts";

/** Writes to the store's item, reading it again as often as somebody else was faster. */
export async function updateStore(
  { state }: { readonly state: Pick<StateTable, "readStore" | "writeStore"> },
  storeId: StoreId,
  change: (store: StoreState) => StoreState,
): Promise<StoreState> {
  for (;;) {
    const { version, ...store } = await state.readStore(storeId);
    const next = change(store);
    if (await state.writeStore(storeId, next, version)) return next;
  }
}
