import type { CampaignState, Problem } from "../../domain/campaign/status.ts";
import type { CampaignId, StoreId, TargetKey } from "../../domain/identifiers.ts";
import type { Instant } from "../../domain/instant.ts";

/**
 * What stands as a sweep passes by, all stores together. The event that began it was told once, perhaps days ago; this tells each hour that it is not
 * over yet. A store without anything held or ahead counts for nothing.
 */
export interface Standing {
  readonly deadTokens: number;
  /** Stores that are not called, wholly or for one kind of targets, for another reason than their token. */
  readonly closedStores: number;
  readonly blockedTargets: number;
  /** Campaigns and calendars whose newest text is not the one in force. */
  readonly brokenRecords: number;
  /** Stores with something in the way of a window of the coming day, as people were told. */
  readonly storesInTrouble: number;
}

/** What happened, once, with the same fields every time. Adapters turn it into log lines, metrics, or lines on a terminal. */
export type TelemetryEvent =
  | {
      readonly kind: "switched";
      readonly storeId: StoreId;
      readonly target: TargetKey;
      readonly label: string;
      readonly before: string;
      readonly after: string;
      readonly reason: string;
      readonly campaignIds: readonly CampaignId[];
      readonly dueAt: Instant;
      readonly appliedAt: Instant;
      readonly latenessMs: number;
      readonly timeZone: string;
    }
  | {
      /** Shadow mode: nothing of it is in Ecwid. */
      readonly kind: "would-switch";
      readonly storeId: StoreId;
      readonly target: TargetKey;
      readonly label: string;
      readonly before: string;
      readonly after: string;
      readonly reason: string;
      readonly campaignIds: readonly CampaignId[];
      readonly dueAt: Instant;
      readonly decidedAt: Instant;
      readonly latenessMs: number;
      readonly timeZone: string;
    }
  | {
      readonly kind: "decided";
      readonly storeId: StoreId;
      readonly target: TargetKey;
      readonly label: string;
      readonly decision: string;
      readonly reason: string;
    }
  | {
      readonly kind: "attempt-failed";
      readonly storeId: StoreId;
      readonly target?: TargetKey | undefined;
      readonly label?: string | undefined;
      readonly failure: string;
      readonly message: string;
      readonly effect: "retry" | "blocked" | "store-paused" | "kind-paused" | "token-dead" | "cool-down";
      readonly nextTryAt?: Instant | undefined;
      /** How long ago the switch fell due; absent where none is owed. */
      readonly owedForMs?: number | undefined;
      /** Failed attempts at the same switch in a row, this one included. */
      readonly failuresInARow?: number | undefined;
    }
  | {
      readonly kind: "compiled";
      readonly storeId: StoreId;
      /** Of a campaign, or `calendar#<name>`. */
      readonly campaignId: string;
      readonly state: CampaignState;
      readonly problems: readonly Problem[];
      readonly warnings: readonly string[];
      readonly nextSwitchAt?: Instant | undefined;
      readonly timeZone?: string | undefined;
    }
  | {
      /** Windows came and went while nothing could be switched. */
      readonly kind: "missed";
      readonly storeId: StoreId;
      readonly target: TargetKey;
      readonly label: string;
      readonly reason: string;
      readonly campaignIds: readonly CampaignId[];
      readonly count: number;
    }
  | {
      /** What stands in the way of windows that begin within a day or are on, for all of a store at once; told when the set changes. */
      readonly kind: "pre-flight-found";
      readonly storeId: StoreId;
      /** How many there are; `problems` are the first of them. */
      readonly count: number;
      readonly problems: readonly {
        readonly campaignId: CampaignId;
        /** The target's name; absent: the whole store, or all targets of a kind. */
        readonly label?: string | undefined;
        readonly message: string;
        /** When the window starts; absent: it is on. */
        readonly startsAt?: Instant | undefined;
      }[];
      readonly timeZone?: string | undefined;
    }
  /** Doorman is stopped: a store was left alone, and what is due there stays due. */
  | { readonly kind: "held"; readonly storeId: StoreId; readonly reason: string; readonly due: number }
  | { readonly kind: "looked"; readonly storeId: StoreId; readonly timeZone: string | undefined; readonly because: string }
  | {
      readonly kind: "tick-completed";
      readonly asOf: Instant;
      readonly due: number;
      readonly released: number;
      /** Why nothing was released, where somebody has stopped Doorman. */
      readonly stopped?: string | undefined;
    }
  | {
      readonly kind: "sweep-completed";
      readonly asOf: Instant;
      readonly records: number;
      readonly recompiled: number;
      readonly looks: number;
      /** Of the stores that this sweep came to. Absent: Doorman is stopped, and nothing was looked at. */
      readonly standing?: Standing | undefined;
      /** False where time ran out: the next sweep goes on from there. */
      readonly isComplete: boolean;
    }
  | {
      /** A message about an alarm went out. */
      readonly kind: "people-told";
      readonly alarm: string;
      readonly chapter: "opened" | "again" | "more" | "closed";
      readonly subject: string;
      readonly stores: number;
      readonly targets: number;
      readonly looks: number;
    }
  | { readonly kind: "input-refused"; readonly where: string; readonly message: string };

export interface Telemetry {
  emit(event: TelemetryEvent): void;
}
