import { describe, expect, it } from "vitest";
import type { Attempt } from "../../../lib/application/reconcile/attempt.ts";
import { createLiveValues } from "../../../lib/application/reconcile/live-values.ts";
import { readForCheck, readGroups } from "../../../lib/application/reconcile/read-for-check.ts";
import type { EcwidFailure } from "../../../lib/domain/failures/ecwid-failure.ts";
import { parseTargetKey, storeId, type TargetKey } from "../../../lib/domain/identifiers.ts";
import { EMPTY_LEDGER } from "../../../lib/domain/ledger/ledger.ts";
import { at } from "../../support/layers.ts";
import { liveCoupon, livePromotion, type StoreScript, scriptedStore } from "../../support/scripted-store.ts";

const NOW = at("2026-11-27T10:00");
const message = "said so";
const WINDOW = "the window";

function attempt(key: string, label?: string): Attempt {
  const target = parseTargetKey(key);
  if (target === undefined) throw new TypeError(key);
  const state = { ledger: EMPTY_LEDGER, attemptsBegun: 0, failuresInARow: 0, warnings: [], label };
  return { storeId: storeId("1003"), key: key as TargetKey, target, layers: [], state, version: 1, owedSince: NOW };
}

async function read(script: StoreScript, attempts: readonly Attempt[], isEnough: () => boolean = () => false) {
  const { store, calls } = scriptedStore(script);
  const values = createLiveValues(store, { now: () => NOW, sleepUntil: async () => {} });
  const { readings, refused } = await readForCheck(values, attempts, isEnough);
  const said = [...readings].map(([key, reading]) => [
    key,
    reading.kind === "obstacle" ? [reading.code, reading.say(WINDOW)] : reading.kind,
  ]);
  return { said, refused, calls };
}

describe("reading targets before their windows", () => {
  it("gives each as it is, one after the other", async () => {
    const { said, refused, calls } = await read({ coupons: [liveCoupon("1"), liveCoupon("2")], promotions: [livePromotion("3")] }, [
      attempt("coupon#1"),
      attempt("coupon#2"),
      attempt("promotion#3"),
    ]);

    expect(said).toEqual([
      ["coupon#1", "live"],
      ["coupon#2", "live"],
      ["promotion#3", "live"],
    ]);
    expect(refused).toBeUndefined();
    expect(calls).toEqual(["readCoupon 1", "readCoupon 2", "listPromotions"]);
  });

  it.each([
    [
      "is gone",
      undefined,
      { kind: "target-missing", message },
      "TARGET_MISSING",
      "coupon 1: the store has none with this number: it was deleted, or the number is wrong; correct the campaign or create it; the window needs it",
    ],
    [
      "may not be read",
      "coupon SPRING (1)",
      { kind: "refused", code: "BAD", message },
      "BAD",
      "coupon SPRING (1) could not be looked at, so the window was not checked (said so)",
    ],
    [
      "is unreadable",
      undefined,
      { kind: "unreadable-reply", message },
      "UNREADABLE_REPLY",
      "coupon 1 could not be looked at, so the window was not checked (said so)",
    ],
  ] satisfies readonly (readonly [string, string | undefined, EcwidFailure, string, string])[])(
    "tells the window that a target %s, and goes on with the next",
    async (_how, label, coupons, code, sentence) => {
      const { said, refused } = await read({ coupons, promotions: [livePromotion("3")] }, [
        attempt("coupon#1", label),
        attempt("promotion#3"),
      ]);

      expect(said).toEqual([
        ["coupon#1", [code, sentence]],
        ["promotion#3", "live"],
      ]);
      expect(refused).toBeUndefined();
    },
  );

  it.each([
    { kind: "outcome-unknown", message },
    { kind: "conflict", code: "X", message },
    { kind: "read-only", message },
  ] satisfies readonly EcwidFailure[])("tells nothing where somebody has to read again: %o", async (coupons) => {
    const { said, refused } = await read({ coupons }, [attempt("coupon#1")]);

    expect(said).toEqual([["coupon#1", "unknown"]]);
    expect(refused).toBeUndefined();
  });

  it.each([
    { kind: "rate-limited", retryAfterMs: 5 },
    { kind: "store-paused", code: "X", message },
    { kind: "token-rejected", message },
  ] satisfies readonly EcwidFailure[])("ends at once where the whole store is concerned: %o", async (coupons) => {
    const { said, refused, calls } = await read({ coupons }, [attempt("coupon#1"), attempt("coupon#2")]);

    expect(said).toEqual([]);
    expect(refused).toEqual(coupons);
    expect(calls).toEqual(["readCoupon 1"]);
  });

  it("asks once for a kind that may not be read, and goes on with the other, even where no further call is to be made for it", async () => {
    let calls = 0;
    const isEnough = () => {
      calls += 1;
      return calls > 2;
    };

    const read3 = await read(
      { coupons: { kind: "scope-missing", message }, promotions: [livePromotion("3")] },
      [attempt("coupon#1"), attempt("promotion#3"), attempt("coupon#2"), attempt("promotion#4")],
      isEnough,
    );

    const missing = [
      "SCOPE_MISSING",
      "the store's token lacks a right it needs (said so); ask Ecwid to add the scope: until then the window cannot do what it should",
    ];
    expect(read3.said).toEqual([
      ["coupon#1", missing],
      ["promotion#3", "live"],
      ["coupon#2", missing],
    ]);
    expect(read3.calls).toEqual(["readCoupon 1", "listPromotions"]);
  });

  it("asks for each target of a kind of which one is gone", async () => {
    const { calls } = await read({ coupons: [] }, [attempt("coupon#1"), attempt("coupon#2")]);

    expect(calls).toEqual(["readCoupon 1", "readCoupon 2"]);
  });

  it("makes no call where no further one is to be made", async () => {
    const { said, calls } = await read({ coupons: [] }, [attempt("coupon#1")], () => true);

    expect([said, calls]).toEqual([[], []]);
  });
});

