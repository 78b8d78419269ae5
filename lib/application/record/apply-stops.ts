import type { Campaign } from "../../domain/campaign/campaign.ts";
import type { RecordStops } from "./read-stops.ts";

/**
 * @param lastGood the version of a campaign that runs while its record is broken.
 * @returns that version with what the record clearly stops; `lastGood` itself if that changes nothing.
 */
export function applyStops(lastGood: Campaign, { disabled, overrideOff, couponsLeft, promotionsLeft }: RecordStops): Campaign {
  const coupons = lastGood.coupons.filter(({ couponId }) => couponsLeft?.has(couponId) ?? true);
  const promotions = lastGood.promotions.filter(({ promotionId }) => promotionsLeft?.has(promotionId) ?? true);
  const losesTargets = coupons.length < lastGood.coupons.length || promotions.length < lastGood.promotions.length;
  if (!losesTargets && !(disabled && lastGood.enabled) && overrideOff === undefined) return lastGood;
  return {
    ...lastGood,
    coupons,
    promotions,
    enabled: lastGood.enabled && !disabled,
    ...(overrideOff !== undefined && { override: overrideOff }),
  };
}
