import type { CampaignId } from "../identifiers.ts";
import type { Instant } from "../instant.ts";
import type { WindowRule } from "../windows/window-rule.ts";

/** Who may use a coupon (Ecwid: discount coupon, `applicationLimit`). */
export type ApplicationLimit = "UNLIMITED" | "NEW_CUSTOMER_ONLY" | "REPEAT_CUSTOMER_ONLY";

/** What happens when a person changes, in Ecwid, a value that Doorman wrote: give way for that window, or write it again. */
export type ManualEditPolicy = "yield" | "enforce";

/** Forces a campaign on or off until it lapses by itself. */
export interface Override {
  readonly state: "on" | "off";
  readonly until: Instant;
  readonly reason: string;
  readonly by?: string | undefined;
}

/** What a campaign asks of one coupon. `afterwards` replaces the value found as the one to return to. */
export interface CouponAsk {
  readonly kind: "coupon";
  readonly applicationLimit: ApplicationLimit;
  readonly afterwards?: ApplicationLimit | undefined;
}

/** What a campaign asks of one promotion: ids to put in and to take out, or the whole list (`set` names every id there is). */
export type PromotionAsk =
  | { readonly kind: "promotion"; readonly form: "change"; readonly add: readonly number[]; readonly remove: readonly number[] }
  | { readonly kind: "promotion"; readonly form: "set"; readonly groups: readonly number[] };

export type Ask = CouponAsk | PromotionAsk;

/** What one campaign asks of one target, compiled: when, how strongly, and which value per cell. Stored as it is. */
export interface Layer {
  readonly campaignId: CampaignId;
  readonly campaignName: string;
  readonly windows: WindowRule;
  readonly enabled: boolean;
  readonly override?: Override | undefined;
  readonly priority: number;
  readonly onManualEdit: ManualEditPolicy;
  readonly ask: Ask;
}
