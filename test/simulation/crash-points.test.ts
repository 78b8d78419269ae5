import { describe, expect, it } from "vitest";
import { HOUR, MINUTE, SECOND } from "../../lib/domain/instant.ts";
import type { Fault, Plan, PlannedCampaign } from "./plan/plan.ts";
import { simulate } from "./world/simulate.ts";

const OPENS_MS = 30 * MINUTE;
const CLOSES_MS = 60 * MINUTE;
/** Ticks release a message three seconds ahead. */
const LEAD_MS = 4 * SECOND;

const CAMPAIGN: PlannedCampaign = {
  campaignId: "sale",
  startMs: OPENS_MS,
  lengthMs: CLOSES_MS - OPENS_MS,
  days: 1,
  timeZone: "UTC",
  priority: 0,
  policy: "yield",
  enabled: true,
  coupons: [],
  promotions: [],
};

function planOf(campaign: Partial<PlannedCampaign>, faults: readonly Fault[], slowCalls = 0): Plan {
  return {
    seed: 0,
    schedule: 1,
    troubleMs: CLOSES_MS,
    endMs: CLOSES_MS + 4 * HOUR,
    slowCalls,
    triggersMode: "replace",
    unknownGroups: "reject",
    stores: [
      {
        storeId: "1001",
        timeZone: "UTC",
        coupons: [{ id: 101, limit: "NEW_CUSTOMER_ONLY" }],
        promotions: [{ id: 201, groups: [0, 1], subtotal: 25 }],
        isQuiet: false,
      },
    ],
    actions: [{ kind: "put", store: 0, atMs: SECOND, campaign: { ...CAMPAIGN, ...campaign } }],
    faults,
  };
}

function deathAt(nth: number, when: "before" | "after" | "late", atMs: number): Fault {
  return { kind: "death", role: "reconcile", store: 0, nth, when, atMs };
}

const COUPON: Partial<PlannedCampaign> = { coupons: [{ id: 101, limit: "UNLIMITED" }] };
const PROMOTION: Partial<PlannedCampaign> = { promotions: [{ id: 201, form: "addGroups", groups: [2, 3] }] };

describe.each([
  ["a coupon's switch that opens", COUPON, OPENS_MS - LEAD_MS],
  ["a coupon's switch that closes", COUPON, CLOSES_MS - LEAD_MS],
  ["a promotion's switch that opens", PROMOTION, OPENS_MS - LEAD_MS],
  ["a promotion's switch that closes", PROMOTION, CLOSES_MS - LEAD_MS],
])("%s", (_name, campaign, atMs) => {
  it.each(["before", "after", "late"] as const)(
    "ends right if the worker dies %s any of the calls it makes",
    { timeout: 600_000 },
    async (when) => {
      const wanted = new Map<number, unknown>();
      let points = 0;

      // A death that nothing comes to any more says that all calls have had theirs.
      for (let nth = 1; ; nth += 1) {
        const { violations, counts } = await simulate(planOf(campaign, [deathAt(nth, when, atMs)]));
        const hasDied = [...counts.keys()].some((what) => what.startsWith("death"));
        if (violations.length > 0) wanted.set(nth, violations[0]);
        if (!hasDied || nth > 200) break;
        points = nth;
      }

      expect([...wanted]).toEqual([]);
      expect(points).toBeGreaterThan(15);
    },
  );
});
