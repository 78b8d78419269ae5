import { describe, expect, it } from "vitest";
import { campaignId, windowId } from "../../../lib/domain/identifiers.ts";
import { baseToReturnTo } from "../../../lib/domain/ledger/base-to-return-to.ts";
import type { CellLedger } from "../../../lib/domain/ledger/ledger.ts";
import { at, layer } from "../../support/layers.ts";

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

    expect(baseToReturnTo([first], held(), at("2026-11-27T11:00"))).toBe("NEW_CUSTOMER_ONLY");
  });

  it("is `afterwards` of the campaign that is over", () => {
    const first = layer({ id: "first", afterwards: "REPEAT_CUSTOMER_ONLY" });

    expect(baseToReturnTo([first], held(), at("2026-11-27T12:00"))).toBe("REPEAT_CUSTOMER_ONLY");
  });

  it("is that of the one that left last, though the other won", () => {
    const first = layer({ id: "first", priority: 1 });
    const second = layer({ id: "second", end: "2026-11-27T12:30", afterwards: "REPEAT_CUSTOMER_ONLY" });

    expect(baseToReturnTo([first, second], held(), at("2026-11-27T13:00"))).toBe("REPEAT_CUSTOMER_ONLY");
  });

  it("is that of the stronger where two leave together", () => {
    const first = layer({ id: "first", afterwards: "REPEAT_CUSTOMER_ONLY", priority: 1 });
    const second = layer({ id: "second", afterwards: "UNLIMITED" });

    expect(baseToReturnTo([second, first], held(), at("2026-11-27T13:00"))).toBe("REPEAT_CUSTOMER_ONLY");
  });

  it("is what the campaign said when it was deleted in the middle of its window", () => {
    expect(baseToReturnTo([], held({ afterwards: "REPEAT_CUSTOMER_ONLY" }), at("2026-11-27T11:00"))).toBe("REPEAT_CUSTOMER_ONLY");
  });

  it("is not that of a window that nobody was there to open", () => {
    const first = layer({ id: "first", afterwards: "REPEAT_CUSTOMER_ONLY" });
    const missed = layer({ id: "missed", start: "2026-11-27T13:00", end: "2026-11-27T14:00", afterwards: "UNLIMITED" });

    expect(baseToReturnTo([first, missed], held(), at("2026-11-27T15:00"))).toBe("REPEAT_CUSTOMER_ONLY");
  });

  it("counts a gap between two campaigns that nobody was there for", () => {
    const first = layer({ id: "first", afterwards: "REPEAT_CUSTOMER_ONLY" });
    const next = layer({ id: "next", start: "2026-11-27T13:00", end: "2026-11-27T14:00" });

    expect(baseToReturnTo([first, next], held(), at("2026-11-27T13:30"))).toBe("REPEAT_CUSTOMER_ONLY");
  });

  const NEVER_OPENED = layer({ id: "missed", start: "2026-11-27T13:30", end: "2026-11-27T14:00", afterwards: "UNLIMITED" });

  it("goes from one campaign to the next before it finds the gap", () => {
    const first = layer({ id: "first" });
    const second = layer({ id: "second", start: "2026-11-27T11:00", end: "2026-11-27T13:00", afterwards: "REPEAT_CUSTOMER_ONLY" });

    expect(baseToReturnTo([first, second, NEVER_OPENED], held(), at("2026-11-27T15:00"))).toBe("REPEAT_CUSTOMER_ONLY");
  });

  it.each<[string, Partial<Parameters<typeof layer>[0]>]>([
    ["is held off", { override: { state: "off", until: at("2026-11-28T00:00"), reason: "stock ran out" } }],
    ["is disabled", { enabled: false }],
  ])("is `afterwards` of a campaign that %s in the middle of its window", (_how, setup) => {
    const first = layer({ id: "first", afterwards: "REPEAT_CUSTOMER_ONLY", ...setup });

    expect(baseToReturnTo([first], held(), at("2026-11-27T11:00"))).toBe("REPEAT_CUSTOMER_ONLY");
  });

  it("is what a campaign said that is deleted, whatever another that has left gives afterwards", () => {
    const other = layer({ id: "other", afterwards: "UNLIMITED" });

    expect(baseToReturnTo([other], held({ afterwards: "REPEAT_CUSTOMER_ONLY" }), at("2026-11-27T13:00"))).toBe("REPEAT_CUSTOMER_ONLY");
  });

  it.each<[string, Partial<Parameters<typeof layer>[0]>]>([
    ["is disabled, however strong it is", { enabled: false, priority: 1 }],
    ["left before the cell was last seen held", { end: "2026-11-27T10:29" }],
    ["left at the very instant at which it was", { end: "2026-11-27T10:30" }],
  ])("is not that of another campaign that %s", (_why, setup) => {
    const moved = setup?.enabled === false ? {} : { start: "2026-10-27T10:00", end: "2026-10-27T12:00" };
    const first = layer({ id: "first", afterwards: "REPEAT_CUSTOMER_ONLY", ...moved });
    const other = layer({ id: "other", afterwards: "UNLIMITED", ...setup });

    expect(baseToReturnTo([first, other], held(), at("2026-11-27T13:00"))).toBe("REPEAT_CUSTOMER_ONLY");
  });

  it("is that of the greater campaign id where two alike leave together", () => {
    const first = layer({ id: "first", afterwards: "NEW_CUSTOMER_ONLY" });
    const second = layer({ id: "second", afterwards: "REPEAT_CUSTOMER_ONLY" });

    expect(baseToReturnTo([first, second], held(), at("2026-11-27T13:00"))).toBe("REPEAT_CUSTOMER_ONLY");
    expect(baseToReturnTo([second, first], held(), at("2026-11-27T13:00"))).toBe("REPEAT_CUSTOMER_ONLY");
  });

  it.each([
    ["is found at the thousandth boundary", "2022-09-26", "REPEAT_CUSTOMER_ONLY"],
    ["is not looked for any further: the base stays", "2022-09-27", "NEW_CUSTOMER_ONLY"],
  ])("a gap %s", (_how, last, value) => {
    const heldAt = at("2020-01-01T12:00");
    const everyDay = { id: "first", repeat: `FREQ=DAILY;UNTIL=${last.replaceAll("-", "")}`, afterwards: "REPEAT_CUSTOMER_ONLY" } as const;
    const first = layer({ ...everyDay, start: "2020-01-01T00:00", end: "2020-01-02T00:00" });
    const next = layer({ id: "next", start: "2022-10-01T00:00", end: "2022-10-02T00:00" });

    expect(baseToReturnTo([first, next], held({ heldAt }), at("2022-10-01T12:00"))).toBe(value);
  });
});
