import { billOf, totalOf } from "../costs/bill.ts";
import { monthsOf } from "../costs/document.ts";
import { dollars } from "../costs/figures.ts";
import { readMeasuredUnits } from "../costs/measured.ts";
import { readPrices } from "../costs/prices.ts";
import { STORES, TYPICAL } from "../costs/usage.ts";
import { ratio } from "../figures.ts";
import { defineMeasure } from "../measure.ts";
import { RIVAL_MONTHS } from "../rivals/month.ts";

interface Month {
  readonly stores: number;
  readonly usd: number;
  /** Without the secrets, which are the same for everybody. */
  readonly usdWithoutSecrets: number;
}

interface Cost {
  readonly rows: readonly { readonly name: string; readonly months: readonly Month[] }[];
}

/** What of Doorman's bill the rivals do not do at all: what watches over it, and the hourly sweep and look. */
const WATCHING = ["metric", "alarm-metric", "dashboard", "key-request", "email"] as const;

function doormanMonths(): Cost["rows"] {
  const [measured, prices] = [readMeasuredUnits(), readPrices()];
  const months = monthsOf(measured, prices);
  const priceOf = (billable: string, lines: (typeof months)[number]["lines"]) => lines.find((line) => line.billable === billable)?.usd ?? 0;
  const whole = months.map(({ stores, total, lines }) => ({
    stores,
    usd: total.usd,
    usdWithoutSecrets: total.usd - priceOf("secret", lines),
  }));
  const switching = months.map(({ stores, byDriver, lines }) => {
    const watching = WATCHING.reduce((sum, billable) => sum + priceOf(billable, lines), 0);
    const without = byDriver.standing - watching + byDriver.boundaries + byDriver.switches + byDriver.edits;
    return { stores, usd: without + priceOf("secret", lines), usdWithoutSecrets: without };
  });
  return [
    { name: "Doorman", months: whole },
    { name: "Doorman, switching alone", months: switching },
  ];
}

async function run(): Promise<Cost> {
  const prices = readPrices();
  const rivals = Object.entries(RIVAL_MONTHS).map(([name, monthOf]) => ({
    name,
    months: STORES.map((stores) => {
      const { quantities, otherUsd } = monthOf(TYPICAL, stores);
      const lines = billOf(quantities, prices);
      const usd = totalOf(lines).usd + otherUsd;
      return { stores, usd, usdWithoutSecrets: usd - (lines.find(({ billable }) => billable === "secret")?.usd ?? 0) };
    }),
  }));
  return { rows: [...doormanMonths(), ...rivals] };
}

export const cost = defineMeasure<Cost>({
  name: "cost",
  title: "What a month costs",
  about:
    "Computed with the price list and the usage of docs/costs.md (ten campaigns a store, two windows a week each). Doorman's units are the measured ones there; the rivals' are worked out in `test/bench/rivals/month.ts` from what each does, with the same latencies. The rivals were granted everything that watches over a deployment for nothing, and have no hourly look for drift, no pre-flight, no history and no sweep; *switching alone* is Doorman without these too.",
  run,
  present: ({ rows }) => ({
    tables: [
      {
        caption:
          "US dollars a month at list prices; in brackets without the secrets, which are the same for all, and how that compares with Doorman's switching alone.",
        head: ["", ...STORES.map((stores) => (stores === 1 ? "1 store" : `${stores.toLocaleString("en-GB")} stores`))],
        rows: rows.map(({ name, months }) => [
          name,
          ...months.map(({ usd, usdWithoutSecrets }, n) => {
            const base = rows[1]?.months[n]?.usdWithoutSecrets ?? 0;
            return `${dollars(usd)} (${dollars(usdWithoutSecrets)}; ${ratio(usdWithoutSecrets, base)})`;
          }),
        ]),
      },
    ],
    pictures: [],
    remarks: [
      "A schedule per boundary is the cheapest of all, for nothing runs while nothing is due; it pays with the minute of lateness, and with schedules that have to be kept in step with the records by hand. Of Doorman's own bill, the secrets and the hourly look and sweep are the most.",
    ],
  }),
});
