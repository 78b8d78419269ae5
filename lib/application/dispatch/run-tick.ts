import type { StoreId, TargetKey } from "../../domain/identifiers.ts";
import { type Instant, MINUTE, plus, SECOND, startOfMinute } from "../../domain/instant.ts";
import { MOST_TARGETS_IN_A_MESSAGE } from "../messages/store-message.ts";
import type { Clock } from "../ports/clock.ts";
import type { Dispatcher } from "../ports/dispatcher.ts";
import type { DueTarget, StateTable } from "../ports/state-table.ts";
import type { Telemetry } from "../ports/telemetry.ts";

export interface TickDependencies {
  readonly clock: Clock;
  readonly state: Pick<StateTable, "due">;
  readonly dispatcher: Dispatcher;
  readonly telemetry: Telemetry;
}

/** A store's message goes out this long before its instant: time to read the state and the token, and to be there when it comes. */
const RELEASE_BEFORE_MS = 3 * SECOND;

interface Release {
  readonly storeId: StoreId;
  readonly instant: Instant;
  readonly targets: readonly TargetKey[];
}

/**
 * Sorts what is due into messages: one store, one instant, at most 50 targets in order. What is overdue goes under the tick's own minute,
 * so that two ticks of one minute make the same messages, and the queue drops the second.
 */
export function releasesOf(due: readonly DueTarget[], asOf: Instant): readonly Release[] {
  const minute = startOfMinute(asOf);
  const groups = new Map<string, { readonly storeId: StoreId; readonly instant: Instant; readonly targets: Set<TargetKey> }>();
  for (const { storeId, target, dueAt } of due) {
    const instant = dueAt < minute ? minute : dueAt;
    const key = `${storeId} ${instant}`;
    const group = groups.get(key) ?? { storeId, instant, targets: new Set<TargetKey>() };
    group.targets.add(target);
    groups.set(key, group);
  }
  const releases: Release[] = [];
  for (const { storeId, instant, targets } of groups.values()) {
    const sorted = [...targets].toSorted();
    for (let first = 0; first < sorted.length; first += MOST_TARGETS_IN_A_MESSAGE) {
      releases.push({ storeId, instant, targets: sorted.slice(first, first + MOST_TARGETS_IN_A_MESSAGE) });
    }
  }
  return releases.toSorted((one, other) => one.instant - other.instant);
}

/**
 * One tick. EventBridge runs a rule anywhere inside its minute, so the next tick may come as late as the end of the next minute: this one
 * therefore answers for everything that falls due before then. It waits only if something does.
 *
 * @param deadline when the tick itself has to be done; what is released only later than that is left to the next tick.
 */
export async function runTick({ clock, state, dispatcher, telemetry }: TickDependencies, deadline: Instant): Promise<void> {
  const asOf = clock.now();
  const horizon = plus(startOfMinute(asOf), 2 * MINUTE);
  const due: DueTarget[] = [];
  for await (const entry of state.due(plus(horizon, -1))) due.push(entry);
  let released = 0;
  const failures: unknown[] = [];
  for (const { storeId, instant, targets } of releasesOf(due, asOf)) {
    const releaseAt = plus(instant, -RELEASE_BEFORE_MS);
    if (releaseAt >= deadline) break;
    await clock.sleepUntil(releaseAt);
    try {
      await dispatcher.send({ kind: "switch", storeId, instant, targets, relay: 0 });
      released += 1;
    } catch (error) {
      // The stores behind it must not wait for it; the next tick sends it again.
      failures.push(error);
    }
  }
  telemetry.emit({ kind: "tick-completed", asOf, due: due.length, released });
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} of the tick's messages could not be sent`);
}
