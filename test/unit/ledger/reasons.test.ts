import { describe, expect, it } from "vitest";
import { campaignId, windowId } from "../../../lib/domain/identifiers.ts";
import type { Claim } from "../../../lib/domain/layers/claims.ts";
import type { Layer } from "../../../lib/domain/layers/layer.ts";
import type { CellDecision, CellRule } from "../../../lib/domain/ledger/decide-cell.ts";
import type { TargetDecision } from "../../../lib/domain/ledger/decide-target.ts";
import { EMPTY_LEDGER, UNSEEN } from "../../../lib/domain/ledger/ledger.ts";
import { explain, reasonOf, warningsOf } from "../../../lib/domain/ledger/reasons.ts";
import { at, type LayerSetup, layer } from "../../support/layers.ts";

const NOW = at("2026-11-27T11:00");
const SALE = named("Sale", { id: "sale" });
const OTHER = named("Other", { id: "other", end: "2026-11-27T10:30" });
const BOTH = [SALE, OTHER];
const ON = "is on until 2026-11-27 12:00:00 UTC";
const BY = "somebody set X in Ecwid";
const held = { state: "off", until: at("2026-11-28T00:00"), reason: "stock ran out" } as const;

function named(campaignName: string, setup: LayerSetup): Layer {
  return { ...layer(setup), campaignName };
}

function claim(asking: Layer, activity: Partial<Claim["activity"]> = {}): Claim {
  const window = windowId(asking.campaignId, "2026-11-27T10:00:00Z");
  return {
    value: "Y",
    activity: { layer: asking, window, startedAt: at("2026-11-27T10:00"), endsAt: at("2026-11-27T12:00"), ...activity },
  };
}

/** Who wins, and whose window held the cell so far. */
function cell(rule: CellRule, winner: Layer | undefined, holder: string | undefined, rest: Partial<CellDecision> = {}): CellDecision {
  return {
    at: NOW,
    cell: "applicationLimit",
    rule,
    live: "X",
    want: "Y",
    ledger: undefined,
    yielded: [],
    winner: winner && claim(winner),
    heldFor: holder === undefined ? undefined : windowId(campaignId(holder), "2026-11-20T10:00:00Z"),
    ...rest,
  };
}

describe("why a cell holds what it does", () => {
  it.each<[CellRule, Layer | undefined, string | undefined, string]>([
    ["idle", undefined, undefined, "no campaign asks for anything"],
    ["open", SALE, undefined, `"Sale" ${ON}`],
    ["apply", SALE, "other", `"Sale" ${ON}`],
    ["hold", SALE, "sale", `"Sale" ${ON}`],
    [
      "already-so",
      SALE,
      undefined,
      `"Sale" ${ON}, but what it asks for was there already; it closes to the same unless "afterwards" is given`,
    ],
    ["stand-in", SALE, "other", '"Sale" gave way earlier in this window to a change made by hand'],
    ["close", undefined, "other", '"Other" is over'],
    ["enforce", SALE, "sale", `${BY}, and "Sale" enforces its value`],
    ["enforce", SALE, "other", `${BY}, which "Other" did not allow; now "Sale" ${ON}`],
    ["enforce-close", undefined, "other", `${BY}, and "Other", which enforces, is over`],
    ["doubt", SALE, "sale", `found something that Doorman did not write; looking again in a minute before believing that ${BY}`],
    ["yield", SALE, "sale", `${BY}; "Sale" gives way until its window ends`],
    ["resume", SALE, "sale", 'the change made by hand was taken back; "Sale" goes on'],
    ["rebase", SALE, "sale", `${BY} during another window of "Sale", so that is the value to return to; "Sale" ${ON}`],
    ["rebase", SALE, "other", `${BY} while "Other" held it, so that is the value to return to; "Sale" ${ON}`],
    ["keep-close", undefined, "other", `"Other" is over, but ${BY}: kept`],
  ])("%s", (rule, winner, holder, reason) => {
    expect(reasonOf(cell(rule, winner, holder), BOTH)).toBe(reason);
  });

  it("missing: the group is named", () => {
    expect(reasonOf(cell("missing", SALE, undefined, { cell: "group:77" }), BOTH)).toBe(
      '"Sale" asks for customer group 77, which does not exist in the store; correct the campaign or create the group',
    );
  });

  it.each([
    ["in", "somebody let the group in in Ecwid"],
    ["out", "somebody took the group out in Ecwid"],
    [UNSEEN, "somebody set another value in Ecwid"],
  ])("says what a person did where %s is live", (live, did) => {
    expect(reasonOf(cell("yield", SALE, "sale", { live }), BOTH)).toBe(`${did}; "Sale" gives way until its window ends`);
  });

  it.each<[string, Partial<Claim["activity"]>, string]>([
    ["without an end", { endsAt: undefined }, "is on until somebody ends it"],
    [
      "that is forced on",
      { startedAt: "forced", layer: { ...SALE, override: { ...held, state: "on" } } },
      "is forced on by an override (stock ran out)",
    ],
    ["that is forced on, nobody says why", { startedAt: "forced" }, "is forced on by an override (no reason given)"],
  ])("says until when a window %s is on", (_which, activity, text) => {
    expect(reasonOf(cell("open", SALE, undefined, { winner: claim(SALE, activity) }), BOTH)).toBe(`"Sale" ${text}`);
  });

  it.each<[string, readonly Layer[], string]>([
    ["that was disabled", [SALE, { ...OTHER, enabled: false }], '"Other" was disabled'],
    ["that is held off", [SALE, { ...OTHER, override: held }], '"Other" is held off (stock ran out)'],
    ["whose override has lapsed", [SALE, { ...OTHER, override: { ...held, until: NOW } }], '"Other" is over'],
    ["that is forced on elsewhere", [SALE, { ...OTHER, override: { ...held, state: "on" } }], '"Other" is over'],
    ["that is deleted", [SALE], '"other" asks for nothing here any more'],
  ])("says how a campaign left %s", (_how, layers, reason) => {
    expect(reasonOf(cell("close", undefined, "other"), layers)).toBe(reason);
  });

  it("calls a campaign that is deleted what people called it, where that was kept", () => {
    expect(reasonOf(cell("close", undefined, "other", { heldBy: "Once upon" }), [SALE])).toBe('"Once upon" asks for nothing here any more');
    expect(reasonOf(cell("close", undefined, "other", { heldBy: "Once upon" }), BOTH)).toBe('"Other" is over');
  });
});

