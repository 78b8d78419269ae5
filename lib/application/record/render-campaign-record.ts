import type { Campaign, GroupsAsk } from "../../domain/campaign/campaign.ts";
import { formatInstant } from "../../domain/instant.ts";
import type { Override } from "../../domain/layers/layer.ts";
import type { JsonObject } from "../../domain/live.ts";
import { assertNever } from "../../domain/result.ts";
import type { Moment } from "../../domain/windows/window-rule.ts";

/** @returns the record that {@link parseCampaignRecord} reads as the same campaign; ids as text, instants in UTC, nothing that is not needed. */
export function renderCampaignRecord(campaign: Campaign): JsonObject {
  const { storeId, campaignId, name, start, end, timeZone, repeat, except, coupons, promotions } = campaign;
  return {
    storeId,
    campaignId,
    name,
    start: renderMoment(start),
    ...(end !== undefined && { end: renderMoment(end) }),
    ...(timeZone !== undefined && { timeZone }),
    ...(repeat !== undefined && { repeat }),
    ...(except.length > 0 && { except }),
    ...(campaign.ignoreFreeze !== undefined && { ignoreFreeze: campaign.ignoreFreeze }),
    ...(coupons.length > 0 && { coupons: coupons.map(renderCoupon) }),
    ...(promotions.length > 0 && { promotions: promotions.map(({ promotionId, groups }) => ({ promotionId, ...renderGroups(groups) })) }),
    priority: campaign.priority,
    onManualEdit: campaign.onManualEdit,
    ...(campaign.override !== undefined && { override: renderOverride(campaign.override) }),
    enabled: campaign.enabled,
    ...(campaign.note !== undefined && { note: campaign.note }),
  };
}

function renderMoment(moment: Moment): string {
  return moment.kind === "local" ? moment.dateTime : formatInstant(moment.at);
}

function renderCoupon({ couponId, applicationLimit, afterwards }: Campaign["coupons"][number]): JsonObject {
  return { couponId, applicationLimit, ...(afterwards !== undefined && { afterwards }) };
}

function renderGroups(groups: GroupsAsk): JsonObject {
  switch (groups.form) {
    case "change":
      return {
        ...(groups.add.length > 0 && { addGroups: groups.add }),
        ...(groups.remove.length > 0 && { removeGroups: groups.remove }),
      };
    case "set":
      return { setGroups: groups.groups };
    default:
      return assertNever(groups);
  }
}

function renderOverride({ state, until, reason, by }: Override): JsonObject {
  return { state, until: formatInstant(until), reason, ...(by !== undefined && { by }) };
}
