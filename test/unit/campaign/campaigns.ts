import type { Campaign } from "../../../lib/domain/campaign/campaign.ts";
import { campaignId, couponId, storeId } from "../../../lib/domain/identifiers.ts";

/** @returns a campaign on one coupon from 10:00 to 12:00 of 27 November 2026, unless told otherwise. */
export function campaign(changes: Partial<Campaign> = {}): Campaign {
  return {
    storeId: storeId("1003"),
    campaignId: campaignId("sale"),
    name: "Sale",
    start: { kind: "local", dateTime: "2026-11-27T10:00" },
    end: { kind: "local", dateTime: "2026-11-27T12:00" },
    except: [],
    coupons: [{ couponId: couponId("7"), applicationLimit: "UNLIMITED" }],
    promotions: [],
    priority: 0,
    onManualEdit: "yield",
    enabled: true,
    ...changes,
  };
}
