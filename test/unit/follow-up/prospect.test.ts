import { describe, expect, it } from "vitest";
import { prospectOf } from "../../../lib/application/follow-up/prospect.ts";
import type { TargetState } from "../../../lib/application/ports/state-table.ts";
import { groupsInWords, valueInWords } from "../../../lib/application/reconcile/attempt.ts";
import { couponId, promotionId, storeId, type Target, targetKey } from "../../../lib/domain/identifiers.ts";
import type { Ask, Layer } from "../../../lib/domain/layers/layer.ts";
import { EMPTY_LEDGER } from "../../../lib/domain/ledger/ledger.ts";
import { at, groupsAsk, layer } from "../../support/layers.ts";

const NOW = at("2026-11-27T15:00");
const PROMOTION: Target = { kind: "promotion", id: promotionId("9") };
const COUPON: Target = { kind: "coupon", id: couponId("7") };

function state(changes: Partial<TargetState>): TargetState {
  return { ledger: EMPTY_LEDGER, attemptsBegun: 0, failuresInARow: 0, warnings: [], ...changes };
}

function prospect(target: Target, ask: Ask, known: TargetState) {
  const layers: readonly Layer[] = [layer({ start: "2026-11-27T14:00", end: "2026-11-27T16:00", ask })];
  const outlook = { target, layers, ledger: known.ledger, known: {}, from: NOW };
  return prospectOf({ storeId: storeId("1003"), key: targetKey(target), label: undefined, timeZone: "UTC", outlook }, known, NOW);
}

describe("what a message says of a target that nobody has changed yet", () => {
  it("is what the last look saw of a promotion's groups, now and afterwards", () => {
    const known = state({ check: { problems: [], seen: "groups 0, 1" } });

    const { wrong, next } = prospect(PROMOTION, groupsAsk([2], [1]), known);

    expect(wrong).toEqual([
      { cell: "group:1", holds: "in" },
      { cell: "group:2", holds: "out" },
    ]);
    expect(next?.spell.cells).toEqual([
      { cell: "group:1", value: "in" },
      { cell: "group:2", value: "out" },
    ]);
  });

  it("is that it has not been switched yet where it was seen to hold that value already", () => {
    const known = state({ check: { problems: [], seen: "groups 0, 2" } });

    expect(prospect(PROMOTION, groupsAsk([2]), known).wrong).toEqual([{ cell: "group:2", holds: "as found" }]);
  });

  it.each(["open to everyone", "", undefined])("is not known where no groups were seen: %s", (seen) => {
    const { wrong, next } = prospect(PROMOTION, groupsAsk([2]), state({ check: { problems: [], seen } }));

    expect(wrong).toEqual([{ cell: "group:2", holds: "as found" }]);
    expect(next?.spell.cells).toEqual([{ cell: "group:2", value: "as found" }]);
  });

  it("is, where a change was sent and its answer is not known, what it held before that", () => {
    const cells = { applicationLimit: { before: "REPEAT_CUSTOMER_ONLY", after: "UNLIMITED" } };
    const told = { before: "b", after: "a", reason: "r", campaignIds: [], historyVersion: 1 };
    const known = state({
      check: { problems: [], seen: "NEW_CUSTOMER_ONLY" },
      intent: { at: NOW, cells, ledgerAfter: EMPTY_LEDGER, told },
    });

    const { wrong, next } = prospect(COUPON, { kind: "coupon", applicationLimit: "UNLIMITED" }, known);

    expect(wrong).toMatchObject([{ cell: "applicationLimit", holds: "unknown" }]);
    expect(next?.spell.cells).toEqual([{ cell: "applicationLimit", value: "REPEAT_CUSTOMER_ONLY" }]);
  });
});

describe("groups in words", () => {
  it.each([[[0]], [[0, 1, 1006534]]])("are read back as they were written: %o", (groups) => {
    expect(groupsInWords(valueInWords(groups))).toEqual(groups);
  });

  it.each(["groups ", "groups 1,2", "UNLIMITED", "groups 1, 2 and more"])("are none where the text is no list of them: %s", (text) => {
    expect(groupsInWords(text)).toBeUndefined();
  });
});
