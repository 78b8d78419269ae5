import type { JsonObject } from "../../../../lib/domain/live.ts";

/** A campaign on coupons that says everything there is to say of when. */
export const ON_COUPONS: JsonObject = {
  storeId: "1003",
  campaignId: "evenings",
  name: "Happy evenings",
  start: "2026-11-27T18:00",
  end: "2026-11-27T22:00",
  timeZone: "America/New_York",
  repeat: "FREQ=WEEKLY;BYDAY=FR,SU;UNTIL=20271231",
  except: ["2026-12-25"],
  coupons: [
    { couponId: "162428889", applicationLimit: "UNLIMITED", afterwards: "NEW_CUSTOMER_ONLY" },
    { couponId: 162428890, applicationLimit: "REPEAT_CUSTOMER_ONLY" },
  ],
  priority: 5,
  onManualEdit: "enforce",
  override: { state: "off", until: "2026-11-28T12:00", reason: "stock ran out", by: "ana" },
  enabled: true,
  note: "agreed with finance",
};

/** A campaign on promotions, once, with moments that no zone moves. */
export const ON_PROMOTIONS: JsonObject = {
  storeId: 1003,
  campaignId: "vip-week",
  name: "Early access",
  start: "2026-11-27T05:00:00Z",
  end: "2026-12-04T00:00:00-05:00",
  timeZone: "Europe/Berlin",
  promotions: [
    { promotionId: "608502", addGroups: [1006534, 1006535], removeGroups: [0] },
    { promotionId: 608503, setGroups: [1006534] },
  ],
};

/** A calendar, which is put like a campaign. */
export const CALENDAR: JsonObject = {
  storeId: "1003",
  campaignId: "calendar#holidays-de",
  name: "German holidays",
  dates: ["2026-12-25", "2026-12-31/2027-01-01"],
  freeze: true,
  timeZone: "Europe/Berlin",
  note: "from the office",
};
