import { type CampaignId, campaignOfWindow } from "../../domain/identifiers.ts";
import type { Instant } from "../../domain/instant.ts";
import { groupOfCell } from "../../domain/layers/claims.ts";
import { lastSeen } from "../../domain/ledger/last-seen.ts";
import { type CellKey, UNSEEN } from "../../domain/ledger/ledger.ts";
import { type CellOutlook, forecastAt } from "../../domain/timeline/forecast.ts";
import type { KnownOutlook } from "../commands/outlooks.ts";
import type { TargetState } from "../ports/state-table.ts";
import { groupsInWords } from "../reconcile/attempt.ts";

/** A campaign as a message names it. */
export interface NamedCampaign {
  readonly campaignId: CampaignId;
  readonly name: string;
}

/** A value of a target over some time, and the campaigns that ask for it (none: nobody does). */
export interface Spell {
  readonly cells: readonly Pick<CellOutlook, "cell" | "value">[];
  readonly campaigns: readonly NamedCampaign[];
}

export interface WrongCell {
  readonly cell: CellKey;
  readonly holds: string;
  /** Whose value it still holds, if it is Doorman's. */
  readonly heldFor?: NamedCampaign | undefined;
}

/** What a target should hold, what it holds as far as Doorman knows, and when that changes. */
export interface Prospect {
  readonly should: Spell;
  /** The cells that hold something else, with that; not empty: customers get something else than planned. */
  readonly wrong: readonly WrongCell[];
  /** When a campaign comes or goes, whether or not that changes a value. */
  readonly eventAt?: Instant | undefined;
  /** When another value is due, which, and until when; undefined: none is foreseen without an edit. */
  readonly next: { readonly at: Instant; readonly spell: Spell; readonly until?: Instant | undefined } | undefined;
  /** All groups that a promotion had when it was last read without Doorman holding it; undefined: nobody has read that. */
  readonly groups?: readonly number[] | undefined;
}

/** @param found what a cell holds that nobody has changed yet. */
function spellOf(cells: readonly CellOutlook[], found: (cell: CellKey) => string): Spell {
  const winners = cells.flatMap(({ winner }) => (winner === undefined ? [] : [winner]));
  const campaigns = new Map(winners.map(({ campaignId, campaignName }) => [campaignId, { campaignId, name: campaignName }]));
  const values = cells.map(({ cell, value }) => ({ cell, value: value === UNSEEN ? found(cell) : value }));
  return { cells: values, campaigns: [...campaigns.values()] };
}

/** What it holds where a change was sent and nobody has read yet whether it happened. */
export const UNKNOWN = "unknown";

/** What nobody holds was seen by whoever meant to change it, or by the last look. */
function foundIn(cell: CellKey, state: TargetState | undefined): string {
  const before = state?.intent?.cells[cell]?.before;
  if (before !== undefined) return before;
  const seen = state?.check?.seen ?? UNSEEN;
  if (cell === "applicationLimit") return seen;
  const groups = groupsInWords(seen);
  if (groups === undefined) return UNSEEN;
  return groups.includes(groupOfCell(cell)) ? "in" : "out";
}

/** What was found as it should be is not told to be something else: it has only not been noted yet. */
function heldInstead(cell: CellKey, value: string, state: TargetState | undefined): string {
  const found = foundIn(cell, state);
  return found === value ? UNSEEN : found;
}

function holderOf(cell: CellKey, state: TargetState | undefined): NamedCampaign | undefined {
  const held = state?.ledger.cells[cell];
  if (held === undefined) return undefined;
  const campaignId = campaignOfWindow(held.window);
  return { campaignId, name: held.campaignName ?? campaignId };
}

function wrongCell({ cell, value, winner, gaveWay }: CellOutlook, state: TargetState | undefined): Prospect["wrong"] {
  if (gaveWay) return [];
  if (state?.intent?.cells[cell] !== undefined) return [{ cell, holds: UNKNOWN, heldFor: holderOf(cell, state) }];
  const seen = state && lastSeen(state.ledger, cell);
  // What nobody holds and nobody asks for is as it was found. What is asked for and not held has not been switched yet.
  if (seen === undefined) return winner === undefined ? [] : [{ cell, holds: heldInstead(cell, value, state) }];
  return seen.value === value || value === UNSEEN ? [] : [{ cell, holds: seen.value, heldFor: holderOf(cell, state) }];
}

/**
 * Compares what a target should hold, by the one deciding function (as `why` and `plan` do), with what Doorman knows it to hold.
 *
 * @param state what is known of it; undefined: nobody has been there yet.
 */
export function prospectOf({ outlook }: KnownOutlook, state: TargetState | undefined, at: Instant): Prospect {
  const found = (cell: CellKey) => foundIn(cell, state);
  const { cells, nextChangeAt, nextEventAt } = forecastAt(outlook, at);
  const then = nextChangeAt === undefined ? undefined : forecastAt(outlook, nextChangeAt);
  const next =
    nextChangeAt === undefined || then === undefined
      ? undefined
      : { at: nextChangeAt, spell: spellOf(then.cells, found), until: then.nextChangeAt };
  return {
    should: spellOf(cells, found),
    wrong: cells.flatMap((cell) => wrongCell(cell, state)),
    next,
    eventAt: nextEventAt,
    groups: state?.check?.seen === undefined ? undefined : groupsInWords(state.check.seen),
  };
}
