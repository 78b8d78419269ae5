import { describe, expect, it } from "vitest";
import { campaignId, type WindowId, windowId } from "../../../lib/domain/identifiers.ts";
import type { Ask, Layer } from "../../../lib/domain/layers/layer.ts";
import { type CellKey, type CellLedger, EMPTY_LEDGER, type Ledger } from "../../../lib/domain/ledger/ledger.ts";
import { isAnsweredByLedger } from "../../../lib/domain/ledger/without-a-call.ts";
import { at, groupsAsk, layer } from "../../support/layers.ts";

const NOW = at("2026-11-27T11:00");
const SET: Ask = { kind: "promotion", form: "set", groups: [1] };

function windowOf(campaign: string): WindowId {
  return windowId(campaignId(campaign), "2026-11-27T10:00:00Z");
}

function held(changes: Partial<CellLedger> = {}): CellLedger {
  const heldAt = at("2026-11-27T10:00");
  return { base: "out", written: "in", window: windowOf("sale"), policy: "yield", standIn: false, heldAt, ...changes };
}

function ledger(cells: Partial<Record<CellKey, CellLedger>>, yielded: Ledger["yielded"] = {}): Ledger {
  return { cells, yielded };
}

const limit = (changes: Partial<CellLedger> = {}) =>
  ledger({ applicationLimit: held({ base: "NEW_CUSTOMER_ONLY", written: "UNLIMITED", ...changes }) });
const over = layer({ end: "2026-11-27T10:30" });
const adds = layer({ ask: groupsAsk([1, 2]) });

describe("a reconcile has nothing to ask Ecwid", () => {
  it.each<[string, readonly Layer[], Ledger]>([
    ["where nothing is on and nothing is held", [over], EMPTY_LEDGER],
    ["where a coupon is held as it should be for the window that is on", [layer()], limit()],
    ["where each group is", [adds], ledger({ "group:1": held(), "group:2": held() })],
    ["where a whole list is", [layer({ ask: SET })], ledger({ "group:1": held(), "group:5": held({ base: "in", written: "out" }) })],
    [
      "where one that is on names only what a stronger one holds",
      [adds, layer({ id: "also", ask: groupsAsk([2]) })].map((each, index) => ({ ...each, priority: -index })),
      ledger({ "group:1": held(), "group:2": held() }),
    ],
  ])("%s", (_where, layers, before) => {
    expect(isAnsweredByLedger(layers, before, NOW)).toBe(true);
  });

  it.each<[string, readonly Layer[], Ledger]>([
    ["where nothing is on and something is held", [over], limit()],
    ["where a coupon is to be opened", [layer()], EMPTY_LEDGER],
    ["where one group of two is", [adds], ledger({ "group:1": held() })],
    ["where it was held for another window", [layer()], limit({ window: windowOf("other") })],
    ["where another value is asked for now", [layer({ limit: "REPEAT_CUSTOMER_ONLY" })], limit()],
    ["where another policy is", [layer({ policy: "enforce" })], limit()],
    ["where it gives another value afterwards", [layer({ afterwards: "REPEAT_CUSTOMER_ONLY" })], limit()],
    ["where a value is in doubt", [layer()], limit({ doubt: { value: "NEW_CUSTOMER_ONLY", seenAt: NOW } })],
    ["where a person has overruled it", [layer()], { ...limit(), yielded: { applicationLimit: [windowOf("sale")] } }],
    ["where a group is held that nobody asks for any more", [adds], ledger({ "group:1": held(), "group:2": held(), "group:3": held() })],
    ["where a whole list holds nothing yet", [layer({ ask: SET })], EMPTY_LEDGER],
    [
      "where a whole list holds nothing yet, though a stronger campaign holds all that it lists",
      [layer({ ask: groupsAsk([1]), priority: 1 }), layer({ id: "whole", ask: SET })],
      ledger({ "group:1": held() }),
    ],
  ])("but it has %s", (_where, layers, before) => {
    expect(isAnsweredByLedger(layers, before, NOW)).toBe(false);
  });
});
