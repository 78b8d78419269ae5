import { describe, expect, it } from "vitest";
import { billOf, quantities, quantitiesOf, together, totalOf } from "../../bench/costs/bill.ts";
import { readPrices } from "../../bench/costs/prices.ts";
import { less, NOTHING, only, sum, times } from "../../bench/costs/units.ts";

const prices = readPrices();

function lineOf(quantity: Parameters<typeof billOf>[0], billable: string) {
  return billOf(quantity, prices).find((line) => line.billable === billable);
}

describe("a bill", () => {
  it("is the quantity times the price", () => {
    const line = lineOf(quantities({ "dynamodb-write": 4_000_000, secret: 3 }), "dynamodb-write");

    expect(line).toEqual({ billable: "dynamodb-write", quantity: 4_000_000, usd: 2.5, usdAfterFreeTier: 2.5 });
  });

  it("leaves out what is free each month, and never pays back", () => {
    const [some, many] = [1_000_000, 3_000_000].map((requests) => lineOf(quantities({ "sqs-fifo-request": requests }), "sqs-fifo-request"));

    expect(some).toMatchObject({ usd: 0.5, usdAfterFreeTier: 0 });
    expect(many).toMatchObject({ usd: 1.5, usdAfterFreeTier: 1 });
  });

  it("adds up", () => {
    const quantity = together([quantities({ secret: 2 }), quantities({ secret: 1, metric: 12 })]);

    expect(totalOf(billOf(quantity, prices)).usd).toBeCloseTo(3 * 0.4 + 12 * 0.3);
    expect(totalOf(billOf(quantity, prices)).usdAfterFreeTier).toBeCloseTo(3 * 0.4 + 2 * 0.3);
  });

  it("bills waiting, calling and computing alike, and index writes as writes", () => {
    const units = only({ waiting: 1, calling: 2, computing: 4, writes: 3, indexWrites: 2, logBytes: 5e9 });

    expect(quantitiesOf(units)).toMatchObject({ "lambda-duration": 7, "dynamodb-write": 5, "log-ingested": 5, "dynamodb-read": 0 });
  });
});

it("units are added, multiplied and taken off each by itself", () => {
  const one = only({ reads: 2, sentBytes: 10 });

  expect(less(sum([one, times(one, 2)]), only({ reads: 1 }))).toEqual({ ...NOTHING, reads: 5, sentBytes: 30 });
});
