import type { Instant } from "../../domain/instant.ts";
import type { Ledger } from "../../domain/ledger/ledger.ts";
import type { LiveTarget } from "../../domain/live.ts";
import { problemsStanding, targetProblems } from "../../domain/usability/target-problems.ts";
import type { TargetCheck } from "../ports/state-table.ts";
import { type Attempt, valueInWords } from "./attempt.ts";

/** A target as it was just read from Ecwid, and what is known around it. */
export interface Seen {
  readonly live: LiveTarget;
  /** Groups that are known not to exist. */
  readonly missingGroups: ReadonlySet<number>;
  /** The store's. */
  readonly timeZone: string;
}

/** @returns the value of a target, in words. */
export function seenValue(live: LiveTarget): string {
  if (live.kind === "coupon") return live.applicationLimit;
  return live.customerGroups === undefined ? "open to everyone" : valueInWords(live.customerGroups);
}

/** Groups that a look found missing and that nobody has put in since: whether they exist is asked only by a look. */
function stillMissing({ state }: Attempt, { live, missingGroups }: Seen): ReadonlySet<number> {
  const present = live.kind === "promotion" ? (live.customerGroups ?? []) : [];
  const known = (state.check?.problems ?? []).flatMap(({ group }) => (group === undefined || present.includes(group) ? [] : [group]));
  return new Set([...missingGroups, ...known]);
}

/**
 * @param seen undefined where nobody has read the target: then what was known stands, less what is over.
 * @returns what stands in the way of a target's windows, once its attempt is over. A coupon is then as good as looked at; of a promotion
 * nobody has asked whether all of its groups exist.
 */
export function checkInPassing(attempt: Attempt, ledger: Ledger, at: Instant, seen: Seen | undefined): TargetCheck | undefined {
  const { check } = attempt.state;
  if (seen === undefined) return check === undefined ? undefined : { ...check, problems: problemsStanding(check.problems, at) };
  const { live, timeZone } = seen;
  const question = { layers: attempt.layers, ledger, live, at, missingGroups: stillMissing(attempt, seen) };
  const checkedAt = live.kind === "coupon" ? at : check?.checkedAt;
  return { checkedAt, problems: targetProblems(question, timeZone), seen: seenValue(live) };
}
