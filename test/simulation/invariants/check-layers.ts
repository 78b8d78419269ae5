import { canonicalJson } from "../../../lib/domain/canonical-json.ts";
import type { Layer } from "../../../lib/domain/layers/layer.ts";
import type { Json } from "../../../lib/domain/live.ts";
import type { PlannedCampaign } from "../plan/plan.ts";
import type { Violation } from "../world/journal.ts";
import type { Evidence } from "./evidence.ts";

type Ask = Layer["ask"];

/** What a campaign's text asks of a target, spelt out a second time. */
function asksOf({ coupons, promotions }: PlannedCampaign): ReadonlyMap<string, Ask> {
  const asks = new Map<string, Ask>();
  for (const { id, limit, afterwards } of coupons) {
    asks.set(`coupon#${id}`, { kind: "coupon", applicationLimit: limit, ...(afterwards !== undefined && { afterwards }) });
  }
  for (const { id, form, groups } of promotions) {
    const change = { add: form === "addGroups" ? groups : [], remove: form === "removeGroups" ? groups : [] };
    asks.set(
      `promotion#${id}`,
      form === "setGroups" ? { kind: "promotion", form: "set", groups } : { kind: "promotion", form: "change", ...change },
    );
  }
  return asks;
}

function text(value: unknown): string {
  return canonicalJson(JSON.parse(JSON.stringify(value ?? null)) as Json);
}

/** The last thing that people did to each campaign; undefined: it was removed. */
function lastTexts({ plan }: Evidence): ReadonlyMap<string, PlannedCampaign | undefined> {
  const texts = new Map<string, PlannedCampaign | undefined>();
  for (const action of plan.actions) {
    if (action.kind === "put") texts.set(`${plan.stores[action.store]?.storeId} ${action.campaign.campaignId}`, action.campaign);
    if (action.kind === "remove") texts.set(`${plan.stores[action.store]?.storeId} ${action.campaignId}`, undefined);
  }
  return texts;
}

/** Part of invariant 1: at rest the layers are what the campaigns table says, wherever its text is good. */
export async function checkLayers(evidence: Evidence): Promise<readonly Violation[]> {
  const { plan, state, now } = evidence;
  const violations: Violation[] = [];
  for (const [key, campaign] of lastTexts(evidence)) {
    if (campaign?.broken !== undefined) continue;
    const [storeId = "", campaignId = ""] = key.split(" ");
    const asks = campaign === undefined ? new Map<string, Ask>() : asksOf(campaign);
    const store = plan.stores.find((each) => each.storeId === storeId);
    const targets = [
      ...(store?.coupons ?? []).map(({ id }) => `coupon#${id}`),
      ...(store?.promotions ?? []).map(({ id }) => `promotion#${id}`),
    ];
    for (const target of targets) {
      const layer = state
        .layersLog(storeId, target)
        .at(-1)
        ?.layers.find((each) => each.campaignId === campaignId);
      const expected = text(asks.has(target) ? { ask: asks.get(target), enabled: campaign?.enabled, policy: campaign?.policy } : undefined);
      const got = text(layer && { ask: layer.ask, enabled: layer.enabled, policy: layer.onManualEdit });
      if (expected !== got)
        violations.push({ invariant: "1 the layers are what the table says", at: now(), where: `${key} ${target}`, expected, got });
    }
  }
  return violations;
}
