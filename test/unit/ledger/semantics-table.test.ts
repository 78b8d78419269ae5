import { describe, expect, it } from "vitest";
import { campaignId, type WindowId, windowId } from "../../../lib/domain/identifiers.ts";
import { MINUTE, plus } from "../../../lib/domain/instant.ts";
import type { Claim } from "../../../lib/domain/layers/claims.ts";
import type { ManualEditPolicy } from "../../../lib/domain/layers/layer.ts";
import { type CellDecision, type CellQuestion, decideCell } from "../../../lib/domain/ledger/decide-cell.ts";
import type { CellKey, CellLedger, CellValue } from "../../../lib/domain/ledger/ledger.ts";
import { at, groupsAsk, layer } from "../../support/layers.ts";

const NOW = at("2026-11-27T11:00");
const THIS_WINDOW = windowId(campaignId("sale"), "2026-11-27T10:00:00Z");
const OTHER_WINDOW = windowId(campaignId("sale"), "2026-11-20T10:00:00Z");

/** The table of design 6 holds for both kinds of target; only the values differ. `foreign` is a third value where the kind has one. */
const KINDS = [
  { kind: "coupon", cell: "applicationLimit", base: "NEW_CUSTOMER_ONLY", asked: "UNLIMITED", foreign: "REPEAT_CUSTOMER_ONLY" },
  { kind: "promotion group", cell: "group:7", base: "out", asked: "in", foreign: "out" },
] as const satisfies readonly { kind: string; cell: CellKey; base: CellValue; asked: CellValue; foreign: CellValue }[];

