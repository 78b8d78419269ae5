import type { StoreId, TargetKey } from "../../domain/identifiers.ts";
import type { Instant } from "../../domain/instant.ts";
import type { Dispatcher } from "../ports/dispatcher.ts";
import { MOST_TARGETS_IN_A_MESSAGE } from "./store-message.ts";

/** Sends a store's targets that are due at one instant, in order, in as many messages as it takes. */
export async function sendSwitches(
  dispatcher: Dispatcher,
  storeId: StoreId,
  targets: readonly TargetKey[],
  instant: Instant,
): Promise<void> {
  const sorted = targets.toSorted();
  for (let first = 0; first < sorted.length; first += MOST_TARGETS_IN_A_MESSAGE) {
    const some = sorted.slice(first, first + MOST_TARGETS_IN_A_MESSAGE);
    await dispatcher.send({ kind: "switch", storeId, instant, targets: some, relay: 0 });
  }
}