describe("asking for customer groups", () => {
  async function groups(script: StoreScript, ...asked: readonly number[]) {
    const { store, calls } = scriptedStore(script);
    return { answer: await readGroups(store, new Set(asked)), calls };
  }

  it("makes no call where none is asked for", async () => {
    const { answer, calls } = await groups({});

    expect(answer).toEqual({ kind: "groups", missing: new Set(), all: [] });
    expect(calls).toEqual([]);
  });

  it("names those that the store does not have", async () => {
    const { answer } = await groups({ groups: [0, 2, 9] }, 2, 3);

    expect(answer).toMatchObject({ kind: "groups", missing: new Set([3]), all: [{ id: 0 }, { id: 2, name: "Group 2" }, { id: 9 }] });
  });

  it.each([
    [
      { kind: "scope-missing", message },
      "GROUPS_SCOPE_MISSING",
      "whether the customer groups that the window asks for exist could not be checked: the store's token lacks a right it needs (said so); ask Ecwid to add the scope",
    ],
    [
      { kind: "refused", code: "BAD", message },
      "GROUPS_BAD",
      "whether the customer groups that the window asks for exist could not be checked: Ecwid refused the change (said so)",
    ],
  ] satisfies readonly (readonly [EcwidFailure, string, string])[])(
    "tells why they could not be checked: %o",
    async (failure, code, sentence) => {
      const { answer } = await groups({ groups: failure }, 2);

      expect(answer).toMatchObject({ kind: "obstacle", code });
      expect(answer.kind === "obstacle" && answer.say(WINDOW)).toBe(sentence);
    },
  );

  it.each([
    [{ kind: "outcome-unknown", message }, { kind: "unknown" }],
    [
      { kind: "token-rejected", message },
      { kind: "refused", failure: { kind: "token-rejected", message } },
    ],
  ] satisfies readonly (readonly [EcwidFailure, object])[])("passes on what says nothing of the groups: %o", async (failure, expected) => {
    const { answer } = await groups({ groups: failure }, 2);

    expect(answer).toEqual(expected);
  });
});
