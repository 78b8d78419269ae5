import type { AlarmKind } from "../../application/alarms/alarm-kinds.ts";
import type { Incident } from "../../application/ports/incident.ts";
import type {
  CalendarCopy,
  CampaignCopy,
  DueLook,
  DueTarget,
  StateTable,
  StoreState,
  SystemState,
  TargetState,
} from "../../application/ports/state-table.ts";
import { EMPTY_STORE, EMPTY_SYSTEM } from "../../application/ports/state-table.ts";
import { type CalendarName, type CampaignId, parseTargetKey, type StoreId, type TargetKey, targetKey } from "../../domain/identifiers.ts";
import type { Instant } from "../../domain/instant.ts";
import type { Layer } from "../../domain/layers/layer.ts";
import { EMPTY_LEDGER } from "../../domain/ledger/ledger.ts";
import { createVersionedShelf, type VersionedShelf } from "./versioned-shelf.ts";

type LayerName = `${TargetKey}#${CampaignId}`;
type TargetShelf = VersionedShelf<StoreId, TargetKey, TargetState>;

const emptyTarget: TargetState = { ledger: EMPTY_LEDGER, attemptsBegun: 0, failuresInARow: 0, warnings: [] };

/** @returns the private table in memory: the same conditions and versions as the one in DynamoDB, and an index that is never old. */
export function createMemoryStateTable(): StateTable {
  const systems = createVersionedShelf<"SYSTEM", "SYSTEM", SystemState>();
  const incidents = createVersionedShelf<"INCIDENTS", AlarmKind, Incident>();
  const stores = createVersionedShelf<StoreId, "STORE", StoreState>();
  const copies = createVersionedShelf<StoreId, CampaignId, CampaignCopy>();
  const calendars = createVersionedShelf<StoreId, CalendarName, CalendarCopy>();
  const layers = createVersionedShelf<StoreId, LayerName, Layer>();
  const targets = createVersionedShelf<StoreId, TargetKey, TargetState>();

  return {
    readSystem: async () => systems.read("SYSTEM", "SYSTEM") ?? { ...EMPTY_SYSTEM, version: 0 },
    writeSystem: async (state, read) => systems.write("SYSTEM", "SYSTEM", state, read),
    readIncident: async (kind) => incidents.read("INCIDENTS", kind),
    writeIncident: async (kind, incident, read) => incidents.write("INCIDENTS", kind, incident, read),
    incidents: async () => incidents.list("INCIDENTS").map(([kind, incident]) => ({ kind, ...incident })),
    readStore: async (store) => stores.read(store, "STORE") ?? { ...EMPTY_STORE, version: 0 },
    writeStore: async (store, state, read) => stores.write(store, "STORE", state, read),

    readCampaign: async (store, campaign) => copies.read(store, campaign),
    writeCampaign: async (store, campaign, copy, read) => copies.write(store, campaign, copy, read),
    removeCampaign: async (store, campaign, read) => copies.remove(store, campaign, read),
    campaignsOf: async (store) => copies.list(store).map(([campaignId, copy]) => ({ campaignId, ...copy })),

    readCalendar: async (store, name) => calendars.read(store, name),
    writeCalendar: async (store, name, copy, read) => calendars.write(store, name, copy, read),
    removeCalendar: async (store, name, read) => calendars.remove(store, name, read),
    calendarsOf: async (store) => calendars.list(store).map(([name, copy]) => ({ name, ...copy })),

    ...layerMethods(layers),
    ...targetMethods(targets),
    contentsOf: async (store) => ({
      store: stores.read(store, "STORE") ?? { ...EMPTY_STORE, version: 0 },
      campaigns: copies.list(store).map(([campaignId, copy]) => ({ campaignId, ...copy })),
      calendars: calendars.list(store).map(([name, copy]) => ({ name, ...copy })),
      targets: targets.list(store).map(([target, state]) => ({ target, ...state })),
      layers: layersByTarget(layers, store),
    }),
    due: (horizon) => dueEntries(targets, stores, horizon),
    async *stores() {
      yield* new Set([stores, copies, calendars, layers, targets].flatMap((shelf) => shelf.owners()));
    },
  };
}

function layerMethods(layers: VersionedShelf<StoreId, LayerName, Layer>): Pick<StateTable, "layersOf" | "putLayer" | "removeLayer"> {
  const versionOf = (store: StoreId, name: LayerName) => layers.read(store, name)?.version ?? 0;
  return {
    layersOf: async (store, target) =>
      layers
        .list(store)
        .filter(([name]) => name.startsWith(`${target}#`))
        .map(([, { version: _version, ...layer }]) => layer),
    async putLayer(store, target, layer) {
      const name: LayerName = `${target}#${layer.campaignId}`;
      layers.write(store, name, layer, versionOf(store, name));
    },
    async removeLayer(store, target, campaign) {
      const name: LayerName = `${target}#${campaign}`;
      layers.remove(store, name, versionOf(store, name));
    },
  };
}

function layersByTarget(layers: VersionedShelf<StoreId, LayerName, Layer>, store: StoreId): ReadonlyMap<TargetKey, readonly Layer[]> {
  const over = new Map<TargetKey, readonly Layer[]>();
  for (const [name, { version: _version, ...layer }] of layers.list(store)) {
    const target = parseTargetKey(name.slice(0, name.lastIndexOf("#")));
    if (target !== undefined) over.set(targetKey(target), [...(over.get(targetKey(target)) ?? []), layer]);
  }
  return over;
}

function targetMethods(targets: TargetShelf): Pick<StateTable, "readTarget" | "writeTarget" | "targetsOf" | "makeDue"> {
  const read = (store: StoreId, target: TargetKey) => targets.read(store, target) ?? { ...structuredClone(emptyTarget), version: 0 };
  return {
    readTarget: async (store, target) => read(store, target),
    writeTarget: async (store, target, state, version) => targets.write(store, target, state, version),
    targetsOf: async (store) => targets.list(store).map(([target, state]) => ({ target, ...state })),
    async makeDue(store, target, at) {
      const { version, ...state } = read(store, target);
      targets.write(store, target, { ...state, dueAt: at }, version);
    },
  };
}

async function* dueEntries(
  targets: TargetShelf,
  stores: VersionedShelf<StoreId, "STORE", StoreState>,
  horizon: Instant,
): AsyncIterable<DueTarget | DueLook> {
  const isDue = (dueAt: Instant | undefined): dueAt is Instant => dueAt !== undefined && dueAt <= horizon;
  const dueTargets = targets.gather(({ dueAt }, storeId, target) => (isDue(dueAt) ? { storeId, target, dueAt } : undefined));
  const dueLooks = stores.gather(({ dueAt }, storeId) => (isDue(dueAt) ? { storeId, dueAt } : undefined));
  const due: readonly (DueTarget | DueLook)[] = [...dueTargets, ...dueLooks];
  yield* due.toSorted((one, other) => one.dueAt - other.dueAt);
}
