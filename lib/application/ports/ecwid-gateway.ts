import type { EcwidFailure } from "../../domain/failures/ecwid-failure.ts";
import type { CouponId, PromotionId, StoreId } from "../../domain/identifiers.ts";
import type { JsonObject, LiveCoupon, LivePromotion } from "../../domain/live.ts";
import type { Result } from "../../domain/result.ts";
import type { Token } from "./token-source.ts";

export interface PromotionList {
  readonly promotions: readonly LivePromotion[];
  /** False when Ecwid counts more promotions than it sent: then an absent one is not "deleted". */
  readonly complete: boolean;
}

export interface StoreProfile {
  /** `formatsAndUnits.timezone`, where Ecwid gives one. */
  readonly timeZone: string | undefined;
}

export interface CustomerGroup {
  readonly id: number;
  /** As people know it; absent: Ecwid gave none. */
  readonly name?: string | undefined;
}

type Reply<Value> = Promise<Result<Value, EcwidFailure>>;

/** One store at Ecwid, with the token in hand. Only the reconcile calls it. */
export interface EcwidStore {
  readCoupon(id: CouponId): Reply<LiveCoupon>;
  /** All coupons, 100 a page. */
  listCoupons(): Reply<readonly LiveCoupon[]>;
  /** Ecwid has no call for one promotion, so it is always the list. */
  listPromotions(): Reply<PromotionList>;
  /** Sends exactly `{"applicationLimit": …}`. */
  writeApplicationLimit(id: CouponId, limit: string): Reply<void>;
  /** Sends exactly `{"triggers": …}`: the whole object just read, whether Ecwid merges or replaces it. */
  writeTriggers(id: PromotionId, triggers: JsonObject): Reply<void>;
  readProfile(): Reply<StoreProfile>;
  /** The customer groups that exist, 0 ("General") included. */
  listCustomerGroups(): Reply<readonly CustomerGroup[]>;
}

export interface EcwidGateway {
  /** @param isSentOnce whether a read whose connection was lost is not sent once more: every call may count towards a ban of our address. */
  open(storeId: StoreId, token: Token, isSentOnce?: boolean): EcwidStore;
}
