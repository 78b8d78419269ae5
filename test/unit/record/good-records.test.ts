import { describe, expect, it } from "vitest";
import { parseCampaignRecord } from "../../../lib/application/record/parse-campaign-record.ts";
import { renderCampaignRecord } from "../../../lib/application/record/render-campaign-record.ts";
import { parseInstant } from "../../../lib/domain/instant.ts";
import { campaignOf, RECORD, recordWith } from "./records.ts";

/** The record of design.md, section 4. */
const DESIGNED = {
  storeId: "1003",
  campaignId: "black-friday-2026",
  name: "Black Friday for everyone",
  start: "2026-11-27T00:00",
  end: "2026-11-28T00:00",
  timeZone: "America/New_York",
  repeat: "FREQ=WEEKLY;BYDAY=FR,SU;UNTIL=20261231",
  except: ["2026-12-25"],
  coupons: [{ couponId: "162428889", applicationLimit: "UNLIMITED", afterwards: "NEW_CUSTOMER_ONLY" }],
  promotions: [{ promotionId: "608502", addGroups: [1006534] }],
  priority: 0,
  onManualEdit: "yield",
  override: { state: "off", until: "2026-11-28T12:00", reason: "stock ran out", by: "ana" },
  enabled: true,
  note: "agreed with finance",
  status: { "…": "written by Doorman, never by people" },
};

