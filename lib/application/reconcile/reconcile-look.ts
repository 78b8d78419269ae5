import { parseTargetKey, type StoreId, type TargetKey } from "../../domain/identifiers.ts";
import { earliest, type Instant, latest, MINUTE, plus } from "../../domain/instant.ts";
import { isOpen } from "../../domain/ledger/ledger.ts";
import type { StoreMessage } from "../ports/dispatcher.ts";
import type { StoreState, TargetState } from "../ports/state-table.ts";
import type { Attempt } from "./attempt.ts";
import { readAttempt } from "./begin-attempt.ts";
import { countingStore } from "./counting-store.ts";
import type { ReconcileDependencies } from "./dependencies.ts";
import { createEarlyRelease } from "./early-release.ts";
import { lookLater } from "./look-later.ts";
import { openStore } from "./open-store.ts";
import { reopenStore } from "./reopen-store.ts";
import { sharedRetries } from "./store-session.ts";
import { workTargets } from "./work-targets.ts";

type LookMessage = StoreMessage & { readonly kind: "look" };
type KnownTarget = { readonly target: TargetKey } & TargetState;

/** A look gives way when a switch is nearer than this. */
const GIVES_WAY_MS = MINUTE;
/** At most so many requests a look; one target may take three. */
const MOST_REQUESTS = 20;
const REQUESTS_A_TARGET = 3;

/** Reasons for not calling a store that pass by themselves and soon; the others are the sweep's. */
const PASSING = new Set(["BREAKER", "COOL_DOWN"]);

/** What Doorman holds or has left half done; a block that only a boundary may lift is left alone. */
function isWorthALook({ ledger, intent, block }: KnownTarget): boolean {
  if (block !== undefined) return block.lookAgainAt !== undefined;
  return isOpen(ledger) || intent !== undefined;
}

/** When the next switch of the store is due. Another look at a block is none. */
function nextSwitch(targets: readonly KnownTarget[]): Instant | undefined {
  return earliest(...targets.filter(({ block, dueAt }) => dueAt !== block?.lookAgainAt).map(({ dueAt }) => dueAt));
}

async function attemptsOf(
  { state }: ReconcileDependencies,
  storeId: StoreId,
  targets: readonly KnownTarget[],
  store: StoreState,
  asOf: Instant,
): Promise<readonly Attempt[]> {
  const wanted = targets.filter((known) => {
    const kind = parseTargetKey(known.target)?.kind;
    return kind !== undefined && store.pausedKinds[kind] === undefined && isWorthALook(known);
  });
  const read = await Promise.all(wanted.map(({ target }) => readAttempt(state, storeId, target, asOf)));
  return read.filter((attempt) => attempt !== undefined);
}

/**
 * Works a message that asks for a look: proves the token, reads the store's zone, and compares with Ecwid whatever Doorman holds there,
 * by the same decisions as a switch.
 *
 * @returns the targets that were looked at.
 */
export async function reconcileLook(
  dependencies: ReconcileDependencies,
  message: LookMessage,
  deadline: Instant,
): Promise<readonly TargetKey[]> {
  const { storeId } = message;
  const { state, clock, telemetry } = dependencies;
  const access = await openStore(dependencies, storeId, true);
  if (access.kind === "closed") {
    const { code, reason, tryAgainAt } = access;
    telemetry.emit({ kind: "attempt-failed", storeId, failure: code, message: reason, effect: "store-paused", nextTryAt: tryAgainAt });
    await lookLater(dependencies, storeId, PASSING.has(code) ? tryAgainAt : undefined);
    return [];
  }
  const counted = countingStore(access.ecwid);
  const { token } = access;
  const store = await reopenStore(dependencies, message, counted.store, token);
  if (store === undefined) return [];
  const targets = await state.targetsOf(storeId);
  const switchAt = nextSwitch(targets);
  const givesWay = () => switchAt !== undefined && switchAt <= plus(clock.now(), GIVES_WAY_MS);
  if (givesWay()) return [];
  const attempts = await attemptsOf(dependencies, storeId, targets, store, latest(clock.now(), message.instant));
  const early = createEarlyRelease(dependencies, storeId);
  const isEnough = () => givesWay() || counted.requests() + REQUESTS_A_TARGET > MOST_REQUESTS;
  const common = { dependencies, storeId, ecwid: counted.store, token, timeZone: store.timeZone ?? "UTC", deadline, early };
  // What is left for want of requests is the next look's.
  const left = await workTargets({ ...common, retryAt: sharedRetries(dependencies), isEnough }, attempts, message.instant);
  await early.send();
  return attempts.filter((attempt) => !left.includes(attempt)).map((attempt) => attempt.key);
}
