import type { TargetKey } from "../../domain/identifiers.ts";
import { type Instant, latest, plus, SECOND } from "../../domain/instant.ts";
import { isOpen, type Ledger } from "../../domain/ledger/ledger.ts";
import { mayNarrow } from "../../domain/ledger/narrows.ts";
import { isAnsweredByLedger } from "../../domain/ledger/without-a-call.ts";
import type { StoreMessage } from "../ports/dispatcher.ts";
import type { StoreState } from "../ports/state-table.ts";
import type { Attempt } from "./attempt.ts";
import { isDue, readAttempt } from "./begin-attempt.ts";
import { commit } from "./commit.ts";
import { type CountAhead, createCountAhead } from "./count-ahead.ts";
import type { ReconcileDependencies } from "./dependencies.ts";
import { createEarlyRelease, type EarlyRelease } from "./early-release.ts";
import { putOff } from "./handle-failure.ts";
import { openStore, type StoreAccess } from "./open-store.ts";
import { createStopWatch } from "./stop-watch.ts";
import { sharedRetries } from "./store-session.ts";
import { workTargets } from "./work-targets.ts";

type SwitchMessage = StoreMessage & { readonly kind: "switch" };

/** A worker that is further than this from its instant passes the message on, so that a "stop" behind it need not wait long. */
const LEAD_MS = 5 * SECOND;
const RELAY_SLEEP_MS = 2 * SECOND;
/** Two minutes of passing on, and some: past this the chain ends, and a tick takes over. */
const MOST_RELAYS = 90;

/** Waits a little and passes the message on. Another count makes it another message, which the queue does not drop as a double. */
async function relay(dependencies: ReconcileDependencies, message: SwitchMessage): Promise<void> {
  const { clock, dispatcher } = dependencies;
  if (message.relay >= MOST_RELAYS) return;
  // Only as long as this is when some target is due: one that was moved has a message of its own, and need not hold the store's queue twice.
  const states = await Promise.all(message.targets.map((key) => dependencies.state.readTarget(message.storeId, key)));
  if (!states.some(({ dueAt }) => dueAt === message.instant)) return;
  await clock.sleepUntil(plus(clock.now(), RELAY_SLEEP_MS));
  await dispatcher.send({ ...message, relay: message.relay + 1 });
}

async function readDue(dependencies: ReconcileDependencies, message: SwitchMessage, asOf: Instant): Promise<readonly Attempt[]> {
  const { state } = dependencies;
  const read = await Promise.all(message.targets.map((key) => readAttempt(state, message.storeId, key, asOf)));
  return read.filter((attempt) => attempt !== undefined).filter((attempt) => isDue(attempt.state, asOf));
}

/** A target over which a worker died travels alone, so that it can take no other with it again. */
async function setApart(
  dependencies: ReconcileDependencies,
  message: SwitchMessage,
  attempts: readonly Attempt[],
): Promise<readonly Attempt[]> {
  if (message.targets.length === 1) return attempts;
  for (const { key, state } of attempts) {
    if (state.attemptsBegun > 0) await dependencies.dispatcher.send({ ...message, targets: [key], relay: message.relay + 1 });
  }
  return attempts.filter(({ state }) => state.attemptsBegun === 0);
}

/** What is held: in shadow mode, what would be. */
function heldBy({ state }: Attempt, { isShadow }: ReconcileDependencies): Ledger {
  return isShadow === true && state.shadow !== undefined ? state.shadow.ledger : state.ledger;
}

/**
 * What narrows goes before what widens. Where others wait for this worker, what only widens goes behind them, in a message of its own.
 *
 * @returns what is to be worked now, in order.
 */
async function narrowingFirst(
  dependencies: ReconcileDependencies,
  message: SwitchMessage,
  attempts: readonly Attempt[],
  asOf: Instant,
): Promise<readonly Attempt[]> {
  const { narrowing = [], rest = [] } = Object.groupBy(attempts, (attempt) =>
    mayNarrow(attempt.layers, heldBy(attempt, dependencies), asOf) ? "narrowing" : "rest",
  );
  if (message.narrowingFirst !== true || rest.length === 0) return [...narrowing, ...rest];
  const targets = rest.map(({ key }) => key).toSorted();
  await dependencies.dispatcher.send({ ...message, targets, relay: message.relay + 1, narrowingFirst: undefined });
  return narrowing;
}

function needsNoCall(dependencies: ReconcileDependencies, attempt: Attempt, asOf: Instant): boolean {
  const { state, layers } = attempt;
  const ledger = heldBy(attempt, dependencies);
  if (state.intent !== undefined || !isAnsweredByLedger(layers, ledger, asOf)) return false;
  // With nothing held and nothing asked, whatever went wrong before no longer matters.
  return !isOpen(ledger) || (state.block === undefined && state.failuresInARow === 0);
}

