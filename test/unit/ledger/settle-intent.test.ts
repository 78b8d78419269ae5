import { describe, expect, it } from "vitest";
import { campaignId, windowId } from "../../../lib/domain/identifiers.ts";
import { type CellLedger, EMPTY_LEDGER, type Intent, type Ledger } from "../../../lib/domain/ledger/ledger.ts";
import { cellKeys, intentCells, settleIntent } from "../../../lib/domain/ledger/settle-intent.ts";
import { at } from "../../support/layers.ts";

const HELD: CellLedger = {
  base: "NEW_CUSTOMER_ONLY",
  written: "UNLIMITED",
  window: windowId(campaignId("sale"), "2026-11-27T10:00:00Z"),
  policy: "yield",
  standIn: false,
  heldAt: at("2026-11-27T10:00"),
};
const OPEN: Ledger = { cells: { applicationLimit: HELD }, yielded: {} };
const OPENING: Intent = {
  at: at("2026-11-27T10:00"),
  cells: { applicationLimit: { before: "NEW_CUSTOMER_ONLY", after: "UNLIMITED" } },
  ledgerAfter: OPEN,
  told: { before: "", after: "", reason: "", campaignIds: [], historyVersion: 2 },
};
const CLOSING: Intent = {
  at: at("2026-11-27T12:00"),
  cells: { applicationLimit: { before: "UNLIMITED", after: "NEW_CUSTOMER_ONLY" } },
  ledgerAfter: EMPTY_LEDGER,
  told: { before: "", after: "", reason: "", campaignIds: [], historyVersion: 2 },
};

describe("an intent found after a crash", () => {
  it.each([
    ["opening", EMPTY_LEDGER, OPENING, "UNLIMITED", OPEN],
    ["opening", EMPTY_LEDGER, OPENING, "NEW_CUSTOMER_ONLY", EMPTY_LEDGER],
    ["opening", EMPTY_LEDGER, OPENING, "REPEAT_CUSTOMER_ONLY", OPEN],
    ["closing", OPEN, CLOSING, "NEW_CUSTOMER_ONLY", EMPTY_LEDGER],
    ["closing", OPEN, CLOSING, "UNLIMITED", OPEN],
    ["closing", OPEN, CLOSING, "REPEAT_CUSTOMER_ONLY", OPEN],
  ] as const)("of %s, from %o: the live value says whose it is", (_what, before, intent, live, settled) => {
    expect(settleIntent(before, intent, () => live)).toEqual(settled);
  });

  it("owns only the groups that show", () => {
    const intent: Intent = {
      at: OPENING.at,
      cells: { "group:2": { before: "out", after: "in" }, "group:3": { before: "out", after: "in" } },
      ledgerAfter: { cells: { "group:2": HELD, "group:3": HELD }, yielded: {} },
      told: { before: "", after: "", reason: "", campaignIds: [], historyVersion: 2 },
    };

    const settled = settleIntent(EMPTY_LEDGER, intent, (cell) => (cell === "group:2" ? "in" : "out"));

    expect(Object.keys(settled.cells)).toEqual(["group:2"]);
  });
});

describe("the cells of an intent", () => {
  it("are those it was to change, with what was there and what is to be", () => {
    expect(intentCells(OPENING)).toEqual([["applicationLimit", { before: "NEW_CUSTOMER_ONLY", after: "UNLIMITED" }]]);
  });

  it("go by no other name than a cell's", () => {
    const record = { applicationLimit: 1, "group:0": 1, "group:1006534": 1, "group:": 1, "group:1x": 1, "a group:1": 1, limit: 1 };

    expect(cellKeys(record)).toEqual(["applicationLimit", "group:0", "group:1006534"]);
  });
});
