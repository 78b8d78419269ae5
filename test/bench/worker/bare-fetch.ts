import { Agent } from "node:http";
import nodeFetch from "node-fetch";
import { COUPON_FROM, PROMOTION_FROM } from "../world/scene.ts";
import type { Order } from "./order.ts";
import type { WorkerStore } from "./stores.ts";

const agent = new Agent({ keepAlive: true, maxSockets: 16 });

/** @returns what calls one store with node-fetch, over connections that stay open, and reads the reply. */
export function bareStore(ecwidUrl: string, { id, token }: WorkerStore) {
  const call = async (method: string, path: string, body?: object): Promise<unknown> => {
    const headers = { authorization: `Bearer ${token}`, accept: "application/json", "user-agent": "doorman" };
    const reply = await nodeFetch(`${ecwidUrl}/api/v3/${id}${path}`, {
      method,
      agent,
      headers: body === undefined ? headers : { ...headers, "content-type": "application/json" },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    if (!reply.ok) throw new Error(`${method} ${path} ended with ${reply.status}`);
    return JSON.parse(await reply.text());
  };
  return call;
}

const COUPON_FIELDS = "id,name,code,status,applicationLimit,launchDate,expirationDate";

/** The request that reads the nth target, as Doorman sends it: a coupon by itself, promotions in a list. */
function readPath(kind: Order["kind"], n: number | "all"): string {
  if (kind === "promotion") return "/promotions?limit=100&offset=0";
  const fields = `responseFields=${COUPON_FIELDS}`;
  if (n !== "all") return `/discount_coupons/${COUPON_FROM + n}?${fields}`;
  return `/discount_coupons?limit=100&offset=0&responseFields=total,count,offset,limit,items(${COUPON_FIELDS})`;
}

function write(call: ReturnType<typeof bareStore>, kind: Order["kind"], n: number, isOn: boolean): Promise<unknown> {
  if (kind === "coupon") {
    return call("PUT", `/discount_coupons/${COUPON_FROM + n}`, { applicationLimit: isOn ? "UNLIMITED" : "NEW_CUSTOMER_ONLY" });
  }
  const triggers = { subtotal: 25, customerGroups: isOn ? [0, 1, 3] : [0, 1] };
  return call("PUT", `/promotions/${PROMOTION_FROM + n}`, { triggers });
}

/** Reads, writes and reads back each target of a store; with `isShared`, all of them in one list before and one after. */
export async function switchBarely(
  call: ReturnType<typeof bareStore>,
  { kind, targets }: Order,
  isOn: boolean,
  isShared: boolean,
): Promise<void> {
  if (isShared) await call("GET", readPath(kind, "all"));
  for (let n = 0; n < targets; n += 1) {
    if (!isShared) await call("GET", readPath(kind, n));
    await write(call, kind, n, isOn);
    if (!isShared) await call("GET", readPath(kind, n));
  }
  if (isShared) await call("GET", readPath(kind, "all"));
}
