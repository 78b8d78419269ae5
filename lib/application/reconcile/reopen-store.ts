import type { EcwidFailure } from "../../domain/failures/ecwid-failure.ts";
import { policyFor } from "../../domain/failures/failure-policy.ts";
import type { StoreId, TargetKey } from "../../domain/identifiers.ts";
import { type Instant, MINUTE, plus, SECOND } from "../../domain/instant.ts";
import { sendSwitches } from "../messages/send-switches.ts";
import type { StoreMessage } from "../ports/dispatcher.ts";
import type { EcwidStore } from "../ports/ecwid-gateway.ts";
import type { StoreState } from "../ports/state-table.ts";
import type { ReconcileDependencies } from "./dependencies.ts";
import { applyToStore } from "./handle-failure.ts";
import { lookLater } from "./look-later.ts";
import type { Credentials } from "./open-store.ts";
import { provesToken } from "./token-proof.ts";
import { updateStore } from "./update-store.ts";

type LookMessage = StoreMessage & { readonly kind: "look" };

/** So often a look whose first call had no clear answer is sent again at once; after that a tick brings it back. */
const MOST_RELAYS = 5;
const RELAY_SLEEP_MS = 5 * SECOND;

/** A refusal that names its reason comes from a store that is served: it says nothing against reopening it. */
function isServed(failure: EcwidFailure): boolean {
  return (
    failure.kind === "scope-missing" ||
    failure.kind === "feature-unavailable" ||
    failure.kind === "refused" ||
    failure.kind === "target-missing"
  );
}

/** What the store is like once a call has gone through: what kept it closed is over, and a kind whose hour is up is tried again. */
function reopened(store: StoreState, timeZone: string | undefined, provenAt: Instant | undefined, now: Instant): StoreState {
  const { coupon, promotion } = store.pausedKinds;
  const still = (pause: typeof coupon) => (pause !== undefined && pause.probeAt > now ? pause : undefined);
  const pausedKinds = { coupon: still(coupon), promotion: still(promotion) };
  const { noticed, groupNames } = store;
  return { timeZone: timeZone ?? store.timeZone, profileReadAt: now, tokenProvenAt: provenAt, pausedKinds, noticed, groupNames };
}

function wasClosed(store: StoreState, next: StoreState): boolean {
  const kinds = JSON.stringify(store.pausedKinds) !== JSON.stringify(next.pausedKinds);
  return store.pause !== undefined || store.deadToken !== undefined || kinds;
}

/** The cause is gone: everything of the store is due now (design 6). @returns the targets. */
async function makeAllDue({ state }: ReconcileDependencies, storeId: StoreId, now: Instant): Promise<readonly TargetKey[]> {
  const keys = (await state.targetsOf(storeId)).map(({ target }) => target).toSorted();
  for (const key of keys) await state.makeDue(storeId, key, now);
  return keys;
}

async function askAgain(dependencies: ReconcileDependencies, message: LookMessage, retryAfterMs: number): Promise<void> {
  const { clock, dispatcher } = dependencies;
  if (message.relay >= MOST_RELAYS || retryAfterMs > RELAY_SLEEP_MS) {
    await lookLater(dependencies, message.storeId, plus(clock.now(), Math.max(retryAfterMs, MINUTE)));
    return;
  }
  await clock.sleepUntil(plus(clock.now(), retryAfterMs));
  await dispatcher.send({ ...message, relay: message.relay + 1 });
}

/** Deals with a failed call that says something of the whole store: writes it down, tells it, and asks again where that may help. */
export async function refuse(
  dependencies: ReconcileDependencies,
  message: LookMessage,
  failure: EcwidFailure,
  token: Credentials,
): Promise<void> {
  const { storeId } = message;
  const policy = policyFor(failure, 0);
  await applyToStore(dependencies, storeId, undefined, policy, token);
  const effects = {
    "token-dead": "token-dead",
    "cool-down": "cool-down",
    retry: "retry",
    block: "retry",
    "pause-store": "store-paused",
    "pause-kind": "retry",
  } as const;
  dependencies.telemetry.emit({
    kind: "attempt-failed",
    storeId,
    failure: policy.code,
    message: policy.reason,
    effect: effects[policy.effect],
  });
  if (policy.effect === "retry") await askAgain(dependencies, message, RELAY_SLEEP_MS);
  if (policy.effect === "cool-down") await askAgain(dependencies, message, policy.forMs);
}

/**
 * Reads the store's profile, which proves the token and tells the zone, and ends whatever kept the store closed: first everything of it is
 * made due, only then does it count as open, so that a death in between is made good by the next look.
 *
 * @returns the store as it is now, or undefined if nothing more is to be asked of it.
 */
export async function reopenStore(
  dependencies: ReconcileDependencies,
  message: LookMessage,
  ecwid: EcwidStore,
  token: Credentials,
): Promise<StoreState | undefined> {
  const { state, clock, dispatcher, recompileStore } = dependencies;
  const { storeId } = message;
  const reply = await ecwid.readProfile();
  if (!reply.ok && !isServed(reply.failure)) {
    await refuse(dependencies, message, reply.failure, token);
    return undefined;
  }
  const now = clock.now();
  const timeZone = reply.ok ? reply.value.timeZone : undefined;
  const before = await state.readStore(storeId);
  const reopen = (store: StoreState) => reopened(store, timeZone, reply.ok || provesToken(reply.failure) ? now : store.tokenProvenAt, now);
  const due = wasClosed(before, reopen(before)) ? await makeAllDue(dependencies, storeId, now) : [];
  const next = await updateStore(dependencies, storeId, reopen);
  if (next.timeZone !== before.timeZone) await recompileStore(storeId);
  await sendSwitches(dispatcher, storeId, due, now);
  dependencies.telemetry.emit({ kind: "looked", storeId, timeZone: next.timeZone, because: message.because });
  return next;
}
