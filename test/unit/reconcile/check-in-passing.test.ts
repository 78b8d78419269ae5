import { describe, expect, it } from "vitest";
import type { TargetCheck } from "../../../lib/application/ports/state-table.ts";
import type { Attempt } from "../../../lib/application/reconcile/attempt.ts";
import { checkInPassing, seenValue } from "../../../lib/application/reconcile/check-in-passing.ts";
import { campaignId, parseTargetKey, storeId, type TargetKey } from "../../../lib/domain/identifiers.ts";
import type { Layer } from "../../../lib/domain/layers/layer.ts";
import { EMPTY_LEDGER } from "../../../lib/domain/ledger/ledger.ts";
import { at, groupsAsk, layer } from "../../support/layers.ts";
import { liveCoupon, livePromotion } from "../../support/scripted-store.ts";

const NOW = at("2026-11-27T09:30");
const LOOKED_AT = at("2026-11-26T09:00");
const UNCHECKED = { missingGroups: new Set<number>(), timeZone: "UTC" };

function attempt(key: "coupon#1" | "promotion#1", layers: readonly Layer[], check: TargetCheck | undefined): Attempt {
  const target = parseTargetKey(key);
  if (target === undefined) throw new TypeError(key);
  const state = { ledger: EMPTY_LEDGER, attemptsBegun: 0, failuresInARow: 0, warnings: [], check };
  return { storeId: storeId("1003"), key: key as TargetKey, target, layers, state, version: 1, owedSince: NOW };
}

function groupMissing(group: number, endsAt = at("2026-11-27T12:00")) {
  return { campaignId: campaignId("sale"), code: "GROUP_MISSING", message: `group ${group} is missing`, group, endsAt };
}

describe("what is known of a target once its attempt is over", () => {
  it("is, for a coupon that was read, as good as a look", () => {
    const known = attempt("coupon#1", [layer()], { checkedAt: LOOKED_AT, problems: [] });

    const check = checkInPassing(known, EMPTY_LEDGER, NOW, { ...UNCHECKED, live: liveCoupon("1") });

    expect(check).toEqual({ checkedAt: NOW, problems: [], seen: "NEW_CUSTOMER_ONLY" });
  });

  it.each([
    ["when a look last asked", { checkedAt: LOOKED_AT, problems: [] }, LOOKED_AT],
    ["never, where no look has", undefined, undefined],
  ])("says of a promotion's groups that they were asked for %s", (_when, check, checkedAt) => {
    const known = attempt("promotion#1", [layer({ ask: groupsAsk([2]) })], check);

    const next = checkInPassing(known, EMPTY_LEDGER, NOW, { ...UNCHECKED, live: livePromotion("1") });

    expect(next).toEqual({ checkedAt, problems: [], seen: "groups 0, 1" });
  });

  it("keeps a group that a look found missing, until somebody has put it in", () => {
    const known = attempt("promotion#1", [layer({ ask: groupsAsk([2, 3]) })], { problems: [groupMissing(2), groupMissing(3)] });

    const check = checkInPassing(known, EMPTY_LEDGER, NOW, { ...UNCHECKED, live: livePromotion("1", [0, 3]) });

    expect(check?.problems.map(({ code, group }) => [code, group])).toEqual([["GROUP_MISSING", 2]]);
  });

  it("adds a group that turned out to be missing just now", () => {
    const known = attempt("promotion#1", [layer({ ask: groupsAsk([2]) })], undefined);

    const check = checkInPassing(known, EMPTY_LEDGER, NOW, { live: livePromotion("1"), timeZone: "UTC", missingGroups: new Set([2]) });

    expect(check?.problems.map(({ code, group }) => [code, group])).toEqual([["GROUP_MISSING", 2]]);
  });

  it("is, where nobody has read it, what was known less what is over", () => {
    const standing = groupMissing(2);
    const known = attempt("promotion#1", [], { checkedAt: LOOKED_AT, problems: [groupMissing(3, NOW), standing], seen: "groups 0" });

    const check = checkInPassing(known, EMPTY_LEDGER, NOW, undefined);

    expect(check).toEqual({ checkedAt: LOOKED_AT, problems: [standing], seen: "groups 0" });
  });

  it("is nothing where nobody has ever read it", () => {
    const check = checkInPassing(attempt("coupon#1", [layer()], undefined), EMPTY_LEDGER, NOW, undefined);

    expect(check).toBeUndefined();
  });
});

describe("the value of a target", () => {
  it.each([
    ["a coupon's limit as Ecwid spells it", liveCoupon("1", { applicationLimit: "VIP_ONLY" }), "VIP_ONLY"],
    ["a promotion's groups", livePromotion("1", [0, 7]), "groups 0, 7"],
    ["open to everyone without groups", { ...livePromotion("1"), customerGroups: undefined }, "open to everyone"],
  ])("is %s", (_name, live, words) => {
    const seen = seenValue(live);

    expect(seen).toBe(words);
  });
});
