import {
  isCampaignId,
  nameInCalendarRecordId,
  campaignId as parsedCampaignId,
  type StoreId,
  type TargetKey,
} from "../../domain/identifiers.ts";
import { DAY, type Instant, plus } from "../../domain/instant.ts";
import { isOpen } from "../../domain/ledger/ledger.ts";
import { dueChecks } from "../check/due-checks.ts";
import { compileCalendar } from "../compile/compile-calendar.ts";
import { compileCampaign } from "../compile/compile-campaign.ts";
import { fingerprintOf } from "../compile/compile-copy.ts";
import { compileRecord } from "../compile/compile-record.ts";
import type { CompileDependencies } from "../compile/dependencies.ts";
import type { CampaignRecord } from "../ports/campaign-table.ts";
import type { CampaignCopy, StoreContents, StoreState, TargetState } from "../ports/state-table.ts";
import type { Standing } from "../ports/telemetry.ts";
import { statusOf, writeStatusIfChanged } from "../status/write-status.ts";
import { standingOf } from "./standing.ts";
import { strayLayers } from "./stray-layers.ts";
import { unwatchedTargets } from "./unwatched-targets.ts";

export type SweepDependencies = CompileDependencies;

/** Runs one piece of the sweep; a failure is kept for the end, so that it stops no other piece. */
export type Attempt = <Answer>(piece: () => Promise<Answer>) => Promise<Answer | undefined>;

/** What sweeping one store came to. */
export interface SweptStore {
  /** Records compiled anew, and copies without a record taken away. */
  readonly recompiled: number;
  readonly looked: boolean;
  readonly standing: Standing;
}

type KnownTarget = TargetState & { readonly target: TargetKey };

/** A store's zone is read anew this often. */
const ZONE_KEPT_MS = DAY;

/** What compile missed: every record is compared with its copy by fingerprint, and compiled if they differ; the compile itself reads both again. */
async function sweepRecords(
  dependencies: SweepDependencies,
  store: StoreId,
  contents: StoreContents,
  records: readonly CampaignRecord[],
  attempt: Attempt,
): Promise<number> {
  const { campaigns, clock, fingerprint } = dependencies;
  const { store: known, calendars, targets } = contents;
  const byId = new Map<string, CampaignCopy>(contents.campaigns.map((copy) => [copy.campaignId, copy]));
  let recompiled = 0;
  for (const record of records) {
    const copy = byId.get(record.campaignId);
    const input = { item: record.item, storeTimeZone: known.timeZone, calendars, fingerprint };
    if (copy === undefined || !isCampaignId(record.campaignId) || copy.fingerprint !== fingerprintOf(input)) {
      if (await attempt(() => compileRecord(dependencies, record))) recompiled += 1;
      continue;
    }
    const place = { storeId: store, campaignId: parsedCampaignId(record.campaignId) };
    const status = statusOf(copy, place.campaignId, targets, clock.now(), known);
    await attempt(() => writeStatusIfChanged(campaigns, place, record, status));
  }
  return recompiled;
}

/** Copies whose record is gone: compiling them again takes their layers away. */
async function sweepOrphans(
  dependencies: SweepDependencies,
  store: StoreId,
  contents: StoreContents,
  records: readonly CampaignRecord[],
): Promise<number> {
  const { campaigns } = dependencies;
  const present = new Set(records.map(({ campaignId }) => campaignId));
  const names = new Set(records.map(({ campaignId }) => nameInCalendarRecordId(campaignId)));
  let removed = 0;
  for (const { campaignId } of contents.campaigns) {
    // The records may be a part of the store's only: the table itself has the last word.
    if (present.has(campaignId) || (await campaigns.get(store, campaignId)) !== undefined) continue;
    if (await compileCampaign(dependencies, { storeId: store, campaignId })) removed += 1;
  }
  for (const { name } of contents.calendars) {
    if (!names.has(name) && (await compileCalendar(dependencies, { storeId: store, name }))) removed += 1;
  }
  return removed;
}

function needsComparing({ ledger, block, shadow }: TargetState): boolean {
  // A block without another look is left alone until a boundary.
  return block === undefined ? isOpen(ledger) || shadow !== undefined : block.lookAgainAt !== undefined;
}

function lookReason(store: StoreState, targets: readonly KnownTarget[], copies: readonly CampaignCopy[], now: Instant): string | undefined {
  const isClosed = store.deadToken !== undefined || store.pause !== undefined || store.noAccess !== undefined;
  if (isClosed) return "the store is not being called; perhaps the cause is gone";
  if (store.pausedKinds.coupon !== undefined || store.pausedKinds.promotion !== undefined) {
    return "some targets are paused; perhaps the cause is gone";
  }
  if (targets.some(needsComparing)) return "values that Doorman holds are compared with Ecwid once an hour";
  if (dueChecks(copies, targets, now).size > 0) return "windows are near, or what was saved has not been looked at yet";
  if (copies.some(({ waitsForZone }) => waitsForZone)) return "a campaign waits for the store's time zone";
  if (store.profileReadAt === undefined || store.profileReadAt < plus(now, -ZONE_KEPT_MS))
    return "the store's time zone is read once a day";
  return undefined;
}

/** Layers that no copy answers for. What was read in one go may show a compile's layers without its copy, so those copies are read again. */
async function sweepStrays(dependencies: SweepDependencies, store: StoreId, { layers, campaigns }: StoreContents): Promise<void> {
  if (strayLayers(layers, campaigns).size === 0) return;
  const copies = await dependencies.state.campaignsOf(store);
  for (const [campaignId, strays] of strayLayers(layers, copies))
    await compileCampaign(dependencies, { storeId: store, campaignId }, strays);
}

/**
 * One store: records that compile missed, copies without a record, layers without a copy, targets that fell out of the due index, and a look
 * if it needs one.
 *
 * @param records the store's, as many as were come upon; none for a store that is in the state table alone.
 */
export async function sweepStore(
  dependencies: SweepDependencies,
  store: StoreId,
  records: readonly CampaignRecord[],
  attempt: Attempt,
): Promise<SweptStore> {
  const { state, clock, dispatcher } = dependencies;
  const found = await state.contentsOf(store);
  const compiled = await sweepRecords(dependencies, store, found, records, attempt);
  const removed = await sweepOrphans(dependencies, store, found, records);
  // In most hours nothing was, and what was read still holds.
  const contents = compiled + removed === 0 ? found : await state.contentsOf(store);
  const { store: known, targets, layers, campaigns: copies } = contents;
  const now = clock.now();
  await sweepStrays(dependencies, store, contents);
  const isClosed = known.deadToken !== undefined || known.pause !== undefined;
  const unwatched = isClosed ? [] : unwatchedTargets(targets, layers, known, now);
  for (const target of unwatched) await state.makeDue(store, target, now);
  const because = lookReason(known, targets, copies, now);
  if (because !== undefined) await dispatcher.send({ kind: "look", storeId: store, instant: now, because, relay: 0 });
  const standing = standingOf(contents, now);
  return { recompiled: compiled + removed, looked: because !== undefined, standing };
}
