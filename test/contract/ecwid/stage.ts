import { createInProcessFetch } from "../../../infra/local/simulated-store/in-process-fetch.ts";
import { serveSimulatedEcwid } from "../../../infra/local/simulated-store/serve-simulated-ecwid.ts";
import type { SimulatedSettings } from "../../../infra/local/simulated-store/settings.ts";
import { createSimulatedEcwid, type SimulatedEcwid } from "../../../infra/local/simulated-store/simulated-ecwid.ts";
import { createEcwidGateway, type EcwidGatewayDependencies } from "../../../lib/adapters/ecwid/ecwid-gateway.ts";
import type { Fetch } from "../../../lib/adapters/ecwid/fetch.ts";
import { createKeepAliveFetch } from "../../../lib/adapters/ecwid/keep-alive-fetch.ts";
import type { Clock } from "../../../lib/application/ports/clock.ts";
import type { EcwidStore } from "../../../lib/application/ports/ecwid-gateway.ts";
import { Token } from "../../../lib/application/ports/token-source.ts";
import { storeId } from "../../../lib/domain/identifiers.ts";
import { type Instant, latest, parseInstant } from "../../../lib/domain/instant.ts";

export const STORE = "1003";
export const SECRET = "secret_SimulatedTokenOfStore1003";

/** One simulated Ecwid and a gateway in front of it. */
export interface Stage {
  readonly ecwid: SimulatedEcwid;
  readonly clock: Clock;
  readonly fetch: Fetch;
  readonly baseUrl: string;
  readonly connections: () => number;
  readonly close: () => Promise<void>;
}

/** How the gateway reaches the simulated Ecwid. */
export interface Reach {
  readonly name: string;
  readonly open: (settings?: Partial<SimulatedSettings>, ecwidClock?: Clock) => Promise<Stage>;
}

/** A clock on which every sleep ends at once, with the time moved on. */
export function createLeapingClock(start: Instant = parseInstant("2026-11-27T05:00:00Z")): Clock {
  let present = start;
  return {
    now: () => present,
    sleepUntil: async (at) => {
      present = latest(present, at);
    },
  };
}

/** A clock on which no sleep ever ends. */
export function createEndlessClock(): Clock {
  return { now: () => parseInstant("2026-11-27T05:00:00Z"), sleepUntil: () => new Promise(() => undefined) };
}

function newEcwid(clock: Clock, settings: Partial<SimulatedSettings> = {}): SimulatedEcwid {
  const ecwid = createSimulatedEcwid({ clock, settings });
  ecwid.addStore({
    storeId: STORE,
    tokens: [SECRET],
    timeZone: "Europe/Lisbon",
    groups: [
      { id: 7, name: "VIP" },
      { id: 8, name: "Wholesale" },
    ],
    coupons: [{ id: 162428889, name: "Black Friday", code: "BF26", applicationLimit: "NEW_CUSTOMER_ONLY" }],
    promotions: [
      {
        id: 608502,
        name: "Ten off",
        triggers: {
          subtotal: 10.5,
          customerGroups: [7],
          startDate: "2026-11-01 00:00:00 +0000",
          recurring: true,
          somethingNew: { deep: [1] },
        },
      },
      { id: 608503, name: "Open to all" },
    ],
  });
  return ecwid;
}

export const REACHES: readonly Reach[] = [
  {
    name: "with node-fetch over HTTP",
    async open(settings, ecwidClock) {
      const clock = createLeapingClock();
      const ecwid = newEcwid(ecwidClock ?? clock, settings);
      const served = await serveSimulatedEcwid(ecwid, { port: 0 });
      const { connections, close } = served;
      return { ecwid, clock, fetch: createKeepAliveFetch(), baseUrl: `${served.url}/api/v3`, connections, close };
    },
  },
  {
    name: "without a network",
    async open(settings, ecwidClock) {
      const clock = createLeapingClock();
      const ecwid = newEcwid(ecwidClock ?? clock, settings);
      const fetch = createInProcessFetch(ecwid);
      return { ecwid, clock, fetch, baseUrl: "http://simulated/api/v3", connections: () => 0, close: async () => undefined };
    },
  },
];

/** @returns the store of the stage, opened with its token, or with another. */
export function openStore(stage: Stage, secret: string = SECRET, more: Partial<EcwidGatewayDependencies> = {}): EcwidStore {
  const { fetch, clock, baseUrl } = stage;
  return createEcwidGateway({ fetch, clock, baseUrl, ...more }).open(storeId(STORE), new Token(secret));
}
