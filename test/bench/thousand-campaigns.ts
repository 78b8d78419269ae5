import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { JsonObject } from "../../lib/domain/live.ts";

const ZONES = ["America/New_York", "Europe/Berlin", "America/Los_Angeles", "Europe/London", "Australia/Sydney", "Asia/Kolkata", "UTC"];
const DAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];
const LIMITS = ["UNLIMITED", "NEW_CUSTOMER_ONLY", "REPEAT_CUSTOMER_ONLY"];
const CAMPAIGNS = 1_000;
const STORES = 5;
/** Every so many campaigns, one shares its coupon with the campaign before it in the same store. */
const SHARES = 10;

/** @returns the nth of a list, round and round. */
function nth<Item>(list: readonly Item[], n: number): Item {
  const item = list[n % list.length];
  if (item === undefined) throw new Error("the list is empty");
  return item;
}

type CampaignRecord = JsonObject & { readonly storeId: string; readonly campaignId: string };

function campaign(n: number): CampaignRecord {
  const hour = 6 + (n % 12);
  const coupon = n % SHARES === STORES ? n - STORES : n;
  const time = (at: number) => `2026-01-0${1 + (n % 7)}T${String(at).padStart(2, "0")}:${n % 2 === 0 ? "00" : "30"}`;
  const isPromotion = n % 7 === 3;
  return {
    storeId: String(1_001 + (n % STORES)),
    campaignId: `weekly-${String(n).padStart(4, "0")}`,
    name: `Weekly offer ${n}`,
    start: time(hour),
    end: time(hour + 1 + (n % 5)),
    timeZone: nth(ZONES, n),
    repeat: `FREQ=WEEKLY;BYDAY=${nth(DAYS, n)}`,
    priority: n % 3,
    ...(isPromotion
      ? { promotions: [{ promotionId: String(600_000 + coupon), addGroups: [1_006_534, 1_006_535] }] }
      : { coupons: [{ couponId: String(160_000_000 + coupon), applicationLimit: nth(LIMITS, n) }] }),
  };
}

/** @returns a thousand campaigns as people type them: five stores, seven zones, every day of the week, one in ten on another's coupon. */
export function thousandCampaigns(): readonly CampaignRecord[] {
  return Array.from({ length: CAMPAIGNS }, (_each, n) => campaign(n));
}

/** Writes them into a folder, a file each. */
export function writeThousandCampaigns(folder: string): void {
  for (const record of thousandCampaigns()) writeFileSync(join(folder, `${record.campaignId}.json`), JSON.stringify(record));
}
