import * as z from "zod";
import type { CalendarName, CampaignId, CouponId, PromotionId, StoreId, TargetKey, WindowId } from "../../domain/identifiers.ts";
import {
  calendarName,
  campaignId,
  couponId,
  isCalendarName,
  isCampaignId,
  isNumericId,
  parseTargetKey,
  promotionId,
  storedWindowId,
  storeId,
  targetKey,
} from "../../domain/identifiers.ts";
import type { Instant } from "../../domain/instant.ts";
import { isInstantText, parseInstant, sortableInstant } from "../../domain/instant.ts";
import type { JsonObject } from "../../domain/live.ts";

/**
 * The domain's words as text, for whatever leaves the process (tables, messages) and comes back: decoding checks, encoding is its inverse.
 * Each is built when it is first used: building a schema takes longer than reading with it, and no function needs them all.
 * Instants travel as ISO 8601 in UTC to the millisecond, so that people can read them and text order is time order.
 */
export const textCodecs = {
  instant: z.lazy(() =>
    z.codec(z.string().refine(isInstantText, "is not an ISO 8601 instant with an offset or Z"), z.custom<Instant>(Number.isFinite), {
      decode: parseInstant,
      encode: sortableInstant,
    }),
  ),
  storeId: z.lazy(() =>
    z.codec(z.string().refine(isNumericId, "is not a store id"), z.custom<StoreId>(isText), { decode: storeId, encode: String }),
  ),
  campaignId: z.lazy(() =>
    z.codec(z.string().refine(isCampaignId, "is not a campaign id"), z.custom<CampaignId>(isText), {
      decode: campaignId,
      encode: String,
    }),
  ),
  calendarName: z.lazy(() =>
    z.codec(z.string().refine(isCalendarName, "is not a calendar's name"), z.custom<CalendarName>(isText), {
      decode: calendarName,
      encode: String,
    }),
  ),
  couponId: z.lazy(() =>
    z.codec(z.string().refine(isNumericId, "is not a coupon id"), z.custom<CouponId>(isText), { decode: couponId, encode: String }),
  ),
  promotionId: z.lazy(() =>
    z.codec(z.string().refine(isNumericId, "is not a promotion id"), z.custom<PromotionId>(isText), {
      decode: promotionId,
      encode: String,
    }),
  ),
  windowId: z.lazy(() =>
    z.codec(z.string().includes("@", "is not a window id"), z.custom<WindowId>(isText), { decode: storedWindowId, encode: String }),
  ),
  /** As one text, so that no database writes a number in it in another way. */
  jsonObject: z.lazy(() =>
    z.codec(z.string(), z.custom<JsonObject>(isObject), {
      decode: (text) => JSON.parse(text),
      encode: (value) => JSON.stringify(value),
    }),
  ),
  targetKey: z.lazy(() => z.codec(z.string(), z.custom<TargetKey>(isText), { decode: decodeTargetKey, encode: String })),
} as const;

function decodeTargetKey(text: string, context: z.core.ParsePayload): TargetKey {
  const target = parseTargetKey(text);
  if (target !== undefined) return targetKey(target);
  context.issues.push({ code: "custom", input: text, message: "is not coupon#<id> or promotion#<id>" });
  return z.NEVER;
}

function isObject(value: unknown): boolean {
  return typeof value === "object" && value !== null;
}

function isText(value: unknown): boolean {
  return typeof value === "string";
}
