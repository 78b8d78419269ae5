import type { StoreId, TargetKey } from "../../domain/identifiers.ts";
import { type Instant, latest, MINUTE, plus, SECOND, startOfMinute } from "../../domain/instant.ts";
import { MOST_TARGETS_IN_A_MESSAGE } from "../messages/store-message.ts";
import type { Clock } from "../ports/clock.ts";
import type { Dispatcher, StoreMessage } from "../ports/dispatcher.ts";
import type { DueLook, DueTarget, StateTable } from "../ports/state-table.ts";
import type { Telemetry } from "../ports/telemetry.ts";

export interface TickDependencies {
  readonly clock: Clock;
  readonly state: Pick<StateTable, "due" | "readSystem">;
  readonly dispatcher: Dispatcher;
  readonly telemetry: Telemetry;
  /** How many stores are worked at a time; undefined: as many as can be counted on where nothing is chosen. */
  readonly storesAtOnce?: number | undefined;
}

/** A store's message goes out this long before its instant: time to read the state and the token, and to be there when it comes. */
const RELEASE_BEFORE_MS = 3 * SECOND;
/**
 * Lambda begins with five workers and adds five a second while messages wait. So where more stores are due at one instant than it has workers for
 * after three seconds, their messages go out earlier still; but not so early that a worker would pass them on.
 */
const CROWD = 15;
const RELEASE_CROWD_BEFORE_MS = 4.5 * SECOND;

/** More messages than this for one instant are not all worked at once: AWS gives an account a thousand workers, other functions' included. */
export const STORES_COUNTED_ON = 500;

/** Where not everything of an instant is worked at once, what narrows goes first: in a store with several messages, and over all stores in a wave. */
function withPrecedence(messages: readonly StoreMessage[], atOnce: number): readonly StoreMessage[] {
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
    const isCrowded = (ofInstant.get(instant) ?? 0) > atOnce || (ofStore.get(`${storeId} ${instant}`) ?? 0) > 1;
    return isCrowded ? { ...message, narrowingFirst: true } : message;
  });
}

/**
 * Sorts what is due into messages: one store, one instant, at most 50 targets in order, and a message of its own for a look. What is overdue
 * goes under the tick's own minute, so that two ticks of one minute make the same messages, and the queue drops the second.
 *
 * @param storesAtOnce where more are due at one instant, what narrows goes first over all of them.
 * @returns the messages, soonest first.
 */
export function releasesOf(
  due: readonly (DueTarget | DueLook)[],
  asOf: Instant,
  storesAtOnce: number = STORES_COUNTED_ON,
): readonly StoreMessage[] {
  const minute = startOfMinute(asOf);
  const groups = new Map<string, { readonly storeId: StoreId; readonly instant: Instant; readonly targets: Set<TargetKey> }>();
  const messages: StoreMessage[] = [];
  for (const { storeId, target, dueAt } of due) {
    const instant = latest(dueAt, minute);
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
  return withPrecedence(
    messages.toSorted((one, other) => one.instant - other.instant),
    storesAtOnce,
  );
}

interface Release {
  readonly message: StoreMessage;
  readonly at: Instant;
}

/** @returns when each message goes out, soonest first. */
function timed(messages: readonly StoreMessage[]): readonly Release[] {
  const ofInstant = Map.groupBy(messages, ({ instant }) => instant);
  const before = (instant: Instant) => ((ofInstant.get(instant)?.length ?? 0) > CROWD ? RELEASE_CROWD_BEFORE_MS : RELEASE_BEFORE_MS);
  return messages
    .map((message) => ({ message, at: plus(message.instant, -before(message.instant)) }))
    .toSorted((one, other) => one.at - other.at);
}

/** So many messages are on their way at a time: after hours of standing still the stores of a whole deployment are overdue at once. */
const AT_ONCE = 50;
/** What is under way when time runs out is given this long, and the tick is told as completed. */
const TO_FINISH_MS = 5 * SECOND;

/**
 * Sends messages as their time comes, several at once.
 *
 * @returns how many went out, and what went wrong. What could not go out before the deadline is the next tick's, under its own minute: what has
 * been worked by then is no longer due, so ticks get on with a backlog of any size.
 */
async function release(
  { clock, dispatcher }: TickDependencies,
  messages: readonly StoreMessage[],
  deadline: Instant,
): Promise<{ readonly released: number; readonly failures: readonly unknown[] }> {
  const failures: unknown[] = [];
  const underWay = new Set<Promise<void>>();
  let released = 0;
  const send = async (message: StoreMessage): Promise<void> => {
    try {
      await dispatcher.send(message);
      released += 1;
    } catch (error) {
      // The stores behind it must not wait for it; the next tick sends it again.
      failures.push(error);
    }
  };
  const last = plus(deadline, -TO_FINISH_MS);
  for (const { message, at } of timed(messages)) {
    if (at >= last || clock.now() >= last) break;
    await clock.sleepUntil(at);
    const sending = send(message).finally(() => underWay.delete(sending));
    underWay.add(sending);
    if (underWay.size >= AT_ONCE) await Promise.race(underWay);
  }
  await Promise.all(underWay);
  return { released, failures };
}

/**
 * One tick. EventBridge runs a rule anywhere inside its minute, so the next tick may come as late as the end of the next minute: this one
 * therefore answers for everything that falls due before then. It waits only if something does. While Doorman is stopped it only counts.
 *
 * @param deadline when the tick itself has to be done; what is released only later than that is left to the next tick.
 */
export async function runTick(dependencies: TickDependencies, deadline: Instant): Promise<void> {
  const { clock, state, telemetry } = dependencies;
  const asOf = clock.now();
  const horizon = plus(startOfMinute(asOf), 2 * MINUTE);
  const { stopped } = await state.readSystem();
  const due: (DueTarget | DueLook)[] = [];
  for await (const entry of state.due(plus(horizon, -1))) due.push(entry);
  if (stopped !== undefined) {
    telemetry.emit({ kind: "tick-completed", asOf, due: due.length, released: 0, stopped: stopped.reason });
    return;
  }
  const { released, failures } = await release(dependencies, releasesOf(due, asOf, dependencies.storesAtOnce), deadline);
  telemetry.emit({ kind: "tick-completed", asOf, due: due.length, released });
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} of the tick's messages could not be sent`);
}
