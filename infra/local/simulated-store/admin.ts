import * as z from "zod";
import type { Json, JsonObject } from "../../../lib/domain/live.ts";
import { refusal, reply, type SimulatedReply, wrongParameter } from "./reply.ts";
import type { SimulatedEcwid } from "./simulated-ecwid.ts";
import { FEATURES, findItem, isJsonObject, type Shelf, type StoreState } from "./store-state.ts";

/** Where the admin surface lives: beside the API's paths, never below them. */
export const ADMIN_PATH = "/simulated-admin";

/** What somebody at a terminal asks: `segments` is the path below {@link ADMIN_PATH}, `body` the parsed JSON. */
export interface AdminRequest {
  readonly method: string;
  readonly segments: readonly string[];
  readonly body: Json | undefined;
  /** Where the surface was reached, for commands to copy: `http://127.0.0.1:8790`. */
  readonly origin: string;
}

/** What can be asked, as commands that can be copied, with a store and objects that are there. */
function usage(ecwid: SimulatedEcwid, origin: string): string {
  const [store] = ecwid.stores();
  const admin = `${origin}${ADMIN_PATH}`;
  const at = `${admin}/stores/${store?.storeId ?? "1003"}`;
  const coupon = `${at}/coupons/${store?.coupons[0]?.["id"] ?? "77"}`;
  const promotion = `${at}/promotions/${store?.promotions[0]?.["id"] ?? "9"}`;
  return [
    "# Edit the simulated store as a person would in Ecwid. For example (null removes a field):",
    `curl -X PATCH ${coupon} -d '{"applicationLimit": "REPEAT_CUSTOMER_ONLY"}'`,
    `curl -X PATCH ${promotion} -d '{"triggers": {"customerGroups": [0]}}'`,
    `curl -X PATCH ${at} -d '{"timeZone": "Europe/London", "suspended": true}'`,
    "# Make and delete coupons; likewise promotions and groups:",
    `curl -X POST ${at}/coupons -H 'content-type: application/json' -d '{"id": 77}'`,
    `curl -X DELETE ${coupon}`,
    "# As when the app is uninstalled:",
    `curl -X POST ${at}/revoke-tokens -H 'content-type: application/json'`,
    "# The store, all stores, and what was asked of the API, newest last:",
    `curl ${at}`,
    `curl ${admin}/stores`,
    `curl ${admin}/requests`,
    "",
  ].join("\n");
}

const shelfSchema = z.enum(["coupons", "promotions", "groups"]);
const storeChangesSchema = z
  .strictObject({
    timeZone: z.string().nullable(),
    suspended: z.boolean(),
    apiOnPlan: z.boolean(),
    missingFeatures: z.array(z.enum(FEATURES)),
    readOnlyPromotions: z.array(z.string()),
  })
  .partial();

function withoutTokens({ tokens, ...rest }: StoreState): Json {
  return { ...rest, tokens: tokens.map(({ scopes, dead }) => ({ scopes, dead })) };
}

function notThere(what: string): SimulatedReply {
  return refusal(404, "NOT_FOUND", `${what} does not exist; GET ${ADMIN_PATH} lists what can be asked`);
}

function changeItem(ecwid: SimulatedEcwid, storeId: string, shelf: Shelf, id: string, changes: JsonObject | undefined): void {
  const { edit } = ecwid;
  const change = { coupons: edit.coupon, promotions: edit.promotion, groups: edit.group }[shelf];
  const remove = { coupons: edit.removeCoupon, promotions: edit.removePromotion, groups: edit.deleteGroup }[shelf];
  if (changes === undefined) remove(storeId, id);
  else change(storeId, id, changes);
}

function onItem(ecwid: SimulatedEcwid, { method, body }: AdminRequest, store: StoreState, shelf: Shelf, id: string): SimulatedReply {
  const item = findItem(store[shelf], id);
  if (item === undefined) return notThere(`${id} among the ${shelf} of store ${store.storeId}`);
  if (method === "GET") return reply(200, item);
  if (method === "DELETE" && shelf === "groups" && id === "0") return wrongParameter('the group "General" cannot be deleted');
  if (method !== "DELETE" && method !== "PATCH") return notThere(`${method} of one of the ${shelf}`);
  if (method === "PATCH" && !isJsonObject(body)) return wrongParameter("send the changed fields as a JSON object");
  changeItem(ecwid, store.storeId, shelf, id, isJsonObject(body) && method === "PATCH" ? body : undefined);
  return reply(200, findItem(ecwid.store(store.storeId)[shelf], id) ?? { deleted: id });
}

function onShelf(ecwid: SimulatedEcwid, { method, body }: AdminRequest, store: StoreState, shelf: Shelf): SimulatedReply {
  if (method === "GET") return reply(200, store[shelf]);
  if (method !== "POST") return notThere(`${method} of ${shelf}`);
  if (!isJsonObject(body) || typeof body["id"] !== "number") return wrongParameter('send a JSON object with a numeric "id"');
  const id = String(body["id"]);
  if (findItem(store[shelf], id) !== undefined) return refusal(409, "CONSTRAINT_VIOLATION", `${id} exists already`);
  const { edit } = ecwid;
  ({ coupons: edit.addCoupon, promotions: edit.addPromotion, groups: edit.addGroup })[shelf](store.storeId, body);
  return reply(201, findItem(ecwid.store(store.storeId)[shelf], id) ?? {});
}

function onStore(ecwid: SimulatedEcwid, { method, body }: AdminRequest, store: StoreState): SimulatedReply {
  if (method === "GET") return reply(200, withoutTokens(store));
  if (method !== "PATCH") return notThere(`${method} of a store`);
  const changes = storeChangesSchema.safeParse(body);
  if (!changes.success) return wrongParameter(z.prettifyError(changes.error));
  const given = Object.entries(changes.data).filter(([, value]) => value !== undefined);
  ecwid.edit.store(store.storeId, Object.fromEntries(given));
  return reply(200, withoutTokens(ecwid.store(store.storeId)));
}

/** Answers somebody who edits the simulated stores by hand, with curl. No token is needed, and none is ever shown. */
export function answerAdmin(ecwid: SimulatedEcwid, request: AdminRequest): SimulatedReply {
  const [first, storeId, second, id] = request.segments;
  if (first === undefined)
    return { status: 200, headers: { "content-type": "text/plain; charset=utf-8" }, body: usage(ecwid, request.origin) };
  if (first === "requests")
    return reply(
      200,
      ecwid.log
        .requests()
        .map(({ body = null, storeId: store = null, fault = null, ...rest }) => ({ ...rest, body, storeId: store, fault })),
    );
  if (first !== "stores") return notThere(first);
  if (storeId === undefined) return reply(200, ecwid.stores().map(withoutTokens));
  const store = ecwid.stores().find((candidate) => candidate.storeId === storeId);
  if (store === undefined) return notThere(`store ${storeId}`);
  if (second === undefined) return onStore(ecwid, request, store);
  if (second === "revoke-tokens" && request.method === "POST") {
    ecwid.edit.revokeTokens(storeId);
    return reply(200, withoutTokens(ecwid.store(storeId)));
  }
  const shelf = shelfSchema.safeParse(second);
  if (!shelf.success) return notThere(second);
  return id === undefined ? onShelf(ecwid, request, store, shelf.data) : onItem(ecwid, request, store, shelf.data, id);
}
