import type { CouponId, PromotionId } from "../../domain/identifiers.ts";
import type { Override } from "../../domain/layers/layer.ts";
import { isTimeZone } from "../../domain/windows/time-zone.ts";
import { COUPON_ID, PROMOTION_ID, REASON, WHO } from "./fields.ts";
import { MOMENT, placeMoment } from "./moment.ts";

/** What a record clearly stops, however broken the rest of it is (design 4). */
export interface RecordStops {
  /** `enabled` is false. */
  readonly disabled: boolean;
  /** An override that says off, and until when. */
  readonly overrideOff?: Override | undefined;
  /** The only coupons that go on; undefined if the list cannot be read, which stops none. */
  readonly couponsLeft?: ReadonlySet<CouponId> | undefined;
  /** The only promotions that go on; undefined if the list cannot be read, which stops none. */
  readonly promotionsLeft?: ReadonlySet<PromotionId> | undefined;
}

const NO_REASON = "(no reason that can be read)";

/**
 * Reads from a broken record what stops. Never throws, whatever it is given. A list that is not there is an empty one.
 *
 * @param timeZone places a local `override.until` if the record names no zone: the one the campaign runs in.
 */
export function readStops(item: unknown, timeZone?: string): RecordStops {
  const fields = fieldsOf(item);
  if (fields === undefined) return { disabled: false };
  return {
    disabled: fields.get("enabled") === false,
    overrideOff: readOverrideOff(fields, timeZone),
    couponsLeft: readIds(fields.get("coupons"), "couponId", (typed) => COUPON_ID.safeParse(typed).data),
    promotionsLeft: readIds(fields.get("promotions"), "promotionId", (typed) => PROMOTION_ID.safeParse(typed).data),
  };
}

function readOverrideOff(record: ReadonlyMap<string, unknown>, fallbackZone: string | undefined): Override | undefined {
  const fields = fieldsOf(record.get("override"));
  const moment = MOMENT.safeParse(fields?.get("until")).data;
  if (fields?.get("state") !== "off" || moment === undefined) return undefined;

  const named = record.get("timeZone");
  const zones = [named, fallbackZone].filter((zone) => typeof zone === "string");
  const until = placeMoment(moment, zones.find(isTimeZone));
  if (until === undefined) return undefined;
  const by = WHO.safeParse(fields.get("by")).data;
  return { state: "off", until, reason: REASON.safeParse(fields.get("reason")).data ?? NO_REASON, ...(by !== undefined && { by }) };
}

function readIds<Id>(list: unknown, field: string, read: (typed: unknown) => Id | undefined): ReadonlySet<Id> | undefined {
  if (list === undefined) return new Set();
  if (!Array.isArray(list)) return undefined;
  const ids = list.map((entry) => read(fieldsOf(entry)?.get(field)));
  const readable = ids.filter((id) => id !== undefined);
  return readable.length === ids.length ? new Set(readable) : undefined;
}

function fieldsOf(value: unknown): ReadonlyMap<string, unknown> | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? new Map(Object.entries(value)) : undefined;
}
