import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ADVICE, MEANINGS } from "./advice.ts";
import { type BillLine, billOf, together, totalOf } from "./bill.ts";
import { assumptions, growth, intro, slopesInWords, usageInWords } from "./document-words.ts";
import { EVENTS } from "./events.ts";
import { dollars, markdownTable, percent, quantityInWords } from "./figures.ts";
import type { MeasuredUnits } from "./measured.ts";
import { DRIVERS, type Driver, monthOf } from "./month.ts";
import { BILLABLES, type Billable, type PriceList } from "./prices.ts";
import { UNITS } from "./units.ts";
import { STORES, TYPICAL } from "./usage.ts";

const FILE = join(import.meta.dirname, "..", "..", "..", "docs", "costs.md");

/** A month of a deployment of one size: the whole bill, and the part of each driver. */
interface Month {
  readonly stores: number;
  readonly lines: readonly BillLine[];
  readonly byDriver: Readonly<Record<Driver, number>>;
  readonly total: ReturnType<typeof totalOf>;
}

/** @returns the months of the table, one for each number of stores. */
export function monthsOf(measured: MeasuredUnits, prices: PriceList, sizes: readonly number[] = STORES): readonly Month[] {
  return sizes.map((stores) => {
    const parts = monthOf(measured, TYPICAL, stores);
    const lines = billOf(together(Object.values(parts)), prices);
    const ofDriver = (driver: Driver) => totalOf(billOf(parts[driver], prices)).usd;
    const byDriver = Object.fromEntries(DRIVERS.map((driver) => [driver, ofDriver(driver)])) as Record<Driver, number>;
    return { stores, lines, byDriver, total: totalOf(lines) };
  });
}

/** @returns the billable things of a month that cost most. */
export function largestOf({ lines }: Month, count: number): readonly BillLine[] {
  return lines.toSorted((one, other) => other.usd - one.usd).slice(0, count);
}

function storesInWords(stores: number): string {
  return stores === 1 ? "1 store" : `${stores.toLocaleString("en-GB")} stores`;
}

function lineOf(month: Month, billable: Billable): BillLine {
  const line = month.lines.find((each) => each.billable === billable);
  if (line === undefined) throw new TypeError(`the bill has no ${billable}`);
  return line;
}

function billTable(months: readonly Month[], { prices }: PriceList): string {
  const rows = BILLABLES.map((billable) => [
    MEANINGS[billable],
    prices[billable].unit,
    ...months.flatMap((month) => {
      const { quantity, usd } = lineOf(month, billable);
      return [quantityInWords(quantity), dollars(usd)];
    }),
  ]);
  const sums = (name: string, of: (month: Month) => number) => [
    `**${name}**`,
    "",
    ...months.flatMap((month) => ["", `**${dollars(of(month))}**`]),
  ];
  return markdownTable(
    ["line item", "unit", ...months.flatMap(({ stores }) => [storesInWords(stores), "$ a month"])],
    [
      ...rows,
      sums("at list prices", ({ total }) => total.usd),
      sums("with the free tier", ({ total }) => total.usdAfterFreeTier),
      sums("for each store", ({ total, stores }) => total.usd / stores),
    ],
  );
}

function driverTable(months: readonly Month[]): string {
  const rows = DRIVERS.map((driver) => [
    driver,
    ...months.map(({ byDriver, total }) => `${dollars(byDriver[driver])} (${percent(byDriver[driver] / total.usd)})`),
    growth[driver],
  ]);
  return markdownTable(["comes from", ...months.map(({ stores }) => storesInWords(stores)), "what it is"], rows);
}

function unitsTable({ events }: MeasuredUnits): string {
  const rows = EVENTS.map((event) => [event, ...UNITS.map((unit) => quantityInWords(events[event][unit]))]);
  return markdownTable(["event", ...UNITS], rows);
}

function readsTable({ readsByCampaigns }: MeasuredUnits): string {
  const rows = readsByCampaigns.map(({ campaigns, idleMinute, couponOpens, edit, look, sweep }) =>
    [campaigns, idleMinute, couponOpens, edit, look, sweep].map(String),
  );
  return markdownTable(["campaigns in the store", "idle minute", "coupon opens", "edit", "look", "sweep (one store)"], rows);
}

function priceTable({ prices }: PriceList): string {
  const rows = BILLABLES.map((billable) => {
    const { per, unit, usd, freeEachMonth, source, status } = prices[billable];
    const what = per === 1 ? unit : `${per.toLocaleString("en-GB")} ${unit}`;
    return [MEANINGS[billable], `$${usd}`, what, freeEachMonth.toLocaleString("en-GB"), `${status.replace("-", " ")}: <${source}>`];
  });
  return markdownTable(["what", "price", "for", "free each month", "source"], rows);
}

function largest(months: readonly Month[]): string {
  const named = months.map(
    (month) =>
      `- ${storesInWords(month.stores)}: ${largestOf(month, 3)
        .map(({ billable, usd }) => `${MEANINGS[billable]} (${dollars(usd)})`)
        .join("; ")}.`,
  );
  const concerned = new Set(months.flatMap((month) => largestOf(month, 3).map(({ billable }) => billable)));
  const advice = [...concerned].map((billable) => `**${MEANINGS[billable]}.** ${ADVICE[billable] ?? ""}`);
  return [named.join("\n"), ...advice].join("\n\n");
}

function processorTable({ processorMs }: MeasuredUnits): string {
  const rows = Object.entries(processorMs).map(([name, milliseconds]) => [name, String(Math.round(milliseconds))]);
  return markdownTable(["function, event", "processor ms"], rows);
}

/** @returns docs/costs.md, whole. */
export function costsDocument(measured: MeasuredUnits, prices: PriceList): string {
  const months = monthsOf(measured, prices);
  const sections = [
    intro(measured, prices),
    `## A month\n\n${usageInWords(TYPICAL)}\n\n${billTable(months, prices)}`,
    `## What grows with what\n\n${driverTable(months)}`,
    `## The three largest, and what would lower them\n\n${largest(months)}`,
    `## Measured units\n\n${unitsInWords}\n\n${unitsTable(measured)}\n\nRead request units by the number of campaigns in the store:\n\n${readsTable(measured)}\n\n${slopesInWords(measured)}\n\nProcessor time (${measured.machine}, the least of three runs, warm):\n\n${processorTable(measured)}\n\nCustom metrics seen meanwhile: ${measured.metrics.map(({ service, name }) => `\`${name}\` of ${service}`).join(", ")}.`,
    `## Assumptions, and what is not counted\n\n${assumptions(measured, prices)}`,
    `## Prices\n\n${prices.region}, ${prices.date}. ${prices.note}\n\n${priceTable(prices)}\n\nFree:\n\n${prices.free.map((each) => `- ${each}`).join("\n")}`,
  ];
  return `${sections.join("\n\n")}\n`;
}

const unitsInWords =
  "For one event in a store with ten campaigns on nine coupons and six promotions. `waiting`, `calling` and `computing` are GB-seconds: asleep until an instant, waiting for replies, and working. `ecwidRequests` cost nothing.";

/** @returns the table for a terminal. */
export function costsTable(measured: MeasuredUnits, prices: PriceList): string {
  const months = monthsOf(measured, prices);
  return `${billTable(months, prices)}\n\n${driverTable(months)}`;
}

/** @returns the document as it is kept. */
export function readCostsDocument(): string {
  return readFileSync(FILE, "utf8");
}

export function writeCostsDocument(text: string): void {
  writeFileSync(FILE, text);
}
