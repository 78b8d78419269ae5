import { compareSwitches } from "../../application/commands/compare-switches.ts";
import { foretell } from "../../application/commands/foretell.ts";
import { outlooksOf } from "../../application/commands/outlooks.ts";
import { type StoreView, unseenStore, viewOfRecords } from "../../application/commands/store-view.ts";
import type { CampaignRecord, KeyedItem } from "../../application/ports/campaign-table.ts";
import { campaignId, isCampaignId, isNumericId, type StoreId, storeId } from "../../domain/identifiers.ts";
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
const MOST_STORES_NAMED = 3;

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

/**
 * @param where whether the store's other records count, or only those given: then no Doorman is asked.
 * @returns for each record that is about to be put what can be known of it at once, a line each, in the same order.
 */
export async function foretoldOf(
  job: Job,
  items: readonly KeyedItem[],
  where: "in the store" | "by themselves",
): Promise<readonly (readonly string[])[]> {
  const views = new Map<string, StoreView>();
  const told: (readonly string[])[] = [];
  for (const { storeId: store, campaignId: id } of items) {
    if (!isNumericId(store) || !isCampaignId(id)) {
      told.push([]);
      continue;
    }
    const changes = items.map((item) => ({ storeId: item.storeId, campaignId: item.campaignId, item }));
    const view = views.get(store) ?? (await viewWith(job, changes, storeId(store), where));
    views.set(store, view);
    const { problems, warnings } = await foretell(view, campaignId(id), job.now);
    const alone = where === "in the store" ? "" : "as far as these files tell: ";
    told.push([...(await unknownStore(job, view, where)), ...problems.map((problem) => `${alone}${problem}`), ...warnings]);
  }
  return told;
}

async function viewWith(job: Job, changes: readonly Change[], store: StoreId, where: "in the store" | "by themselves"): Promise<StoreView> {
  if (where === "by themselves") return viewOfRecords(unseenStore(store, job.zone), withChanges([], changes, store), job.now);
  return viewOfRecords(await knownOf(job, store), withChanges(await recordsOf(job, store), changes, store), job.now);
}

/** A store that was never reached, where others were, is often a wrong number. */
async function unknownStore(job: Job, { storeId: store, store: state }: StoreView, where: string): Promise<readonly string[]> {
  const workings = where === "in the store" ? job.place().workings : undefined;
  if (workings === undefined || state?.profileReadAt !== undefined) return [];
  const others: string[] = [];
  for await (const other of workings.state.stores()) {
    if (other !== store && (await workings.state.readStore(other)).profileReadAt !== undefined) others.push(other);
    if (others.length === MOST_STORES_NAMED) break;
  }
  if (others.length === 0) return [];
  return [`Doorman has not reached store ${store} so far: is the number right, and does it have its token? It knows ${others.join(", ")}`];
}

function withChanges(records: readonly CampaignRecord[], changes: readonly Change[], store: string): readonly CampaignRecord[] {
  const ofStore = changes.filter((change) => change.storeId === store);
  const untouched = records.filter(({ campaignId }) => !ofStore.some((change) => change.campaignId === campaignId));
  const put = ofStore.flatMap(({ campaignId, item }) => (item === undefined ? [] : [{ storeId: store, campaignId, item }]));
  return [...untouched, ...put];
}
