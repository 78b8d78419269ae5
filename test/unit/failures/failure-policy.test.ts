import { describe, expect, it } from "vitest";
import type { EcwidFailure } from "../../../lib/domain/failures/ecwid-failure.ts";
import { type FailurePolicy, policyFor, retryAt } from "../../../lib/domain/failures/failure-policy.ts";
import { HOUR, SECOND } from "../../../lib/domain/instant.ts";
import { at } from "../../support/layers.ts";

const TABLE: readonly (readonly [EcwidFailure, FailurePolicy])[] = [
  [
    { kind: "rate-limited", retryAfterMs: 29_001 },
    { effect: "cool-down", forMs: 29_001, code: "RATE_LIMITED", reason: "Ecwid asked for 30 s of silence" },
  ],
  [
    { kind: "token-rejected", message: "" },
    { effect: "token-dead", code: "TOKEN_REJECTED", reason: "Ecwid refused the store's token; put a working one into its secret" },
  ],
  [
    { kind: "scope-missing", message: "update_promotion" },
    {
      effect: "pause-kind",
      code: "SCOPE_MISSING",
      reason: "the store's token lacks a right it needs (update_promotion); ask Ecwid to add the scope",
    },
  ],
  [
    { kind: "feature-unavailable", code: "DISCOUNTS_FEATURE_NOT_AVAILABLE", message: "upgrade" },
    { effect: "pause-kind", code: "DISCOUNTS_FEATURE_NOT_AVAILABLE", reason: "the store's plan lacks this feature (upgrade)" },
  ],
  [
    { kind: "store-paused", code: "STORE_IS_SUSPENDED", message: "suspended" },
    { effect: "pause-store", code: "STORE_IS_SUSPENDED", reason: "Ecwid does not serve this store at present (suspended)" },
  ],
  [
    { kind: "target-missing", message: "" },
    {
      effect: "block",
      code: "TARGET_MISSING",
      reason: "the store has none with this number: it was deleted, or the number is wrong; correct the campaign or create it",
    },
  ],
  [
    { kind: "read-only", message: "" },
    { effect: "block", code: "READ_ONLY", reason: "it is managed in Retail POS and cannot be changed in Ecwid" },
  ],
  [
    { kind: "refused", code: "WRONG_PARAMETER", message: "bad" },
    { effect: "block", code: "WRONG_PARAMETER", reason: "Ecwid refused the change (bad)" },
  ],
  [
    { kind: "conflict", code: "CONSTRAINT_VIOLATION", message: "busy" },
    { effect: "retry", code: "CONSTRAINT_VIOLATION", reason: "Ecwid reported a conflict (busy)" },
  ],
  [
    { kind: "outcome-unknown", message: "502" },
    { effect: "retry", code: "OUTCOME_UNKNOWN", reason: "Ecwid gave no clear answer (502)" },
  ],
  [
    { kind: "unreadable-reply", message: "not JSON" },
    { effect: "retry", code: "UNREADABLE_REPLY", reason: "Ecwid's answer could not be read (not JSON)" },
  ],
];

describe("the failure table", () => {
  it.each(TABLE)("%o leads to %o", (failure, policy) => {
    expect(policyFor(failure, 0)).toEqual(policy);
  });

  it("takes a second conflict in a row to a person", () => {
    expect(policyFor({ kind: "conflict", code: "CONSTRAINT_VIOLATION", message: "busy" }, 1)).toEqual({
      effect: "block",
      code: "CONSTRAINT_VIOLATION",
      reason: "Ecwid reports a conflict again (busy)",
    });
  });

  it("obeys a Retry-After of any length", () => {
    expect(policyFor({ kind: "rate-limited", retryAfterMs: 5 * HOUR }, 0)).toMatchObject({ forMs: 5 * HOUR });
  });
});

describe("the back-off", () => {
  const now = at("2026-11-27T00:00");

  it.each([
    [1, 0.5, SECOND],
    [2, 0.5, 2 * SECOND],
    [5, 0.5, 16 * SECOND],
    [12, 0.5, HOUR / 2],
    [40, 0.5, HOUR / 2],
    [5_000, 0.5, HOUR / 2],
  ])("after %i failures waits half its ceiling when chance says half", (failures, chance, expected) => {
    expect(retryAt(now, failures, chance) - now).toBe(expected);
  });

  it("never waits less than a second", () => {
    expect(retryAt(now, 3, 0) - now).toBe(SECOND);
  });
});
