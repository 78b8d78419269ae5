import { describe, expect, it } from "vitest";
import { campaignId, windowId } from "../../../lib/domain/identifiers.ts";
import type { ApplicationLimit, Layer } from "../../../lib/domain/layers/layer.ts";
import { type CellKey, type CellLedger, EMPTY_LEDGER, type Ledger } from "../../../lib/domain/ledger/ledger.ts";
import { mayNarrow } from "../../../lib/domain/ledger/narrows.ts";
import { at, groupsAsk, layer } from "../../support/layers.ts";

const [OPENS, CLOSES] = [at("2026-11-27T10:00"), at("2026-11-27T12:00")];

function held(cell: CellKey, base: string, written: string): Ledger {
  const window = windowId(campaignId("sale"), "2026-11-27T10:00:00Z");
  const entry: CellLedger = { base, written, window, policy: "yield", standIn: false, heldAt: OPENS };
  return { cells: { [cell]: entry }, yielded: {} };
}

describe("a coupon's switch", () => {
  it.each<readonly [ApplicationLimit, boolean]>([
    ["UNLIMITED", false],
    ["NEW_CUSTOMER_ONLY", true],
    ["REPEAT_CUSTOMER_ONLY", true],
  ])("that opens a window to %s narrows: %s", (limit, narrows) => {
    expect(mayNarrow([layer({ limit })], EMPTY_LEDGER, OPENS)).toBe(narrows);
  });

  it.each([
    ["NEW_CUSTOMER_ONLY", "UNLIMITED", true],
    ["UNLIMITED", "NEW_CUSTOMER_ONLY", false],
    ["NEW_CUSTOMER_ONLY", "REPEAT_CUSTOMER_ONLY", true],
    ["UNLIMITED", "UNLIMITED", false],
  ])("that goes back to %s from %s narrows: %s", (base, written, narrows) => {
    expect(mayNarrow([layer()], held("applicationLimit", base, written), CLOSES)).toBe(narrows);
  });
});

describe("a promotion's switch", () => {
  const setting: Layer["ask"] = { kind: "promotion", form: "set", groups: [1, 2] };

  it.each<readonly [string, Layer["ask"], boolean]>([
    ["puts groups in", groupsAsk([2]), false],
    ["takes one out", groupsAsk([2], [1]), true],
    ["sets the list for the first time", setting, true],
  ])("that %s narrows: %#", (_what, ask, narrows) => {
    expect(mayNarrow([layer({ ask })], EMPTY_LEDGER, OPENS)).toBe(narrows);
  });

  it("whose whole list is held already narrows only if a group goes out", () => {
    expect(mayNarrow([layer({ ask: setting })], held("group:1", "out", "in"), OPENS)).toBe(false);
    expect(mayNarrow([layer({ ask: setting })], held("group:3", "out", "in"), OPENS)).toBe(true);
  });

  it.each([
    ["takes a group out again", groupsAsk([2]), held("group:2", "out", "in"), true],
    ["puts one back", groupsAsk([], [2]), held("group:2", "in", "out"), false],
  ] as const)("that %s narrows: %#", (_what, ask, ledger, narrows) => {
    expect(mayNarrow([layer({ ask })], ledger, CLOSES)).toBe(narrows);
  });
});

it("a target at which nothing is to be switched does not narrow", () => {
  expect(mayNarrow([layer()], EMPTY_LEDGER, CLOSES)).toBe(false);
  expect(mayNarrow([layer()], held("applicationLimit", "NEW_CUSTOMER_ONLY", "UNLIMITED"), OPENS)).toBe(false);
  const narrow = layer({ limit: "NEW_CUSTOMER_ONLY" });
  expect(mayNarrow([narrow], held("applicationLimit", "UNLIMITED", "NEW_CUSTOMER_ONLY"), OPENS)).toBe(false);
});
