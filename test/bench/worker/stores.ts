import type { StoreSetup } from "../../../infra/local/simulated-store/new-store.ts";
import { couponId, promotionId, type StoreId, type TargetKey, targetKey } from "../../../lib/domain/identifiers.ts";
import { type Instant, parseInstant } from "../../../lib/domain/instant.ts";
import { COUPON_FROM, PROMOTION_FROM, recordOf, type SceneRecord, storeOf } from "../world/scene.ts";
import type { Shape } from "./order.ts";

/** When the first window opens; it stays open for an hour, and so does one on each day that follows. */
export const OPENS: Instant = parseInstant("2026-11-27T10:00:00Z");
export const CLOSES: Instant = parseInstant("2026-11-27T11:00:00Z");

export interface WorkerStore {
  readonly id: StoreId;
  readonly token: string;
  readonly setup: StoreSetup;
  readonly record: SceneRecord;
  readonly targets: readonly TargetKey[];
}

/** @returns the stores that the contestants switch, each with one campaign that holds all of its targets. */
export function workerStores({ stores, targets, kind }: Shape): readonly WorkerStore[] {
  const numbers = Array.from({ length: targets }, (_each, n) => n);
  const shape = { coupons: kind === "coupon" ? targets : 0, promotions: kind === "promotion" ? targets : 0 };
  const asked = kind === "coupon" ? { coupons: numbers } : { promotions: numbers };
  return Array.from({ length: stores }, (_each, n) => {
    const { id, token, setup } = storeOf(n, shape, () => []);
    const record = { ...recordOf(id, "sale", { from: OPENS, to: CLOSES }, asked), repeat: "FREQ=DAILY" };
    const keyOf = (number: number) =>
      kind === "coupon"
        ? targetKey({ kind, id: couponId(String(COUPON_FROM + number)) })
        : targetKey({ kind, id: promotionId(String(PROMOTION_FROM + number)) });
    return { id, token, setup, record, targets: numbers.map(keyOf) };
  });
}
