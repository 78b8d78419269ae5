import { createSimulatedEcwid, type SimulatedEcwid } from "../../../infra/local/simulated-store/simulated-ecwid.ts";
import { createEcwidGateway } from "../../../lib/adapters/ecwid/ecwid-gateway.ts";
import { createMemoryCampaignTable } from "../../../lib/adapters/memory/campaign-table.ts";
import { createFixedTokenSource } from "../../../lib/adapters/memory/fixed-token-source.ts";
import type { CampaignTable } from "../../../lib/application/ports/campaign-table.ts";
import type { EcwidGateway } from "../../../lib/application/ports/ecwid-gateway.ts";
import { type StoreId, storeId } from "../../../lib/domain/identifiers.ts";
import type { Instant } from "../../../lib/domain/instant.ts";
import { createRandom, type Random } from "../../simulation/world/random.ts";
import { ECWID_MS } from "./assumptions.ts";
import { createEcwidWire, type EcwidWire } from "./ecwid-wire.ts";
import { createEventClock, type EventClock } from "./event-clock.ts";
import type { Scene } from "./scene.ts";

/** What Doorman and its rivals share: the time, Ecwid with its latency, the stores, and what marketers have saved. */
export interface BenchWorld {
  readonly clock: EventClock;
  readonly random: Random;
  readonly ecwid: SimulatedEcwid;
  readonly wire: EcwidWire;
  /** The way to Ecwid, at the pace that Ecwid allows a token; rivals keep to it as well. */
  readonly gateway: EcwidGateway;
  readonly tokens: ReturnType<typeof createFixedTokenSource>;
  readonly campaigns: CampaignTable;
}

/** @returns a world at `start` with the scene's stores and records in it; nobody has looked at them yet. */
export async function createBenchWorld(scene: Scene, start: Instant, seed: number): Promise<BenchWorld> {
  const clock = createEventClock(start);
  const random = createRandom(seed);
  // Of its own, so that every rival meets the same latencies whatever else is drawn.
  const latency = createRandom(seed + 1_000_000);
  const ecwid = createSimulatedEcwid({ clock, chance: latency.next, settings: { latencyMs: ECWID_MS } });
  const secrets = new Map<StoreId, { readonly token: string }>();
  const campaigns = createMemoryCampaignTable();
  for (const { setup, token, records } of scene.stores) {
    ecwid.addStore(setup);
    secrets.set(storeId(setup.storeId), { token });
    for (const record of records) await campaigns.put(record);
  }
  const wire = createEcwidWire(ecwid, clock);
  const gateway = createEcwidGateway({ fetch: wire.fetch, clock, abortAfter: () => new AbortController().signal });
  return { clock, random, ecwid, wire, gateway, tokens: createFixedTokenSource(secrets), campaigns };
}
