import { createReconcileWork } from "../../../functions/reconcile/reconcile-work.ts";
import { houseHandler } from "../../../functions/runtime/house-handler.ts";
import { createObservability } from "../../../functions/runtime/observability.ts";
import { localContext } from "../../../infra/local/local-context.ts";
import { createEcwidGateway } from "../../../lib/adapters/ecwid/ecwid-gateway.ts";
import { createKeepAliveFetch } from "../../../lib/adapters/ecwid/keep-alive-fetch.ts";
import { createMemoryCampaignTable } from "../../../lib/adapters/memory/campaign-table.ts";
import { createFixedTokenSource } from "../../../lib/adapters/memory/fixed-token-source.ts";
import { createMemoryHistory } from "../../../lib/adapters/memory/history.ts";
import { createMemoryQueue } from "../../../lib/adapters/memory/queue.ts";
import { createMemoryStateTable } from "../../../lib/adapters/memory/state-table.ts";
import { fingerprint } from "../../../lib/adapters/system/fingerprint.ts";
import { compileRecord } from "../../../lib/application/compile/compile-record.ts";
import { recompileStore } from "../../../lib/application/compile/recompile-store.ts";
import { encodeStoreMessage } from "../../../lib/application/messages/store-message.ts";
import { DAY, type Instant, MINUTE, plus, SECOND } from "../../../lib/domain/instant.ts";
import { type Order, whenOrdered } from "./order.ts";
import { createSkippingClock } from "./skipping-clock.ts";
import { reportOf, spend } from "./spending.ts";
import { CLOSES, OPENS, type WorkerStore, workerStores } from "./stores.ts";

// The reconcile function over tables in memory: everything but the clients of AWS. It is bundled as the function itself is.

const TIMEOUT_MS = 2 * MINUTE;

/** As a message leaves for its instant. */
const LEAD_MS = 3 * SECOND;

async function host(stores: readonly WorkerStore[], ecwidUrl: string) {
  const clock = createSkippingClock(plus(OPENS, -DAY));
  const observability = createObservability("reconcile", "INFO", "Doorman");
  const { telemetry } = observability;
  const [state, history, queue, campaigns] = [
    createMemoryStateTable(),
    createMemoryHistory(),
    createMemoryQueue({ clock }),
    createMemoryCampaignTable(),
  ];
  const compiling = { clock, campaigns, state, dispatcher: queue, telemetry, fingerprint };
  const handler = houseHandler(
    createReconcileWork({
      ...compiling,
      history,
      ecwid: createEcwidGateway({ baseUrl: `${ecwidUrl}/api/v3`, fetch: createKeepAliveFetch(), clock }),
      tokens: createFixedTokenSource(new Map(stores.map(({ id, token }) => [id, { token }]))),
      chance: () => 0.5,
      deployment: undefined,
      recompileStore: (store) => recompileStore(compiling, store),
    }),
    observability,
    clock,
  );
  const work = async (body: string) => {
    await handler({ Records: [{ messageId: "local", body }] }, localContext(clock, "reconcile", TIMEOUT_MS));
  };
  for (const { id, record } of stores) {
    await state.writeStore(id, { pausedKinds: {}, timeZone: "UTC", profileReadAt: clock.now(), tokenProvenAt: clock.now() }, 0);
    await campaigns.put(record);
    await compileRecord(compiling, record);
  }
  for (let delivery = queue.receive(); delivery !== undefined; delivery = queue.receive()) {
    await work(encodeStoreMessage(delivery.message));
    queue.done(delivery);
  }
  return { clock, work };
}

/** A round's instant, and its messages as the queue hands them over. */
interface Round {
  readonly instant: Instant;
  readonly bodies: readonly string[];
}

function roundOf(round: number, stores: readonly WorkerStore[]): Round {
  const instant = plus(round % 2 === 0 ? OPENS : CLOSES, Math.floor(round / 2) * DAY);
  const bodies = stores.map(({ id, targets }) =>
    encodeStoreMessage({ kind: "switch", storeId: id, instant, targets: targets.toSorted(), relay: 0 }),
  );
  return { instant, bodies };
}

whenOrdered(async (order: Order) => {
  const stores = workerStores(order);
  const { clock, work } = await host(stores, order.ecwidUrl);
  const rounds = Array.from({ length: order.rounds }, (_each, round) => roundOf(round, stores));
  const switchSome = async ({ instant, bodies }: Round) => {
    clock.goTo(plus(instant, -LEAD_MS));
    for (const body of bodies) await work(body);
  };
  const [{ instant, bodies } = roundOf(0, []), ...others] = rounds;
  const first = await spend(order.targets, () => switchSome({ instant, bodies: bodies.slice(0, 1) }));
  await switchSome({ instant, bodies: bodies.slice(1) });
  const warm = await spend(others.length * order.stores * order.targets, async () => {
    for (const each of others) await switchSome(each);
  });
  return reportOf(first, warm);
});
