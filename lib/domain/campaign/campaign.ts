import {
  type CalendarName,
  type CampaignId,
  type CouponId,
  calendarName,
  isCalendarName,
  type PromotionId,
  type StoreId,
  type Target,
} from "../identifiers.ts";
import type { ApplicationLimit, Ask, CouponAsk, Layer, ManualEditPolicy, Override, PromotionAsk } from "../layers/layer.ts";
import type { Moment } from "../windows/window-rule.ts";
import type { ResolvedCalendars } from "./calendar.ts";

/** A campaign as a marketer means it: a record that has been read and found good. */
export interface Campaign {
  readonly storeId: StoreId;
  readonly campaignId: CampaignId;
  readonly name: string;
  readonly start: Moment;
  readonly end?: Moment | undefined;
  /** Absent: the store's own zone. */
  readonly timeZone?: string | undefined;
  readonly repeat?: string | undefined;
  /** Local dates, and names of calendars. */
  readonly except: readonly string[];
  /** Why the store's freezes do not hold for it; absent: they do. */
  readonly ignoreFreeze?: string | undefined;
  readonly coupons: readonly {
    readonly couponId: CouponId;
    readonly applicationLimit: ApplicationLimit;
    readonly afterwards?: ApplicationLimit | undefined;
  }[];
  readonly promotions: readonly { readonly promotionId: PromotionId; readonly groups: GroupsAsk }[];
  readonly priority: number;
  readonly onManualEdit: ManualEditPolicy;
  readonly override?: Override | undefined;
  readonly enabled: boolean;
  readonly note?: string | undefined;
}

/** What a campaign asks of a promotion's customer groups. */
export type GroupsAsk = PromotionAsk extends infer Each ? (Each extends PromotionAsk ? Omit<Each, "kind"> : never) : never;

/** @returns the campaign's targets with what it asks of each, in the record's order, coupons first. */
export function asksOf(campaign: Campaign): readonly { readonly target: Target; readonly ask: Ask }[] {
  return [
    ...campaign.coupons.map(({ couponId, applicationLimit, afterwards }) => ({
      target: { kind: "coupon", id: couponId } as const,
      ask: { kind: "coupon", applicationLimit, ...(afterwards !== undefined && { afterwards }) } satisfies CouponAsk,
    })),
    ...campaign.promotions.map(({ promotionId, groups }) => ({
      target: { kind: "promotion", id: promotionId } as const,
      ask: { kind: "promotion", ...groups } satisfies PromotionAsk,
    })),
  ];
}

/** @returns the dates that a campaign names itself, with no calendar looked up and no freeze. */
export function withoutCalendars({ except }: Campaign): ResolvedCalendars {
  return { except: except.filter((each) => !isCalendarName(each)), freezes: [] };
}

/** @returns the names of the calendars that a campaign leaves out. */
export function calendarsNamed({ except }: Campaign): readonly CalendarName[] {
  return except.filter(isCalendarName).map(calendarName);
}

/**
 * @param timeZone IANA zone that the campaign's wall-clock times are read in: its own, or the store's as pinned when compiled.
 * @param calendars what its `except` and the store's freezes come to.
 * @returns the layer that the campaign lays over one of its targets.
 */
export function layerOf(campaign: Campaign, ask: Ask, timeZone: string, calendars = withoutCalendars(campaign)): Layer {
  const { except } = calendars;
  const freezes = campaign.ignoreFreeze === undefined ? calendars.freezes : [];
  return {
    campaignId: campaign.campaignId,
    campaignName: campaign.name,
    windows: { start: campaign.start, end: campaign.end, timeZone, repeat: campaign.repeat, except, freezes },
    enabled: campaign.enabled,
    override: campaign.override,
    priority: campaign.priority,
    onManualEdit: campaign.onManualEdit,
    ask,
  };
}
