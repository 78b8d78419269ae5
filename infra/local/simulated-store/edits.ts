import type { JsonObject } from "../../../lib/domain/live.ts";
import { completeCoupon, completePromotion } from "./new-store.ts";
import { findItem, isJsonObject, overlay, replaceItem, type Shelf, type SimulatedToken, type StoreState } from "./store-state.ts";
import type { Stores } from "./stores.ts";

/** Of a store as a whole, what a person or Ecwid's staff can change. */
export type StoreChanges = Partial<Pick<StoreState, "timeZone" | "suspended" | "apiOnPlan" | "missingFeatures" | "readOnlyPromotions">>;

/**
 * What people do in Ecwid's control panel: no token, no rate limit, no log entry.
 * Changes are laid over the old fields; null removes one. Every method throws a TypeError where the store or object does not exist.
 */
export interface Edits {
  coupon(storeId: string, couponId: string | number, changes: JsonObject): void;
  /** `changes.triggers` is itself laid over the old triggers. */
  promotion(storeId: string, promotionId: string | number, changes: JsonObject): void;
  group(storeId: string, groupId: string | number, changes: JsonObject): void;
  /** Only `id` is needed. */
  addCoupon(storeId: string, coupon: JsonObject): void;
  addPromotion(storeId: string, promotion: JsonObject): void;
  addGroup(storeId: string, group: JsonObject): void;
  removeCoupon(storeId: string, couponId: string | number): void;
  removePromotion(storeId: string, promotionId: string | number): void;
  /** Promotions that name the group keep its id: what Ecwid does with them is not documented. */
  deleteGroup(storeId: string, groupId: string | number): void;
  store(storeId: string, changes: StoreChanges): void;
  /** Replaces every token of the store. */
  tokens(storeId: string, tokens: readonly SimulatedToken[]): void;
  /** Makes every token of the store dead, as when the app is uninstalled. */
  revokeTokens(storeId: string): void;
}

function withLimitInStep(coupon: JsonObject): JsonObject {
  return { ...coupon, repeatCustomerOnly: coupon["applicationLimit"] === "REPEAT_CUSTOMER_ONLY" };
}

function withTriggersLaidOver(old: JsonObject, changes: JsonObject): JsonObject {
  const { triggers: before } = old;
  const { triggers: changed } = changes;
  return isJsonObject(before) && isJsonObject(changed) ? { ...changes, triggers: overlay(before, changed) } : changes;
}

/** @param date now, as Ecwid writes it. */
export function createEdits(stores: Stores, date: () => string): Edits {
  const current = (storeId: string): StoreState => {
    const store = stores.find(storeId)?.current;
    if (store === undefined) throw new TypeError(`there is no simulated store ${storeId}`);
    return store;
  };
  const put = (store: StoreState, shelf: Shelf, items: readonly JsonObject[]) => {
    const moved = shelf === "coupons" ? { couponsUpdatedAt: date() } : {};
    stores.put({ ...store, [shelf]: [...items], ...moved });
  };
  const existing = (store: StoreState, shelf: Shelf, id: string | number): JsonObject => {
    const item = findItem(store[shelf], String(id));
    if (item === undefined) throw new TypeError(`simulated store ${store.storeId} has no ${id} among its ${shelf}`);
    return item;
  };
  const change = (storeId: string, shelf: Shelf, id: string | number, changed: (old: JsonObject) => JsonObject) => {
    const store = current(storeId);
    put(store, shelf, replaceItem(store[shelf], changed(existing(store, shelf, id))));
  };
  const add = (storeId: string, shelf: Shelf, item: JsonObject) => {
    const store = current(storeId);
    if (typeof item["id"] !== "number") throw new TypeError("an object needs a numeric id");
    if (findItem(store[shelf], String(item["id"])) !== undefined)
      throw new TypeError(`simulated store ${storeId} has ${shelf} ${item["id"]} already`);
    put(store, shelf, [...store[shelf], item]);
  };
  const remove = (storeId: string, shelf: Shelf, id: string | number) => {
    const store = current(storeId);
    const gone = existing(store, shelf, id);
    put(
      store,
      shelf,
      store[shelf].filter((item) => item !== gone),
    );
  };

  return {
    coupon: (storeId, id, changes) =>
      change(storeId, "coupons", id, (old) => withLimitInStep({ ...overlay(old, changes), id: old["id"] ?? null, updateDate: date() })),
    promotion: (storeId, id, changes) =>
      change(storeId, "promotions", id, (old) => ({ ...overlay(old, withTriggersLaidOver(old, changes)), id: old["id"] ?? null })),
    group: (storeId, id, changes) => change(storeId, "groups", id, (old) => ({ ...overlay(old, changes), id: old["id"] ?? null })),
    addCoupon: (storeId, coupon) => add(storeId, "coupons", completeCoupon(coupon, date())),
    addPromotion: (storeId, promotion) => add(storeId, "promotions", completePromotion(promotion)),
    addGroup: (storeId, group) => add(storeId, "groups", { name: `Group ${group["id"]}`, ...group }),
    removeCoupon: (storeId, id) => remove(storeId, "coupons", id),
    removePromotion: (storeId, id) => remove(storeId, "promotions", id),
    deleteGroup(storeId, id) {
      if (String(id) === "0") throw new TypeError('the group "General" (0) cannot be deleted');
      remove(storeId, "groups", id);
    },
    store: (storeId, changes) => stores.put({ ...current(storeId), ...changes }),
    tokens: (storeId, tokens) =>
      stores.put({ ...current(storeId), tokens: tokens.map((token) => ({ ...token, scopes: [...token.scopes] })) }),
    revokeTokens(storeId) {
      const store = current(storeId);
      stores.put({ ...store, tokens: store.tokens.map((token) => ({ ...token, dead: true })) });
    },
  };
}
