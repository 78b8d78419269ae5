import type { CampaignId, StoreId, TargetKey } from "../../domain/identifiers.ts";
import { isNumericId, storeId } from "../../domain/identifiers.ts";
import { DAY, type Instant, plus } from "../../domain/instant.ts";
import { isOpen } from "../../domain/ledger/ledger.ts";
import { dueChecks } from "../check/due-checks.ts";
import { compileCalendar } from "../compile/compile-calendar.ts";
import { compileCampaign } from "../compile/compile-campaign.ts";
import { compileRecord } from "../compile/compile-record.ts";
import type { CompileDependencies } from "../compile/dependencies.ts";
import type { CampaignCopy, StoreState, TargetState } from "../ports/state-table.ts";
import { removeStrayLayers } from "./stray-layers.ts";
import { unwatchedTargets } from "./unwatched-targets.ts";

export type SweepDependencies = CompileDependencies;

/** A store's zone is read anew this often. */
const ZONE_KEPT_MS = DAY;

/** Runs one piece of the sweep; a failure is kept for the end, so that it stops no other piece. */
type Attempt = <Answer>(piece: () => Promise<Answer>) => Promise<Answer | undefined>;

function collecting(failures: unknown[]): Attempt {
  return async (piece) => {
    try {
      return await piece();
    } catch (error) {
      failures.push(error);
      return undefined;
    }
  };
}

/** What compile missed: every record is compared with its copy by fingerprint, and compiled if they differ. */
async function sweepRecords(dependencies: SweepDependencies, attempt: Attempt) {
  const stores = new Set<StoreId>();
  let records = 0;
  let recompiled = 0;
  for await (const record of dependencies.campaigns.all()) {
    records += 1;
    if (isNumericId(record.storeId)) stores.add(storeId(record.storeId));
    if (await attempt(() => compileRecord(dependencies, record))) recompiled += 1;
  }
  return { records, recompiled, stores };
}

/** Copies whose record is gone: compiling them again takes their layers away. */
async function sweepOrphans(
  dependencies: SweepDependencies,
  store: StoreId,
  copies: readonly { readonly campaignId: CampaignId }[],
): Promise<number> {
  let removed = 0;
  for (const { campaignId } of copies) {
    if ((await dependencies.campaigns.get(store, campaignId)) !== undefined) continue;
    if (await compileCampaign(dependencies, { storeId: store, campaignId })) removed += 1;
  }
  for (const { name } of await dependencies.state.calendarsOf(store)) {
    if (await compileCalendar(dependencies, { storeId: store, name })) removed += 1;
  }
  return removed;
}

function needsComparing({ ledger, block }: TargetState): boolean {
  // A block without another look is left alone until a boundary.
  return block === undefined ? isOpen(ledger) : block.lookAgainAt !== undefined;
}

type KnownTarget = TargetState & { readonly target: TargetKey };

function lookReason(store: StoreState, targets: readonly KnownTarget[], copies: readonly CampaignCopy[], now: Instant): string | undefined {
  const isClosed = store.deadToken !== undefined || store.pause !== undefined || store.noAccess !== undefined;
  if (isClosed) return "the store is not being called; perhaps the cause is gone";
  if (store.pausedKinds.coupon !== undefined || store.pausedKinds.promotion !== undefined) {
    return "some targets are paused; perhaps the cause is gone";
  }
  if (targets.some(needsComparing)) return "values that Doorman holds are compared with Ecwid once an hour";
  if (dueChecks(copies, targets, now).size > 0) return "windows are near, or what was saved has not been looked at yet";
  if (store.profileReadAt === undefined || store.profileReadAt < plus(now, -ZONE_KEPT_MS))
    return "the store's time zone is read once a day";
  return undefined;
}

/** One store: copies without a record, layers without a copy, targets that fell out of the index, and a look if it needs one. */
async function sweepStore(
  dependencies: SweepDependencies,
  store: StoreId,
): Promise<{ readonly removed: number; readonly looked: boolean }> {
  const { state, clock, dispatcher } = dependencies;
  const removed = await sweepOrphans(dependencies, store, await state.campaignsOf(store));
  const [known, targets, copies] = await Promise.all([state.readStore(store), state.targetsOf(store), state.campaignsOf(store)]);
  const now = clock.now();
  await removeStrayLayers(state, store, targets, copies, now);
  const isClosed = known.deadToken !== undefined || known.pause !== undefined;
  if (!isClosed) {
    for (const target of await unwatchedTargets(state, store, targets, known, now)) await state.makeDue(store, target, now);
  }
  const because = lookReason(known, targets, copies, now);
  if (because !== undefined) await dispatcher.send({ kind: "look", storeId: store, instant: now, because, relay: 0 });
  return { removed, looked: because !== undefined };
}

/**
 * The hourly safety net: records that compile missed, copies whose record is gone, layers whose copy is gone, targets that fell out of the
 * due index, and looks at stores where Doorman holds something, whose windows are near (pre-flight), whose zone is old, or whose trouble
 * may be over. It never calls Ecwid itself. One broken item or store stops no other.
 *
 * @throws AggregateError at the end, with whatever failed on the way.
 */
export async function runSweep(dependencies: SweepDependencies): Promise<void> {
  const { state, clock, telemetry } = dependencies;
  const asOf = clock.now();
  const failures: unknown[] = [];
  const attempt = collecting(failures);
  const swept = await sweepRecords(dependencies, attempt);
  const stores = new Set<StoreId>(swept.stores);
  for await (const store of state.stores()) stores.add(store);
  let removed = 0;
  let looks = 0;
  for (const store of stores) {
    const done = await attempt(() => sweepStore(dependencies, store));
    removed += done?.removed ?? 0;
    if (done?.looked) looks += 1;
  }
  telemetry.emit({ kind: "sweep-completed", asOf, records: swept.records, recompiled: swept.recompiled + removed, looks });
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} pieces of the sweep failed; the rest is done`);
}
