/** The fields of a record, in the order in which people are told of them. `status` is Doorman's own, and never read. */
export const CAMPAIGN_FIELDS = [
  "storeId",
  "campaignId",
  "name",
  "start",
  "end",
  "timeZone",
  "repeat",
  "except",
  "ignoreFreeze",
  "coupons",
  "promotions",
  "priority",
  "onManualEdit",
  "override",
  "enabled",
  "note",
  "status",
] as const;

export const COUPON_FIELDS = ["couponId", "applicationLimit", "afterwards"] as const;
export const PROMOTION_FIELDS = ["promotionId", "addGroups", "removeGroups", "setGroups"] as const;
export const OVERRIDE_FIELDS = ["state", "until", "reason", "by"] as const;
