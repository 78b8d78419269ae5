import type { WindowId } from "../identifiers.ts";
import { type Instant, MINUTE, plus } from "../instant.ts";
import type { Claim } from "../layers/claims.ts";
import type { CellKey, CellLedger, CellValue } from "./ledger.ts";

/** To believe that a person made a change takes two reads at least this far apart that agree. */
const DOUBT_MS = MINUTE;

/** Everything that one cell's decision depends on. */
export interface CellQuestion {
  readonly cell: CellKey;
  readonly live: CellValue;
  /** With its base as of `at`: `afterwards` may have taken its place. */
  readonly ledger: CellLedger | undefined;
  /** Windows that gave way to a person on this cell. */
  readonly yielded: readonly WindowId[];
  readonly winner: Claim | undefined;
  /** When `live` was read. */
  readonly at: Instant;
}

/** The row of the semantics table (design 6) that decided. */
export type CellRule =
  | "idle"
  | "open"
  | "already-so"
  | "hold"
  | "apply"
  | "stand-in"
  | "close"
  | "enforce"
  | "enforce-close"
  | "doubt"
  | "yield"
  | "resume"
  | "rebase"
  | "missing"
  | "keep-close";

/** What should be live in a cell, why, and what to remember once it is. */
export interface CellDecision {
  readonly at: Instant;
  readonly cell: CellKey;
  readonly rule: CellRule;
  readonly live: CellValue;
  /** What should be there. Different from `live`: write. */
  readonly want: CellValue;
  /** Undefined: the cell is closed. */
  readonly ledger: CellLedger | undefined;
  readonly yielded: readonly WindowId[];
  readonly winner: Claim | undefined;
  /** The window it was held for so far, if it was. */
  readonly heldFor: WindowId | undefined;
  /** What people called that window's campaign then, where it was kept. */
  readonly heldBy?: string | undefined;
  /** When to read again, to settle a doubt. */
  readonly recheckAt?: Instant | undefined;
}

type Held = CellQuestion & { readonly ledger: CellLedger };
type Contested = Held & { readonly winner: Claim };

function decision(question: CellQuestion, rule: CellRule, rest: Partial<CellDecision> & { readonly want: CellValue }): CellDecision {
  const { cell, live, yielded, winner, ledger, at } = question;
  return { at, cell, rule, live, ledger, yielded, winner, heldFor: ledger?.window, heldBy: ledger?.campaignName, ...rest };
}

function entry(claim: Claim, base: CellValue, written: CellValue, heldAt: Instant, standIn: boolean): CellLedger {
  const { layer, window } = claim.activity;
  const afterwards = layer.ask.kind === "coupon" ? layer.ask.afterwards : undefined;
  return { base, written, window, campaignName: layer.campaignName, policy: layer.onManualEdit, standIn, afterwards, heldAt };
}

/** @returns whether the winner's window has given way to a person on this cell. */
export function hasGivenWay({ winner, yielded }: Pick<CellDecision, "winner" | "yielded">): boolean {
  return winner !== undefined && winner.activity.layer.onManualEdit === "yield" && yielded.includes(winner.activity.window);
}

/** Nothing is held: rows 1 and 2 of the table. */
function decideUnheld(question: CellQuestion): CellDecision {
  const { live, winner, at } = question;
  if (winner === undefined) return decision(question, "idle", { want: live });
  // The window gave way on this cell, was interrupted (held off, say), and is on again: the person's value still stands.
  if (hasGivenWay(question)) return decision(question, "yield", { want: live });
  const ledger = entry(winner, live, winner.value, at, false);
  return decision(question, winner.value === live ? "already-so" : "open", { want: winner.value, ledger });
}

/** The live value is the one that Doorman wrote, and a layer wins: row 3. */
function decideOwn(question: Contested): CellDecision {
  const { ledger, winner, yielded, live, at } = question;
  const { window } = winner.activity;
  const settled = entry(winner, ledger.base, winner.value, at, false);
  if (!hasGivenWay(question)) return decision(question, winner.value === live ? "hold" : "apply", { want: winner.value, ledger: settled });
  if (ledger.window === window && !ledger.standIn) {
    const without = yielded.filter((each) => each !== window);
    return decision(question, "resume", { want: winner.value, ledger: settled, yielded: without });
  }
  return standIn(question);
}

