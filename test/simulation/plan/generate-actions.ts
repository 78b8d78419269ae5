import { HOUR, MINUTE, SECOND } from "../../../lib/domain/instant.ts";
import type { ApplicationLimit } from "../../../lib/domain/layers/layer.ts";
import type { PlacedCampaign } from "./generate-campaigns.ts";
import { generateCampaign } from "./generate-campaigns.ts";
import type { Action, PlannedCampaign } from "./plan.ts";
import { type Setting, someInstant } from "./setting.ts";

const LIMITS: readonly ApplicationLimit[] = ["UNLIMITED", "NEW_CUSTOMER_ONLY", "REPEAT_CUSTOMER_ONLY"];
const GROUPS = [1, 2, 3, 4, 5, 6];

/** What a marketer may do to a campaign that stands. */
function changed({ random, stores, troubleMs }: Setting, { store, campaign }: PlacedCampaign, atMs: number): PlannedCampaign {
  const place = stores[store];
  if (place === undefined) throw new RangeError(`there is no store ${store}`);
  const untilMs = Math.ceil((atMs + random.pick([random.whole(1, 10), random.whole(10, 120)]) * MINUTE) / SECOND) * SECOND;
  switch (random.whole(0, 8)) {
    case 0:
      return { ...campaign, enabled: false };
    case 1:
      return { ...campaign, override: { state: "off", untilMs } };
    case 2:
      return { ...campaign, override: { state: "on", untilMs } };
    case 3:
      return { ...campaign, broken: random.pick(["unknown-field", "bad-time"]) };
    case 4:
      return { ...campaign, broken: "bad-time", enabled: false };
    case 5:
      return { ...generateCampaign(random, place, campaign.campaignId, troubleMs, [campaign.startMs]) };
    case 6:
      return { ...campaign, policy: campaign.policy === "yield" ? "enforce" : "yield" };
    case 7:
      return { ...campaign, priority: campaign.priority + random.pick([-2, 2]) };
    default:
      return { ...campaign, ...(campaign.lengthMs !== undefined && { lengthMs: campaign.lengthMs + random.whole(1, 60) * MINUTE }) };
  }
}

/** Marketers first type a campaign some time before it begins; then they change it, break it, mend it, or take it away. */
function tableActions(setting: Setting, placed: PlacedCampaign): readonly Action[] {
  const { random, stores, troubleMs } = setting;
  const { store, campaign } = placed;
  const isQuiet = stores[store]?.isQuiet === true;
  const early = Math.max(SECOND, campaign.startMs - random.whole(1, 200) * MINUTE);
  const firstMs =
    isQuiet || random.chance(0.6) ? random.whole(SECOND, 2 * MINUTE) : random.chance(0.8) ? early : someInstant(setting, store);
  const actions: Action[] = [{ kind: "put", store, atMs: Math.min(firstMs, troubleMs), campaign }];
  if (isQuiet) return actions;
  let present = campaign;
  for (let edits = random.pick([0, 0, 0, 1, 1, 2, 3]); edits > 0; edits -= 1) {
    const last = actions.at(-1)?.atMs ?? 0;
    const atMs = Math.max(last + SECOND, someInstant(setting, store));
    if (atMs > troubleMs) break;
    if (random.chance(0.12)) {
      actions.push({ kind: "remove", store, atMs, campaignId: campaign.campaignId });
      continue;
    }
    present = changed(setting, { store, campaign: withoutBreakage(present) }, atMs);
    actions.push({ kind: "put", store, atMs, campaign: present });
  }
  return actions;
}

function withoutBreakage({ broken: _mended, ...campaign }: PlannedCampaign): PlannedCampaign {
  return campaign;
}

/** Merchants and other apps, in Ecwid itself. */
function ecwidActions(setting: Setting, store: number): readonly Action[] {
  const { random, stores } = setting;
  const place = stores[store];
  if (place === undefined || place.isQuiet) return [];
  return Array.from({ length: random.pick([0, 0, 1, 2, 3, 6]) }, (): Action => {
    const atMs = someInstant(setting, store);
    const coupon = place.coupons.length === 0 ? undefined : random.pick(place.coupons);
    const promotion = place.promotions.length === 0 ? undefined : random.pick(place.promotions);
    if (coupon !== undefined && (promotion === undefined || random.chance(0.6))) {
      return { kind: "limit", store, atMs, coupon: coupon.id, limit: random.pick(LIMITS) };
    }
    const id = promotion?.id ?? 0;
    if (random.chance(0.3)) {
      const name = random.pick(["subtotal", "minProductQuantityInCart"]);
      return { kind: "trigger", store, atMs, promotion: id, name, value: random.whole(1, 50) };
    }
    const add = random.some(GROUPS, 0.25);
    return { kind: "groups", store, atMs, promotion: id, add, remove: random.some(GROUPS, 0.25).filter((group) => !add.includes(group)) };
  });
}

/** What happens to a store as a whole, seldom. All of it is over before the calm begins. */
function storeActions(setting: Setting, store: number): readonly Action[] {
  const { random, stores, troubleMs } = setting;
  if (stores[store]?.isQuiet) return [];
  const actions: Action[] = [];
  const lasting = (atMs: number) => Math.min(troubleMs - atMs, random.pick([random.whole(1, 10) * MINUTE, random.whole(10, 150) * MINUTE]));
  const atMs = () => someInstant(setting, store);
  if (random.chance(0.15)) {
    const at = atMs();
    actions.push({ kind: "token-replaced", store, atMs: at, gapMs: random.pick([0, random.whole(1, 90) * SECOND, lasting(at)]) });
  }
  if (random.chance(0.06)) {
    const at = atMs();
    actions.push({ kind: "suspended", store, atMs: at, forMs: lasting(at) });
  }
  if (random.chance(0.06)) {
    const at = atMs();
    actions.push({ kind: "feature-lost", store, atMs: at, feature: random.pick(["DISCOUNTS", "ADVANCED_DISCOUNTS"]), forMs: lasting(at) });
  }
  if (random.chance(0.06)) actions.push({ kind: "group-deleted", store, atMs: atMs(), group: random.pick(GROUPS) });
  return actions;
}

/** @returns what people do in the table and in Ecwid during the trouble, and what happens to stores. */
export function generateActions(setting: Setting, campaigns: readonly PlacedCampaign[]): readonly Action[] {
  const { random, stores } = setting;
  const ofTable = campaigns.flatMap((placed) => tableActions(setting, placed));
  const ofStores = stores.flatMap((_, store) => [...ecwidActions(setting, store), ...storeActions(setting, store)]);
  const mayStop = stores.every(({ isQuiet }) => !isQuiet) && random.chance(0.03);
  const stop: readonly Action[] = mayStop
    ? [{ kind: "kill-switch", store: 0, atMs: someInstant(setting, undefined), forMs: Math.min(HOUR, random.whole(1, 30) * MINUTE) }]
    : [];
  return [...ofTable, ...ofStores, ...stop];
}
