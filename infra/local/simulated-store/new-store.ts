import type { JsonObject } from "../../../lib/domain/live.ts";
import { ALL_SCOPES, findItem, type SimulatedToken, type StoreState } from "./store-state.ts";

/** What a store to be added holds. Objects need an `id` only; what else Ecwid always returns is filled in. */
export interface StoreSetup extends Partial<Omit<StoreState, "storeId" | "tokens" | "couponsUpdatedAt">> {
  readonly storeId: string;
  /** A bare text is a living token with every scope that Doorman needs. */
  readonly tokens?: readonly (string | SimulatedToken)[];
}

const GENERAL: JsonObject = { id: 0, name: "General" };

/** @returns a coupon as Ecwid returns one, with what was given over the defaults. @param date as Ecwid writes it. */
export function completeCoupon(given: JsonObject, date: string): JsonObject {
  const limit = given["applicationLimit"] ?? "UNLIMITED";
  return {
    name: `Coupon ${given["id"]}`,
    code: `CODE${given["id"]}`,
    discountType: "PERCENT",
    status: "ACTIVE",
    discount: 10,
    launchDate: "2026-01-01 00:00:00 +0000",
    usesLimit: "UNLIMITED",
    applicationLimit: "UNLIMITED",
    repeatCustomerOnly: limit === "REPEAT_CUSTOMER_ONLY",
    creationDate: date,
    updateDate: date,
    orderCount: 0,
    ...given,
  };
}

/** @returns a promotion as Ecwid returns one, with what was given over the defaults. */
export function completePromotion(given: JsonObject): JsonObject {
  return {
    name: `Promotion ${given["id"]}`,
    enabled: true,
    discountBase: "SUBTOTAL",
    discountType: "PERCENT",
    amount: 10,
    triggers: { subtotal: 10 },
    targets: { all: true },
    ...given,
  };
}

function tokenOf(given: string | SimulatedToken): SimulatedToken {
  return typeof given === "string" ? { token: given, scopes: [...ALL_SCOPES], dead: false } : given;
}

/** @returns the state of a new store; the group "General" (id 0) is always in it. @param date now, as Ecwid writes it. */
export function newStore(setup: StoreSetup, date: string): StoreState {
  const groups = setup.groups ?? [];
  return {
    storeId: setup.storeId,
    timeZone: setup.timeZone === undefined ? "America/New_York" : setup.timeZone,
    suspended: setup.suspended ?? false,
    apiOnPlan: setup.apiOnPlan ?? true,
    missingFeatures: setup.missingFeatures ?? [],
    readOnlyPromotions: setup.readOnlyPromotions ?? [],
    tokens: (setup.tokens ?? []).map(tokenOf).map((token) => ({ ...token })),
    coupons: (setup.coupons ?? []).map((coupon) => completeCoupon(coupon, date)),
    promotions: (setup.promotions ?? []).map(completePromotion),
    groups: findItem(groups, "0") === undefined ? [GENERAL, ...groups] : [...groups],
    couponsUpdatedAt: date,
  };
}
