import { compareSwitches } from "../../application/commands/compare-switches.ts";
import { outlooksOf } from "../../application/commands/outlooks.ts";
import { viewOfRecords } from "../../application/commands/store-view.ts";
import type { CampaignRecord } from "../../application/ports/campaign-table.ts";
import { isNumericId, storeId } from "../../domain/identifiers.ts";
import type { JsonObject } from "../../domain/live.ts";
import type { StoreDifference } from "../text/switch-difference.ts";
import type { Job } from "./job.ts";
import { knownOf, recordsOf } from "./views.ts";

/** A record that is about to change; without an item it is about to go. */
export interface Change {
  readonly storeId: string;
  readonly campaignId: string;
  readonly item: JsonObject | undefined;
}

const SWITCHES_COMPARED = 100;

/** @returns what changes of records would do to the switches ahead, store by store. Nothing is written. */
export async function previewOf(job: Job, changes: readonly Change[]): Promise<readonly StoreDifference[]> {
  const differences: StoreDifference[] = [];
  for (const store of [...new Set(changes.map((change) => change.storeId))].filter(isNumericId).map(storeId)) {
    const known = await knownOf(job, store);
    const records = await recordsOf(job, store);
    const [before, after] = [records, withChanges(records, changes, store)].map((each) =>
      outlooksOf(viewOfRecords(known, each, job.now), job.now, "as held"),
    );
    const outlooks = [...(before ?? []), ...(after ?? [])];
    const timeZone = outlooks[0]?.timeZone ?? known.timeZone ?? "UTC";
    differences.push({ storeId: store, timeZone, outlooks, ...compareSwitches(before ?? [], after ?? [], job.now, SWITCHES_COMPARED) });
  }
  return differences;
}

function withChanges(records: readonly CampaignRecord[], changes: readonly Change[], store: string): readonly CampaignRecord[] {
  const ofStore = changes.filter((change) => change.storeId === store);
  const untouched = records.filter(({ campaignId }) => !ofStore.some((change) => change.campaignId === campaignId));
  const put = ofStore.flatMap(({ campaignId, item }) => (item === undefined ? [] : [{ storeId: store, campaignId, item }]));
  return [...untouched, ...put];
}
