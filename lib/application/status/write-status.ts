import { describeCampaign } from "../../domain/campaign/campaign-status.ts";
import type { CampaignStatus } from "../../domain/campaign/status.ts";
import { canonicalJson } from "../../domain/canonical-json.ts";
import type { CampaignId, StoreId, TargetKey } from "../../domain/identifiers.ts";
import type { Instant } from "../../domain/instant.ts";
import { holdersOf } from "../../domain/ledger/ledger.ts";
import type { Json } from "../../domain/live.ts";
import { problemsStanding } from "../../domain/usability/target-problems.ts";
import { storeTroubles, troublesFor } from "../check/store-troubles.ts";
import { statusJson } from "../messages/status-json.ts";
import type { CampaignRecord, CampaignTable } from "../ports/campaign-table.ts";
import type { CampaignCopy, StoreState, TargetState } from "../ports/state-table.ts";

type KnownTarget = Pick<TargetState, "warnings" | "check" | "block" | "ledger"> & { readonly target: TargetKey };

/** What was seen to stand in the way of its windows ahead; what a block says of the target is not said again. */
function problemMessages({ check, block }: KnownTarget, campaignId: CampaignId, at: Instant): readonly string[] {
  return problemsStanding(check?.problems ?? [], at)
    .filter((problem) => problem.campaignId === campaignId && problem.code !== block?.code)
    .map(({ message }) => message);
}

/**
 * @param copy with the overlaps that stand.
 * @param targets what is known of the store's targets; others than the campaign's do not matter.
 * @param store why nothing can be switched there is told to campaigns that are on, still to come, or still hold something.
 * @returns the status that a campaign should show at `at`.
 */
export function statusOf(
  copy: CampaignCopy,
  campaignId: CampaignId,
  targets: readonly KnownTarget[],
  at: Instant,
  store: StoreState,
): CampaignStatus {
  const { campaign, timeZone, problems, compiledAt } = copy;
  if (campaign === undefined || timeZone === undefined) {
    return { state: "INVALID", problems, warnings: copy.warnings, compiledAt };
  }
  const described = describeCampaign(campaign, timeZone, at, copy.calendars);
  const own = targets.filter(({ target }) => copy.targets.includes(target));
  const isRunning = described.state === "SCHEDULED" || described.state === "ACTIVE";
  const isConcerned = isRunning || own.some(({ ledger }) => holdersOf(ledger).includes(campaignId));
  const troubles = isConcerned ? troublesFor(storeTroubles(store), copy.targets).map(({ reason }) => reason) : [];
  const told = own.flatMap((known) => [
    ...known.warnings.filter((warning) => warning.campaignId === campaignId).map(({ message }) => message),
    ...(isRunning ? problemMessages(known, campaignId, at) : []),
  ]);
  const overlaps = isRunning ? (copy.overlaps ?? []).map(({ message }) => message) : [];
  const warnings = new Set([...copy.warnings, ...overlaps, ...described.warnings, ...troubles, ...told]);
  return { ...described, problems, warnings: [...warnings], compiledAt };
}

function sameBut(field: string, one: Json | undefined, other: Json): boolean {
  const without = (value: Json | undefined) =>
    typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value, [field]: null } : value;
  return canonicalJson(without(one)) === canonicalJson(without(other));
}

/** Writes the status onto the record, if the record still exists and the text changes (when it was compiled is no change by itself). */
export async function writeStatusIfChanged(
  campaigns: CampaignTable,
  place: { readonly storeId: StoreId; readonly campaignId: string },
  record: CampaignRecord | undefined,
  status: CampaignStatus,
): Promise<void> {
  if (record === undefined || sameBut("compiledAt", record.item["status"], statusJson(status))) return;
  await campaigns.writeStatus(place.storeId, place.campaignId, status);
}
