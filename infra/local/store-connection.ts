import { join } from "node:path";
import { createEcwidGateway } from "../../lib/adapters/ecwid/ecwid-gateway.ts";
import { createKeepAliveFetch } from "../../lib/adapters/ecwid/keep-alive-fetch.ts";
import { createFixedTokenSource } from "../../lib/adapters/memory/fixed-token-source.ts";
import { systemChance } from "../../lib/adapters/system/chance.ts";
import type { Clock } from "../../lib/application/ports/clock.ts";
import type { EcwidGateway } from "../../lib/application/ports/ecwid-gateway.ts";
import type { TokenSource } from "../../lib/application/ports/token-source.ts";
import type { StoreId } from "../../lib/domain/identifiers.ts";
import { addDemonstrationStore, DEMONSTRATION } from "./demonstration.ts";
import type { LocalOptions } from "./options.ts";
import { serveSimulatedEcwid } from "./simulated-store/serve-simulated-ecwid.ts";
import { createSimulatedEcwid } from "./simulated-store/simulated-ecwid.ts";

/** The store that Doorman works on here, simulated or real, and the token for it. */
export interface StoreConnection {
  readonly storeId: StoreId;
  readonly ecwid: EcwidGateway;
  readonly tokens: TokenSource;
  /** Where the simulated store listens; undefined for a real one. */
  readonly simulatedAt: string | undefined;
  close(): Promise<void>;
}

function gateway(apiUrl: string, clock: Clock): EcwidGateway {
  return createEcwidGateway({ baseUrl: apiUrl, fetch: createKeepAliveFetch(), clock });
}

/** @returns a connection to the store that the options name; the simulated one is started, with what an earlier run left in it. */
export async function connectStore({ store, home, simulatedStorePort }: LocalOptions, clock: Clock): Promise<StoreConnection> {
  if (store.kind === "real") {
    const tokens = createFixedTokenSource(new Map([[store.storeId, { token: store.token }]]));
    return { storeId: store.storeId, ecwid: gateway(store.apiUrl, clock), tokens, simulatedAt: undefined, close: async () => {} };
  }
  const simulated = createSimulatedEcwid({ clock, chance: systemChance, settings: { latencyMs: { from: 80, to: 200 } } });
  addDemonstrationStore(simulated);
  const served = await serveSimulatedEcwid(simulated, { port: simulatedStorePort, persistTo: join(home, "simulated-store.json") });
  const tokens = createFixedTokenSource(new Map([[DEMONSTRATION.storeId, { token: DEMONSTRATION.token }]]));
  const ecwid = gateway(`${served.url}/api/v3`, clock);
  return { storeId: DEMONSTRATION.storeId, ecwid, tokens, simulatedAt: served.url, close: served.close };
}
