import type { StoreId, TargetKey } from "../../domain/identifiers.ts";
import { type Instant, MINUTE, plus, SECOND, startOfMinute } from "../../domain/instant.ts";
import { MOST_TARGETS_IN_A_MESSAGE } from "../messages/store-message.ts";
import type { Clock } from "../ports/clock.ts";
import type { Dispatcher, StoreMessage } from "../ports/dispatcher.ts";
import type { DueLook, DueTarget, StateTable } from "../ports/state-table.ts";
import type { Telemetry } from "../ports/telemetry.ts";

export interface TickDependencies {
  readonly clock: Clock;
  readonly state: Pick<StateTable, "due">;
  readonly dispatcher: Dispatcher;
  readonly telemetry: Telemetry;
}

/** A store's message goes out this long before its instant: time to read the state and the token, and to be there when it comes. */
const RELEASE_BEFORE_MS = 3 * SECOND;

/** More messages than this for one instant are not all worked at once: AWS gives an account a thousand workers, other functions' included. */
const MOST_AT_ONCE = 500;
/** So many messages are on their way to the queue at a time; it is what the SDK has connections for. */
const SENDS_AT_ONCE = 50;

/** Where not everything of an instant is worked at once, what narrows goes first: in a store with several messages, and over all stores in a wave. */
function withPrecedence(messages: readonly StoreMessage[]): readonly StoreMessage[] {
  const ofInstant = new Map<Instant, number>();
  const ofStore = new Map<string, number>();
  const switches = messages.filter((message) => message.kind === "switch");
  for (const { instant, storeId } of switches) {
    ofInstant.set(instant, (ofInstant.get(instant) ?? 0) + 1);
    ofStore.set(`${storeId} ${instant}`, (ofStore.get(`${storeId} ${instant}`) ?? 0) + 1);
  }
  return messages.map((message) => {
    if (message.kind !== "switch") return message;
    const { instant, storeId } = message;
    const isCrowded = (ofInstant.get(instant) ?? 0) > MOST_AT_ONCE || (ofStore.get(`${storeId} ${instant}`) ?? 0) > 1;
    return isCrowded ? { ...message, narrowingFirst: true } : message;
  });
}

/**
 * Sorts what is due into messages: one store, one instant, at most 50 targets in order, and a message of its own for a look. What is overdue
 * goes under the tick's own minute, so that two ticks of one minute make the same messages, and the queue drops the second.
 *
 * @returns the messages, soonest first.
 */
export function releasesOf(due: readonly (DueTarget | DueLook)[], asOf: Instant): readonly StoreMessage[] {
  const minute = startOfMinute(asOf);
  const groups = new Map<string, { readonly storeId: StoreId; readonly instant: Instant; readonly targets: Set<TargetKey> }>();
  const messages: StoreMessage[] = [];
  for (const { storeId, target, dueAt } of due) {
    const instant = dueAt < minute ? minute : dueAt;
    if (target === undefined) {
      messages.push({ kind: "look", storeId, instant, because: "an earlier look had to wait", relay: 0 });
      continue;
    }
    const key = `${storeId} ${instant}`;
    const group = groups.get(key) ?? { storeId, instant, targets: new Set<TargetKey>() };
    group.targets.add(target);
    groups.set(key, group);
  }
  for (const { storeId, instant, targets } of groups.values()) {
    const sorted = [...targets].toSorted();
    for (let first = 0; first < sorted.length; first += MOST_TARGETS_IN_A_MESSAGE) {
      const some = sorted.slice(first, first + MOST_TARGETS_IN_A_MESSAGE);
      messages.push({ kind: "switch", storeId, instant, targets: some, relay: 0 });
    }
  }
  return withPrecedence(messages.toSorted((one, other) => one.instant - other.instant));
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
  const due: (DueTarget | DueLook)[] = [];
  for await (const entry of state.due(plus(horizon, -1))) due.push(entry);
  let released = 0;
  const failures: unknown[] = [];
  const onTheirWay = new Set<Promise<void>>();
  for (const message of releasesOf(due, asOf)) {
    const releaseAt = plus(message.instant, -RELEASE_BEFORE_MS);
    if (releaseAt >= deadline) break;
    await clock.sleepUntil(releaseAt);
    if (onTheirWay.size >= SENDS_AT_ONCE) await Promise.race(onTheirWay);
    const sent: Promise<void> = dispatcher
      .send(message)
      .then(
        () => {
          released += 1;
        },
        // The stores behind it must not wait for it; the next tick sends it again.
        (error: unknown) => {
          failures.push(error);
        },
      )
      .finally(() => onTheirWay.delete(sent));
    onTheirWay.add(sent);
  }
  await Promise.all(onTheirWay);
  telemetry.emit({ kind: "tick-completed", asOf, due: due.length, released });
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} of the tick's messages could not be sent`);
}
