import { describe, expect, it } from "vitest";
import { applyStops } from "../../../lib/application/record/apply-stops.ts";
import { readStops } from "../../../lib/application/record/read-stops.ts";
import type { Campaign } from "../../../lib/domain/campaign/campaign.ts";
import { parseInstant } from "../../../lib/domain/instant.ts";
import { campaignOf, recordWith } from "./records.ts";

const TYPED = {
  coupons: [
    { couponId: "1", applicationLimit: "UNLIMITED" },
    { couponId: "2", applicationLimit: "UNLIMITED" },
  ],
  promotions: [{ promotionId: "3", addGroups: [7] }],
};
const LAST_GOOD: Campaign = campaignOf(recordWith(TYPED));

/** What goes on of the last good version once a broken record was seen. */
function whatGoesOn(changes: Readonly<Record<string, unknown>>, timeZone?: string): Campaign {
  return applyStops(LAST_GOOD, readStops(recordWith({ ...TYPED, start: "broken", ...changes }), timeZone));
}

function targetsOf({ coupons, promotions }: Campaign): readonly string[] {
  return [...coupons.map(({ couponId }) => couponId), ...promotions.map(({ promotionId }) => promotionId)];
}

describe("what stops is obeyed, however broken the record is", () => {
  it("a broken record that stops nothing leaves the last good version as it is", () => {
    expect(whatGoesOn({})).toBe(LAST_GOOD);
  });

  it("enabled: false disables", () => {
    expect(whatGoesOn({ enabled: false })).toEqual({ ...LAST_GOOD, enabled: false });
  });

  it.each(["false", 0, null, "no"])("enabled: %j is not false", (enabled) => {
    expect(whatGoesOn({ enabled })).toBe(LAST_GOOD);
  });

  it("a broken record enables nothing", () => {
    const disabled: Campaign = { ...LAST_GOOD, enabled: false };

    expect(applyStops(disabled, readStops(recordWith({ ...TYPED, start: "broken", enabled: true })))).toBe(disabled);
  });

  it("an override off is obeyed", () => {
    const override = { state: "off", until: "2026-11-28T12:00Z", reason: "stock ran out", by: "ana" };

    expect(whatGoesOn({ override }).override).toEqual({ ...override, until: parseInstant("2026-11-28T12:00Z") });
  });

  it("an override off is obeyed without a reason that can be read", () => {
    const override = { state: "off", until: "2026-11-28T12:00Z", reason: 5, extra: true };

    expect(whatGoesOn({ override }).override).toEqual({
      state: "off",
      until: parseInstant("2026-11-28T12:00Z"),
      reason: "(no reason that can be read)",
    });
  });

  it("its local end is placed by the record's zone if it is one, else by the zone the campaign runs in", () => {
    const override = { state: "off", until: "2026-11-28T12:00", reason: "x" };

    const own = whatGoesOn({ override, timeZone: "Asia/Tokyo" }, "Europe/Berlin");
    const wrong = whatGoesOn({ override, timeZone: "Asia/Toky" }, "Europe/Berlin");
    const none = whatGoesOn({ override });

    expect(own.override?.until).toBe(parseInstant("2026-11-28T03:00Z"));
    expect(wrong.override?.until).toBe(parseInstant("2026-11-28T11:00Z"));
    expect(none).toBe(LAST_GOOD);
  });

  it.each([
    { state: "on", until: "2026-11-28T12:00Z", reason: "x" },
    { state: "OFF", until: "2026-11-28T12:00Z", reason: "x" },
    { state: "off", until: "tomorrow", reason: "x" },
    { state: "off", reason: "x" },
    "off",
    [],
  ])("the override %j stops nothing", (override) => {
    expect(whatGoesOn({ override })).toBe(LAST_GOOD);
  });

  it("a target that is no longer in a readable list goes", () => {
    expect(targetsOf(whatGoesOn({ coupons: [{ couponId: 2 }] }))).toEqual(["2", "3"]);
    expect(targetsOf(whatGoesOn({ promotions: [] }))).toEqual(["1", "2"]);
  });

  it("a list that is not there is empty", () => {
    expect(targetsOf(whatGoesOn({ coupons: undefined }))).toEqual(["3"]);
    expect(targetsOf(applyStops(LAST_GOOD, readStops({})))).toEqual([]);
  });

  it("a target that is new to a broken record does not begin", () => {
    expect(targetsOf(whatGoesOn({ coupons: [{ couponId: 1 }, { couponId: 2 }, { couponId: 9 }] }))).toEqual(["1", "2", "3"]);
  });

  it.each([null, "1", {}, [{ couponId: 1 }, { couponId: "x" }], [1], [null], [{}]])(
    "a list that cannot be read stops nothing: %j",
    (coupons) => {
      expect(whatGoesOn({ coupons })).toBe(LAST_GOOD);
    },
  );

  it.each([null, undefined, [], "record", 5])("what is no record stops nothing: %j", (item) => {
    expect(applyStops(LAST_GOOD, readStops(item))).toBe(LAST_GOOD);
  });
});
