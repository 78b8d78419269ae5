import type { JsonObject } from "../../../lib/domain/live.ts";
import type { StoreState } from "./store-state.ts";

/** @returns the store's profile: the parts of Ecwid's that a scheduler may look at. */
export function profileOf(store: StoreState): JsonObject {
  return {
    generalInfo: { storeId: Number(store.storeId), storeUrl: `https://store${store.storeId}.example.com` },
    account: { accountName: `Store ${store.storeId}`, suspended: store.suspended, availableFeatures: ["PREMIUM"] },
    settings: { storeName: `Store ${store.storeId}`, closed: false },
    languages: { enabledLanguages: ["en"], defaultLanguage: "en" },
    formatsAndUnits: { currency: "USD", dateFormat: "MMM d, yyyy", timeFormat: "hh:mm a", timezone: store.timeZone },
  };
}

/** @returns the store's update statistics; only the coupons' instant moves here. */
export function statsOf(store: StoreState): JsonObject {
  const unmoved = "2026-01-01 00:00:00 +0000";
  return { productsUpdated: unmoved, ordersUpdated: unmoved, profileUpdated: unmoved, discountCouponsUpdated: store.couponsUpdatedAt };
}
