import type { EcwidStore } from "../../lib/application/ports/ecwid-gateway.ts";
import type { EcwidFailure } from "../../lib/domain/failures/ecwid-failure.ts";
import { couponId, promotionId } from "../../lib/domain/identifiers.ts";
import type { LiveCoupon, LivePromotion } from "../../lib/domain/live.ts";
import { failure, success } from "../../lib/domain/result.ts";

/** What a store at Ecwid answers; a call that is not named here is a mistake of the test. */
export interface StoreScript {
  readonly coupons?: readonly LiveCoupon[] | EcwidFailure;
  /** For the list of coupons, where it does not answer as single reads do. */
  readonly couponList?: EcwidFailure;
  readonly promotions?: readonly LivePromotion[] | EcwidFailure;
  readonly isComplete?: boolean;
  readonly groups?: readonly number[] | EcwidFailure;
  readonly profile?: { readonly timeZone: string | undefined } | EcwidFailure;
  readonly write?: EcwidFailure;
}

export interface ScriptedStore {
  readonly store: EcwidStore;
  /** The calls made, in order: `readCoupon 5`. */
  readonly calls: string[];
}

function isFailure(answer: object): answer is EcwidFailure {
  return "kind" in answer;
}

function answer<Value extends object>(value: Value | EcwidFailure | undefined) {
  if (value === undefined) throw new Error("the test did not expect this call");
  return isFailure(value) ? failure(value) : success(value);
}

/** @returns a store at Ecwid that answers what it is told to, and keeps nothing. */
export function scriptedStore(script: StoreScript): ScriptedStore {
  const calls: string[] = [];
  const { coupons, promotions, isComplete = true, groups, profile, write } = script;
  const store: EcwidStore = {
    readCoupon: async (id) => {
      calls.push(`readCoupon ${id}`);
      const list = answer(coupons);
      if (!list.ok) return list;
      const found = list.value.find((each) => each.id === id);
      return found === undefined ? failure({ kind: "target-missing", message: "not found" }) : success(found);
    },
    listCoupons: async () => {
      calls.push("listCoupons");
      return answer(script.couponList ?? coupons);
    },
    listPromotions: async () => {
      calls.push("listPromotions");
      const list = answer(promotions);
      return list.ok ? success({ promotions: list.value, complete: isComplete }) : list;
    },
    writeApplicationLimit: async (id, limit) => {
      calls.push(`writeApplicationLimit ${id} ${limit}`);
      return write === undefined ? success(undefined) : failure(write);
    },
    writeTriggers: async (id, triggers) => {
      calls.push(`writeTriggers ${id} ${JSON.stringify(triggers)}`);
      return write === undefined ? success(undefined) : failure(write);
    },
    readProfile: async () => {
      calls.push("readProfile");
      return answer(profile);
    },
    listCustomerGroups: async () => {
      calls.push("listCustomerGroups");
      const list = answer(groups);
      return list.ok ? success(list.value.map((id) => ({ id, name: `Group ${id}` }))) : list;
    },
  };
  return { store, calls };
}

/** @returns a coupon as Ecwid holds it. */
export function liveCoupon(id: string, changes: Partial<LiveCoupon> = {}): LiveCoupon {
  return { kind: "coupon", id: couponId(id), applicationLimit: "NEW_CUSTOMER_ONLY", ...changes };
}

/** @returns a promotion as Ecwid holds it, with its groups in its triggers. */
export function livePromotion(
  id: string,
  groups: readonly number[] | undefined = [0, 1],
  changes: Partial<LivePromotion> = {},
): LivePromotion {
  const triggers = groups === undefined ? {} : { customerGroups: groups };
  return { kind: "promotion", id: promotionId(id), triggers, customerGroups: groups, ...changes };
}
