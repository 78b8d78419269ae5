import type { StoreSetup } from "../../infra/local/simulated-store/new-store.ts";
import { COUPON, PROMOTION, STORE, TOKEN } from "../support/world.ts";

/** One store for each thing that is tried, so that they do not meet. */
export const STORES = {
  commands: STORE,
  ticked: "2001",
  promoted: "2002",
  doubled: "2003",
  poisoned: "2004",
  swept: "2005",
  revoked: "2006",
} as const;

/** @returns the token of a store, which no line of any log may hold. */
export function tokenOf(storeId: string): string {
  return storeId === STORE ? TOKEN : `secret_token_of_store_${storeId}`;
}

/** @returns the stores of the simulated Ecwid, all alike. */
export function storeSetups(): readonly StoreSetup[] {
  return Object.values(STORES).map((storeId) => ({
    storeId,
    timeZone: "UTC",
    tokens: [tokenOf(storeId)],
    coupons: [{ id: COUPON, code: "WELCOME10", applicationLimit: "NEW_CUSTOMER_ONLY" }],
    promotions: [{ id: PROMOTION, name: "Early access", triggers: { subtotal: 25, customerGroups: [0, 1] } }],
    groups: [1, 2, 3, 4, 5].map((id) => ({ id, name: `Group ${id}` })),
  }));
}
