import { describe, expect, it } from "vitest";
import { reasonsText } from "../../../lib/cli/text/outlook-text.ts";
import type { CellKey } from "../../../lib/domain/ledger/ledger.ts";
import type { CellOutlook } from "../../../lib/domain/timeline/forecast.ts";

function outlook(cell: CellKey, reason: string): CellOutlook {
  return { cell, value: "in", base: "out", winner: undefined, losers: [], gaveWay: false, reason };
}

describe("the reasons of a promotion's groups", () => {
  it("name the groups that each belongs to where they differ", () => {
    const text = reasonsText([outlook("group:0", "A is on"), outlook("group:77", "B is over"), outlook("group:1006534", "A is on")]);

    expect(text).toBe("groups 0, 1006534: A is on; group 77: B is over");
  });

  it("name no group where all have the same", () => {
    const text = reasonsText([outlook("group:0", "A is on"), outlook("group:77", "A is on")]);

    expect(text).toBe("A is on");
  });

  it("are none where there is no cell", () => {
    expect(reasonsText([])).toBe("");
  });
});
