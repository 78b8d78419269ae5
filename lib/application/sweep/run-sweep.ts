import { isNumericId, type StoreId, storeId } from "../../domain/identifiers.ts";
import { type Instant, MINUTE, plus } from "../../domain/instant.ts";
import { compileRecord } from "../compile/compile-record.ts";
import type { CampaignRecord } from "../ports/campaign-table.ts";
import type { SweepPlace } from "../ports/state-table.ts";
import type { Standing } from "../ports/telemetry.ts";
import { NOTHING_STANDS, together } from "./standing.ts";
import { keepSweepPlace } from "./sweep-place.ts";
import { type Attempt, type SweepDependencies, sweepStore } from "./sweep-store.ts";

export type { SweepDependencies } from "./sweep-store.ts";

/** Nothing is begun with less than this left: a store with hundreds of campaigns at its slowest. */
const ONE_STORE_MS = MINUTE;
/** So many stores at a time: each waits for the table most of the time. */
const AT_ONCE = 8;

interface Group {
  readonly phase: SweepPlace["phase"];
  readonly store: StoreId;
  readonly records: readonly CampaignRecord[];
}

interface Tally {
  records: number;
  recompiled: number;
  looks: number;
  standing: Standing;
  readonly failures: unknown[];
}

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

/** The records of each store together, as far as they stand together in the table; those under a bad store id are compiled, which tells of them. */
async function* groupsOfRecords(dependencies: SweepDependencies, seen: Set<StoreId>, attempt: Attempt): AsyncGenerator<Group> {
  let group: { readonly store: StoreId; readonly records: CampaignRecord[] } | undefined;
  for await (const record of dependencies.campaigns.all()) {
    if (!isNumericId(record.storeId)) {
      await attempt(() => compileRecord(dependencies, record));
      continue;
    }
    const store = storeId(record.storeId);
    if (group !== undefined && group.store !== store) yield { phase: "records", ...group };
    if (group?.store !== store) group = { store, records: [] };
    group.records.push(record);
    seen.add(store);
  }
  if (group !== undefined) yield { phase: "records", ...group };
}

/** First every store with records, then those that are in the state table alone. */
async function* groups(dependencies: SweepDependencies, attempt: Attempt): AsyncGenerator<Group> {
  const seen = new Set<StoreId>();
  yield* groupsOfRecords(dependencies, seen, attempt);
  for await (const store of dependencies.state.stores()) {
    if (!seen.has(store)) yield { phase: "stores", store, records: [] };
  }
}

/** Goes on after `place`. If that store is gone, the tables have been passed in vain, and the next sweep begins at the front. */
async function* after(place: SweepPlace | undefined, all: AsyncGenerator<Group>): AsyncGenerator<Group> {
  let isReached = place === undefined;
  for await (const group of all) {
    if (isReached) yield group;
    else isReached = group.phase === place?.phase && group.store === place.store;
  }
}

async function sweepGroup(dependencies: SweepDependencies, { store, records }: Group, attempt: Attempt, tally: Tally): Promise<void> {
  const done = await attempt(() => sweepStore(dependencies, store, records, attempt));
  tally.records += records.length;
  tally.recompiled += done?.recompiled ?? 0;
  if (done?.looked) tally.looks += 1;
  tally.standing = together(tally.standing, done?.standing ?? NOTHING_STANDS);
}

/** @returns whether time sufficed for all; where it did not, the last store that was begun, by this sweep or one before. */
async function sweepAll(
  dependencies: SweepDependencies,
  place: SweepPlace | undefined,
  deadline: Instant,
  tally: Tally,
): Promise<{ readonly isComplete: boolean; readonly reached: SweepPlace | undefined }> {
  const attempt = collecting(tally.failures);
  const underWay = new Set<Promise<void>>();
  let last = place;
  let isOut = false;
  for await (const group of after(place, groups(dependencies, attempt))) {
    isOut = plus(dependencies.clock.now(), ONE_STORE_MS) > deadline;
    if (isOut) break;
    const work: Promise<void> = sweepGroup(dependencies, group, attempt, tally).finally(() => underWay.delete(work));
    underWay.add(work);
    last = { phase: group.phase, store: group.store };
    if (underWay.size >= AT_ONCE) await Promise.race(underWay);
  }
  await Promise.all(underWay);
  return { isComplete: !isOut, reached: isOut ? last : undefined };
}

/**
 * The hourly safety net: records that compile missed, copies whose record is gone, layers whose copy is gone, targets that fell out of the
 * due index, and looks at stores where Doorman holds something, whose windows are near (pre-flight), whose zone is old, or whose trouble
 * may be over. It never calls Ecwid itself, and while Doorman is stopped it does nothing. One broken item or store stops no other. Where time runs out it keeps its place, and the next sweep
 * goes on from there.
 *
 * @param deadline when the sweep itself has to be done.
 * @throws AggregateError at the end, with whatever failed on the way.
 */
export async function runSweep(dependencies: SweepDependencies, deadline: Instant): Promise<void> {
  const { clock, telemetry, state } = dependencies;
  const asOf = clock.now();
  const tally: Tally = { records: 0, recompiled: 0, looks: 0, standing: NOTHING_STANDS, failures: [] };
  const { stopped, sweptUpTo: place } = await state.readSystem();
  const { isComplete, reached } =
    stopped === undefined ? await sweepAll(dependencies, place, deadline, tally) : { isComplete: place === undefined, reached: place };
  await keepSweepPlace(state, reached);
  const { failures, standing, ...counts } = tally;
  const seen = stopped === undefined ? { standing } : {};
  telemetry.emit({ kind: "sweep-completed", asOf, ...counts, ...seen, isComplete });
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} pieces of the sweep failed; the rest is done`);
}