describe.each(KINDS)("the semantics table, for a $kind", ({ cell, base, asked, foreign }) => {
  const ask = cell === "applicationLimit" ? undefined : groupsAsk([7]);

  function winner(value: CellValue = asked, policy: ManualEditPolicy = "yield", window: WindowId = THIS_WINDOW): Claim {
    const asking = layer({ policy, ...(ask !== undefined && { ask }) });
    return { value, activity: { layer: asking, window, startedAt: at("2026-11-27T10:00"), endsAt: at("2026-11-27T12:00") } };
  }

  function held(changes: Partial<CellLedger> = {}): CellLedger {
    return {
      base,
      written: asked,
      window: THIS_WINDOW,
      policy: "yield",
      standIn: false,
      afterwards: undefined,
      heldAt: at("2026-11-27T10:00"),
      ...changes,
    };
  }

  function decide(question: Partial<CellQuestion>): CellDecision {
    return decideCell({ cell, live: base, ledger: undefined, yielded: [], winner: undefined, at: NOW, ...question });
  }

  const seenBefore = { value: foreign, seenAt: plus(NOW, -MINUTE) };

  it("row 1: nothing held and nobody asks: nothing", () => {
    const decision = decide({});

    expect(decision).toMatchObject({ rule: "idle", want: base, ledger: undefined });
  });

  it("row 2: nothing held and a campaign asks: what is there becomes the base, and its value is written", () => {
    const decision = decide({ winner: winner() });

    const ledger = { base, written: asked, window: THIS_WINDOW, policy: "yield", standIn: false };
    expect(decision).toMatchObject({ rule: "open", want: asked, ledger });
  });

  it("row 2: what it asks for is there already: held all the same, and told", () => {
    const decision = decide({ live: asked, winner: winner() });

    expect(decision).toMatchObject({ rule: "already-so", want: asked, ledger: { base: asked, written: asked } });
  });

  it("row 3: our value is there and the same campaign goes on: nothing to write", () => {
    const decision = decide({ live: asked, ledger: held(), winner: winner() });

    expect(decision).toMatchObject({ rule: "hold", want: asked, ledger: { base, written: asked, heldAt: NOW, standIn: false } });
  });

  it("row 3: our value is there and another value wins: it is written, the base stays", () => {
    const decision = decide({ live: asked, ledger: held({ window: OTHER_WINDOW }), winner: winner(foreign) });

    expect(decision).toMatchObject({ rule: "apply", want: foreign, ledger: { base, written: foreign, window: THIS_WINDOW } });
  });

  it("row 3: the winner's window has given way before: the base is written in its stead", () => {
    const decision = decide({ live: asked, ledger: held({ window: OTHER_WINDOW }), winner: winner(), yielded: [THIS_WINDOW] });

    expect(decision).toMatchObject({ rule: "stand-in", want: base, ledger: { base, written: base, window: THIS_WINDOW, standIn: true } });
  });

  it("row 4: our value is there and nobody asks any more: the base goes back, closed", () => {
    const decision = decide({ live: asked, ledger: held() });

    expect(decision).toMatchObject({ rule: "close", want: base, ledger: undefined });
  });

  it("row 5: a foreign value under `enforce` is written over, the base stays", () => {
    const decision = decide({ live: foreign, ledger: held({ policy: "enforce" }), winner: winner(asked, "enforce") });

    expect(decision).toMatchObject({ rule: "enforce", want: asked, ledger: { base, written: asked } });
  });

  it("row 5: a foreign value under `enforce` when nobody asks any more: the base goes back, closed", () => {
    const decision = decide({ live: foreign, ledger: held({ policy: "enforce" }) });

    expect(decision).toMatchObject({ rule: "enforce-close", want: base, ledger: undefined });
  });

  it("row 6: a foreign value under `yield` is doubted at first sight, and looked at again a minute later", () => {
    const decision = decide({ live: foreign, ledger: held(), winner: winner() });

    expect(decision).toMatchObject({ rule: "doubt", want: foreign, recheckAt: plus(NOW, MINUTE), yielded: [] });
    expect(decision.ledger).toEqual({ ...held(), doubt: { value: foreign, seenAt: NOW } });
  });

  it("row 6: seen twice a minute apart, it is kept, and the window has given way", () => {
    const decision = decide({ live: foreign, ledger: held({ doubt: seenBefore }), winner: winner() });

    expect(decision).toMatchObject({ rule: "yield", want: foreign, yielded: [THIS_WINDOW] });
    expect(decision.ledger).toEqual(held({ setByPerson: foreign }));
  });

  it("row 6: seen again too soon, it is still doubted, and the minute does not begin anew", () => {
    const seenAt = plus(NOW, -MINUTE + 1);

    const decision = decide({ live: foreign, ledger: held({ doubt: { value: foreign, seenAt } }), winner: winner() });

    expect(decision).toMatchObject({ rule: "doubt", recheckAt: plus(NOW, 1), ledger: { doubt: { seenAt } } });
  });

  it("row 6: our value is back where the window had given way: it goes on", () => {
    const decision = decide({ live: asked, ledger: held(), winner: winner(), yielded: [THIS_WINDOW] });

    expect(decision).toMatchObject({ rule: "resume", want: asked, yielded: [] });
  });

  it("row 7: a foreign value under `yield` when another window wins: it becomes the base, and that window's value is written", () => {
    const decision = decide({ live: foreign, ledger: held({ window: OTHER_WINDOW }), winner: winner() });

    expect(decision).toMatchObject({ rule: "rebase", want: asked, ledger: { base: foreign, written: asked, window: THIS_WINDOW } });
  });

  it("row 8: a foreign value under `yield` when nobody asks any more is doubted at first sight", () => {
    const decision = decide({ live: foreign, ledger: held() });

    expect(decision).toMatchObject({ rule: "doubt", want: foreign, recheckAt: plus(NOW, MINUTE) });
    expect(decision.ledger?.base).toBe(base);
  });

  it("row 8: seen twice a minute apart, it is kept and closed", () => {
    const decision = decide({ live: foreign, ledger: held({ doubt: seenBefore }) });

    expect(decision).toMatchObject({ rule: "keep-close", want: foreign, ledger: undefined });
  });

  it("row 8: a value that the window had already given way to is kept and closed at once", () => {
    const decision = decide({ live: foreign, ledger: held(), yielded: [THIS_WINDOW] });

    expect(decision).toMatchObject({ rule: "keep-close", want: foreign, ledger: undefined });
  });

  it("one stale read is not a person: the doubt is gone with the next good read, and the base goes back", () => {
    const doubted = decide({ live: foreign, ledger: held() });

    const decision = decide({ live: asked, ledger: doubted.ledger, at: plus(NOW, MINUTE) });

    expect(decision).toMatchObject({ rule: "close", want: base, ledger: undefined });
  });

  it("a window that gave way and was interrupted does not open anew over the person's value", () => {
    const decision = decide({ live: foreign, winner: winner(), yielded: [THIS_WINDOW] });

    expect(decision).toMatchObject({ rule: "yield", want: foreign, ledger: undefined });
  });

  it("a campaign changed to `enforce` in the middle of a window it had yielded takes it back", () => {
    const decision = decide({ live: foreign, ledger: held(), winner: winner(asked, "enforce"), yielded: [THIS_WINDOW] });

    expect(decision).toMatchObject({ rule: "enforce", want: asked });
  });

  it("row 3: our value is back where the window had given way: other windows that gave way stay so", () => {
    const decision = decide({ live: asked, ledger: held(), winner: winner(), yielded: [OTHER_WINDOW, THIS_WINDOW] });

    expect(decision).toMatchObject({ rule: "resume", yielded: [OTHER_WINDOW] });
  });

  it("row 5: what a window does not allow is written over though another one takes over that would", () => {
    const decision = decide({ live: foreign, ledger: held({ window: OTHER_WINDOW, policy: "enforce" }), winner: winner() });

    expect(decision).toMatchObject({ rule: "enforce", want: asked, ledger: { base, written: asked, window: THIS_WINDOW, standIn: false } });
  });

  it("row 5: unless that other one has given way itself: then the base is written in its stead", () => {
    const ledger = held({ window: OTHER_WINDOW, policy: "enforce" });

    const decision = decide({ live: foreign, ledger, winner: winner(), yielded: [THIS_WINDOW] });

    expect(decision).toMatchObject({ rule: "stand-in", want: base, ledger: { base, written: base, standIn: true } });
  });

  it("row 5: the base seen there less than a minute after our write may be a stale read, and is doubted", () => {
    const justNow = held({ policy: "enforce", heldAt: plus(NOW, -MINUTE + 1) });
    const aMinuteAgo = held({ policy: "enforce", heldAt: plus(NOW, -MINUTE) });

    expect(decide({ live: base, ledger: justNow })).toMatchObject({ rule: "doubt", want: base, recheckAt: plus(NOW, MINUTE) });
    expect(decide({ live: base, ledger: aMinuteAgo })).toMatchObject({ rule: "enforce-close", want: base });
  });

  it("row 5: a third value seen there is no stale read, and the base goes back at once", () => {
    const ledger = held({ policy: "enforce", heldAt: NOW });

    expect(decide({ live: "something new", ledger })).toMatchObject({ rule: "enforce-close", want: base, ledger: undefined });
  });

  it.each([
    ["has given way if its value was in place a minute ago", { heldAt: plus(NOW, -MINUTE) }, [], [OTHER_WINDOW]],
    ["has not if it was in place less than a minute ago: that may be a stale read", { heldAt: plus(NOW, -MINUTE + 1) }, [], []],
    ["is not remembered twice", {}, [OTHER_WINDOW], [OTHER_WINDOW]],
  ])("row 7: the window that was overruled before another took over %s", (_rule, changes, before, after) => {
    const decision = decide({ live: foreign, ledger: held({ window: OTHER_WINDOW, ...changes }), winner: winner(), yielded: before });

    expect(decision).toMatchObject({ rule: "rebase", want: asked, yielded: after });
  });

  it("row 8: a window that is overruled and interrupted has given way, should it come back", () => {
    expect(decide({ live: foreign, ledger: held({ doubt: seenBefore }) }).yielded).toEqual([THIS_WINDOW]);
    expect(decide({ live: foreign, ledger: held(), yielded: [THIS_WINDOW] }).yielded).toEqual([THIS_WINDOW]);
  });

  it("an overruled value is the base and no other where the window that takes over has given way too", () => {
    const decision = decide({ live: foreign, ledger: held({ window: OTHER_WINDOW }), winner: winner(), yielded: [THIS_WINDOW] });

    expect(decision).toMatchObject({ rule: "rebase", want: foreign, ledger: { base: foreign, written: foreign, standIn: true } });
  });
});

it("what a coupon's campaign gives afterwards is kept with what it holds", () => {
  const asking = layer({ afterwards: "REPEAT_CUSTOMER_ONLY" });
  const winner: Claim = { value: "UNLIMITED", activity: { layer: asking, window: THIS_WINDOW, startedAt: NOW } };

  const decision = decideCell({ cell: "applicationLimit", live: "UNLIMITED", ledger: undefined, yielded: [], winner, at: NOW });

  expect(decision.ledger).toMatchObject({ afterwards: "REPEAT_CUSTOMER_ONLY", campaignName: "sale" });
});
