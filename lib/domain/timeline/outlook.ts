import type { CampaignId, Target, WindowId } from "../identifiers.ts";
import type { Instant } from "../instant.ts";
import type { Layer } from "../layers/layer.ts";
import type { CellKey, CellValue, Ledger } from "../ledger/ledger.ts";

/** What the future of a target is worked out from. */
export interface TargetOutlook {
  readonly target: Target;
  readonly layers: readonly Layer[];
  readonly ledger: Ledger;
  /** What is live, where somebody has looked. */
  readonly known?: Readonly<Partial<Record<CellKey, CellValue>>>;
  /** The ledger is as of then. Nothing is said of earlier times. */
  readonly from: Instant;
}

/** An active campaign that asks for a value of a cell. */
export interface Claimant {
  readonly campaignId: CampaignId;
  readonly campaignName: string;
  readonly window: WindowId;
  readonly value: CellValue;
  readonly priority: number;
  readonly startedAt: Instant | "forced";
  readonly endsAt?: Instant | undefined;
}

/** What a cell holds at some instant if nobody edits anything, and why. */
export interface CellOutlook {
  readonly cell: CellKey;
  readonly value: CellValue;
  /** What it would hold without any campaign. */
  readonly base: CellValue;
  readonly winner: Claimant | undefined;
  /** Strongest first. */
  readonly losers: readonly Claimant[];
  /** Whether the winner's window has given way to a person. */
  readonly gaveWay: boolean;
  /** One clause that a marketer understands; as of when the cell came to hold this. */
  readonly reason: string;
}
