import { describe, expect, it } from "vitest";
import { campaignId, couponId, promotionId, windowId } from "../../../lib/domain/identifiers.ts";
import { MINUTE, plus } from "../../../lib/domain/instant.ts";
import type { Ask, Layer } from "../../../lib/domain/layers/layer.ts";
import {
  campaignsBehind,
  changedCells,
  decideTarget,
  nextBoundary,
  type TargetQuestion,
} from "../../../lib/domain/ledger/decide-target.ts";
import { type CellLedger, EMPTY_LEDGER, type Ledger } from "../../../lib/domain/ledger/ledger.ts";
import type { LiveCoupon, LivePromotion } from "../../../lib/domain/live.ts";
import { at, groupsAsk, layer } from "../../support/layers.ts";

const DURING = at("2026-11-27T11:00");
const AFTER = at("2026-11-27T12:00");
const SALE_WINDOW = windowId(campaignId("sale"), "2026-11-27T10:00:00Z");
const COUPON: LiveCoupon = { kind: "coupon", id: couponId("7"), applicationLimit: "NEW_CUSTOMER_ONLY" };

function promotion(customerGroups: readonly number[] | undefined): LivePromotion {
  return { kind: "promotion", id: promotionId("8"), triggers: {}, customerGroups };
}

function held(changes: Partial<CellLedger> = {}): CellLedger {
  return { base: "out", written: "in", window: SALE_WINDOW, policy: "yield", standIn: false, heldAt: at("2026-11-27T10:00"), ...changes };
}

function decide(live: TargetQuestion["live"], layers: readonly Layer[], rest: Partial<TargetQuestion> = {}) {
  return decideTarget({ layers, ledger: EMPTY_LEDGER, live, at: DURING, missingGroups: new Set(), ...rest });
}

function asking(ask: Ask, id = "sale"): Layer {
  return layer({ id, ask });
}

describe("what is to be sent for a coupon", () => {
  it("is the limit that a campaign asks for, and it leaves nothing out", () => {
    const decision = decide(COUPON, [layer()]);

    expect(decision).toMatchObject({
      at: DURING,
      change: { kind: "limit", before: "NEW_CUSTOMER_ONLY", after: "UNLIMITED" },
      ledgerAfter: { cells: { applicationLimit: { base: "NEW_CUSTOMER_ONLY", written: "UNLIMITED", window: SALE_WINDOW } } },
      leftOut: [],
    });
    expect(decision.recheckAt).toBeUndefined();
    expect(changedCells(decision)).toEqual({ applicationLimit: { before: "NEW_CUSTOMER_ONLY", after: "UNLIMITED" } });
    expect(campaignsBehind(decision)).toEqual(["sale"]);
  });

  it("is nothing where nobody asks, and nobody is behind that", () => {
    const decision = decide(COUPON, [layer()], { at: AFTER });

    expect(decision.change).toEqual({ kind: "none" });
    expect(changedCells(decision)).toEqual({});
    expect(campaignsBehind(decision)).toEqual([]);
  });

  it("is nothing while a value is in doubt, which is looked at again in a minute", () => {
    const ledger: Ledger = { cells: { applicationLimit: held({ base: "REPEAT_CUSTOMER_ONLY", written: "UNLIMITED" }) }, yielded: {} };

    expect(decide(COUPON, [layer()], { ledger })).toMatchObject({ change: { kind: "none" }, recheckAt: plus(DURING, MINUTE) });
  });

  it("has behind it who wins now and who held it so far, each once", () => {
    const ledger: Ledger = { cells: { applicationLimit: held({ written: "NEW_CUSTOMER_ONLY" }) }, yielded: {} };
    const other = layer({ id: "other", priority: 1, limit: "REPEAT_CUSTOMER_ONLY" });

    expect(campaignsBehind(decide(COUPON, [layer(), other], { ledger }))).toEqual(["other", "sale"]);
    expect(campaignsBehind(decide(COUPON, [layer()], { ledger }))).toEqual(["sale"]);
    expect(campaignsBehind(decide({ ...COUPON, applicationLimit: "UNLIMITED" }, [layer()]))).toEqual(["sale"]);
  });
});

