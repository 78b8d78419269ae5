import { type KnownOutlook, outlooksOf } from "../../application/commands/outlooks.ts";
import { type StoreView, unseenStore, viewOfRecords, viewOfState } from "../../application/commands/store-view.ts";
import type { CampaignRecord } from "../../application/ports/campaign-table.ts";
import { isNumericId, type StoreId, storeId } from "../../domain/identifiers.ts";
import type { Instant } from "../../domain/instant.ts";
import type { Job } from "./job.ts";

/** @returns the records of one store, or of all. */
export async function recordsOf(job: Job, store: StoreId | undefined): Promise<readonly CampaignRecord[]> {
  const records: CampaignRecord[] = [];
  for await (const record of job.place().campaigns.all(store)) records.push(record);
  return records.toSorted((one, other) => compare(one.storeId, other.storeId) || compare(one.campaignId, other.campaignId));
}

/** @returns the stores that a command is about: the one named, or all that have a record or that Doorman knows. */
export async function storesOf(job: Job): Promise<readonly StoreId[]> {
  if (job.storeId !== undefined) return [job.storeId];
  const stores = new Set((await recordsOf(job, undefined)).map((record) => record.storeId).filter(isNumericId));
  const { workings } = job.place();
  if (workings !== undefined) for await (const store of workings.state.stores()) stores.add(store);
  return [...stores].toSorted(compare).map(storeId);
}

/** @returns each store as it runs or, in a folder, as it would run. */
export async function viewsOf(job: Job): Promise<readonly StoreView[]> {
  if (job.place().workings === undefined) return viewsOfFolder(job);
  const views: StoreView[] = [];
  for (const store of await storesOf(job)) views.push(await viewOf(job, store));
  return views;
}

/** The folder is read once, however many stores there are. */
async function viewsOfFolder(job: Job): Promise<readonly StoreView[]> {
  const records = await recordsOf(job, job.storeId);
  const stores = job.storeId === undefined ? [...new Set(records.map((record) => record.storeId))].filter(isNumericId) : [job.storeId];
  return stores
    .toSorted(compare)
    .map(storeId)
    .map((store) => {
      const ofStore = records.filter((record) => record.storeId === store);
      return inFolder(viewOfRecords(unseenStore(store, job.zone), ofStore, job.now));
    });
}

/** Nobody asks Ecwid for a zone there. */
const NO_ZONE = { path: "timeZone", message: 'no time zone: add for example "timeZone": "Europe/Berlin", or give --zone Europe/Berlin' };

function inFolder(view: StoreView): StoreView {
  return { ...view, copies: view.copies.map((copy) => (copy.waitsForZone ? { ...copy, problems: [NO_ZONE] } : copy)) };
}

/** @returns one store as it runs or, in a folder, as it would run. */
export async function viewOf(job: Job, store: StoreId): Promise<StoreView> {
  const known = await knownOf(job, store);
  return job.place().workings === undefined ? inFolder(viewOfRecords(known, await recordsOf(job, store), job.now)) : known;
}

/** @returns what Doorman knows of a store; with the zone that was named on the command line where it knows none. */
export async function knownOf(job: Job, store: StoreId): Promise<StoreView> {
  const { workings } = job.place();
  if (workings === undefined) return unseenStore(store, job.zone);
  const view = await viewOfState(workings.state, store);
  return { ...view, timeZone: view.timeZone ?? job.zone };
}

/**
 * @param from now, or the past instant that is asked about: then nothing that is held today counts.
 * @returns the outlook of every target of every store that the command is about.
 */
export function outlooksFrom(job: Job, views: readonly StoreView[], from: Instant): readonly KnownOutlook[] {
  return views.flatMap((view) => outlooksOf(view, from, from < job.now ? "none" : "as held"));
}

function compare(one: string, other: string): number {
  return one === other ? 0 : one < other ? -1 : 1;
}
