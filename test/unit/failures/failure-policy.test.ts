import { describe, expect, it } from "vitest";
import type { EcwidFailure } from "../../../lib/domain/failures/ecwid-failure.ts";
import { policyFor, retryAt } from "../../../lib/domain/failures/failure-policy.ts";
import { HOUR, SECOND } from "../../../lib/domain/instant.ts";
import { at } from "../../support/layers.ts";

const TABLE: readonly (readonly [EcwidFailure, string])[] = [
  [{ kind: "rate-limited", retryAfterMs: 30_000 }, "cool-down"],
  [{ kind: "token-rejected", message: "" }, "token-dead"],
  [{ kind: "scope-missing", message: "update_promotion" }, "pause-kind"],
  [{ kind: "feature-unavailable", code: "DISCOUNTS_FEATURE_NOT_AVAILABLE", message: "" }, "pause-kind"],
  [{ kind: "store-paused", code: "STORE_IS_SUSPENDED", message: "" }, "pause-store"],
  [{ kind: "target-missing", message: "" }, "block"],
  [{ kind: "read-only", message: "" }, "block"],
  [{ kind: "refused", code: "WRONG_PARAMETER", message: "" }, "block"],
  [{ kind: "conflict", code: "CONSTRAINT_VIOLATION", message: "" }, "retry"],
  [{ kind: "outcome-unknown", message: "502" }, "retry"],
  [{ kind: "unreadable-reply", message: "not JSON" }, "retry"],
];

describe("the failure table", () => {
  it.each(TABLE)("%o leads to %s", (failure, effect) => {
    const policy = policyFor(failure, 0);

    expect(policy.effect).toBe(effect);
    expect(policy.reason).not.toBe("");
  });

  it("takes a second conflict in a row to a person", () => {
    expect(policyFor({ kind: "conflict", code: "CONSTRAINT_VIOLATION", message: "" }, 1).effect).toBe("block");
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
    [40, 0.5, HOUR / 2],
  ])("after %i failures waits half its ceiling when chance says half", (failures, chance, expected) => {
    expect(retryAt(now, failures, chance) - now).toBe(expected);
  });

  it("never waits less than a second", () => {
    expect(retryAt(now, 3, 0) - now).toBe(SECOND);
  });
});