describe("good records", () => {
  it("the record of the design is read as it is meant", () => {
    const parsed = parseCampaignRecord(DESIGNED);

    expect(parsed).toEqual({
      kind: "good",
      warnings: [],
      campaign: {
        storeId: "1003",
        campaignId: "black-friday-2026",
        name: "Black Friday for everyone",
        start: { kind: "local", dateTime: "2026-11-27T00:00" },
        end: { kind: "local", dateTime: "2026-11-28T00:00" },
        timeZone: "America/New_York",
        repeat: "FREQ=WEEKLY;BYDAY=FR,SU;UNTIL=20261231",
        except: ["2026-12-25"],
        coupons: [{ couponId: "162428889", applicationLimit: "UNLIMITED", afterwards: "NEW_CUSTOMER_ONLY" }],
        promotions: [{ promotionId: "608502", groups: { form: "change", add: [1006534], remove: [] } }],
        priority: 0,
        onManualEdit: "yield",
        override: { state: "off", until: parseInstant("2026-11-28T17:00Z"), reason: "stock ran out", by: "ana" },
        enabled: true,
        note: "agreed with finance",
      },
    });
  });

  it("what is not there has its default", () => {
    const campaign = campaignOf(RECORD);

    expect(campaign).toStrictEqual({
      storeId: "1003",
      campaignId: "black-friday-2026",
      name: "Black Friday for everyone",
      start: { kind: "local", dateTime: "2026-11-27T00:00" },
      except: [],
      coupons: [{ couponId: "162428889", applicationLimit: "UNLIMITED" }],
      promotions: [],
      priority: 0,
      onManualEdit: "yield",
      enabled: true,
    });
  });

  it("ids may be typed as numbers", () => {
    const promotions = [{ promotionId: 608502, setGroups: [0] }];
    const record = recordWith({ storeId: 1003, coupons: [{ couponId: 162428889, applicationLimit: "UNLIMITED" }], promotions });

    const { storeId, coupons, promotions: read } = campaignOf(record);

    expect([storeId, coupons[0]?.couponId, read[0]?.promotionId]).toEqual(["1003", "162428889", "608502"]);
  });

  it.each([
    [
      { addGroups: [7], removeGroups: [8, 9] },
      { form: "change", add: [7], remove: [8, 9] },
    ],
    [{ removeGroups: [8] }, { form: "change", add: [], remove: [8] }],
    [
      { addGroups: [7, 7], removeGroups: [] },
      { form: "change", add: [7], remove: [] },
    ],
    [{ setGroups: [0, 7] }, { form: "set", groups: [0, 7] }],
  ])("a promotion may ask %j", (typed, groups) => {
    const campaign = campaignOf(recordWith({ promotions: [{ promotionId: "608502", ...typed }] }));

    expect(campaign.promotions).toEqual([{ promotionId: "608502", groups }]);
  });

  it.each(["UNLIMITED", "NEW_CUSTOMER_ONLY", "REPEAT_CUSTOMER_ONLY"])("a coupon may be %s", (applicationLimit) => {
    const campaign = campaignOf(recordWith({ coupons: [{ couponId: "1", applicationLimit, afterwards: applicationLimit }] }));

    expect(campaign.coupons).toEqual([{ couponId: "1", applicationLimit, afterwards: applicationLimit }]);
  });

  it.each([
    ["2026-11-27T18:00", { kind: "local", dateTime: "2026-11-27T18:00" }],
    ["2026-11-27T18:00:30", { kind: "local", dateTime: "2026-11-27T18:00:30" }],
    ["2026-11-27T24:00", { kind: "local", dateTime: "2026-11-28T00:00" }],
    ["2026-12-31T24:00:00", { kind: "local", dateTime: "2027-01-01T00:00" }],
    ["2026-11-27T18:00Z", { kind: "fixed", at: parseInstant("2026-11-27T18:00Z") }],
    ["2026-11-27T18:00:00.250-05:00", { kind: "fixed", at: parseInstant("2026-11-27T23:00:00.250Z") }],
    ["2026-11-27T24:00-05:00", { kind: "fixed", at: parseInstant("2026-11-28T05:00Z") }],
  ])("a start may be typed as %s", (start, moment) => {
    expect(campaignOf(recordWith({ start })).start).toEqual(moment);
  });

  it.each([
    ["an override may be on", { override: { state: "on", until: "2026-11-28T12:00Z", reason: "press" } }],
    ["a local end of an override may be 24:00", { override: { state: "on", until: "2026-11-27T24:00", reason: "press" }, timeZone: "UTC" }],
    ["priority may be negative", { priority: -5 }],
    ["manual edits may be overruled", { onManualEdit: "enforce" }],
    ["a campaign may be disabled", { enabled: false }],
    ["a note may have lines", { note: "one\ntwo\ttabbed 🎉" }],
    ["a name may have 200 characters, however wide", { name: "🎉".repeat(200) }],
    ["status is not looked at", { status: { deep: [[[undefined]]], storeId: [], text: "x".repeat(400_000) } }],
    ["500 targets are allowed", { coupons: Array.from({ length: 500 }, (_, at) => ({ couponId: at + 1, applicationLimit: "UNLIMITED" })) }],
    ["200 groups are allowed", { promotions: [{ promotionId: 1, setGroups: Array.from({ length: 200 }, (_, at) => at) }] }],
    ["no coupon is needed where there is a promotion", { coupons: undefined, promotions: [{ promotionId: 1, addGroups: [1] }] }],
  ])("%s", (_name, changes) => {
    expect(parseCampaignRecord(recordWith(changes))).toMatchObject({ kind: "good", warnings: [] });
  });

  it("an override's local end is placed by the record's zone, else by the store's", () => {
    const override = { state: "off", until: "2026-11-28T12:00", reason: "stock ran out" };

    const own = campaignOf(recordWith({ override, timeZone: "Asia/Tokyo" }), "Europe/Berlin");
    const stores = campaignOf(recordWith({ override }), "Europe/Berlin");

    expect(own.override?.until).toBe(parseInstant("2026-11-28T03:00Z"));
    expect(stores.override?.until).toBe(parseInstant("2026-11-28T11:00Z"));
    expect(stores.timeZone).toBeUndefined();
  });

  it("a record without any zone is good, and is not compared across zones", () => {
    const record = recordWith({ start: "2026-11-27T18:00", end: "2026-11-27T13:00Z" });

    expect(parseCampaignRecord(record).kind).toBe("good");
    expect(parseCampaignRecord(record, "Asia/Tokyo").kind).toBe("good");
    expect(parseCampaignRecord(record, "America/New_York").kind).toBe("broken");
  });

  it("UNTIL in UTC is not compared with a local start before there is a zone", () => {
    const record = recordWith({ start: "2026-11-27T18:00", repeat: "FREQ=DAILY;UNTIL=20261127T100000Z" });

    expect(parseCampaignRecord(record).kind).toBe("good");
    expect(parseCampaignRecord(record, "Asia/Tokyo").kind).toBe("good");
    expect(parseCampaignRecord(record, "UTC").kind).toBe("broken");
  });

  it("warnings of its windows come with a good record", () => {
    const record = recordWith({ end: "2026-11-28T00:00", timeZone: "UTC", except: ["2026-11-27"] });

    const parsed = parseCampaignRecord(record);

    expect(parsed).toMatchObject({ kind: "good", warnings: ["except takes away every window: the campaign never begins"] });
  });

  it("a campaign is rendered as people would write it", () => {
    const { status: _status, override, ...rest } = DESIGNED;

    const rendered = renderCampaignRecord(campaignOf(DESIGNED));

    expect(rendered).toEqual({ ...rest, override: { ...override, until: "2026-11-28T17:00:00Z" } });
  });
});