describe("what is to be sent for a promotion", () => {
  it.each<[string, readonly number[], Ask, object]>([
    [
      "those that are there, in their order, and those that come in, by number",
      [5, 1],
      groupsAsk([12, 3]),
      { kind: "groups", before: [5, 1], after: [5, 1, 3, 12] },
    ],
    ["all but those that go out", [5, 1, 3], groupsAsk([], [1]), { kind: "groups", before: [5, 1, 3], after: [5, 3] }],
    [
      "the whole list that is asked for",
      [5, 1],
      { kind: "promotion", form: "set", groups: [2, 1] },
      { kind: "groups", before: [5, 1], after: [1, 2] },
    ],
    ["as many as before where one comes for one that goes", [1, 5], groupsAsk([3], [5]), { kind: "groups", before: [1, 5], after: [1, 3] }],
    ["nothing where all is so already", [5, 1], groupsAsk([1], [3]), { kind: "none" }],
  ])("is %s", (_what, groups, ask, change) => {
    expect(decide(promotion(groups), [asking(ask)])).toMatchObject({ change, leftOut: [] });
  });

  it("is nothing that would leave no group in: Ecwid may read that as open to everyone", () => {
    expect(decide(promotion([0, 1]), [asking(groupsAsk([], [0, 1]))]).change).toEqual({
      kind: "refused",
      code: "EMPTY_GROUP_LIST",
      reason:
        "this would leave the promotion with no customer group, which Ecwid may read as open to everyone; leave at least one group in",
    });
  });

  it("is at most as many groups as Ecwid allows", () => {
    const groups = Array.from({ length: 199 }, (_each, index) => index + 1);

    expect(decide(promotion(groups), [asking(groupsAsk([200]))]).change.kind).toBe("groups");
    expect(decide(promotion(groups), [asking(groupsAsk([200, 201]))]).change).toEqual({
      kind: "refused",
      code: "TOO_MANY_GROUPS",
      reason: "this would give the promotion 201 customer groups; Ecwid allows 200",
    });
  });

  it("is put back from what the ledger holds, whoever named it", () => {
    const ledger: Ledger = { cells: { "group:3": held(), "group:5": held({ base: "in", written: "out" }) }, yielded: {} };

    const decision = decide(promotion([1, 3]), [], { ledger, at: AFTER });

    expect(decision.change).toEqual({ kind: "groups", before: [1, 3], after: [1, 5] });
    expect(decision.ledgerAfter).toEqual(EMPTY_LEDGER);
  });
});

describe("a promotion that has no list of groups", () => {
  const NO_LIST = {
    kind: "refused",
    code: "NO_GROUP_LIST",
    reason:
      "the promotion has no customer group list, so it is open to everyone, and that cannot be told safely from open to nobody; give it a list in Ecwid first",
  };
  const open: Ledger = { cells: { "group:3": held() }, yielded: {} };

  it.each<[string, readonly Layer[], Ledger, object]>([
    ["is refused while a campaign asks for groups", [asking(groupsAsk([3]))], EMPTY_LEDGER, NO_LIST],
    ["is refused while one holds a group", [], open, NO_LIST],
    ["is refused while both are so", [asking(groupsAsk([3]))], open, NO_LIST],
    ["is left alone while neither is so", [], EMPTY_LEDGER, { kind: "none" }],
  ])("%s", (_rule, layers, ledger, change) => {
    expect(decide(promotion(undefined), layers, { ledger })).toStrictEqual({
      at: DURING,
      cells: [],
      change,
      ledgerAfter: ledger,
      recheckAt: undefined,
      leftOut: [],
    });
  });
});

