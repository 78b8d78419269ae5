import type { CouponId, PromotionId } from "./identifiers.ts";

/** JSON as parsed: what Ecwid sent and Doorman must hand back untouched. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json;
}

/** A coupon as Ecwid holds it now. */
export interface LiveCoupon {
  readonly kind: "coupon";
  readonly id: CouponId;
  /** The raw value: `UNLIMITED`, `NEW_CUSTOMER_ONLY`, `REPEAT_CUSTOMER_ONLY`, or one that Ecwid has added since. */
  readonly applicationLimit: string;
  readonly name?: string | undefined;
  readonly code?: string | undefined;
  /** `ACTIVE`, `PAUSED`, `EXPIRED`, `USEDUP`, or one that Ecwid has added since. */
  readonly status?: string | undefined;
  /** From when and until when Ecwid lets it be used, as it wrote them: `2026-11-27 05:00:00 +0000`. */
  readonly launchDate?: string | number | undefined;
  readonly expirationDate?: string | number | undefined;
}

/** A promotion as Ecwid holds it now. */
export interface LivePromotion {
  readonly kind: "promotion";
  readonly id: PromotionId;
  readonly name?: string | undefined;
  readonly enabled?: boolean | undefined;
  /** The whole raw `triggers` object: a write echoes it with only `customerGroups` changed. */
  readonly triggers: JsonObject;
  /** `triggers.customerGroups`; undefined where the promotion has none, which means open to everyone. */
  readonly customerGroups: readonly number[] | undefined;
}

export type LiveTarget = LiveCoupon | LivePromotion;
