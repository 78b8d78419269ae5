/** What people do with a deployment, in a month of 730 hours. */
export interface Usage {
  readonly campaignsPerStore: number;
  readonly windowsPerCampaignAndWeek: number;
  /** How many campaigns in ten change a coupon, a promotion, or one of each; `measure/scene.ts` has the same mix. */
  readonly campaignsInTen: { readonly coupon: number; readonly promotion: number; readonly pair: number };
  readonly editsPerStoreAndWeek: number;
  /** Windows begin and end at one of so many instants of the week, all as likely: half hours. */
  readonly boundarySlotsAWeek: number;
  /** The share of hours in which a store has something open, and so is looked at. */
  readonly shareOfHoursOpen: number;
}

/** The usage of the table in docs/costs.md. */
export const TYPICAL: Usage = {
  campaignsPerStore: 10,
  windowsPerCampaignAndWeek: 2,
  campaignsInTen: { coupon: 4, pair: 5, promotion: 1 },
  editsPerStoreAndWeek: 3,
  boundarySlotsAWeek: 336,
  shareOfHoursOpen: 1,
};

export const STORES = [1, 100, 10_000] as const;
export const HOURS_A_MONTH = 730;
export const WEEKS_A_MONTH = HOURS_A_MONTH / 168;

/** The history is kept so long (`lib/adapters/dynamo/history.ts`). */
export const HISTORY_MONTHS = (400 * 24) / HOURS_A_MONTH;

/** @returns targets that a campaign changes on average. */
export function targetsPerCampaign({ campaignsInTen: { coupon, promotion, pair } }: Usage): number {
  return (coupon + promotion + 2 * pair) / 10;
}

/** @returns how many windows begin in a store in a month. */
export function windowsAMonth({ campaignsPerStore, windowsPerCampaignAndWeek }: Usage): number {
  return campaignsPerStore * windowsPerCampaignAndWeek * WEEKS_A_MONTH;
}

/** @returns how many different instants of a month have a boundary: the more stores, the more share theirs. */
export function boundariesAMonth(usage: Usage, stores: number): number {
  const { campaignsPerStore, windowsPerCampaignAndWeek, boundarySlotsAWeek } = usage;
  const aWeek = 2 * campaignsPerStore * windowsPerCampaignAndWeek * stores;
  return boundarySlotsAWeek * (1 - (1 - 1 / boundarySlotsAWeek) ** aWeek) * WEEKS_A_MONTH;
}
