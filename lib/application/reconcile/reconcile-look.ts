import { parseTargetKey, type TargetKey } from "../../domain/identifiers.ts";
import { DAY, earliest, type Instant, latest, MINUTE, plus } from "../../domain/instant.ts";
import { isOpen } from "../../domain/ledger/ledger.ts";
import { dueChecks } from "../check/due-checks.ts";
import { storeTroubles } from "../check/store-troubles.ts";
import type { StoreMessage } from "../ports/dispatcher.ts";
import type { StoreState, TargetState } from "../ports/state-table.ts";
import type { Attempt } from "./attempt.ts";
import { readAttempt } from "./begin-attempt.ts";
import { checkTargets } from "./check-targets.ts";
import { countingStore } from "./counting-store.ts";
import type { ReconcileDependencies } from "./dependencies.ts";
import { createEarlyRelease } from "./early-release.ts";
import { createLiveValues } from "./live-values.ts";
import { lookLater } from "./look-later.ts";
import { openStore, type StoreAccess } from "./open-store.ts";
import { refuse, reopenStore } from "./reopen-store.ts";
import { createStopWatch } from "./stop-watch.ts";
import { sharedRetries } from "./store-session.ts";
import { workTargets } from "./work-targets.ts";

type LookMessage = StoreMessage & { readonly kind: "look" };
type KnownTarget = { readonly target: TargetKey } & TargetState;

/** A look gives way when a switch is nearer than this. */
const GIVES_WAY_MS = MINUTE;
/** At most so many requests a look; one target may take three. */
const MOST_REQUESTS = 20;
const REQUESTS_A_TARGET = 3;
/** A look at what was just saved need not read a profile that is younger. */
const PROFILE_KEPT_MS = DAY;

/** What Doorman holds, would hold, or has left half done; a block that only a boundary may lift is left alone. */
function isWorthALook({ ledger, intent, block, shadow }: KnownTarget): boolean {
  if (block !== undefined) return block.lookAgainAt !== undefined;
  return isOpen(ledger) || intent !== undefined || shadow !== undefined;
}

/** When the next switch of the store is due. Another look at a block is none. */
function nextSwitch(targets: readonly KnownTarget[]): Instant | undefined {
  return earliest(...targets.filter(({ block, dueAt }) => dueAt !== block?.lookAgainAt).map(({ dueAt }) => dueAt));
}

function mayBeRead(key: TargetKey, { pausedKinds }: StoreState): boolean {
  const kind = parseTargetKey(key)?.kind;
  return kind !== undefined && pausedKinds[kind] === undefined;
}

/** What is held, with what was asked for by name first. */
async function attemptsOf(
  { state }: ReconcileDependencies,
  { storeId, targets: named = [] }: LookMessage,
  targets: readonly KnownTarget[],
  store: StoreState,
  asOf: Instant,
): Promise<readonly Attempt[]> {
  const wanted = targets.filter((known) => mayBeRead(known.target, store) && isWorthALook(known));
  const sorted = wanted.toSorted((one, other) => Number(named.includes(other.target)) - Number(named.includes(one.target)));
  const read = await Promise.all(sorted.map(({ target }) => readAttempt(state, storeId, target, asOf)));
  return read.filter((attempt) => attempt !== undefined);
}

/**
 * What is to be looked at although nothing is held there: what nobody has looked at since it was saved or its window came near, what was
 * found to be in trouble, and what was asked for by name.
 */
async function checksOf(
  { state }: ReconcileDependencies,
  { storeId, only, targets: named = [] }: LookMessage,
  store: StoreState,
  at: Instant,
): Promise<readonly TargetKey[]> {
  const [copies, targets] = await Promise.all([state.campaignsOf(storeId), state.targetsOf(storeId)]);
  const troubled = only === undefined ? targets.filter(({ check }) => (check?.problems.length ?? 0) > 0).map(({ target }) => target) : [];
  const wanted = [...new Set([...named, ...dueChecks(copies, targets, at), ...troubled])];
  return wanted.filter((key) => mayBeRead(key, store));
}

/** What is due already has its message in the queue, as when campaigns are saved one after the other: a save's look then goes behind it, once. */
async function queueBehind(
  { clock, dispatcher }: ReconcileDependencies,
  message: LookMessage,
  switchAt: Instant | undefined,
): Promise<void> {
  const isQueued = switchAt !== undefined && switchAt <= clock.now();
  if (message.only !== undefined && message.relay === 0 && isQueued) await dispatcher.send({ ...message, relay: 1 });
}

