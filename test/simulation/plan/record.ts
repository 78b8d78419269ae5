import type { KeyedItem } from "../../../lib/application/ports/campaign-table.ts";
import { parseInstant } from "../../../lib/domain/instant.ts";
import { BEGINNING, type PlannedCampaign } from "./plan.ts";

/** Zones without daylight saving, with their offset. */
export const OFFSETS_MS: Readonly<Record<string, number>> = {
  UTC: 0,
  "Asia/Tokyo": 9 * 3_600_000,
  "America/Phoenix": -7 * 3_600_000,
  "Asia/Kolkata": 5.5 * 3_600_000,
};

const start = parseInstant(BEGINNING);

/** @returns the wall-clock time in a zone, to the second. @throws RangeError for a zone whose offset is not known here. */
function wallClock(sinceMs: number, timeZone: string): string {
  const offset = OFFSETS_MS[timeZone];
  if (offset === undefined) throw new RangeError(`no offset is known for ${timeZone}`);
  return new Date(start + sinceMs + offset).toISOString().slice(0, "2026-11-27T00:00:00".length);
}

/** @returns the record that a marketer would type for the campaign. */
export function recordOf(storeId: string, storeZone: string, campaign: PlannedCampaign): KeyedItem {
  const { campaignId, startMs, lengthMs, days, timeZone, priority, policy, enabled, override, coupons, promotions, broken } = campaign;
  const local = (ms: number) => wallClock(ms, timeZone ?? storeZone);
  return {
    storeId,
    campaignId,
    name: `Campaign ${campaignId}`,
    start: broken === "bad-time" ? "some time soon" : local(startMs),
    ...(lengthMs !== undefined && { end: local(startMs + lengthMs) }),
    ...(days > 1 && { repeat: `FREQ=DAILY;COUNT=${days}` }),
    ...(timeZone !== undefined && { timeZone }),
    ...(broken === "unknown-field" && { coupon: "typed by mistake" }),
    priority,
    onManualEdit: policy,
    ...(!enabled && { enabled }),
    ...(override !== undefined && {
      override: { state: override.state, until: `${wallClock(override.untilMs, "UTC")}Z`, reason: "simulated" },
    }),
    coupons: coupons.map(({ id, limit, afterwards }) => ({
      couponId: String(id),
      applicationLimit: limit,
      ...(afterwards && { afterwards }),
    })),
    promotions: promotions.map(({ id, form, groups }) => ({ promotionId: id, [form]: groups })),
  };
}
