import type { EcwidGateway, EcwidStore } from "../../lib/application/ports/ecwid-gateway.ts";
import type { StoreId } from "../../lib/domain/identifiers.ts";
import type { Json, LiveCoupon, LivePromotion } from "../../lib/domain/live.ts";
import { success } from "../../lib/domain/result.ts";

/** What would have been written, by `coupon <id>` or `promotion <id>`; laid over what is read. */
type Pretended = Map<string, LiveCoupon["applicationLimit"] | LivePromotion["triggers"]>;

function groupsIn(value: Json | undefined): readonly number[] | undefined {
  return Array.isArray(value) ? value.filter((each) => typeof each === "number") : undefined;
}

function withPretended(pretended: Pretended) {
  return {
    coupon: (live: LiveCoupon): LiveCoupon => {
      const value = pretended.get(`coupon ${live.id}`);
      return typeof value === "string" ? { ...live, applicationLimit: value } : live;
    },
    promotion: (live: LivePromotion): LivePromotion => {
      const value = pretended.get(`promotion ${live.id}`);
      return typeof value === "object" ? { ...live, triggers: value, customerGroups: groupsIn(value["customerGroups"]) } : live;
    },
  };
}

function pretending(store: EcwidStore, pretended: Pretended): EcwidStore {
  const seen = withPretended(pretended);
  return {
    ...store,
    readCoupon: async (id) => {
      const reply = await store.readCoupon(id);
      return reply.ok ? success(seen.coupon(reply.value)) : reply;
    },
    listCoupons: async () => {
      const reply = await store.listCoupons();
      return reply.ok ? success(reply.value.map(seen.coupon)) : reply;
    },
    listPromotions: async () => {
      const reply = await store.listPromotions();
      return reply.ok ? success({ ...reply.value, promotions: reply.value.promotions.map(seen.promotion) }) : reply;
    },
    writeApplicationLimit: async (id, limit) => {
      pretended.set(`coupon ${id}`, limit);
      return success(undefined);
    },
    writeTriggers: async (id, triggers) => {
      pretended.set(`promotion ${id}`, triggers);
      return success(undefined);
    },
  };
}

/** @returns a gateway that reads from Ecwid and writes nothing: later reads show what would have been written, so that a dry run goes on as a real one would. */
export function createDryRunGateway(gateway: EcwidGateway): EcwidGateway {
  const byStore = new Map<StoreId, Pretended>();
  return {
    open: (storeId, token, isSentOnce) => {
      const pretended: Pretended = byStore.get(storeId) ?? new Map();
      byStore.set(storeId, pretended);
      return pretending(gateway.open(storeId, token, isSentOnce), pretended);
    },
  };
}
