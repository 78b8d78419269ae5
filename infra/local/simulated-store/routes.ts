import { isDeepStrictEqual } from "node:util";
import type { JsonObject } from "../../../lib/domain/live.ts";
import { type Result, success } from "../../../lib/domain/result.ts";
import { updateCoupon } from "./coupon-update.ts";
import { listPage } from "./list-page.ts";
import { profileOf, statsOf } from "./profile.ts";
import { updatePromotion } from "./promotion-update.ts";
import { refusal, reply, type SimulatedReply, wrongParameter } from "./reply.ts";
import type { SimulatedSettings } from "./settings.ts";
import type { SimulatedCall } from "./simulated-call.ts";
import { type Feature, findItem, isJsonObject, replaceItem, type StoreState } from "./store-state.ts";

/** What one request sees and may change. `seen` is what reads see: `current`, or an older state where a fault says so. */
export interface RouteContext {
  readonly call: SimulatedCall;
  readonly seen: StoreState;
  readonly current: StoreState;
  readonly settings: SimulatedSettings;
  /** Now, as Ecwid writes it. */
  readonly date: string;
  readonly commit: (next: StoreState) => void;
}

export interface Route {
  readonly scope: string;
  readonly feature?: Feature;
  readonly answer: (context: RouteContext) => SimulatedReply;
}

function itemOrNotFound(items: readonly JsonObject[], id: string, missing: SimulatedReply): SimulatedReply {
  const item = findItem(items, id);
  return item === undefined ? missing : reply(200, item);
}

function couponNotFound(): SimulatedReply {
  return refusal(404, "DISCOUNT_COUPON_NOT_FOUND", "Coupon is not found");
}

/** Runs an update and answers with `updateCount`, which for a PUT that changes nothing is as the settings say. */
function applyUpdate(
  context: RouteContext,
  old: JsonObject,
  updated: Result<JsonObject, SimulatedReply>,
  store: (item: JsonObject) => StoreState,
): SimulatedReply {
  if (!updated.ok) return updated.failure;
  const updateCount = isDeepStrictEqual(old, updated.value) ? context.settings.unchangedUpdateCount : 1;
  if (updateCount === 1) context.commit(store(updated.value));
  return reply(200, { updateCount });
}

function putCoupon(context: RouteContext): SimulatedReply {
  const { call, current, date } = context;
  const old = findItem(current.coupons, call.id ?? "");
  if (old === undefined) return couponNotFound();
  if (!isJsonObject(call.body)) return wrongParameter("The body must be a JSON object");
  return applyUpdate(context, old, updateCoupon(current, old, call.body), (coupon) => {
    const coupons = replaceItem(current.coupons, { ...coupon, updateDate: date });
    return { ...current, coupons, couponsUpdatedAt: date };
  });
}

function putPromotion(context: RouteContext): SimulatedReply {
  const { call, current, settings } = context;
  const old = findItem(current.promotions, call.id ?? "");
  if (old === undefined) return refusal(404, "PROMOTION_NOT_FOUND", "Promotion is not found");
  if (!isJsonObject(call.body)) return wrongParameter("The body must be a JSON object");
  return applyUpdate(context, old, updatePromotion(current, old, call.body, settings), (promotion) => {
    return { ...current, promotions: replaceItem(current.promotions, promotion) };
  });
}

/** By `<method> <resource>`, with `/{id}` where one stands in the path. Ecwid has no GET of one promotion. */
const ROUTES = new Map<string, Route>([
  [
    "GET discount_coupons",
    { scope: "read_discount_coupons", feature: "DISCOUNTS", answer: ({ call, seen }) => listPage(seen.coupons, call.query) },
  ],
  [
    "GET discount_coupons/{id}",
    {
      scope: "read_discount_coupons",
      feature: "DISCOUNTS",
      answer: ({ call, seen }) => itemOrNotFound(seen.coupons, call.id ?? "", couponNotFound()),
    },
  ],
  ["PUT discount_coupons/{id}", { scope: "update_discount_coupons", feature: "DISCOUNTS", answer: putCoupon }],
  [
    "GET promotions",
    {
      scope: "read_promotion",
      feature: "ADVANCED_DISCOUNTS",
      answer: ({ call, seen, settings }) => listPage(seen.promotions, settings.promotionPaging ? call.query : {}),
    },
  ],
  ["PUT promotions/{id}", { scope: "update_promotion", feature: "ADVANCED_DISCOUNTS", answer: putPromotion }],
  [
    "GET customer_groups",
    { scope: "read_customers", feature: "CUSTOMER_GROUPS", answer: ({ call, seen }) => listPage(seen.groups, call.query) },
  ],
  [
    "GET customer_groups/{id}",
    {
      scope: "read_customers",
      feature: "CUSTOMER_GROUPS",
      answer: ({ call, seen }) =>
        itemOrNotFound(seen.groups, call.id ?? "", reply(404, { errorMessage: `Customer group #${call.id} not found` })),
    },
  ],
  ["GET profile", { scope: "read_store_profile", answer: ({ seen }) => reply(200, profileOf(seen)) }],
  ["GET latest-stats", { scope: "read_store_profile", answer: ({ seen }) => reply(200, statsOf(seen)) }],
]);

const RESOURCES = new Set([...ROUTES.keys()].map((name) => name.split(/[ /]/)[1]));

/** @returns the route of a call, or Ecwid's refusal of a path or method that it does not have. */
export function routeOf({ method, resource, id }: SimulatedCall): Result<Route, SimulatedReply> {
  const route = ROUTES.get(`${method} ${resource}${id === undefined ? "" : "/{id}"}`);
  if (route !== undefined) return success(route);
  const refused = RESOURCES.has(resource)
    ? refusal(405, "METHOD_NOT_ALLOWED", "The method is not allowed here")
    : refusal(422, "WRONG_URL", "There is no such address");
  return { ok: false, failure: refused };
}
