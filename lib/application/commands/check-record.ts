import type { Problem } from "../../domain/campaign/status.ts";
import { nameInCalendarRecordId } from "../../domain/identifiers.ts";
import type { Json, JsonObject } from "../../domain/live.ts";
import { quoted } from "../../domain/windows/quoted.ts";
import type { KeyedItem } from "../ports/campaign-table.ts";
import { parseCalendarRecord } from "../record/parse-calendar-record.ts";
import { parseCampaignRecord } from "../record/parse-campaign-record.ts";

const CAMPAIGN_FIELDS = ["start", "end", "repeat", "coupons", "promotions"] as const;

/** A record that may be put, or everything that is wrong with it. */
export type CheckedRecord =
  | { readonly ok: true; readonly item: KeyedItem; readonly warnings: readonly string[] }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** @returns whether a value is a JSON object. */
export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** @returns a record as the table keys it: a store id typed as a number is the same id as text. Without `status`, which is Doorman's. */
export function asTyped(value: JsonObject): JsonObject {
  const { status: _written, ...typed } = value;
  // A greater number has been rounded when it was read: it would be another store's.
  return Number.isSafeInteger(typed["storeId"]) ? { ...typed, storeId: String(typed["storeId"]) } : typed;
}

/**
 * @param value whatever stood in a file: a campaign, or a calendar (`calendar#<name>`).
 * @param storeTimeZone the store's own zone, where Doorman knows it already.
 */
export function checkRecord(value: Json, storeTimeZone: string | undefined): CheckedRecord {
  const item = isObject(value) ? asTyped(value) : value;
  const misnamed = calendarWithoutPrefix(item);
  if (misnamed !== undefined) return { ok: false, problems: [misnamed] };
  const parsed = isCalendar(item) ? parseCalendarRecord(item) : parseCampaignRecord(item, storeTimeZone);
  if (parsed.kind === "broken") return { ok: false, problems: parsed.problems };
  if (!isKeyed(item)) return { ok: false, problems: [{ path: "campaignId", message: "it has to be text" }] };
  return { ok: true, item, warnings: "warnings" in parsed ? parsed.warnings : [] };
}

function isCalendar(item: Json): boolean {
  const id = isObject(item) ? item["campaignId"] : undefined;
  return typeof id === "string" && nameInCalendarRecordId(id) !== undefined;
}

/** No campaign has such fields: one sentence says more than a complaint of each. */
function calendarWithoutPrefix(item: Json): Problem | undefined {
  if (!isObject(item) || isCalendar(item) || (item["dates"] === undefined && item["freeze"] === undefined)) return undefined;
  const { campaignId: id } = item;
  if (typeof id !== "string" || CAMPAIGN_FIELDS.some((field) => item[field] !== undefined)) return undefined;
  return { path: "campaignId", message: `a calendar's begins with "calendar#": write ${quoted(`calendar#${id}`)}` };
}

function isKeyed(item: Json): item is KeyedItem {
  return isObject(item) && typeof item["storeId"] === "string" && typeof item["campaignId"] === "string";
}
