import { asksOf, layerOf } from "../../domain/campaign/campaign.ts";
import {
  type CampaignId,
  campaignId,
  isCampaignId,
  isNumericId,
  type StoreId,
  storeId,
  type TargetKey,
  targetKey,
} from "../../domain/identifiers.ts";
import type { Instant } from "../../domain/instant.ts";
import { dueChecks } from "../check/due-checks.ts";
import { sendSwitches } from "../messages/send-switches.ts";
import type { CampaignRecord } from "../ports/campaign-table.ts";
import type { CampaignCopy, StoreState, Version } from "../ports/state-table.ts";
import { withStandingOverlaps } from "../status/standing-overlaps.ts";
import { statusOf, writeStatusIfChanged } from "../status/write-status.ts";
import { compileCopy, fingerprintOf } from "./compile-copy.ts";
import type { CompileDependencies } from "./dependencies.ts";
import { withSaveWarnings } from "./save-warnings.ts";

interface Place {
  readonly storeId: StoreId;
  readonly campaignId: CampaignId;
}

/** What a round of a compile did. One that lost to somebody else may have laid layers, which the next round has to take up. */
type Round = { readonly kind: "done" | "unchanged" } | { readonly kind: "lost"; readonly touched: readonly TargetKey[] };

const DONE: Round = { kind: "done" };

/** So often a compile starts again because others were faster, before it leaves the rest to the next change or the sweep. */
const MOST_ROUNDS = 10;

async function makeDueAndSend(
  { state, dispatcher, clock }: CompileDependencies,
  store: StoreId,
  targets: readonly TargetKey[],
): Promise<void> {
  const now: Instant = clock.now();
  for (const target of targets) await state.makeDue(store, target, now);
  await sendSwitches(dispatcher, store, targets, now);
}

/** Lays the new version's layers, takes those of dropped targets away. */
async function writeLayers({ state }: CompileDependencies, place: Place, copy: CampaignCopy, union: readonly TargetKey[]): Promise<void> {
  const { campaign, timeZone, calendars } = copy;
  if (campaign !== undefined && timeZone !== undefined) {
    for (const { target, ask } of asksOf(campaign)) {
      await state.putLayer(place.storeId, targetKey(target), layerOf(campaign, ask, timeZone, calendars));
    }
  }
  for (const target of union) {
    if (!copy.targets.includes(target)) await state.removeLayer(place.storeId, target, place.campaignId);
  }
}

/**
 * The order of design 3: the copy with the union of old and new targets, the layers, everything of the union due now, and only then are
 * the old targets dropped. Interrupted anywhere, a repeat finds the union and finishes.
 *
 * @param touched targets on which a lost round of this compile may have left a layer.
 */
async function install(
  dependencies: CompileDependencies,
  place: Place,
  next: CampaignCopy,
  before: (CampaignCopy & { readonly version: Version }) | undefined,
  touched: readonly TargetKey[],
): Promise<Round> {
  const { state } = dependencies;
  const union = [...new Set([...(before?.targets ?? []), ...touched, ...next.targets])].toSorted();
  const version = before?.version ?? 0;
  // Without a fingerprint the copy counts as not compiled, until everything is in place.
  const underWay = { ...next, targets: union, fingerprint: "" };
  if (!(await state.writeCampaign(place.storeId, place.campaignId, underWay, version))) return { kind: "lost", touched };
  await writeLayers(dependencies, place, next, union);
  await makeDueAndSend(dependencies, place.storeId, union);
  const isKept = await state.writeCampaign(place.storeId, place.campaignId, next, version + 1);
  return isKept ? DONE : { kind: "lost", touched: union };
}

async function removeEverything(
  dependencies: CompileDependencies,
  place: Place,
  before: (CampaignCopy & { readonly version: Version }) | undefined,
  touched: readonly TargetKey[],
): Promise<Round> {
  const { state } = dependencies;
  const union = [...new Set([...(before?.targets ?? []), ...touched])].toSorted();
  for (const target of union) await state.removeLayer(place.storeId, target, place.campaignId);
  await makeDueAndSend(dependencies, place.storeId, union);
  if (before === undefined) {
    // A compile of a record that came back meanwhile may have laid its layers before these were taken away.
    const isBack = (await state.readCampaign(place.storeId, place.campaignId)) !== undefined;
    return isBack ? { kind: "lost", touched: union } : DONE;
  }
  return (await state.removeCampaign(place.storeId, place.campaignId, before.version)) ? DONE : { kind: "lost", touched: union };
}

