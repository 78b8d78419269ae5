import { BILLABLES, type Billable, type PriceList } from "./prices.ts";
import type { Units } from "./units.ts";

/** How much of each billable thing a month takes. */
export type Quantities = Readonly<Record<Billable, number>>;

/** One line of a bill. */
export interface BillLine {
  readonly billable: Billable;
  readonly quantity: number;
  readonly usd: number;
  /** The same with the free tier taken off. */
  readonly usdAfterFreeTier: number;
}

const GB = 1e9;

function quantitiesBy(count: (billable: Billable) => number): Quantities {
  return Object.fromEntries(BILLABLES.map((billable) => [billable, count(billable)])) as Record<Billable, number>;
}

/** @returns a month's quantities of which only some are not zero. */
export function quantities(some: Partial<Quantities>): Quantities {
  return quantitiesBy((billable) => some[billable] ?? 0);
}

/** @returns what the services bill of units. A line of the log is kept for a month, and paid for as it came in (CloudWatch packs it; how well is not known). */
export function quantitiesOf(units: Units): Quantities {
  return quantities({
    "dynamodb-read": units.reads,
    "dynamodb-write": units.writes + units.indexWrites,
    "lambda-request": units.invocations,
    "lambda-duration": units.waiting + units.calling + units.computing,
    "sqs-fifo-request": units.queueRequests,
    "secret-call": units.secretCalls,
    "log-ingested": units.logBytes / GB,
    "log-stored": units.logBytes / GB,
    "transfer-out": units.sentBytes / GB,
  });
}

/** @returns all of them together. */
export function together(all: Iterable<Quantities>): Quantities {
  const each = [...all];
  return quantitiesBy((billable) => each.reduce((total, quantity) => total + quantity[billable], 0));
}

/** @returns the bill of a month, a line for each billable thing, in the order of the price list. */
export function billOf(quantity: Quantities, { prices }: PriceList): readonly BillLine[] {
  return BILLABLES.map((billable) => {
    const { per, usd, freeEachMonth } = prices[billable];
    const taken = quantity[billable];
    const paid = Math.max(0, taken - freeEachMonth);
    return { billable, quantity: taken, usd: (taken / per) * usd, usdAfterFreeTier: (paid / per) * usd };
  });
}

/** @returns the sum of a bill, in US dollars. */
export function totalOf(lines: readonly BillLine[]): { readonly usd: number; readonly usdAfterFreeTier: number } {
  return {
    usd: lines.reduce((total, line) => total + line.usd, 0),
    usdAfterFreeTier: lines.reduce((total, line) => total + line.usdAfterFreeTier, 0),
  };
}
