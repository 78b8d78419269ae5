import type { Instant } from "../../../lib/domain/instant.ts";
import type { Json } from "../../../lib/domain/live.ts";

/** A request as it reaches the simulated Ecwid. `url` is the path with its query. */
export interface SimulatedRequest {
  readonly method: string;
  readonly url: string;
  readonly authorization?: string | undefined;
  readonly contentType?: string | undefined;
  readonly body?: string | undefined;
  /** Where it came from: Ecwid bans addresses, not tokens. */
  readonly address: string;
}

/** A request as read: what a fault looks at. It holds no token. */
export interface SimulatedCall {
  /** Counts the requests of the whole simulated Ecwid, from 1. */
  readonly number: number;
  readonly at: Instant;
  readonly method: string;
  readonly storeId: string;
  /** `discount_coupons`, `promotions`, `customer_groups`, `profile`, `latest-stats`, or whatever stood there. */
  readonly resource: string;
  readonly id: string | undefined;
  readonly query: Readonly<Record<string, string>>;
  readonly body: Json | undefined;
}

const API_PATH = /^\/api\/v3\/(\d+)\/([^/]+)(?:\/([^/]+))?\/?$/;

function parsedBody(text: string | undefined): Json | undefined {
  if (text === undefined || text === "") return undefined;
  try {
    const value: Json = JSON.parse(text);
    return value;
  } catch {
    return undefined;
  }
}

/** @returns the request as read, or undefined where its path is none of the API's. */
export function readCall(request: SimulatedRequest, number: number, at: Instant): SimulatedCall | undefined {
  const { pathname, searchParams } = new URL(request.url, "http://simulated");
  const [, storeId, resource, id] = API_PATH.exec(pathname) ?? [];
  if (storeId === undefined || resource === undefined) return undefined;
  const query = Object.fromEntries(searchParams);
  return { number, at, method: request.method, storeId, resource, id, query, body: parsedBody(request.body) };
}

/** @returns the token of the `Authorization` header, or undefined; a token in the query is not looked at. */
export function bearerToken(request: SimulatedRequest): string | undefined {
  return /^Bearer (\S+)$/i.exec(request.authorization ?? "")?.[1];
}
