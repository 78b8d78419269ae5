import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { ADVICE } from "../../bench/costs/advice.ts";
import { FUNCTIONS, MEMORY_MIB, STANDING } from "../../bench/costs/deployment.ts";
import { costsDocument, costsTable, largestOf, monthsOf, readCostsDocument } from "../../bench/costs/document.ts";
import { dollars, percent } from "../../bench/costs/figures.ts";
import { differencesOf, readMeasuredUnits } from "../../bench/costs/measured.ts";
import { readPrices } from "../../bench/costs/prices.ts";

const REPOSITORY = join(import.meta.dirname, "..", "..", "..");
const [measured, prices] = [readMeasuredUnits(), readPrices()];

describe("docs/costs.md", () => {
  it("says what the kept units and the price list come to (else: npm run costs -- --document)", () => {
    expect(readCostsDocument()).toBe(costsDocument(measured, prices));
  });

  it("would say something else at other prices", () => {
    const dearer = { ...prices, prices: { ...prices.prices, secret: { ...prices.prices.secret, usd: 0.8 } } };

    expect(costsDocument(measured, dearer)).not.toBe(readCostsDocument());
  });

  it("has the table that the command prints", () => {
    const [bill = "", drivers = ""] = costsTable(measured, prices).split("\n\n");

    expect(readCostsDocument()).toContain(bill);
    expect(readCostsDocument()).toContain(drivers);
  });

  it("says what would lower each of the three largest items", () => {
    const largest = monthsOf(measured, prices).flatMap((month) => largestOf(month, 3));

    expect(largest).toHaveLength(9);
    for (const { billable } of largest) expect(ADVICE[billable], billable).toBeDefined();
  });

  it("shares every dollar out to what it comes from", () => {
    for (const { byDriver, total } of monthsOf(measured, prices)) {
      expect(Object.values(byDriver).reduce((sum, usd) => sum + usd, 0)).toBeCloseTo(total.usd, 6);
    }
  });
});

describe("the deployment that is priced", () => {
  it.each(FUNCTIONS)("gives %s the memory that the stack gives it", (name) => {
    const text = readFileSync(join(REPOSITORY, "infra", "constructs", `${name}-function.ts`), "utf8");

    expect(text).toContain(`memoryMiB: settings.memoryMiB ?? ${MEMORY_MIB[name]},`);
  });

  it("has at most ten custom metrics", () => {
    expect(STANDING.customMetrics).toBeLessThanOrEqual(10);
    expect(measured.metrics.length).toBeLessThanOrEqual(STANDING.customMetrics);
  });
});

describe("units counted anew", () => {
  it("hold where only the machine's work differs", () => {
    const elsewhere = { ...measured, events: { ...measured.events, look: { ...measured.events.look, computing: 9 } } };

    expect(differencesOf(elsewhere, measured)).toEqual([]);
  });

  it("are told apart, with what they were and are", () => {
    const more = { ...measured, events: { ...measured.events, look: { ...measured.events.look, reads: 99 } } };

    expect(differencesOf(more, measured)).toEqual([`look: reads ${measured.events.look.reads} before, 99 now`]);
  });
});

it("less than a cent, and less than a hundredth, are not nothing", () => {
  expect([0, 0.004, 0.006, 4_337.115].map(dollars)).toEqual(["0.00", "< 0.01", "0.01", "4,337.12"]);
  expect([0, 0.001, 0.5].map(percent)).toEqual(["0 %", "< 1 %", "50 %"]);
});
