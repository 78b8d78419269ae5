import { isNumericId, type StoreId, storeId } from "../../domain/identifiers.ts";
import { DAY, type Instant, plus } from "../../domain/instant.ts";
import { isOpen } from "../../domain/ledger/ledger.ts";
import { compileCampaign } from "../compile/compile-campaign.ts";
import type { CompileDependencies } from "../compile/dependencies.ts";
import type { StoreState } from "../ports/state-table.ts";
import { unwatchedTargets } from "./unwatched-targets.ts";

export type SweepDependencies = CompileDependencies;

/** A store's zone is read anew this often. */
const ZONE_KEPT_MS = DAY;

/** What compile missed: every record is compared with its copy by fingerprint, and compiled if they differ. */
async function sweepRecords(
  dependencies: SweepDependencies,
): Promise<{ readonly records: number; readonly recompiled: number; readonly stores: ReadonlySet<StoreId> }> {
  const stores = new Set<StoreId>();
  let records = 0;
  let recompiled = 0;
  for await (const record of dependencies.campaigns.all()) {
    records += 1;
    if (isNumericId(record.storeId)) stores.add(storeId(record.storeId));
    if (await compileCampaign(dependencies, record)) recompiled += 1;
  }
  return { records, recompiled, stores };
}

/** Copies whose record is gone: compiling them again takes their layers away. */
async function sweepOrphans(dependencies: SweepDependencies, store: StoreId): Promise<number> {
  let removed = 0;
  for (const { campaignId } of await dependencies.state.campaignsOf(store)) {
    if ((await dependencies.campaigns.get(store, campaignId)) !== undefined) continue;
    if (await compileCampaign(dependencies, { storeId: store, campaignId })) removed += 1;
  }
  return removed;
}

function lookReason(store: StoreState, holds: boolean, now: Instant): string | undefined {
  if (store.deadToken !== undefined || store.pause !== undefined) return "the store is not being called; perhaps the cause is gone";
  if (store.pausedKinds.coupon !== undefined || store.pausedKinds.promotion !== undefined)
    return "some targets are paused; perhaps the cause is gone";
  if (holds) return "values that Doorman holds are compared with Ecwid once an hour";
  if (store.profileReadAt === undefined || store.profileReadAt < plus(now, -ZONE_KEPT_MS))
    return "the store's time zone is read once a day";
  return undefined;
}

/** Asks for a look at a store that needs one, and makes targets due that have fallen out of the index. @returns whether a look was asked for. */
async function sweepStore(dependencies: SweepDependencies, store: StoreId): Promise<boolean> {
  const { state, clock, dispatcher } = dependencies;
  const now = clock.now();
  const [known, targets] = await Promise.all([state.readStore(store), state.targetsOf(store)]);
  const isClosed = known.deadToken !== undefined || known.pause !== undefined;
  if (!isClosed) {
    for (const target of await unwatchedTargets(state, store, targets, known, now)) await state.makeDue(store, target, now);
  }
  const because = lookReason(
    known,
    targets.some(({ ledger, block }) => isOpen(ledger) || block !== undefined),
    now,
  );
  if (because !== undefined) await dispatcher.send({ kind: "look", storeId: store, instant: now, because });
  return because !== undefined;
}

/**
 * The hourly safety net: records that compile missed, copies whose record is gone, targets that fell out of the due index, and looks at
 * stores where Doorman holds something, whose zone is old, or whose trouble may be over. It never calls Ecwid itself.
 */
export async function runSweep(dependencies: SweepDependencies): Promise<void> {
  const { state, clock, telemetry } = dependencies;
  const asOf = clock.now();
  const swept = await sweepRecords(dependencies);
  const stores = new Set<StoreId>(swept.stores);
  for await (const store of state.stores()) stores.add(store);
  let removed = 0;
  let looks = 0;
  for (const store of stores) {
    removed += await sweepOrphans(dependencies, store);
    if (await sweepStore(dependencies, store)) looks += 1;
  }
  telemetry.emit({ kind: "sweep-completed", asOf, records: swept.records, recompiled: swept.recompiled + removed, looks });
}
