import { describe, expect, it } from "vitest";
import { compareTriggers } from "../../../lib/domain/ledger/compare-triggers.ts";

const SENT = { startDate: "2026-11-01 00:00:00 +0000", subtotal: 25, categories: [1, 2], recurring: true, customerGroups: [0, 1] };
const NOTHING = { vanished: [], changed: [] };

describe("comparing triggers with what was sent", () => {
  it("looks past the groups, which were meant to change", () => {
    expect(compareTriggers(SENT, { ...SENT, customerGroups: [9] })).toEqual(NOTHING);
  });

  it("takes another way of writing the same for the same", () => {
    const found = { ...SENT, startDate: "2026-11-01 02:00:00 +0200", subtotal: 25.0, categories: [2, 1, 1] };

    expect(compareTriggers(SENT, found)).toEqual(NOTHING);
  });

  it("takes a number in quotes for the number", () => {
    expect(compareTriggers({ subtotal: 25 }, { subtotal: "25.00" })).toEqual(NOTHING);
  });

  it("tells what vanished from what changed or came", () => {
    const { subtotal: _gone, ...found } = { ...SENT, categories: [1, 2, 3], minProductQuantityInCart: 2 };

    expect(compareTriggers(SENT, found)).toEqual({ vanished: ["subtotal"], changed: ["categories", "minProductQuantityInCart"] });
  });

  it("takes null for absent", () => {
    expect(compareTriggers({ subtotal: null }, {})).toEqual(NOTHING);
    expect(compareTriggers(SENT, { ...SENT, subtotal: null })).toEqual({ vanished: ["subtotal"], changed: [] });
  });

  it("compares what is only shaped like a date as text", () => {
    expect(compareTriggers({ startDate: "2026-13-45 00:00:00 +0000" }, { startDate: "2026-13-46 00:00:00 +0000" }).changed).toEqual([
      "startDate",
    ]);
  });

  it("compares nested conditions by content", () => {
    const settings = { activeDays: ["MON", "TUE"], activeDayStartTime: "08:00:00" };

    expect(compareTriggers({ recurrenceSettings: settings }, { recurrenceSettings: { ...settings, activeDays: ["TUE", "MON"] } })).toEqual(
      NOTHING,
    );
    expect(compareTriggers({ recurrenceSettings: settings }, { recurrenceSettings: { ...settings, activeDays: ["TUE"] } }).changed).toEqual(
      ["recurrenceSettings"],
    );
  });

  it.each([
    ["an offset with a colon", "2026-11-01 02:00:00 +02:00"],
    ["Z", "2026-11-01T00:00:00Z"],
    ["no offset, which is UTC", "2026-11-01 00:00:00"],
  ])("reads a date with %s", (_what, startDate) => {
    expect(compareTriggers(SENT, { ...SENT, startDate })).toEqual(NOTHING);
  });

  it.each([
    ["another date", { startDate: "2026-11-01 00:00:00 +0000" }, { startDate: "2026-11-02 00:00:00 +0000" }],
    ["another number", { subtotal: 25 }, { subtotal: 26 }],
    ["an empty text, which is no number", { subtotal: 0 }, { subtotal: "" }],
    ["a blank one", { subtotal: 0 }, { subtotal: " " }],
    ["another text", { name: "a" }, { name: "b" }],
    ["another key inside", { settings: { a: 1 } }, { settings: { b: 1 } }],
    ["a list for its only item", { categories: [1] }, { categories: 1 }],
    ["a word for a truth", { recurring: true }, { recurring: "true" }],
  ])("tells of %s", (_what, sent, found) => {
    expect(compareTriggers(sent, found)).toEqual({ vanished: [], changed: Object.keys(sent) });
  });

  it("looks past the order of keys inside, and past what is null there", () => {
    expect(compareTriggers({ settings: { a: 1, b: 2, ba: null } }, { settings: { b: 2, a: 1 } })).toEqual(NOTHING);
  });
});