function needsProfile({ only }: LookMessage, store: StoreState, now: Instant): boolean {
  const isYoung = store.profileReadAt !== undefined && store.profileReadAt > plus(now, -PROFILE_KEPT_MS);
  return only === undefined || store.timeZone === undefined || !isYoung || storeTroubles(store).length > 0;
}

/**
 * Works a message that asks for a look: proves the token, reads the store's zone, compares with Ecwid whatever Doorman holds there, by the
 * same decisions as a switch, and checks what it does not hold yet against the windows ahead.
 *
 * @returns the targets that were looked at; "all" where the look says something of the whole store; undefined while Doorman is stopped.
 */
export async function reconcileLook(
  dependencies: ReconcileDependencies,
  message: LookMessage,
  deadline: Instant,
): Promise<readonly TargetKey[] | "all" | undefined> {
  const { storeId, only } = message;
  const known = await dependencies.state.readStore(storeId);
  // Whoever was faster has answered.
  const mayBeAnswered = only !== undefined && known.timeZone !== undefined;
  if (mayBeAnswered && (await checksOf(dependencies, message, known, dependencies.clock.now())).length === 0) return [];
  const looked = await look(dependencies, message, deadline);
  return looked !== undefined && storeTroubles(known).length > 0 ? "all" : looked;
}

async function look(
  dependencies: ReconcileDependencies,
  message: LookMessage,
  deadline: Instant,
): Promise<readonly TargetKey[] | "all" | undefined> {
  const { storeId } = message;
  const { telemetry } = dependencies;
  const access = await openStore(dependencies, storeId, true);
  if (access.kind === "closed") {
    const { code, reason, tryAgainAt, nature } = access;
    if (nature === "stopped") {
      telemetry.emit({ kind: "held", storeId, reason, due: 0 });
      return undefined;
    }
    const effect = nature === "passing" ? "retry" : code === "TOKEN_REJECTED" ? "token-dead" : "store-paused";
    telemetry.emit({ kind: "attempt-failed", storeId, failure: code, message: reason, effect, nextTryAt: tryAgainAt });
    // What does not pass by itself is the sweep's.
    await lookLater(dependencies, storeId, nature === "passing" ? tryAgainAt : undefined);
    return "all";
  }
  const looked = await lookInto(dependencies, message, deadline, access);
  await access.giveBackUnused();
  return looked;
}

async function lookInto(
  dependencies: ReconcileDependencies,
  message: LookMessage,
  deadline: Instant,
  access: StoreAccess & { readonly kind: "open" },
): Promise<readonly TargetKey[] | "all"> {
  const { storeId, only } = message;
  const { state, clock } = dependencies;
  const counted = countingStore(access.ecwid);
  const { token } = access;
  const isToBeReopened = needsProfile(message, access.store, clock.now());
  const store = isToBeReopened ? await reopenStore(dependencies, message, counted.store, token) : access.store;
  if (store === undefined) return "all";
  const at = clock.now();
  const targets = await state.targetsOf(storeId);
  const switchAt = nextSwitch(targets);
  const givesWay = () => switchAt !== undefined && switchAt <= plus(clock.now(), GIVES_WAY_MS);
  if (givesWay()) {
    await queueBehind(dependencies, message, switchAt);
    return [];
  }
  const attempts = only === undefined ? await attemptsOf(dependencies, message, targets, store, latest(at, message.instant)) : [];
  const early = createEarlyRelease(dependencies, storeId);
  const mostRequests = (perTarget: number) => () => givesWay() || counted.requests() + perTarget > MOST_REQUESTS;
  const common = { dependencies, storeId, ecwid: counted.store, token, timeZone: store.timeZone ?? "UTC", deadline, early };
  const isStopped = createStopWatch(dependencies, at);
  const session = { ...common, isStopped, retryAt: sharedRetries(dependencies), isEnough: mostRequests(REQUESTS_A_TARGET) };
  const values = createLiveValues(counted.store, clock);
  // What is left for want of requests is the next look's.
  const left = await workTargets(session, attempts, message.instant, values);
  await early.send();
  const worked = attempts.filter((attempt) => !left.includes(attempt)).map((attempt) => attempt.key);
  const unchecked = await checksOf(dependencies, message, await state.readStore(storeId), at);
  const wanted = unchecked.filter((key) => !worked.includes(key) || parseTargetKey(key)?.kind === "promotion");
  const { checked, refused } = await checkTargets({ ...session, isEnough: mostRequests(1) }, values, wanted, at);
  if (refused !== undefined) await refuse(dependencies, message, refused, token);
  return refused === undefined ? [...worked, ...checked] : "all";
}
