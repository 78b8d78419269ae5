import type { CampaignId, StoreId, TargetKey } from "../../domain/identifiers.ts";
import type { Instant } from "../../domain/instant.ts";

/** One thing that happened to a target, kept for 400 days. */
export interface HistoryEntry {
  readonly storeId: StoreId;
  readonly target: TargetKey;
  /** The target's version that this entry belongs to: recording it twice leaves one entry (and one of what was missed). */
  readonly version: number;
  /** `would-switch`: in shadow mode, and nothing of it is in Ecwid. */
  readonly kind: "switched" | "kept" | "refused" | "blocked" | "missed" | "would-switch";
  readonly at: Instant;
  readonly dueAt: Instant;
  readonly latenessMs: number;
  readonly before?: string | undefined;
  readonly after?: string | undefined;
  readonly reason: string;
  readonly campaignIds: readonly CampaignId[];
  readonly attempt: number;
  /** The windows that came and went with nobody there: the last of them, at most 100, in order. */
  readonly missed?: readonly { readonly campaignId: CampaignId; readonly startsAt: Instant; readonly endsAt: Instant }[] | undefined;
  /** How many were missed in all. */
  readonly missedCount?: number | undefined;
}

export interface History {
  record(entry: HistoryEntry): Promise<void>;
  /** Newest first, at most `limit`; what has expired at `now` is left out. */
  of(storeId: StoreId, target: TargetKey, limit: number, now: Instant): Promise<readonly HistoryEntry[]>;
}
