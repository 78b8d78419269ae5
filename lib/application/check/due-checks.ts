import { asksOf, layerOf } from "../../domain/campaign/campaign.ts";
import { type TargetKey, targetKey } from "../../domain/identifiers.ts";
import type { Instant } from "../../domain/instant.ts";
import { checkWantedSince } from "../../domain/usability/check-due.ts";
import type { CampaignCopy, TargetState } from "../ports/state-table.ts";

type KnownTarget = Pick<TargetState, "check"> & { readonly target: TargetKey };

/** Since when a campaign's targets should have been looked at; all of them have the same windows. */
function wantedSince({ campaign, timeZone, calendars, compiledAt }: CampaignCopy, at: Instant): Instant | undefined {
  const [first] = campaign === undefined ? [] : asksOf(campaign);
  if (campaign === undefined || first === undefined || timeZone === undefined) return undefined;
  return checkWantedSince(layerOf(campaign, first.ask, timeZone, calendars), compiledAt, at);
}

/**
 * @param copies the store's campaigns. @param targets what is known of its targets.
 * @returns the targets that a look should read now, because their campaign was saved or a window is near, and nobody has since.
 */
export function dueChecks(copies: readonly CampaignCopy[], targets: readonly KnownTarget[], at: Instant): ReadonlySet<TargetKey> {
  const checked = new Map(targets.map(({ target, check }) => [target, check?.checkedAt]));
  const due = new Set<TargetKey>();
  for (const copy of copies) {
    const since = wantedSince(copy, at);
    if (copy.campaign === undefined || since === undefined) continue;
    for (const { target } of asksOf(copy.campaign)) {
      const key = targetKey(target);
      const checkedAt = checked.get(key);
      if (checkedAt === undefined || checkedAt < since) due.add(key);
    }
  }
  return due;
}