async function compileRound(dependencies: CompileDependencies, place: Place, touched: readonly TargetKey[]): Promise<Round> {
  const { campaigns, state, clock, fingerprint } = dependencies;
  // The copy first: the record is then at least as new as the copy whose version the writes will name.
  const before = await state.readCampaign(place.storeId, place.campaignId);
  const [record, store, calendars] = await Promise.all([
    campaigns.get(place.storeId, place.campaignId),
    state.readStore(place.storeId),
    state.calendarsOf(place.storeId),
  ]);
  if (record === undefined) {
    const isNothing = before === undefined && touched.length === 0;
    return isNothing ? { kind: "unchanged" } : removeEverything(dependencies, place, before, touched);
  }
  const input = { item: record.item, before, storeTimeZone: store.timeZone, calendars, at: clock.now(), fingerprint };
  if (touched.length === 0 && before?.fingerprint === fingerprintOf(input)) {
    await writeStatus(dependencies, place, record, before, store);
    return { kind: "unchanged" };
  }
  const next = await withSaveWarnings(state, place.storeId, compileCopy(input), clock.now());
  const round = await install(dependencies, place, next, before, touched);
  if (round.kind === "lost") return round;
  await writeStatus(dependencies, place, record, next, store);
  await tell(dependencies, place, next, store);
  return round;
}

async function writeStatus(
  { state, campaigns, clock }: CompileDependencies,
  place: Place,
  record: CampaignRecord,
  copy: CampaignCopy,
  store: StoreState,
): Promise<void> {
  const targets = await state.targetsOf(place.storeId);
  const now = clock.now();
  const told = await withStandingOverlaps(copy, now, (id) => state.readCampaign(place.storeId, id));
  await writeStatusIfChanged(campaigns, place, record, statusOf(told, place.campaignId, targets, now, store));
}

/** Only a look can tell the store's zone, and whether what Ecwid holds allows what the campaign is going to do. */
async function askForALook(
  { clock, dispatcher }: Pick<CompileDependencies, "clock" | "dispatcher">,
  { storeId: store, campaignId: id }: Place,
  copy: CampaignCopy,
  { timeZone }: StoreState,
): Promise<void> {
  const at = clock.now();
  const look = { kind: "look", storeId: store, instant: at, relay: 0, only: "unchecked" } as const;
  const saved = `campaign ${id} was saved`;
  if (timeZone === undefined) await dispatcher.send({ ...look, because: `${saved}, and the store's time zone is not known` });
  else if (dueChecks([copy], [], at).size > 0) await dispatcher.send({ ...look, because: saved });
}

async function tell(
  { clock, dispatcher, telemetry }: CompileDependencies,
  place: Place,
  copy: CampaignCopy,
  store: StoreState,
): Promise<void> {
  await askForALook({ clock, dispatcher }, place, copy, store);
  // Waiting for the answer to the question just asked is nothing to tell of yet.
  if (copy.waitsForZone && store.profileReadAt === undefined) return;
  const { state, nextSwitch, warnings } = statusOf(copy, place.campaignId, [], clock.now(), store);
  telemetry.emit({
    kind: "compiled",
    ...place,
    state,
    problems: copy.problems,
    warnings,
    nextSwitchAt: nextSwitch,
    timeZone: copy.timeZone,
  });
}

/**
 * Brings the private tables in line with one record of the campaigns table, whatever the reason to look at it: the caller's hint says
 * where, the record itself says what. It never works out boundaries and never calls Ecwid.
 *
 * @param hint the record's keys as typed.
 * @param strays targets that hold a layer of the campaign although its copy does not name them.
 * @returns whether anything changed. A record whose own keys are no good has no place to keep a copy; it is reported and left.
 */
export async function compileCampaign(
  dependencies: CompileDependencies,
  hint: { readonly storeId: string; readonly campaignId: string },
  strays: readonly TargetKey[] = [],
): Promise<boolean> {
  if (!isNumericId(hint.storeId) || !isCampaignId(hint.campaignId)) {
    const where = `campaign ${JSON.stringify(hint.campaignId)} of store ${JSON.stringify(hint.storeId)}`;
    const message =
      'a store id is a whole number such as "1003", a campaign id is letters, digits, ".", "_" and "-"; delete the record and put it under a good name';
    dependencies.telemetry.emit({ kind: "input-refused", where, message });
    return false;
  }
  const place = { storeId: storeId(hint.storeId), campaignId: campaignId(hint.campaignId) };
  let touched = strays;
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const result = await compileRound(dependencies, place, touched);
    if (result.kind !== "lost") return result.kind === "done";
    touched = result.touched;
  }
  throw new Error(`campaign ${place.campaignId} of store ${place.storeId} was written ${MOST_ROUNDS} times while it was being compiled`);
}
