import type { EcwidStore } from "../ports/ecwid-gateway.ts";

/** @returns the store with its calls counted; a list counts as one request, though a long one takes more. */
export function countingStore(store: EcwidStore): { readonly store: EcwidStore; readonly requests: () => number } {
  let requests = 0;
  const counted = <Reply>(call: Reply): Reply => {
    requests += 1;
    return call;
  };
  return {
    requests: () => requests,
    store: {
      readCoupon: (id) => counted(store.readCoupon(id)),
      listCoupons: () => counted(store.listCoupons()),
      listPromotions: () => counted(store.listPromotions()),
      writeApplicationLimit: (id, limit) => counted(store.writeApplicationLimit(id, limit)),
      writeTriggers: (id, triggers) => counted(store.writeTriggers(id, triggers)),
      readProfile: () => counted(store.readProfile()),
      listCustomerGroups: () => counted(store.listCustomerGroups()),
    },
  };
}
