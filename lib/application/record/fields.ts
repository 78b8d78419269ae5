import {
  type CampaignId,
  type CouponId,
  campaignId,
  couponId,
  isCalendarName,
  isCampaignId,
  isNumericId,
  type PromotionId,
  promotionId,
  type StoreId,
  storeId,
} from "../../domain/identifiers.ts";
import { parseWallDay } from "../../domain/windows/wall-clock.ts";
import { field, oneOf } from "./field.ts";

const LONGEST_NAME = 200;
const LONGEST_REASON = 500;
/** Characters that no screen shows: all controls, and all but tab and line breaks in longer texts. */
const CONTROLS = /\p{Cc}/u;
const CONTROLS_IN_TEXT = /[^\P{Cc}\t\n\r]/u;

export const STORE_ID = field((typed): StoreId | undefined => numericId(typed, storeId), "write the store's number, such as 1003");
export const CAMPAIGN_ID = field(
  (typed): CampaignId | undefined => (typeof typed === "string" && isCampaignId(typed) ? campaignId(typed) : undefined),
  'write letters, digits, ".", "_" and "-", at most 128, beginning with a letter or digit',
);
export const COUPON_ID = field(
  (typed): CouponId | undefined => numericId(typed, couponId),
  "write the coupon's number (not its code), such as 162428889",
);
export const PROMOTION_ID = field(
  (typed): PromotionId | undefined => numericId(typed, promotionId),
  "write the promotion's number, such as 608502",
);

export const NAME = field(
  (typed) => shortText(typed, LONGEST_NAME),
  `write a text that is not blank, at most ${LONGEST_NAME} characters, on one line`,
);
export const REASON = field(
  (typed) => shortText(typed, LONGEST_REASON),
  `write why, for those who come after: not blank, at most ${LONGEST_REASON} characters, on one line`,
);
export const WHO = field(
  (typed) => shortText(typed, LONGEST_NAME),
  `write a name that is not blank, at most ${LONGEST_NAME} characters, on one line`,
);
export const NOTE = field(
  (typed) => (typeof typed === "string" && typed.isWellFormed() && !CONTROLS_IN_TEXT.test(typed) ? typed : undefined),
  "write a text without control characters",
);
export const ZONE_NAME = field((typed) => (typeof typed === "string" ? typed : undefined), "write an IANA name such as America/New_York");
export const REPEAT_RULE = field((typed) => (typeof typed === "string" ? typed : undefined), "write a rule, such as FREQ=WEEKLY;BYDAY=FR");
export const EXCEPTION = field(
  (typed) => (typeof typed === "string" && (parseWallDay(typed) !== undefined || isCalendarName(typed)) ? typed : undefined),
  'write a date there is, such as 2026-12-25, or the name of a calendar, such as "holidays-de"',
);
export const PRIORITY = field(
  (typed) => wholeNumber(typed),
  (typed) => `write a whole number${typeof typed === "string" ? " without quotation marks" : ""}, such as 0 or 10`,
);
export const ENABLED = field((typed) => (typeof typed === "boolean" ? typed : undefined), "write true or false, without quotation marks");
export const ON_MANUAL_EDIT = oneOf(["yield", "enforce"]);
export const OVERRIDE_STATE = oneOf(["on", "off"]);
export const APPLICATION_LIMIT = oneOf(["UNLIMITED", "NEW_CUSTOMER_ONLY", "REPEAT_CUSTOMER_ONLY"]);
export const GROUP_ID = field((typed) => {
  const number = wholeNumber(typed);
  return number !== undefined && number >= 0 ? number : undefined;
}, 'write the customer group\'s number without quotation marks, such as 1006534; 0 is "General"');

function numericId<Id>(typed: unknown, make: (text: string) => Id): Id | undefined {
  const text = Number.isSafeInteger(typed) || typeof typed === "bigint" ? String(typed) : typed;
  return typeof text === "string" && isNumericId(text) ? make(text) : undefined;
}

function wholeNumber(typed: unknown): number | undefined {
  // Adding 0 makes a minus zero a plain one.
  return typeof typed === "number" && Number.isSafeInteger(typed) ? typed + 0 : undefined;
}

function shortText(typed: unknown, longest: number): string | undefined {
  if (typeof typed !== "string" || typed.trim() === "" || typed.length > 2 * longest) return undefined;
  return [...typed].length <= longest && typed.isWellFormed() && !CONTROLS.test(typed) ? typed : undefined;
}