async function settleWithoutCall(dependencies: ReconcileDependencies, early: EarlyRelease, attempt: Attempt, asOf: Instant): Promise<void> {
  const { ledger, warnings, shadow } = attempt.state;
  const isHeld = isOpen(heldBy(attempt, dependencies));
  const kept = { ledger, asOf, warnings: isHeld ? warnings : [], shadow: dependencies.isShadow === true && isHeld ? shadow : undefined };
  early.settled(attempt.key, await commit(dependencies, attempt, kept));
}

async function leaveOutPausedKinds(
  dependencies: ReconcileDependencies,
  attempts: readonly Attempt[],
  { pausedKinds }: StoreState,
): Promise<readonly Attempt[]> {
  for (const attempt of attempts) {
    const pause = pausedKinds[attempt.target.kind];
    if (pause === undefined) continue;
    await putOff(dependencies, attempt, { tryAgainAt: undefined, reason: pause.reason, failed: false, isToldByStore: true });
  }
  return attempts.filter((attempt) => pausedKinds[attempt.target.kind] === undefined);
}

/** Counts before the instant the attempt that is made first, so that at the instant nothing but Ecwid is waited for. */
function countFirst({ state }: ReconcileDependencies, calling: readonly Attempt[], access: StoreAccess | undefined): CountAhead {
  const count = createCountAhead(state);
  if (access?.kind !== "open") return count;
  count.begin(calling.find((attempt) => access.store.pausedKinds[attempt.target.kind] === undefined));
  return count;
}

async function callFor(
  dependencies: ReconcileDependencies,
  message: SwitchMessage,
  calling: readonly Attempt[],
  access: StoreAccess,
  {
    openedAt,
    ...rest
  }: { readonly early: EarlyRelease; readonly deadline: Instant; readonly openedAt: Instant; readonly count: CountAhead },
): Promise<void> {
  const { storeId } = message;
  if (access.kind === "closed") {
    const { tryAgainAt, reason, nature } = access;
    for (const attempt of calling)
      await putOff(dependencies, attempt, { tryAgainAt, reason, failed: false, isToldByStore: nature !== "passing" });
    return;
  }
  const { ecwid, token, store } = access;
  const timeZone = store.timeZone ?? "UTC";
  const isStopped = createStopWatch(dependencies, openedAt);
  const common = { dependencies, storeId, ecwid, token, timeZone, isStopped, isEnough: () => false };
  const session = { ...common, retryAt: sharedRetries(dependencies), ...rest };
  const left = await workTargets(session, await leaveOutPausedKinds(dependencies, calling, store), message.instant);
  await access.giveBackUnused();
  const targets = left.map((attempt) => attempt.key).toSorted();
  if (left.length > 0) await dependencies.dispatcher.send({ ...message, targets, relay: message.relay + 1 });
  // The token works again: a look brings back all that was put aside while it did not.
  if (store.deadToken !== undefined) {
    await dependencies.dispatcher.send({
      kind: "look",
      storeId,
      instant: message.instant,
      because: "the store's token was replaced",
      relay: 0,
    });
  }
}

/**
 * Works a message of due targets: makes everything ready, sleeps until the instant, decides, writes, reads back.
 *
 * @param deadline the worker's own end; nothing is begun that cannot be finished by then.
 * @returns the targets that were worked on; "all" where something that was told of the whole store is over; undefined while Doorman is stopped:
 * then what is due stays due.
 */
export async function reconcileSwitch(
  dependencies: ReconcileDependencies,
  message: SwitchMessage,
  deadline: Instant,
): Promise<readonly TargetKey[] | "all" | undefined> {
  const { clock } = dependencies;
  if (message.instant > plus(clock.now(), LEAD_MS)) {
    await relay(dependencies, message);
    return [];
  }
  const due = await readDue(dependencies, message, latest(clock.now(), message.instant));
  const asOf = latest(clock.now(), message.instant);
  const attempts = await narrowingFirst(dependencies, message, await setApart(dependencies, message, due), asOf);
  if (attempts.length === 0) return [];
  const early = createEarlyRelease(dependencies, message.storeId);
  const calling = attempts.filter((attempt) => !needsNoCall(dependencies, attempt, asOf));
  const access = calling.length === 0 ? undefined : await openStore(dependencies, message.storeId, false, asOf);
  if (access?.kind === "closed" && access.nature === "stopped") {
    dependencies.telemetry.emit({ kind: "held", storeId: message.storeId, reason: access.reason, due: attempts.length });
    return undefined;
  }
  const count = countFirst(dependencies, calling, access);
  await clock.sleepUntil(message.instant);
  // As of the instant at which it was judged: a boundary that has come since is then due next, and not passed over.
  for (const attempt of attempts) {
    if (!calling.includes(attempt)) await settleWithoutCall(dependencies, early, attempt, asOf);
  }
  if (access !== undefined) await callFor(dependencies, message, calling, access, { early, deadline, openedAt: asOf, count });
  await early.send();
  if (access?.kind === "open" && access.store.noAccess !== undefined) return "all";
  return attempts.map((attempt) => attempt.key);
}