/** The base takes the place of a winner that has given way. */
function standIn(question: Contested): CellDecision {
  const { ledger, winner, at } = question;
  return decision(question, "stand-in", { want: ledger.base, ledger: entry(winner, ledger.base, ledger.base, at, true) });
}

/** The live value is not Doorman's, and nothing says yet whether a stale read or a person is behind it. */
function doubt(question: Held): CellDecision | undefined {
  const { ledger, live, at } = question;
  const known = ledger.doubt?.value === live ? ledger.doubt : { value: live, seenAt: at };
  if (at - known.seenAt >= DOUBT_MS) return undefined;
  const recheckAt = plus(known.seenAt, DOUBT_MS);
  return decision(question, "doubt", { want: live, ledger: { ...ledger, doubt: known }, recheckAt });
}

/** Somebody else's value, policy `yield`, and a layer wins: rows 6 and 7. */
function decideForeign(question: Contested): CellDecision {
  const { ledger, winner, live, yielded, at } = question;
  const { window } = winner.activity;
  if (ledger.window === window) {
    const ledgerAfter = { ...withoutDoubt(ledger), setByPerson: live };
    if (yielded.includes(window)) return decision(question, "yield", { want: live, ledger: ledgerAfter });
    return doubt(question) ?? decision(question, "yield", { want: live, ledger: ledgerAfter, yielded: [...yielded, window] });
  }
  const want = hasGivenWay(question) ? live : winner.value;
  const ledgerAfter = entry(winner, live, want, at, hasGivenWay(question));
  return decision(question, "rebase", { want, ledger: ledgerAfter, yielded: withOverruled(question) });
}

/**
 * The window that held the cell was overruled by hand before another one took over: it has given way, should it come back. A value that
 * Doorman saw in place less than a minute ago may have been read stale now, and says nothing of a person.
 */
function withOverruled({ ledger, yielded, at }: Held): readonly WindowId[] {
  if (yielded.includes(ledger.window) || at - ledger.heldAt < DOUBT_MS) return yielded;
  return [...yielded, ledger.window];
}

function withoutDoubt(ledger: CellLedger): CellLedger {
  const { doubt: _settled, ...rest } = ledger;
  return rest;
}

/** No layer wins any more: rows 4, 5 and 8. */
function decideLeft(question: Held): CellDecision {
  const { ledger, live, yielded, at } = question;
  const back = ledger.base;
  if (live === ledger.written) return decision(question, "close", { want: back, ledger: undefined });
  if (ledger.policy === "enforce") {
    // The base seems to be back, so nothing would be written; but right after Doorman's own write that may be a stale read of what was before.
    const unsure = live === back && at - ledger.heldAt < DOUBT_MS ? doubt(question) : undefined;
    return unsure ?? decision(question, "enforce-close", { want: back, ledger: undefined });
  }
  const believed = yielded.includes(ledger.window) ? undefined : doubt(question);
  // Remembered for as long as the window may come back: held off or disabled, it has not ended.
  const overruled = yielded.includes(ledger.window) ? yielded : [...yielded, ledger.window];
  return believed ?? decision(question, "keep-close", { want: live, ledger: undefined, yielded: overruled });
}

/**
 * The semantics table of design 6, one cell at a time. Total: every combination has an answer. Deciding again after the answer has been
 * carried out changes nothing.
 *
 * @returns what should be live, why, and the ledger to keep once it is.
 */
export function decideCell(question: CellQuestion): CellDecision {
  const { ledger, winner, live } = question;
  if (ledger === undefined) return decideUnheld(question);
  if (winner === undefined) return decideLeft({ ...question, ledger });
  // The policy is that of the window it was written for; within that window the campaign's present text speaks for it, to its end.
  const { layer, window } = winner.activity;
  const held = window === ledger.window ? { ...ledger, policy: layer.onManualEdit } : ledger;
  const contested = { ...question, ledger: held, winner };
  if (live === held.written) return decideOwn(contested);
  if (held.policy === "yield") return decideForeign(contested);
  // Overruled is what a person did while another window enforced its value, not the stop that they made in this one.
  if (hasGivenWay(contested)) return standIn(contested);
  return decision(question, "enforce", { want: winner.value, ledger: entry(winner, ledger.base, winner.value, question.at, false) });
}
