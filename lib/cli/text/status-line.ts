import type { CampaignCopy } from "../../application/ports/state-table.ts";
import { describeCampaign } from "../../domain/campaign/campaign-status.ts";
import { formatLocal, type Instant } from "../../domain/instant.ts";
import { plain } from "./plain.ts";

/** @returns what a campaign is like now, in one line: its state, what an override does, and its next switch. */
export function statusLine(copy: CampaignCopy, now: Instant): string {
  const { campaign, timeZone, calendars } = copy;
  if (campaign === undefined || timeZone === undefined) return "";
  const { state, nextSwitch, warnings } = describeCampaign(campaign, timeZone, now, calendars);
  const next = nextSwitch === undefined ? "no switch ahead" : `next switch ${formatLocal(nextSwitch, timeZone)}`;
  return plain([`${state}, ${next}`, ...warnings].join("; "));
}
