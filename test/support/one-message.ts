import type { StoreMessage } from "../../lib/application/ports/dispatcher.ts";
import type { EcwidStore } from "../../lib/application/ports/ecwid-gateway.ts";
import type { StoreState, TargetState } from "../../lib/application/ports/state-table.ts";
import { reconcileMessage } from "../../lib/application/reconcile/reconcile-message.ts";
import { couponId, promotionId, type TargetKey, targetKey } from "../../lib/domain/identifiers.ts";
import { HOUR, type Instant, MINUTE, plus, SECOND } from "../../lib/domain/instant.ts";
import type { Layer } from "../../lib/domain/layers/layer.ts";
import { EMPTY_LEDGER } from "../../lib/domain/ledger/ledger.ts";
import { at, layer } from "./layers.ts";
import { COUPON, createWorld, PROMOTION, STORE, type World, type WorldOptions } from "./world.ts";

export const NOW = at("2026-11-27T10:00");
export const COUPON_KEY = targetKey({ kind: "coupon", id: couponId(String(COUPON)) });
export const PROMOTION_KEY = targetKey({ kind: "promotion", id: promotionId(String(PROMOTION)) });

/** What is known before the message comes. */
export interface Before {
  /** The store's item; it is in UTC and its token is proven unless told otherwise. */
  readonly store?: Partial<StoreState>;
  /** Targets and the layers on them; without a state one is due now, and never was decided. */
  readonly targets?: readonly (readonly [TargetKey, readonly Layer[], Partial<TargetState>?])[];
  readonly options?: WorldOptions;
  /** What stands in for the simulated Ecwid. */
  readonly ecwid?: EcwidStore;
}

/** One message that is worked with nobody else there. */
export interface OneMessage {
  readonly world: World;
  /** What the worker sent on, and how many milliseconds after it had begun. */
  readonly sent: (readonly [number, StoreMessage])[];
  /** Works the message. @param within how long the worker has. @param lasting how much time is let pass. */
  work(message: StoreMessage, within?: number, lasting?: number): Promise<void>;
  target(key?: TargetKey): Promise<TargetState>;
}

/** @returns a world at 10:00 in which the coupon's campaign has just come on, unless told otherwise, and no message is on its way. */
export async function oneMessage(before: Before = {}): Promise<OneMessage> {
  const { store = {}, targets = [[COUPON_KEY, [layer()]]], options = {}, ecwid } = before;
  const world = createWorld({ now: "2026-11-27T10:00:00Z", ...options });
  await world.state.writeStore(STORE, { timeZone: "UTC", pausedKinds: {}, tokenProvenAt: plus(NOW, -HOUR), ...store }, 0);
  for (const [key, layers, known = {}] of targets) {
    for (const each of layers) await world.state.putLayer(STORE, key, each);
    const fresh: TargetState = { ledger: EMPTY_LEDGER, attemptsBegun: 0, failuresInARow: 0, warnings: [], dueAt: NOW };
    await world.state.writeTarget(STORE, key, { ...fresh, ...known }, 0);
  }
  const sent: (readonly [number, StoreMessage])[] = [];
  const reconciling = ecwid === undefined ? world.reconciling : { ...world.reconciling, ecwid: { open: () => ecwid } };
  const dispatcher = { send: async (message: StoreMessage) => void sent.push([world.clock.now() - NOW, message]) };
  return {
    world,
    sent,
    work: async (message, within = 120 * SECOND, lasting = MINUTE) => {
      const working = reconcileMessage({ ...reconciling, dispatcher }, message, plus(world.clock.now(), within));
      await world.clock.advanceBy(lasting);
      await working;
    },
    target: async (key = COUPON_KEY) => {
      const { version: _counted, ...state } = await world.state.readTarget(STORE, key);
      return state;
    },
  };
}

/** @returns a message that says that targets are due. */
export function switchOf(targets: readonly TargetKey[] = [COUPON_KEY], instant: Instant = NOW, relay = 0) {
  return { kind: "switch", storeId: STORE, instant, targets, relay } as const;
}
