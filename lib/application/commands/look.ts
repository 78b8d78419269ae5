import { parseTargetKey, type StoreId, type TargetKey } from "../../domain/identifiers.ts";
import { type Instant, plus, SECOND } from "../../domain/instant.ts";
import type { Clock } from "../ports/clock.ts";
import type { Dispatcher } from "../ports/dispatcher.ts";
import type { StateTable, Stop, StoreState, TargetState } from "../ports/state-table.ts";

export interface LookParts {
  readonly clock: Clock;
  readonly state: StateTable;
  readonly dispatcher: Dispatcher;
}

/** What the store's state showed after a look was asked for. `isAnswered` false: nothing came of it within the time given. */
export interface LookAnswer {
  readonly isAnswered: boolean;
  readonly store: StoreState;
  readonly target?: TargetState | undefined;
  /** Who has stopped Doorman, and why, if it makes no call at all. */
  readonly stopped?: Stop | undefined;
}

const LOOK_AGAIN_MS = SECOND;

/**
 * Asks for a look at a store and waits for what the worker writes down. Only the worker calls Ecwid; the answer is read from the state
 * table, so that a look somebody else asked for in the same second answers as well.
 *
 * @param target also wait until this target has been looked at, whether or not Doorman holds something there.
 * @param waitMs gives up after this long.
 */
export async function askForALook(
  { clock, state, dispatcher }: LookParts,
  question: { readonly storeId: StoreId; readonly because: string; readonly target?: TargetKey | undefined; readonly waitMs: number },
): Promise<LookAnswer> {
  const { storeId, because, target, waitMs } = question;
  const askedAt = clock.now();
  const targets = target === undefined ? {} : { targets: [target] };
  await dispatcher.send({ kind: "look", storeId, instant: askedAt, because, relay: 0, ...targets });
  const giveUpAt = plus(askedAt, waitMs);
  for (;;) {
    const [system, store, known] = await Promise.all([
      state.readSystem(),
      state.readStore(storeId),
      target === undefined ? undefined : state.readTarget(storeId, target),
    ]);
    const seen = { store, target: known, stopped: system.stopped };
    if (isAnswer(store, target, known, askedAt)) return { isAnswered: true, ...seen };
    if (system.stopped !== undefined || clock.now() >= giveUpAt) return { isAnswered: false, ...seen };
    await clock.sleepUntil(plus(clock.now(), LOOK_AGAIN_MS));
  }
}

function isAnswer(store: StoreState, key: TargetKey | undefined, target: TargetState | undefined, askedAt: Instant): boolean {
  const isSince = (at: Instant | undefined) => at !== undefined && at >= askedAt;
  // A store that is paused or cooling down is not even asked before these.
  if (isSince(store.noAccess?.since)) return true;
  if (isSince(store.deadToken?.since) || isSince(store.pause?.probeAt) || isSince(store.coolDownUntil)) return true;
  const kind = key === undefined ? undefined : parseTargetKey(key)?.kind;
  // Nothing of a kind is read that the store does not let be read.
  const isLeftAlone = kind === undefined || store.pausedKinds[kind] !== undefined;
  const isLookedAt = isLeftAlone || isSince(target?.decidedAt) || isSince(target?.check?.checkedAt);
  return isSince(store.profileReadAt) && isLookedAt;
}
