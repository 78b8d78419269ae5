import { describe, expect, it } from "vitest";
import {
  calendarName,
  calendarRecordId,
  campaignId,
  campaignOfWindow,
  couponId,
  isCalendarName,
  isCampaignId,
  isNumericId,
  nameInCalendarRecordId,
  parseTargetKey,
  promotionId,
  storedWindowId,
  storeId,
  targetKey,
  windowId,
} from "../../lib/domain/identifiers.ts";

describe("ids of stores, coupons and promotions", () => {
  it.each(["1", "1003", "9".repeat(19)])("may be %s", (text) => {
    expect(isNumericId(text)).toBe(true);
    expect([storeId(text), couponId(text), promotionId(text)]).toEqual([text, text, text]);
  });

  it.each(["", "0", "01", "-1", "1.5", "1a", "a1", " 1", "1\n", "9".repeat(20)])("may not be %j", (text) => {
    expect(isNumericId(text)).toBe(false);
    expect(() => storeId(text)).toThrow(new TypeError(`"${text}" is not a valid StoreId`));
    expect(() => couponId(text)).toThrow(new TypeError(`"${text}" is not a valid CouponId`));
    expect(() => promotionId(text)).toThrow(new TypeError(`"${text}" is not a valid PromotionId`));
  });
});

describe("ids of campaigns", () => {
  it.each(["a", "Z9", "9", "0a", "black-friday_2026.v2", "a".repeat(128)])("may be %s", (text) => {
    expect(isCampaignId(text)).toBe(true);
    expect(campaignId(text)).toBe(text);
  });

  it.each(["", "-a", ".a", "_a", "a b", "a@b", "a#b", " a", "a\n", "é", "a".repeat(129)])("may not be %j", (text) => {
    expect(isCampaignId(text)).toBe(false);
    expect(() => campaignId(text)).toThrow(new TypeError(`"${text}" is not a valid CampaignId`));
  });
});

describe("names of calendars", () => {
  it.each(["a", "Z9", "holidays-2026_v.2", "a".repeat(100)])("may be %s", (text) => {
    expect(isCalendarName(text)).toBe(true);
    expect(calendarName(text)).toBe(text);
    expect(nameInCalendarRecordId(calendarRecordId(calendarName(text)))).toBe(text);
  });

  it.each(["", "2026-12-25", "-a", ".a", "_a", "a b", "a#b", " a", "a\n", "a".repeat(101)])("may not be %j", (text) => {
    expect(isCalendarName(text)).toBe(false);
    expect(() => calendarName(text)).toThrow(new TypeError(`"${text}" is not a valid CalendarName`));
  });

  it("are in record ids behind a prefix, good or not, and in no others", () => {
    expect(calendarRecordId(calendarName("holidays"))).toBe("calendar#holidays");
    expect(nameInCalendarRecordId("calendar#2 b")).toBe("2 b");
    expect(nameInCalendarRecordId("calendar-2026")).toBeUndefined();
    expect(nameInCalendarRecordId("a-calendar#b")).toBeUndefined();
  });
});

describe("windows and targets", () => {
  it("are named by their campaign and occasion, and tell the campaign", () => {
    const window = windowId(campaignId("sale"), "2026-11-27T10:00:00Z");

    expect(window).toBe("sale@2026-11-27T10:00:00Z");
    expect(campaignOfWindow(window)).toBe("sale");
    expect(storedWindowId("sale@forced")).toBe("sale@forced");
    expect(() => storedWindowId("sale")).toThrow(new TypeError('"sale" is not a valid WindowId'));
  });

  it.each([
    [{ kind: "coupon", id: couponId("7") }, "coupon#7"],
    [{ kind: "promotion", id: promotionId("8") }, "promotion#8"],
  ] as const)("%o has a key that names it", (target, key) => {
    expect(targetKey(target)).toBe(key);
    expect(parseTargetKey(key)).toEqual(target);
  });

  it.each(["", "coupon", "coupon#", "coupon#a", "coupon#7#8", "coupons#7", "#7", "other#7"])("%j is the key of no target", (text) => {
    expect(parseTargetKey(text)).toBeUndefined();
  });
});
