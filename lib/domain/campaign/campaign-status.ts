import { formatLocal, type Instant } from "../instant.ts";
import { activityOf, nextBoundaryOf, overrideInForce } from "../layers/activity.ts";
import type { Layer } from "../layers/layer.ts";
import { daylightSavingWarnings } from "../windows/daylight-saving-warnings.ts";
import { asksOf, type Campaign, layerOf, withoutCalendars } from "./campaign.ts";
import { frozenWarning, skippedWarning } from "./lost-windows.ts";
import type { CampaignState, CampaignStatus } from "./status.ts";

function stateOf(layer: Layer, at: Instant, active: boolean): CampaignState {
  if (!layer.enabled) return "DISABLED";
  if (active) return "ACTIVE";
  return nextBoundaryOf(layer, at) === undefined ? "ENDED" : "SCHEDULED";
}

function overrideWarning(layer: Layer, at: Instant): readonly string[] {
  const override = overrideInForce(layer, at);
  if (override === undefined || !layer.enabled) return [];
  const skipped = skippedWarning(layer, override, at);
  if (skipped !== undefined) return [skipped];
  const until = formatLocal(override.until, layer.windows.timeZone);
  const who = override.by === undefined ? "" : ` by ${override.by}`;
  const opens = activityOf(layer, override.until) !== undefined;
  if (override.state === "on") return [`forced on${who} until ${until}: ${override.reason}`];
  return [`held off${who}: ${override.reason}; ${opens ? "opens again" : "goes by its windows again"} at ${until}`];
}

/**
 * @param campaign the version that runs.
 * @param timeZone the zone its times are read in.
 * @param calendars what its `except` and the store's freezes come to.
 * @returns state, active window, next switch, and what an override does, at `at`. Problems and other warnings are the caller's.
 */
export function describeCampaign(
  campaign: Campaign,
  timeZone: string,
  at: Instant,
  calendars = withoutCalendars(campaign),
): Pick<CampaignStatus, "state" | "activeWindow" | "nextSwitch" | "warnings"> {
  const first = asksOf(campaign)[0];
  if (first === undefined) return { state: "ENDED", warnings: ["no target is left in this campaign"] };
  const layer = layerOf(campaign, first.ask, timeZone, calendars);
  const activity = activityOf(layer, at);
  const state = stateOf(layer, at, activity !== undefined);
  const nextSwitch = nextBoundaryOf(layer, at);
  const frozen = frozenWarning(layer, at);
  const overruled = [...overrideWarning(layer, at), ...(frozen === undefined ? [] : [frozen])];
  const warnings = [...overruled, ...(layer.enabled ? daylightSavingWarnings(layer.windows, at) : [])];
  if (activity === undefined || activity.startedAt === "forced") return { state, nextSwitch, warnings };
  return { state, activeWindow: { start: activity.startedAt, end: activity.endsAt }, nextSwitch, warnings };
}
