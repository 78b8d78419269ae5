import { outlooksOf } from "../../lib/application/commands/outlooks.ts";
import { unseenStore, viewOfRecords } from "../../lib/application/commands/store-view.ts";
import type { StorePlan } from "../../lib/cli/page/page.ts";
import { storeId } from "../../lib/domain/identifiers.ts";
import { type Instant, parseInstant } from "../../lib/domain/instant.ts";
import type { JsonObject } from "../../lib/domain/live.ts";

const WELCOME = [{ couponId: "162428889", applicationLimit: "UNLIMITED" }];
const EARLY_BIRD = "162430001";
const VIP_SALE = "608502";

/** Two stores with about all that can happen: overlaps, a loser, repeats over changes of the clocks, a freeze, overrides, odd names. */
const RECORDS: Readonly<Record<string, readonly JsonObject[]>> = {
  "1003": [
    { campaignId: "calendar#black-friday", dates: ["2026-11-26/2026-11-28"], freeze: true, note: "nothing new while the site is busy" },
    {
      campaignId: "happy-hour",
      name: "Happy hour",
      start: "2026-10-23T18:00",
      end: "2026-10-23T23:00",
      repeat: "FREQ=WEEKLY;BYDAY=FR,SU",
      coupons: WELCOME,
    },
    {
      campaignId: "night-owls",
      name: "Night owls 🦉🌙",
      start: "2026-10-24T22:00",
      end: "2026-10-25T03:00",
      repeat: "FREQ=WEEKLY;BYDAY=SA",
      coupons: WELCOME,
    },
    {
      campaignId: "loyal",
      name: "Thank-you week for customers who have bought before, from the first of November, agreed with finance and with the shop floor",
      start: "2026-10-31T00:00",
      end: "2026-11-08T00:00",
      priority: 5,
      coupons: [{ couponId: "162428889", applicationLimit: "REPEAT_CUSTOMER_ONLY" }],
    },
    {
      campaignId: "black-friday",
      name: "Black Friday for everyone",
      start: "2026-11-27T00:00",
      end: "2026-11-30T24:00",
      priority: 10,
      ignoreFreeze: "agreed with the owner",
      coupons: [...WELCOME, { couponId: EARLY_BIRD, applicationLimit: "UNLIMITED" }],
    },
    {
      campaignId: "new-only",
      name: "Newcomers until further notice",
      start: "2026-11-02T09:00",
      coupons: [{ couponId: EARLY_BIRD, applicationLimit: "NEW_CUSTOMER_ONLY" }],
    },
    {
      campaignId: "stock-out",
      name: "Early birds",
      start: "2026-10-20T06:00",
      end: "2026-11-04T09:00",
      coupons: [{ couponId: EARLY_BIRD, applicationLimit: "UNLIMITED" }],
      override: { state: "off", until: "2026-10-27T12:00", reason: "stock ran out", by: "ana" },
    },
    {
      campaignId: "idle",
      name: "Next year",
      start: "2027-03-01T00:00",
      end: "2027-03-02T00:00",
      coupons: [{ couponId: "162430002", applicationLimit: "UNLIMITED" }],
    },
  ],
  "2007": [
    {
      campaignId: "vip",
      name: "VIPs first",
      start: "2026-10-22T08:00",
      end: "2026-11-20T08:00",
      promotions: [{ promotionId: VIP_SALE, addGroups: [1006534, 1006535] }],
    },
    {
      campaignId: "everybody",
      name: "Then everybody",
      start: "2026-10-29T08:00",
      end: "2026-11-20T08:00",
      promotions: [{ promotionId: VIP_SALE, addGroups: [0] }],
    },
    {
      campaignId: "not-wholesale",
      name: "No wholesale <script>alert(1)</script>",
      start: "2026-10-30T00:00",
      end: "2026-11-06T00:00",
      priority: 3,
      promotions: [{ promotionId: VIP_SALE, addGroups: [7], removeGroups: [1006535] }],
    },
    {
      campaignId: "feierabend",
      name: "Feierabend",
      start: "2026-10-22T01:30",
      end: "2026-10-22T04:30",
      repeat: "FREQ=WEEKLY;BYDAY=SU,TH",
      coupons: [{ couponId: "5511", applicationLimit: "UNLIMITED" }],
    },
    {
      campaignId: "forced",
      name: "Laden offen",
      start: "2026-11-10T08:00",
      end: "2026-11-12T20:00",
      coupons: [{ couponId: "5511", applicationLimit: "NEW_CUSTOMER_ONLY" }],
      priority: -1,
      override: { state: "on", until: "2026-10-26T20:00", reason: "still selling", by: "ben" },
    },
  ],
};

const ZONES: Readonly<Record<string, string>> = { "1003": "America/New_York", "2007": "Europe/Berlin" };
const LABELS: Readonly<Record<string, string>> = {
  "coupon#162428889": "coupon WELCOME10 (162428889)",
  [`coupon#${EARLY_BIRD}`]: `coupon EARLYBIRD (${EARLY_BIRD})`,
  [`promotion#${VIP_SALE}`]: `promotion Winter sale for members (${VIP_SALE})`,
};

export const SAMPLE_NOW = parseInstant("2026-10-23T14:10:00Z");

/** @returns the plans of the sample's stores over a span, as if Doorman had read some of the names. */
export function samplePlans(from: Instant, to: Instant): readonly StorePlan[] {
  return Object.entries(RECORDS).map(([id, items]) => planOf(id, ZONES[id] ?? "UTC", items, { from, to }));
}

/** @returns the plan of one store with the records given, `storeId` left out. */
export function planOf(id: string, timeZone: string, items: readonly JsonObject[], span: StorePlan["span"]): StorePlan {
  const records = items.map((item) => ({ storeId: id, campaignId: String(item["campaignId"]), item: { storeId: id, ...item } }));
  const view = viewOfRecords(unseenStore(storeId(id), timeZone), records, SAMPLE_NOW);
  const outlooks = outlooksOf(view, SAMPLE_NOW, "as held").map((known) => ({ ...known, label: LABELS[known.key] }));
  return { view, timeZone, span, outlooks };
}
