import { describe, expect, it } from "vitest";
import { campaignId, windowId } from "../../../lib/domain/identifiers.ts";
import { lastSeen } from "../../../lib/domain/ledger/last-seen.ts";
import { type CellKey, type CellLedger, EMPTY_LEDGER, holdersOf, isOpen, UNSEEN } from "../../../lib/domain/ledger/ledger.ts";
import { at } from "../../support/layers.ts";

const WINDOW = windowId(campaignId("sale"), "2026-11-27T10:00:00Z");

function held(changes: Partial<CellLedger> = {}): CellLedger {
  return { base: "out", written: "in", window: WINDOW, policy: "yield", standIn: false, heldAt: at("2026-11-27T10:00"), ...changes };
}

describe("what a ledger tells of a cell", () => {
  const doubt = { value: "out", seenAt: at("2026-11-27T10:30") };

  it.each<[string, CellKey, Partial<CellLedger>, boolean, object]>([
    ["what Doorman wrote", "group:7", {}, false, { value: "in", by: "doorman" }],
    ["what is in doubt", "group:7", { doubt, setByPerson: "in" }, true, { value: "out", by: "in doubt" }],
    ["what a person set", "applicationLimit", { setByPerson: "X" }, true, { value: "X", by: "person" }],
    ["what Doorman wrote in the stead of a window that gave way", "group:7", { standIn: true }, true, { value: "in", by: "doorman" }],
    ["the other of two where a window gave way", "group:7", {}, true, { value: "out", by: "person" }],
    ["the other of two, the other way round", "group:7", { written: "out" }, true, { value: "in", by: "person" }],
    ["only that it is not Doorman's, of a limit", "applicationLimit", { written: "X" }, true, { value: UNSEEN, by: "person" }],
  ])("is %s", (_what, cell, changes, gaveWay, seen) => {
    const ledger = { cells: { [cell]: held(changes) }, yielded: gaveWay ? { [cell]: [WINDOW] } : {} };

    expect(lastSeen(ledger, cell)).toEqual(seen);
  });

  it("is nothing where the cell is not held", () => {
    expect(lastSeen({ cells: { "group:7": held() }, yielded: {} }, "group:8")).toBeUndefined();
  });
});

describe("who holds a target's cells", () => {
  it("is each campaign once", () => {
    const other = held({ window: windowId(campaignId("other"), "2026-11-27T10:00:00Z") });
    const ledger = { cells: { "group:1": held(), "group:2": other, "group:3": held() }, yielded: {} };

    expect(holdersOf(ledger)).toEqual(["sale", "other"]);
    expect(isOpen(ledger)).toBe(true);
  });

  it("is nobody where nothing is held", () => {
    expect(holdersOf(EMPTY_LEDGER)).toEqual([]);
    expect(isOpen({ cells: {}, yielded: { "group:1": [WINDOW] } })).toBe(false);
  });
});
