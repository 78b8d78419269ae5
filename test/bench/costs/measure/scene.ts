import type { StoreSetup } from "../../../../infra/local/simulated-store/new-store.ts";
import { type StoreId, storeId } from "../../../../lib/domain/identifiers.ts";
import type { JsonObject } from "../../../../lib/domain/live.ts";

/** What a measured campaign changes: the mix that `usage.ts` counts with. */
export type CampaignKind = "coupon" | "pair" | "promotion";

const KINDS: readonly CampaignKind[] = ["coupon", "pair", "promotion", "coupon", "pair", "pair", "coupon", "pair", "coupon", "pair"];

/** The first three campaigns of a store are those whose windows are measured; the others' lie on other days. */
export const MEASURED = { coupon: "campaign-000", pair: "campaign-001", promotion: "campaign-002", edited: "campaign-003" } as const;

const WINDOWS: Readonly<Record<string, JsonObject>> = {
  [MEASURED.coupon]: { start: "2026-11-06T10:00", end: "2026-11-06T18:00", repeat: "FREQ=WEEKLY;BYDAY=TU,FR" },
  [MEASURED.pair]: { start: "2026-11-07T02:00", end: "2026-11-07T06:00", repeat: "FREQ=WEEKLY;BYDAY=WE,SA" },
  [MEASURED.promotion]: { start: "2026-11-08T10:00", end: "2026-11-08T18:00", repeat: "FREQ=WEEKLY;BYDAY=WE,SU" },
};

export type CampaignRecord = JsonObject & { readonly storeId: string; readonly campaignId: string };

function two(number: number): string {
  return String(number).padStart(2, "0");
}

function otherWindows(n: number): JsonObject {
  const hour = 8 + (n % 8);
  const minute = two(30 * (n % 2));
  return { start: `2026-11-02T${two(hour)}:${minute}`, end: `2026-11-02T${two(hour + 8)}:${minute}`, repeat: "FREQ=WEEKLY;BYDAY=MO,TH" };
}

/** @returns the nth campaign of a store, as a marketer would type it. */
export function campaignOf(store: StoreId, n: number): CampaignRecord {
  const campaignId = `campaign-${String(n).padStart(3, "0")}`;
  const kind = KINDS[n % KINDS.length];
  return {
    storeId: store,
    campaignId,
    name: `Weekly offer ${n} for the regulars`,
    ...(WINDOWS[campaignId] ?? otherWindows(n)),
    ...(kind !== "promotion" && { coupons: [{ couponId: String(162_428_000 + n), applicationLimit: "UNLIMITED" }] }),
    ...(kind !== "coupon" && { promotions: [{ promotionId: String(608_000 + n), addGroups: [3] }] }),
    note: "agreed with finance",
  };
}

/** The nth store: as many coupons and promotions as campaigns, and a token. */
export function storeOf(n: number, campaigns: number): { readonly id: StoreId; readonly token: string; readonly setup: StoreSetup } {
  const id = storeId(String(1_003 + n));
  const token = `secret_token_of_store_${id}`;
  const numbers = Array.from({ length: campaigns }, (_each, number) => number);
  const setup: StoreSetup = {
    storeId: id,
    timeZone: "UTC",
    tokens: [token],
    coupons: numbers.map((number) => ({ id: 162_428_000 + number, code: `OFFER${number}`, applicationLimit: "NEW_CUSTOMER_ONLY" })),
    promotions: numbers.map((number) => ({ id: 608_000 + number, triggers: { subtotal: 25, customerGroups: [0, 1] } })),
    groups: [1, 2, 3].map((group) => ({ id: group, name: `Group ${group}` })),
  };
  return { id, token, setup };
}
