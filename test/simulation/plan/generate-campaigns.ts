import { MINUTE, SECOND } from "../../../lib/domain/instant.ts";
import type { ApplicationLimit } from "../../../lib/domain/layers/layer.ts";
import type { Random } from "../world/random.ts";
import type { PlannedCampaign, PlannedStore } from "./plan.ts";
import { OFFSETS_MS } from "./record.ts";

export interface PlacedCampaign {
  readonly store: number;
  readonly campaign: PlannedCampaign;
}

const LIMITS: readonly ApplicationLimit[] = ["UNLIMITED", "NEW_CUSTOMER_ONLY", "REPEAT_CUSTOMER_ONLY"];
const GROUPS = [1, 2, 3, 4, 5, 6];
const FORMS = ["addGroups", "addGroups", "removeGroups", "setGroups"] as const;

function targetsOf(random: Random, { coupons, promotions }: PlannedStore): Pick<PlannedCampaign, "coupons" | "promotions"> {
  const chosen = {
    coupons: random.some(coupons, 0.8).map(({ id }) => {
      return { id, limit: random.pick(LIMITS), ...(random.chance(0.15) && { afterwards: random.pick(LIMITS) }) };
    }),
    promotions: random.some(promotions, 0.8).map(({ id }) => {
      const groups = random.some(GROUPS, 0.35);
      return { id, form: random.pick(FORMS), groups: groups.length === 0 ? [random.pick(GROUPS)] : groups };
    }),
  };
  if (chosen.coupons.length + chosen.promotions.length > 0) return chosen;
  return targetsOf(random, { coupons, promotions } as PlannedStore);
}

/** @returns a campaign as it is first typed; boundaries of several often fall together. */
export function generateCampaign(
  random: Random,
  store: PlannedStore,
  campaignId: string,
  troubleMs: number,
  taken: readonly number[],
): PlannedCampaign {
  const own = random.whole(10, Math.floor(troubleMs / MINUTE) - 5) * MINUTE + (random.chance(0.1) ? random.whole(0, 59) * SECOND : 0);
  const startMs = taken.length > 0 && random.chance(0.4) ? random.pick(taken) : own;
  const lengths = [random.whole(1, 5) * MINUTE, random.whole(2, 30) * MINUTE, random.whole(20, 240) * MINUTE];
  // A few end before a stale read has caught up with their beginning.
  const lengthMs = random.chance(0.06) ? random.whole(3, 30) * SECOND : random.pick(lengths);
  const days = random.chance(0.05) ? 2 : 1;
  return {
    campaignId,
    startMs,
    ...((days > 1 || random.chance(0.93)) && { lengthMs }),
    days,
    ...(random.chance(0.5) && { timeZone: random.pick(Object.keys(OFFSETS_MS)) }),
    priority: random.pick([0, 0, 0, 1, -1]),
    policy: random.chance(0.35) ? "enforce" : "yield",
    enabled: true,
    ...targetsOf(random, store),
  };
}

/** @returns the campaigns of a store; ids sort otherwise than they are made. */
export function generateCampaigns(random: Random, store: PlannedStore, index: number, troubleMs: number): readonly PlacedCampaign[] {
  const placed: PlacedCampaign[] = [];
  const taken: number[] = [];
  const count = store.coupons.length > 4 ? 1 : random.pick([1, 1, 2, 2, 3, 4]);
  for (let each = 0; each < count; each += 1) {
    const campaign = generateCampaign(random, store, `${random.pick(["a", "m", "z"])}-${each}`, troubleMs, taken);
    taken.push(campaign.startMs, ...(campaign.lengthMs === undefined ? [] : [campaign.startMs + campaign.lengthMs]));
    placed.push({ store: index, campaign });
  }
  return placed;
}
