import { HOUR, type Instant, plus, SECOND } from "../instant.ts";
import { assertNever } from "../result.ts";
import type { EcwidFailure } from "./ecwid-failure.ts";

/**
 * What a failure means for the work: try the target again, leave it to a person, or leave the whole store (or one kind of its targets)
 * alone until a cause outside is gone.
 */
export type FailurePolicy =
  | { readonly effect: "retry"; readonly code: string; readonly reason: string }
  | { readonly effect: "block"; readonly code: string; readonly reason: string }
  | { readonly effect: "cool-down"; readonly forMs: number; readonly code: string; readonly reason: string }
  | { readonly effect: "pause-store"; readonly code: string; readonly reason: string }
  | { readonly effect: "pause-kind"; readonly code: string; readonly reason: string }
  | { readonly effect: "token-dead"; readonly code: string; readonly reason: string };

/** How often in a row a conflict is taken for a passing one. */
const CONFLICTS_TRIED = 1;

/**
 * The one table of design 6, "Failures".
 *
 * @param failuresBefore failed attempts at the same target in a row, before this one.
 * @returns what to do; `reason` is for people and says what they can act on.
 */
export function policyFor(failure: EcwidFailure, failuresBefore: number): FailurePolicy {
  switch (failure.kind) {
    case "rate-limited":
      return {
        effect: "cool-down",
        forMs: failure.retryAfterMs,
        code: "RATE_LIMITED",
        reason: `Ecwid asked for ${Math.ceil(failure.retryAfterMs / SECOND)} s of silence`,
      };
    case "token-rejected":
      return { effect: "token-dead", code: "TOKEN_REJECTED", reason: "Ecwid refused the store's token; put a working one into its secret" };
    case "scope-missing":
      return {
        effect: "pause-kind",
        code: "SCOPE_MISSING",
        reason: `the store's token lacks a right it needs (${failure.message}); ask Ecwid to add the scope`,
      };
    case "feature-unavailable":
      return { effect: "pause-kind", code: failure.code, reason: `the store's plan lacks this feature (${failure.message})` };
    case "store-paused":
      return { effect: "pause-store", code: failure.code, reason: `Ecwid does not serve this store at present (${failure.message})` };
    case "target-missing":
      return {
        effect: "block",
        code: "TARGET_MISSING",
        reason: "the store has none with this number: it was deleted, or the number is wrong; correct the campaign or create it",
      };
    case "read-only":
      return { effect: "block", code: "READ_ONLY", reason: "it is managed in Retail POS and cannot be changed in Ecwid" };
    case "conflict":
      if (failuresBefore < CONFLICTS_TRIED)
        return { effect: "retry", code: failure.code, reason: `Ecwid reported a conflict (${failure.message})` };
      return { effect: "block", code: failure.code, reason: `Ecwid reports a conflict again (${failure.message})` };
    case "refused":
      return { effect: "block", code: failure.code, reason: `Ecwid refused the change (${failure.message})` };
    case "outcome-unknown":
      return { effect: "retry", code: "OUTCOME_UNKNOWN", reason: `Ecwid gave no clear answer (${failure.message})` };
    case "unreadable-reply":
      return { effect: "retry", code: "UNREADABLE_REPLY", reason: `Ecwid's answer could not be read (${failure.message})` };
    default:
      return assertNever(failure);
  }
}

const FIRST_DELAY_MS = 2 * SECOND;
const SHORTEST_DELAY_MS = SECOND;

/**
 * Full jitter: anywhere between a second and a ceiling that doubles with each failure, from two seconds up to an hour, so that many
 * targets that failed together do not come back together.
 *
 * @param failuresInARow counting the one just seen: at least 1.
 * @param chance a number in [0, 1).
 */
export function retryAt(now: Instant, failuresInARow: number, chance: number): Instant {
  const ceiling = Math.min(HOUR, FIRST_DELAY_MS * 2 ** (failuresInARow - 1));
  return plus(now, Math.max(SHORTEST_DELAY_MS, ceiling * chance));
}
