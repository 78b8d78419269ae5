import { bareStore, switchBarely } from "./bare-fetch.ts";
import { type Order, whenOrdered } from "./order.ts";
import { reportOf, spend } from "./spending.ts";
import { type WorkerStore, workerStores } from "./stores.ts";

// Bare GET + PUT + GET. It is bundled as Doorman is.

interface FloorOrder extends Order {
  readonly isShared: boolean;
}

whenOrdered(async (order: FloorOrder) => {
  const stores = workerStores(order);
  const switchSome = async (round: number, some: readonly WorkerStore[]) => {
    for (const store of some) await switchBarely(bareStore(order.ecwidUrl, store), order, round % 2 === 0, order.isShared);
  };
  const first = await spend(order.targets, () => switchSome(0, stores.slice(0, 1)));
  await switchSome(0, stores.slice(1));
  const warm = await spend((order.rounds - 1) * order.stores * order.targets, async () => {
    for (let round = 1; round < order.rounds; round += 1) await switchSome(round, stores);
  });
  return reportOf(first, warm);
});
