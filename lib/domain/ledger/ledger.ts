import { type CampaignId, campaignOfWindow, type WindowId } from "../identifiers.ts";
import type { Instant } from "../instant.ts";
import type { ManualEditPolicy } from "../layers/layer.ts";
import type { JsonObject } from "../live.ts";

/** A coupon has the one cell `applicationLimit`; a promotion has one, `group:<id>`, for each customer group. */
export type CellKey = "applicationLimit" | `group:${number}`;

/** The value of a cell that nobody has looked at in Ecwid: whatever is there. */
export const UNSEEN: CellValue = "as found";

/** What a cell holds: a coupon's limit as Ecwid spells it (an unknown one is carried, never mapped), or `in`/`out` for a group. */
export type CellValue = string;

/**
 * What Doorman remembers of a cell while campaigns hold it. It exists from the first write (or "already so") until the base is back.
 */
export interface CellLedger {
  /** The value without any campaign. */
  readonly base: CellValue;
  /** What Doorman wrote last, or found already so. */
  readonly written: CellValue;
  /** The window it was written for, and that window's policy. */
  readonly window: WindowId;
  /** What people call that window's campaign, for when it is deleted. Absent in ledgers from before this was kept. */
  readonly campaignName?: string | undefined;
  readonly policy: ManualEditPolicy;
  /** True when `written` is the base because `window` had already given way to a person. */
  readonly standIn: boolean;
  /** What to return to instead of the base, as the campaign of `window` asked. */
  readonly afterwards?: CellValue | undefined;
  /** The last instant at which a campaign was seen to hold it. */
  readonly heldAt: Instant;
  /** A first sight of a value that Doorman did not write: one stale read is not a person, so a second one must agree. */
  readonly doubt?: { readonly value: CellValue; readonly seenAt: Instant } | undefined;
  /** What a person set since `written`, as last seen: `window` has given way to it. Absent in ledgers from before this was kept. */
  readonly setByPerson?: CellValue | undefined;
}

/** The ledger of a target: its open cells, and per cell the windows that gave way to a person and have not ended. */
export interface Ledger {
  readonly cells: Readonly<Partial<Record<CellKey, CellLedger>>>;
  readonly yielded: Readonly<Partial<Record<CellKey, readonly WindowId[]>>>;
}

export const EMPTY_LEDGER: Ledger = { cells: {}, yielded: {} };

/**
 * Written down before a write goes out. After a crash it answers one question only: whose is the value now there?
 * `after` the write: ours; still `before`: it never happened; anything else: a person's.
 */
export interface Intent {
  readonly at: Instant;
  /** When Ecwid accepted the write; absent where its answer was not heard. */
  readonly acceptedAt?: Instant | undefined;
  readonly cells: Readonly<Partial<Record<CellKey, { readonly before: CellValue; readonly after: CellValue }>>>;
  /** The ledger as it stands once the write is known to have happened. */
  readonly ledgerAfter: Ledger;
  /** What the history is to say of it, should another worker be the one to find that it happened. */
  readonly told: {
    readonly before: string;
    readonly after: string;
    readonly reason: string;
    readonly campaignIds: readonly CampaignId[];
    /** Under which the history keeps it, so that two workers who tell of it leave one entry. */
    readonly historyVersion: number;
  };
  /** A promotion's whole `triggers` before the write, to be put back should the write have cost it a condition. */
  readonly triggersBefore?: JsonObject | undefined;
}

/** @returns the campaigns that hold a cell. */
export function holdersOf({ cells }: Ledger): readonly CampaignId[] {
  return [...new Set(Object.values(cells).flatMap((cell) => (cell === undefined ? [] : [campaignOfWindow(cell.window)])))];
}

/** @returns whether any cell is held by a campaign. */
export function isOpen(ledger: Ledger): boolean {
  return Object.keys(ledger.cells).length > 0;
}
