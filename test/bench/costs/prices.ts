import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";

/** What a price list has to name. */
export const BILLABLES = [
  "dynamodb-read",
  "dynamodb-write",
  "dynamodb-storage",
  "dynamodb-recovery",
  "lambda-request",
  "lambda-duration",
  "sqs-fifo-request",
  "secret",
  "secret-call",
  "log-ingested",
  "log-stored",
  "metric",
  "alarm-metric",
  "dashboard",
  "key-request",
  "email",
  "transfer-out",
] as const;

export type Billable = (typeof BILLABLES)[number];

const price = z.strictObject({
  /** So many units cost `usd`. */
  per: z.number().positive(),
  unit: z.string(),
  usd: z.number().nonnegative(),
  freeEachMonth: z.number().nonnegative(),
  source: z.url(),
  status: z.enum(["checked", "from-memory"]),
});

const priceList = z.strictObject({
  region: z.string(),
  currency: z.literal("USD"),
  date: z.iso.date(),
  note: z.string(),
  prices: z.record(z.enum(BILLABLES), price),
  free: z.array(z.string()),
});

export type PriceList = z.output<typeof priceList>;

const FOLDER = join(import.meta.dirname, "..", "..", "..", "docs", "prices");

/** @returns the prices of a region. @throws ZodError where one is missing. */
export function readPrices(region = "us-east-1"): PriceList {
  return priceList.parse(JSON.parse(readFileSync(join(FOLDER, `${region}.json`), "utf8")));
}
