import type { StoreSetup } from "../../../infra/local/simulated-store/new-store.ts";
import { type StoreId, storeId, type TargetKey } from "../../../lib/domain/identifiers.ts";
import { formatInstant, type Instant, MINUTE, plus, SECOND } from "../../../lib/domain/instant.ts";
import type { JsonObject } from "../../../lib/domain/live.ts";
import type { Random } from "../../simulation/world/random.ts";

export type SceneRecord = JsonObject & { readonly storeId: string; readonly campaignId: string };

/** Stores as Ecwid has them, and what their marketers have saved. */
export interface Scene {
  readonly stores: readonly {
    readonly id: StoreId;
    readonly setup: StoreSetup;
    readonly token: string;
    readonly records: readonly SceneRecord[];
    /** Stores of the same name differ in nothing but their id: one is compiled, and copied for the others. */
    readonly alike?: string;
  }[];
}

/** A store's target of the nth number. */
export const COUPON_FROM = 162_428_000;
export const PROMOTION_FROM = 608_000;

/** What a store holds, and what is to be switched there. */
export interface StoreShape {
  readonly coupons: number;
  readonly promotions: number;
  readonly baseLimit?: (n: number) => string;
}

/** @returns the nth store with so many coupons and promotions, and the records given. */
export function storeOf(n: number, shape: StoreShape, records: (id: StoreId) => readonly SceneRecord[]): Scene["stores"][number] {
  const id = storeId(String(100_001 + n));
  const token = `secret_of_${id}`;
  const numbers = (count: number) => Array.from({ length: count }, (_each, number) => number);
  const setup: StoreSetup = {
    storeId: id,
    timeZone: "UTC",
    tokens: [token],
    coupons: numbers(shape.coupons).map((number) => ({
      id: COUPON_FROM + number,
      code: `OFFER${number}`,
      applicationLimit: shape.baseLimit?.(number) ?? "NEW_CUSTOMER_ONLY",
    })),
    promotions: numbers(shape.promotions).map((number) => ({
      id: PROMOTION_FROM + number,
      triggers: { subtotal: 25, customerGroups: [0, 1] },
    })),
    groups: [1, 2, 3].map((group) => ({ id: group, name: `Group ${group}` })),
  };
  return { id, setup, token, records: records(id) };
}

/** @returns a record that is on from `from` to `to` for coupons and promotions of these numbers. */
export function recordOf(
  id: StoreId,
  campaignId: string,
  window: { readonly from: Instant; readonly to: Instant },
  targets: { readonly coupons?: readonly number[]; readonly promotions?: readonly number[]; readonly limit?: string },
): SceneRecord {
  const { coupons = [], promotions = [], limit = "UNLIMITED" } = targets;
  return {
    storeId: id,
    campaignId,
    name: `Offer ${campaignId} for the regulars`,
    timeZone: "UTC",
    start: formatInstant(window.from),
    end: formatInstant(window.to),
    ...(coupons.length > 0 && { coupons: coupons.map((n) => ({ couponId: String(COUPON_FROM + n), applicationLimit: limit })) }),
    ...(promotions.length > 0 && { promotions: promotions.map((n) => ({ promotionId: String(PROMOTION_FROM + n), addGroups: [3] })) }),
    note: "agreed with finance",
  };
}

/** One boundary at which something has to be switched. */
export interface Boundary {
  readonly storeId: StoreId;
  readonly target: TargetKey;
  readonly at: Instant;
}

/** Three coupons and two promotions a store, each with a campaign of its own. */
const SPREAD: StoreShape = { coupons: 3, promotions: 2 };
const CAMPAIGNS = SPREAD.coupons + SPREAD.promotions;
const SPAN_MINUTES = 180;

/**
 * @param boundaries how many; every campaign has two.
 * @returns campaigns of 20 to 60 minutes in three hours from `from`: half of them on whole minutes, half on odd seconds.
 */
export function spreadScene(random: Random, boundaries: number, from: Instant): Scene {
  const stores = Math.ceil(boundaries / (2 * CAMPAIGNS));
  const moment = (minutes: number, isOdd: boolean) => plus(from, minutes * MINUTE + (isOdd ? random.whole(1, 59) * SECOND : 0));
  const recordsOf = (id: StoreId) =>
    Array.from({ length: CAMPAIGNS }, (_each, n) => {
      const isOdd = random.chance(0.5);
      const [begins, lasts] = [random.whole(1, SPAN_MINUTES - 61), random.whole(20, 59)];
      const window = { from: moment(begins, isOdd), to: moment(begins + lasts, isOdd) };
      return recordOf(id, `campaign-${n}`, window, n < SPREAD.coupons ? { coupons: [n] } : { promotions: [n - SPREAD.coupons] });
    });
  return { stores: Array.from({ length: stores }, (_each, n) => storeOf(n, SPREAD, recordsOf)) };
}

export const SPREAD_MS = SPAN_MINUTES * MINUTE;
