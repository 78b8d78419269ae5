import { parseCampaignRecord } from "../../../lib/application/record/parse-campaign-record.ts";
import type { Campaign } from "../../../lib/domain/campaign/campaign.ts";
import type { Problem } from "../../../lib/domain/campaign/status.ts";

/** A record that is good and holds no more than it must. */
export const RECORD: Readonly<Record<string, unknown>> = {
  storeId: "1003",
  campaignId: "black-friday-2026",
  name: "Black Friday for everyone",
  start: "2026-11-27T00:00",
  coupons: [{ couponId: "162428889", applicationLimit: "UNLIMITED" }],
};

/** The record with some fields changed; undefined takes one away. */
export function recordWith(changes: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries({ ...RECORD, ...changes }).filter(([, value]) => value !== undefined));
}

/** The campaign of a record that has to be good. */
export function campaignOf(record: unknown, storeTimeZone?: string): Campaign {
  const parsed = parseCampaignRecord(record, storeTimeZone);
  if (parsed.kind === "broken") throw new Error(JSON.stringify(parsed.problems));
  return parsed.campaign;
}

/** What is wrong with a record; empty if nothing is. */
export function problemsOf(record: unknown, storeTimeZone?: string): readonly Problem[] {
  const parsed = parseCampaignRecord(record, storeTimeZone);
  return parsed.kind === "broken" ? parsed.problems : [];
}

/** The one problem of a record, as `path: message`. */
export function problemOf(changes: Readonly<Record<string, unknown>>, storeTimeZone?: string): string {
  return problemsOf(recordWith(changes), storeTimeZone)
    .map(({ path, message }) => `${path}: ${message}`)
    .join("\n");
}
