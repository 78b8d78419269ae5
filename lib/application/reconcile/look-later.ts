import type { StoreId } from "../../domain/identifiers.ts";
import type { Instant } from "../../domain/instant.ts";
import type { ReconcileDependencies } from "./dependencies.ts";
import { updateStore } from "./update-store.ts";

/**
 * Puts a store into the due index, so that a tick brings the look back: nobody has to sleep for it. It leaves the index when a look gets
 * through, or here, where waiting does not help.
 *
 * @param dueAt undefined if no look is to come back by itself.
 */
export async function lookLater(dependencies: ReconcileDependencies, storeId: StoreId, dueAt: Instant | undefined): Promise<void> {
  const known = await dependencies.state.readStore(storeId);
  if (known.dueAt === dueAt) return;
  await updateStore(dependencies, storeId, (store) => ({ ...store, dueAt }));
}
