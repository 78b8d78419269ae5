/**
 * The names things go by. This is the one file of the domain that asserts a type: a branded string is made here, after a check,
 * and nowhere else.
 */

declare const brand: unique symbol;
type Branded<Base, Name extends string> = Base & { readonly [brand]: Name };

/** One Ecwid store, by its numeric id, kept as a string because Ecwid's ids may exceed 32 bits. */
export type StoreId = Branded<string, "StoreId">;
/** A marketer's name for a campaign, unique within its store. */
export type CampaignId = Branded<string, "CampaignId">;
/** A marketer's name for a calendar, unique within its store; its record's `campaignId` is `calendar#<name>`. */
export type CalendarName = Branded<string, "CalendarName">;
/** A coupon's numeric id (never its code: Ecwid does not say which wins when a code looks like a number). */
export type CouponId = Branded<string, "CouponId">;
/** A promotion's numeric id. */
export type PromotionId = Branded<string, "PromotionId">;
/** One window of one campaign: `<campaignId>@<start instant>`, or `<campaignId>@forced-until-<instant>` for an override. */
export type WindowId = Branded<string, "WindowId">;
/** A target within its store: `coupon#<id>` or `promotion#<id>`. */
export type TargetKey = Branded<string, "TargetKey">;

/** One coupon or one promotion of one store. */
export type Target = { readonly kind: "coupon"; readonly id: CouponId } | { readonly kind: "promotion"; readonly id: PromotionId };

const NUMERIC_ID = /^[1-9]\d{0,18}$/;
const CAMPAIGN_ID = /^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/;

/** @returns whether the text is a positive whole number as Ecwid numbers stores, coupons and promotions. */
export function isNumericId(text: string): boolean {
  return NUMERIC_ID.test(text);
}

/** @returns whether the text may name a campaign: letters, digits, `.`, `_`, `-`, at most 128, starting with a letter or digit. */
export function isCampaignId(text: string): boolean {
  return CAMPAIGN_ID.test(text);
}

function checked<Name extends string>(name: Name, text: string, valid: boolean): Branded<string, Name> {
  if (!valid) throw new TypeError(`"${text}" is not a valid ${name}`);
  return text as Branded<string, Name>;
}

/** @returns the text as a store id. @throws TypeError if it is not one: check with {@link isNumericId} first where a person typed it. */
export function storeId(text: string): StoreId {
  return checked("StoreId", text, isNumericId(text));
}

/** @returns the text as a campaign id. @throws TypeError if it is not one: check with {@link isCampaignId} first. */
export function campaignId(text: string): CampaignId {
  return checked("CampaignId", text, isCampaignId(text));
}

const CALENDAR_NAME = /^[A-Za-z][A-Za-z0-9._-]{0,99}$/;
const CALENDAR_PREFIX = "calendar#";

/** @returns whether the text may name a calendar: as a campaign id, but beginning with a letter, so that no date is one. */
export function isCalendarName(text: string): boolean {
  return CALENDAR_NAME.test(text);
}

/** @returns the text as a calendar's name. @throws TypeError if it is not one: check with {@link isCalendarName} first. */
export function calendarName(text: string): CalendarName {
  return checked("CalendarName", text, isCalendarName(text));
}

/** @returns the sort key of a calendar's record in the campaigns table. */
export function calendarRecordId(name: CalendarName): string {
  return `${CALENDAR_PREFIX}${name}`;
}

/** @returns the name in a record id that says it is a calendar's (good or not), or undefined if it does not. */
export function nameInCalendarRecordId(text: string): string | undefined {
  return text.startsWith(CALENDAR_PREFIX) ? text.slice(CALENDAR_PREFIX.length) : undefined;
}

/** @returns the text as a coupon id. @throws TypeError if it is not one. */
export function couponId(text: string): CouponId {
  return checked("CouponId", text, isNumericId(text));
}

/** @returns the text as a promotion id. @throws TypeError if it is not one. */
export function promotionId(text: string): PromotionId {
  return checked("PromotionId", text, isNumericId(text));
}

/** @returns the name of a campaign's window; `occasion` is its start instant, or what forces it, as text. */
export function windowId(campaign: CampaignId, occasion: string): WindowId {
  return checked("WindowId", `${campaign}@${occasion}`, true);
}

/** @returns a window id read back from storage. @throws TypeError if the text has no `@`. */
export function storedWindowId(text: string): WindowId {
  return checked("WindowId", text, text.includes("@"));
}

/** @returns the campaign that a window belongs to (a campaign id holds no `@`). */
export function campaignOfWindow(window: WindowId): CampaignId {
  return campaignId(window.slice(0, window.indexOf("@")));
}

/** @returns the key of a target within its store. */
export function targetKey(target: Target): TargetKey {
  return checked("TargetKey", `${target.kind}#${target.id}`, true);
}

/** @returns the target that a key names, or undefined if the text is no such key. */
export function parseTargetKey(text: string): Target | undefined {
  const [kind, id, ...rest] = text.split("#");
  if (id === undefined || rest.length > 0 || !isNumericId(id)) return undefined;
  if (kind === "coupon") return { kind, id: couponId(id) };
  if (kind === "promotion") return { kind, id: promotionId(id) };
  return undefined;
}

/** @returns what a target is called where nobody knows its name: `coupon 7`. */
export function keyInWords(key: TargetKey): string {
  return key.replace("#", " ");
}
