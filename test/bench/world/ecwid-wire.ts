import { createInProcessFetch } from "../../../infra/local/simulated-store/in-process-fetch.ts";
import type { SimulatedEcwid } from "../../../infra/local/simulated-store/simulated-ecwid.ts";
import type { Fetch } from "../../../lib/adapters/ecwid/fetch.ts";
import { couponId, promotionId, type StoreId, storeId, type TargetKey, targetKey } from "../../../lib/domain/identifiers.ts";
import type { Instant } from "../../../lib/domain/instant.ts";
import type { EventClock } from "./event-clock.ts";

/** A write that Ecwid has taken; `at` is when its reply was there. */
export interface Written {
  readonly storeId: StoreId;
  readonly target: TargetKey;
  readonly at: Instant;
}

/** Requests of one store, and how long their replies took, one after the other. */
export interface Load {
  readonly requests: number;
  readonly milliseconds: number;
}

/** What goes over the wire to Ecwid, whoever sends it. */
export interface EcwidWire {
  readonly fetch: Fetch;
  readonly written: Written[];
  /** Of each store: everything, and what had gone before when the reply to its last write was there. */
  readonly stores: Map<string, { readonly all: Load; readonly toLastWrite: Load }>;
  /** By method and path without numbers: `GET /promotions`. */
  readonly requests: Map<string, number>;
  clear(): void;
}

const NOTHING: Load = { requests: 0, milliseconds: 0 };
const PATH = /\/api\/v3\/(\d+)(\/[a-z_]+)(?:\/(\d+))?/;

function targetOf(kind: string, id: string): TargetKey {
  return kind === "/promotions" ? targetKey({ kind: "promotion", id: promotionId(id) }) : targetKey({ kind: "coupon", id: couponId(id) });
}

/** @returns Ecwid in this process, watched. */
export function createEcwidWire(ecwid: SimulatedEcwid, clock: EventClock): EcwidWire {
  const inner = createInProcessFetch(ecwid);
  const written: Written[] = [];
  const stores: EcwidWire["stores"] = new Map();
  const requests: EcwidWire["requests"] = new Map();
  return {
    written,
    stores,
    requests,
    clear: () => {
      written.length = 0;
      stores.clear();
      requests.clear();
    },
    async fetch(url, init) {
      const [, store = "", resource = "", id] = PATH.exec(url) ?? [];
      const began = clock.now();
      const reply = await inner(url, init);
      const name = `${init.method} ${resource}${id === undefined ? "" : "/…"}`;
      requests.set(name, (requests.get(name) ?? 0) + 1);
      const isWritten = init.method === "PUT" && id !== undefined && reply.status === 200;
      const known = stores.get(store) ?? { all: NOTHING, toLastWrite: NOTHING };
      const all = { requests: known.all.requests + 1, milliseconds: known.all.milliseconds + clock.now() - began };
      stores.set(store, { all, toLastWrite: isWritten ? all : known.toLastWrite });
      if (isWritten) {
        written.push({ storeId: storeId(store), target: targetOf(resource, id), at: clock.now() });
      }
      return reply;
    },
  };
}
