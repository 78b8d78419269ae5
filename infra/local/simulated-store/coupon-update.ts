import type { Json, JsonObject } from "../../../lib/domain/live.ts";
import { failure, type Result, success } from "../../../lib/domain/result.ts";
import { refusal, type SimulatedReply, wrongParameter } from "./reply.ts";
import type { StoreState } from "./store-state.ts";

const LIMITS: readonly (Json | undefined)[] = ["UNLIMITED", "NEW_CUSTOMER_ONLY", "REPEAT_CUSTOMER_ONLY"];
const SETTABLE_STATUS: readonly (Json | undefined)[] = ["ACTIVE", "PAUSED"];
const UPDATABLE = [
  "name",
  "code",
  "discountType",
  "status",
  "discount",
  "launchDate",
  "expirationDate",
  "totalLimit",
  "usesLimit",
  "applicationLimit",
  "orderCount",
  "catalogLimit",
  "shippingLimit",
];

/** The two fields say the same; where both are sent, `applicationLimit` wins (Ecwid's older documentation). */
function limitAsked(coupon: JsonObject, changes: JsonObject): Json | undefined {
  if (changes["applicationLimit"] !== undefined) return changes["applicationLimit"];
  if (changes["repeatCustomerOnly"] === true) return "REPEAT_CUSTOMER_ONLY";
  const wasRepeat = coupon["applicationLimit"] === "REPEAT_CUSTOMER_ONLY";
  return changes["repeatCustomerOnly"] === false && wasRepeat ? "UNLIMITED" : coupon["applicationLimit"];
}

/** @returns the coupon with the body of a PUT applied, its dates untouched; or the refusal. Fields a client may not set are ignored. */
export function updateCoupon(store: StoreState, coupon: JsonObject, changes: JsonObject): Result<JsonObject, SimulatedReply> {
  const limit = changes["applicationLimit"];
  if (limit !== undefined && !LIMITS.includes(limit)) return failure(wrongParameter("applicationLimit has an unknown value"));
  if (changes["status"] !== undefined && !SETTABLE_STATUS.includes(changes["status"]))
    return failure(wrongParameter("status can be ACTIVE or PAUSED"));
  const codeTaken = store.coupons.some((other) => other["id"] !== coupon["id"] && other["code"] === changes["code"]);
  if (changes["code"] !== undefined && codeTaken)
    return failure(refusal(409, "CONSTRAINT_VIOLATION", "A coupon with this code already exists"));

  const applicationLimit = limitAsked(coupon, changes) ?? "UNLIMITED";
  const accepted = Object.entries(changes).filter(([name]) => UPDATABLE.includes(name));
  const repeatCustomerOnly = applicationLimit === "REPEAT_CUSTOMER_ONLY";
  return success({ ...coupon, ...Object.fromEntries(accepted), applicationLimit, repeatCustomerOnly });
}
