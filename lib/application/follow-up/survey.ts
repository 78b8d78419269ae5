import type { StoreId } from "../../domain/identifiers.ts";
import { type Instant, plus } from "../../domain/instant.ts";
import type { AlarmKind } from "../alarms/alarm-kinds.ts";
import { viewOfState } from "../commands/store-view.ts";
import type { Clock } from "../ports/clock.ts";
import type { History } from "../ports/history.ts";
import type { StateTable } from "../ports/state-table.ts";
import { isWrong, type StoreFindings, type Survey } from "./findings.ts";
import { isOutage, OUTAGE_AHEAD_MS, storeFindings } from "./store-findings.ts";

export interface SurveyDependencies {
  readonly clock: Clock;
  readonly state: StateTable;
  readonly history: History;
}

/** So many stores at a time: each waits for the table most of the time. */
const AT_ONCE = 8;
/** More than these are not read, however much time there is: each costs five reads. */
const MOST_STORES = 5_000;
/** So many with something behind the alarm are kept whole; of the rest only their number. */
const MOST_KEPT = 100;
const MOST_DUE = 20_000;

/** The stores with something due in the coming hours or overdue, the most urgent first. */
async function storesDue(state: StateTable, now: Instant): Promise<readonly StoreId[]> {
  const first = new Map<StoreId, Instant>();
  let read = 0;
  for await (const { storeId, dueAt } of state.due(plus(now, OUTAGE_AHEAD_MS))) {
    const known = first.get(storeId);
    if (known === undefined || dueAt < known) first.set(storeId, dueAt);
    read += 1;
    if (read >= MOST_DUE) break;
  }
  return [...first].toSorted(([, one], [, other]) => one - other).map(([storeId]) => storeId);
}

interface Source {
  readonly stores: AsyncIterable<StoreId> | readonly StoreId[];
  readonly isIndexUnread: boolean;
}

async function storesFor(state: StateTable, kind: AlarmKind, now: Instant): Promise<Source> {
  if (!isOutage(kind)) return { stores: state.stores(), isIndexUnread: false };
  try {
    return { stores: await storesDue(state, now), isIndexUnread: false };
  } catch {
    // The index has a throughput of its own: where it cannot be read, the table may be.
    return { stores: state.stores(), isIndexUnread: true };
  }
}

async function stoppedIn(state: StateTable): Promise<Survey["stopped"]> {
  try {
    return (await state.readSystem()).stopped;
  } catch {
    return undefined;
  }
}

function hasWrong({ targets }: StoreFindings): boolean {
  return targets.some(isWrong);
}

/** Keeps the stores where customers get something wrong, and of the others as many as there is room for. */
function kept(found: readonly StoreFindings[]): readonly StoreFindings[] {
  return found
    .toSorted((one, other) => Number(hasWrong(other)) - Number(hasWrong(one)) || (one.storeId < other.storeId ? -1 : 1))
    .slice(0, MOST_KEPT);
}

/**
 * Looks for what is behind an alarm: for one about stores through all of them, for one about everything through those with something due.
 * It only reads. A store that cannot be read hides no other.
 *
 * @param since what happened before then is not this incident's.
 * @param deadline where time runs out, what was found so far is told, and that it is not all.
 */
export async function survey(dependencies: SurveyDependencies, kind: AlarmKind, since: Instant, deadline: Instant): Promise<Survey> {
  const { clock, state, history } = dependencies;
  const now = clock.now();
  const tally = { stores: 0, targets: 0, looked: 0, unread: 0 };
  let found: readonly StoreFindings[] = [];
  let cut: Survey["cut"];
  const look = async (storeId: StoreId) => {
    try {
      const findings = await storeFindings(history, { kind, view: await viewOfState(state, storeId), since, now });
      if (findings === undefined) return;
      tally.stores += 1;
      tally.targets += findings.targets.length;
      found = kept([...found, findings]);
    } catch {
      tally.unread += 1;
    }
  };
  const underWay = new Set<Promise<void>>();
  const { stores, isIndexUnread } = await storesFor(state, kind, now);
  const stopped = await stoppedIn(state);
  try {
    for await (const storeId of stores) {
      if (clock.now() >= deadline) cut = "time";
      else if (tally.looked >= MOST_STORES) cut = "many";
      if (cut !== undefined) break;
      tally.looked += 1;
      const work: Promise<void> = look(storeId).finally(() => underWay.delete(work));
      underWay.add(work);
      if (underWay.size >= AT_ONCE) await Promise.race(underWay);
    }
  } catch {
    cut = "unreadable";
  }
  await Promise.all(underWay);
  const { looked, unread } = tally;
  return { stores: found, storeCount: tally.stores, targetCount: tally.targets, looked, unread, cut, isIndexUnread, stopped };
}
