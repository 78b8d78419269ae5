import { describe, expect, it } from "vitest";
import { campaignId, windowId } from "../../../lib/domain/identifiers.ts";
import { baseToReturnTo } from "../../../lib/domain/ledger/base-to-return-to.ts";
import type { CellLedger } from "../../../lib/domain/ledger/ledger.ts";
import { at, layer } from "../../support/layers.ts";

const CELL = "applicationLimit";

/** Held for "first", which is on from 10:00 to 12:00, and last seen so at 10:30. */
function held(changes: Partial<CellLedger> = {}): CellLedger {
  const window = windowId(campaignId("first"), "2026-11-27T10:00:00Z");
  return {
    base: "NEW_CUSTOMER_ONLY",
    written: "UNLIMITED",
    window,
    policy: "yield",
    standIn: false,
    heldAt: at("2026-11-27T10:30"),
    ...changes,
  };
}

describe("the value to return to", () => {
  it("is the base while a campaign holds the cell, whatever it gives afterwards", () => {
    const first = layer({ id: "first", afterwards: "REPEAT_CUSTOMER_ONLY" });

    expect(baseToReturnTo([first], CELL, held(), at("2026-11-27T11:00"))).toBe("NEW_CUSTOMER_ONLY");
  });

  it("is `afterwards` of the campaign that is over", () => {
    const first = layer({ id: "first", afterwards: "REPEAT_CUSTOMER_ONLY" });

    expect(baseToReturnTo([first], CELL, held(), at("2026-11-27T12:00"))).toBe("REPEAT_CUSTOMER_ONLY");
  });

  it("is that of the one that left last, though the other won", () => {
    const first = layer({ id: "first", priority: 1 });
    const second = layer({ id: "second", end: "2026-11-27T12:30", afterwards: "REPEAT_CUSTOMER_ONLY" });

    expect(baseToReturnTo([first, second], CELL, held(), at("2026-11-27T13:00"))).toBe("REPEAT_CUSTOMER_ONLY");
  });

  it("is that of the stronger where two leave together", () => {
    const first = layer({ id: "first", afterwards: "REPEAT_CUSTOMER_ONLY", priority: 1 });
    const second = layer({ id: "second", afterwards: "UNLIMITED" });

    expect(baseToReturnTo([second, first], CELL, held(), at("2026-11-27T13:00"))).toBe("REPEAT_CUSTOMER_ONLY");
  });

  it("is what the campaign said when it was deleted in the middle of its window", () => {
    expect(baseToReturnTo([], CELL, held({ afterwards: "REPEAT_CUSTOMER_ONLY" }), at("2026-11-27T11:00"))).toBe("REPEAT_CUSTOMER_ONLY");
  });

  it("is not that of a window that nobody was there to open", () => {
    const first = layer({ id: "first", afterwards: "REPEAT_CUSTOMER_ONLY" });
    const missed = layer({ id: "missed", start: "2026-11-27T13:00", end: "2026-11-27T14:00", afterwards: "UNLIMITED" });

    expect(baseToReturnTo([first, missed], CELL, held(), at("2026-11-27T15:00"))).toBe("REPEAT_CUSTOMER_ONLY");
  });

  it("counts a gap between two campaigns that nobody was there for", () => {
    const first = layer({ id: "first", afterwards: "REPEAT_CUSTOMER_ONLY" });
    const next = layer({ id: "next", start: "2026-11-27T13:00", end: "2026-11-27T14:00" });

    expect(baseToReturnTo([first, next], CELL, held(), at("2026-11-27T13:30"))).toBe("REPEAT_CUSTOMER_ONLY");
  });
});