describe("why a target is switched", () => {
  function target(cells: readonly CellDecision[], rest: Partial<TargetDecision> = {}): TargetDecision {
    return { at: NOW, cells, change: { kind: "none" }, ledgerAfter: EMPTY_LEDGER, recheckAt: undefined, leftOut: [], ...rest };
  }
  const unchanged = { want: "X" };

  it.each<[string, TargetDecision, string]>([
    [
      "is why it is refused, if it is",
      target([cell("open", SALE, undefined)], { change: { kind: "refused", code: "NO_GROUP_LIST", reason: "no" } }),
      "no",
    ],
    [
      "is that of each cell that changes, once",
      target([
        cell("open", SALE, undefined),
        cell("close", undefined, "other"),
        cell("open", SALE, undefined),
        cell("stand-in", SALE, "sale", unchanged),
      ]),
      `"Sale" ${ON}; "Other" is over`,
    ],
    [
      "is what is worth telling where none changes",
      target([cell("hold", SALE, "sale", unchanged), cell("stand-in", SALE, "sale", unchanged)]),
      '"Sale" gave way earlier in this window to a change made by hand',
    ],
    ["is that all is in place where nothing is", target([cell("hold", SALE, "sale", unchanged)]), "everything is in place"],
    [
      "names groups that are left out",
      target([cell("close", undefined, "other")], { leftOut: [77, 78] }),
      '"Other" is over; customer group 77, 78 no longer exists and is left out',
    ],
    [
      "has no other for a group that is left out, and has one for those beside it",
      target(
        [cell("close", undefined, "other", { cell: "group:77" }), cell("keep-close", undefined, "other", { cell: "group:7", live: "in" })],
        {
          leftOut: [77],
        },
      ),
      '"Other" is over, but somebody let the group in in Ecwid: kept; customer group 77 no longer exists and is left out',
    ],
  ])("%s", (_rule, decision, reason) => {
    expect(explain(decision, BOTH)).toBe(reason);
  });

  it.each<CellRule>(["already-so", "stand-in", "enforce", "enforce-close", "doubt", "yield", "resume", "rebase", "keep-close", "missing"])(
    "%s is worth telling though nothing changes",
    (rule) => {
      expect(explain(target([cell(rule, SALE, "sale", unchanged)]), BOTH)).not.toBe("everything is in place");
    },
  );

  it.each<CellRule>(["idle", "open", "hold", "apply", "close"])("%s is not", (rule) => {
    expect(explain(target([cell(rule, SALE, "sale", unchanged)]), BOTH)).toBe("everything is in place");
  });

  it("is a warning to the winner where it is already so, gave way, or has a stand-in, each once", () => {
    const cells = [
      cell("stand-in", SALE, "sale"),
      cell("stand-in", SALE, "sale", { cell: "group:7" }),
      cell("yield", OTHER, "other"),
      cell("already-so", SALE, undefined),
      cell("open", SALE, undefined),
      cell("close", undefined, "other"),
      cell("doubt", SALE, "sale"),
      cell("missing", SALE, undefined),
    ];

    expect(warningsOf(target(cells), BOTH)).toEqual([
      { campaignId: "sale", message: '"Sale" gave way earlier in this window to a change made by hand' },
      { campaignId: "other", message: `${BY}; "Other" gives way until its window ends` },
      { campaignId: "sale", message: expect.stringContaining("was there already") },
    ]);
  });
});
