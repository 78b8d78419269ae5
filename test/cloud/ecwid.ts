import * as z from "zod";
import { ADMIN_PATH } from "../../infra/local/simulated-store/admin.ts";
import { serveSimulatedEcwid } from "../../infra/local/simulated-store/serve-simulated-ecwid.ts";
import { createSimulatedEcwid } from "../../infra/local/simulated-store/simulated-ecwid.ts";
import { createSystemClock } from "../../lib/adapters/system/clock.ts";
import { storeSetups } from "./stores.ts";

const VARIABLE = "DOORMAN_CLOUD_ECWID";

/** Vitest's global set-up: a simulated Ecwid for all files, because the template carries its address. */
export async function setup(): Promise<() => Promise<void>> {
  const ecwid = createSimulatedEcwid({ clock: createSystemClock() });
  for (const store of storeSetups()) ecwid.addStore(store);
  const served = await serveSimulatedEcwid(ecwid, { port: 0 });
  process.env[VARIABLE] = served.url;
  return () => served.close();
}

/** Where it is served, without a path. */
export function ecwidUrl(): string {
  const url = process.env[VARIABLE];
  if (url === undefined) throw new Error(`${VARIABLE} is not set: the simulated Ecwid is not served`);
  return url;
}

const requestsShape = z.array(
  z.object({ method: z.string(), path: z.string(), storeId: z.string().nullable(), body: z.string().nullable() }),
);
export type Asked = z.output<typeof requestsShape>[number];

/** @returns what was asked of a store so far. */
export async function requestsOf(storeId: string): Promise<readonly Asked[]> {
  const response = await fetch(`${ecwidUrl()}${ADMIN_PATH}/requests`);
  return requestsShape.parse(await response.json()).filter((request) => request.storeId === storeId);
}

/** @returns an object as a person would see it in Ecwid: `path` is what stands behind the store, such as `coupons/12`. */
export async function seenInEcwid(storeId: string, path: string): Promise<Readonly<Record<string, unknown>>> {
  const response = await fetch(`${ecwidUrl()}${ADMIN_PATH}/stores/${storeId}/${path}`);
  if (!response.ok) throw new Error(`the simulated store ${storeId} has no ${path}`);
  const seen: unknown = await response.json();
  return Object.fromEntries(Object.entries(seen ?? {}));
}

/** As when the app is uninstalled: the store's token is dead from now on. */
export async function revokeTokens(storeId: string): Promise<void> {
  const url = `${ecwidUrl()}${ADMIN_PATH}/stores/${storeId}/revoke-tokens`;
  const response = await fetch(url, { method: "POST", headers: { "content-type": "application/json" } });
  if (!response.ok) throw new Error(`the tokens of store ${storeId} were not revoked`);
}
