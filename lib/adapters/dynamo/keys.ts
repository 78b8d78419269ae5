import { createHash } from "node:crypto";
import { ALARM_KINDS, type AlarmKind } from "../../application/alarms/alarm-kinds.ts";
import type { HistoryEntry } from "../../application/ports/history.ts";
import type { CalendarName, CampaignId, StoreId, TargetKey } from "../../domain/identifiers.ts";
import { calendarName, campaignId, isCalendarName, isCampaignId, parseTargetKey, targetKey } from "../../domain/identifiers.ts";

/** The key of an item of the state or the history table. */
export interface ItemKey {
  readonly pk: string;
  readonly sk: string;
}

/** Apart from the kill switch's, so that whoever may write incidents may write nothing else (`infra/constructs/follow-up-function.ts`). */
export const INCIDENTS_PARTITION = "INCIDENTS";

/** Keys of the state table: a store's items stand together, what they are about is in `sk`. A campaign id holds no `#`. */
export const stateKey = {
  system: { pk: "SYSTEM", sk: "SYSTEM" } satisfies ItemKey,
  incident: (kind: AlarmKind): ItemKey => ({ pk: INCIDENTS_PARTITION, sk: `INCIDENT#${kind}` }),
  store: (store: StoreId): ItemKey => ({ pk: store, sk: "STORE" }),
  campaign: (store: StoreId, campaign: CampaignId): ItemKey => ({ pk: store, sk: `CAMPAIGN#${campaign}` }),
  calendar: (store: StoreId, name: CalendarName): ItemKey => ({ pk: store, sk: `CALENDAR#${name}` }),
  layer: (store: StoreId, target: TargetKey, campaign: CampaignId): ItemKey => ({ pk: store, sk: `LAYER#${target}#${campaign}` }),
  target: (store: StoreId, target: TargetKey): ItemKey => ({ pk: store, sk: `TARGET#${target}` }),
};

/** How the sort keys of each kind of item begin. A layer's prefix ends in `#`, so that target 12 does not find those of target 123. */
export const sortKeyPrefix = {
  incidents: "INCIDENT#",
  campaigns: "CAMPAIGN#",
  calendars: "CALENDAR#",
  targets: "TARGET#",
  layers: "LAYER#",
  layersOf: (target: TargetKey): string => `${sortKeyPrefix.layers}${target}#`,
};

/** What a sort key names, or undefined where it is not of that kind or somebody made it by hand. */
export const namedBy = {
  incident(sk: string): AlarmKind | undefined {
    return ALARM_KINDS.find((kind) => kind === afterPrefix(sk, sortKeyPrefix.incidents));
  },
  campaign(sk: string): CampaignId | undefined {
    const id = afterPrefix(sk, sortKeyPrefix.campaigns);
    return id !== undefined && isCampaignId(id) ? campaignId(id) : undefined;
  },
  calendar(sk: string): CalendarName | undefined {
    const name = afterPrefix(sk, sortKeyPrefix.calendars);
    return name !== undefined && isCalendarName(name) ? calendarName(name) : undefined;
  },
  /** The target that a layer lies over. */
  layer(sk: string): TargetKey | undefined {
    const [kind, id, campaign] = afterPrefix(sk, sortKeyPrefix.layers)?.split("#") ?? [];
    const target = parseTargetKey(`${kind}#${id}`);
    return target === undefined || campaign === undefined ? undefined : targetKey(target);
  },
  target(sk: string): TargetKey | undefined {
    const target = parseTargetKey(afterPrefix(sk, sortKeyPrefix.targets) ?? "");
    return target === undefined ? undefined : targetKey(target);
  },
};

/** The partitions of the due index. Their number and the hash are for good: a stored target keeps the shard it was written with. */
export const dueShards = {
  all: Array.from({ length: 16 }, (_, shard) => shard),
  of: (store: StoreId, target: TargetKey | "STORE"): number => createHash("sha256").update(`${store}#${target}`).digest().readUInt8(0) % 16,
};

/** Keys of the history table: one item per target and version (and one for what was missed), padded so that text order is version order. */
export const historyKey = {
  partition: (store: StoreId, target: TargetKey): string => `${store}#${target}`,
  entry: (store: StoreId, target: TargetKey, version: number, kind: HistoryEntry["kind"]): ItemKey => ({
    pk: historyKey.partition(store, target),
    sk: `${String(version).padStart(16, "0")}${kind === "missed" ? "#missed" : ""}`,
  }),
};

function afterPrefix(text: string, prefix: string): string | undefined {
  return text.startsWith(prefix) ? text.slice(prefix.length) : undefined;
}
