import { describe, expect, it } from "vitest";
import { asksOf, calendarsNamed, layerOf, withoutCalendars } from "../../../lib/domain/campaign/campaign.ts";
import { couponId, promotionId } from "../../../lib/domain/identifiers.ts";
import { at } from "../../support/layers.ts";
import { campaign } from "./campaigns.ts";

const ASK = { kind: "coupon", applicationLimit: "UNLIMITED" } as const;
const FREEZE = { from: at("2026-11-26T00:00"), to: at("2026-11-28T00:00"), since: at("2026-11-01T00:00") };

describe("what a campaign asks", () => {
  it("is said for each target, coupons first, with `afterwards` only where it is given", () => {
    const groups = { form: "set", groups: [1] } as const;
    const coupons = [
      { couponId: couponId("7"), applicationLimit: "UNLIMITED", afterwards: "NEW_CUSTOMER_ONLY" },
      { couponId: couponId("8"), applicationLimit: "REPEAT_CUSTOMER_ONLY" },
    ] as const;

    expect(asksOf(campaign({ promotions: [{ promotionId: promotionId("9"), groups }], coupons }))).toStrictEqual([
      { target: { kind: "coupon", id: "7" }, ask: { kind: "coupon", applicationLimit: "UNLIMITED", afterwards: "NEW_CUSTOMER_ONLY" } },
      { target: { kind: "coupon", id: "8" }, ask: { kind: "coupon", applicationLimit: "REPEAT_CUSTOMER_ONLY" } },
      { target: { kind: "promotion", id: "9" }, ask: { kind: "promotion", form: "set", groups: [1] } },
    ]);
  });

  it("leaves out dates and calendars, told apart by how they are written", () => {
    const mixed = campaign({ except: ["2026-12-25", "holidays"] });

    expect(withoutCalendars(mixed)).toEqual({ except: ["2026-12-25"], freezes: [] });
    expect(calendarsNamed(mixed)).toEqual(["holidays"]);
  });
});

describe("the layer of a campaign", () => {
  it("carries everything that decides when, how strongly and what", () => {
    const override = { state: "off", until: at("2026-11-28T00:00"), reason: "stock ran out" } as const;

    const laid = layerOf(campaign({ repeat: "FREQ=DAILY", except: ["2026-12-25", "holidays"], override, priority: 3 }), ASK, "UTC");

    expect(laid).toEqual({
      campaignId: "sale",
      campaignName: "Sale",
      windows: {
        start: { kind: "local", dateTime: "2026-11-27T10:00" },
        end: { kind: "local", dateTime: "2026-11-27T12:00" },
        timeZone: "UTC",
        repeat: "FREQ=DAILY",
        except: ["2026-12-25"],
        freezes: [],
      },
      enabled: true,
      override,
      priority: 3,
      onManualEdit: "yield",
      ask: ASK,
    });
  });

  it("takes dates and freezes as they were looked up, but for the freezes of one that ignores them", () => {
    const calendars = { except: ["2026-12-25"], freezes: [FREEZE] };

    expect(layerOf(campaign(), ASK, "UTC", calendars).windows).toMatchObject(calendars);
    expect(layerOf(campaign({ ignoreFreeze: "agreed" }), ASK, "UTC", calendars).windows).toMatchObject({ ...calendars, freezes: [] });
  });
});