describe("a group that the store does not have", () => {
  const missingGroups = new Set([77, 78]);

  it("stays out and unowned, and the others go on", () => {
    const decision = decide(promotion([1]), [asking(groupsAsk([77, 2]))], { missingGroups });

    expect(decision.change).toEqual({ kind: "groups", before: [1], after: [1, 2] });
    expect(decision.cells.find(({ cell }) => cell === "group:77")).toMatchObject({ rule: "missing", want: "out", live: "out" });
    expect(Object.keys(decision.ledgerAfter.cells)).toEqual(["group:2"]);
    expect(decision.leftOut).toEqual([]);
  });

  it("is told where there is nothing else to do", () => {
    expect(decide(promotion([1]), [asking(groupsAsk([77, 1, 78]))], { missingGroups }).change).toEqual({
      kind: "refused",
      code: "GROUP_MISSING",
      reason: "customer group 77, 78 does not exist in the store; correct the campaign or create the group",
    });
  });

  it("is left out where it was to be put back, and all else is put back", () => {
    const taken = held({ base: "in", written: "out" });
    const ledger: Ledger = { cells: { "group:77": taken, "group:5": taken }, yielded: {} };

    const decision = decide(promotion([1]), [], { ledger, missingGroups, at: AFTER });

    expect(decision).toMatchObject({ change: { kind: "groups", after: [1, 5] }, leftOut: [77], ledgerAfter: EMPTY_LEDGER });
  });

  it("is taken out of the list, where it lets nobody in and Ecwid may refuse what names it, and does not matter where it is to be out", () => {
    const decision = decide(promotion([1, 77]), [asking(groupsAsk([77], [78]))], { missingGroups });

    expect(decision).toMatchObject({ change: { kind: "groups", before: [1, 77], after: [1] }, leftOut: [] });
    expect(decision.cells.filter(({ rule }) => rule === "missing").map(({ cell, ledger }) => [cell, ledger])).toEqual([
      ["group:77", undefined],
    ]);
    expect(changedCells(decision)).toEqual({ "group:77": { before: "in", after: "out" } });
  });

  it("is taken out of the list and named where nobody asks for it and it was to stay in", () => {
    const ledger: Ledger = { cells: { "group:77": held({ base: "in" }) }, yielded: {} };

    const decision = decide(promotion([1, 77]), [], { ledger, missingGroups, at: AFTER });

    expect(decision).toMatchObject({ change: { kind: "groups", after: [1] }, leftOut: [77], ledgerAfter: EMPTY_LEDGER });
  });

  it("that an enforcing campaign holds and somebody took out stays out, and what was there before is not forgotten", () => {
    const ledger: Ledger = { cells: { "group:77": held({ policy: "enforce" }) }, yielded: {} };
    const enforcing = layer({ ask: groupsAsk([77]), policy: "enforce" });

    expect(decide(promotion([1]), [enforcing], { ledger, missingGroups })).toMatchObject({
      change: { kind: "refused", code: "GROUP_MISSING" },
      ledgerAfter: ledger,
    });
  });
});

describe("what is remembered of windows that gave way", () => {
  const OTHER_WINDOW = windowId(campaignId("sale"), "2026-11-20T10:00:00Z");

  it("is kept while the window may come back, and only of the cells concerned", () => {
    const ledger: Ledger = { cells: {}, yielded: { "group:3": [OTHER_WINDOW, SALE_WINDOW], "group:4": [OTHER_WINDOW] } };

    for (const ask of [asking(groupsAsk([3, 4])), { ...asking(groupsAsk([3, 4])), enabled: false }]) {
      expect(decide(promotion([1]), [ask], { ledger }).ledgerAfter.yielded).toStrictEqual({ "group:3": [SALE_WINDOW] });
    }
    expect(decide(promotion([1]), [asking(groupsAsk([3, 4]))], { ledger, at: AFTER }).ledgerAfter.yielded).toStrictEqual({});
  });

  it("is nothing where none did", () => {
    const decision = decide(COUPON, [layer()]);

    expect(decision.cells).toMatchObject([{ yielded: [] }]);
    expect(decision.ledgerAfter.yielded).toStrictEqual({});
  });
});

it("the next boundary of a target is the first of its layers'", () => {
  const later = layer({ id: "later", start: "2026-11-27T11:30", end: "2026-11-27T13:00" });

  expect(nextBoundary([layer(), later], DURING)).toBe(at("2026-11-27T11:30"));
  expect(nextBoundary([], DURING)).toBeUndefined();
});
