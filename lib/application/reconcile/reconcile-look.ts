import { policyFor } from "../../domain/failures/failure-policy.ts";
import type { StoreId, TargetKey } from "../../domain/identifiers.ts";
import { type Instant, latest, MINUTE, plus } from "../../domain/instant.ts";
import { MOST_TARGETS_IN_A_MESSAGE } from "../messages/store-message.ts";
import type { StoreMessage } from "../ports/dispatcher.ts";
import type { StoreProfile } from "../ports/ecwid-gateway.ts";
import type { StoreState } from "../ports/state-table.ts";
import { readAttempt } from "./begin-attempt.ts";
import type { ReconcileDependencies } from "./dependencies.ts";
import { createEarlyRelease } from "./early-release.ts";
import { applyToStore } from "./handle-failure.ts";
import { openStore, type StoreAccess } from "./open-store.ts";
import { isWorthALook } from "./send-change.ts";
import { workTargets } from "./work-targets.ts";

type LookMessage = StoreMessage & { readonly kind: "look" };
type OpenAccess = StoreAccess & { readonly kind: "open" };

/** A look gives way when a switch is nearer than this. */
const GIVES_WAY_MS = MINUTE;

/** What the store is like once a call has gone through: whatever kept it closed is over, and a kind whose hour is up is tried again. */
function reopened(store: StoreState, profile: StoreProfile, now: Instant): StoreState {
  const { coupon, promotion } = store.pausedKinds;
  const still = (pause: typeof coupon) => (pause !== undefined && pause.probeAt > now ? pause : undefined);
  return {
    timeZone: profile.timeZone ?? store.timeZone,
    profileReadAt: now,
    tokenProvenAt: now,
    pausedKinds: { coupon: still(coupon), promotion: still(promotion) },
  };
}

function wasClosed(store: StoreState, next: StoreState): boolean {
  const kinds = JSON.stringify(store.pausedKinds) !== JSON.stringify(next.pausedKinds);
  return store.pause !== undefined || store.deadToken !== undefined || kinds;
}

/** The cause is gone: everything of the store is due now (design 6). */
async function makeAllDue(dependencies: ReconcileDependencies, storeId: StoreId): Promise<void> {
  const { state, clock, dispatcher } = dependencies;
  const now = clock.now();
  const keys = (await state.targetsOf(storeId)).map(({ target }) => target).toSorted();
  for (const key of keys) await state.makeDue(storeId, key, now);
  for (let first = 0; first < keys.length; first += MOST_TARGETS_IN_A_MESSAGE) {
    await dispatcher.send({
      kind: "switch",
      storeId,
      instant: now,
      targets: keys.slice(first, first + MOST_TARGETS_IN_A_MESSAGE),
      relay: 0,
    });
  }
}

/** Reads the profile: it proves the token, and tells the store's zone. @returns the store as it is now, or undefined if nothing more is to be asked. */
async function readProfile(dependencies: ReconcileDependencies, storeId: StoreId, access: OpenAccess): Promise<StoreState | undefined> {
  const { state, clock, telemetry, recompileStore } = dependencies;
  const reply = await access.ecwid.readProfile();
  if (!reply.ok) {
    const policy = policyFor(reply.failure, 0);
    await applyToStore(dependencies, storeId, undefined, policy, access.token);
    const effect = policy.effect === "token-dead" ? "token-dead" : policy.effect === "cool-down" ? "cool-down" : "store-paused";
    telemetry.emit({
      kind: "attempt-failed",
      storeId,
      failure: policy.code,
      message: policy.reason,
      effect: policy.effect === "retry" ? "retry" : effect,
    });
    return undefined;
  }
  const { version, ...store } = access.store;
  const next = reopened(store, reply.value, clock.now());
  if (!(await state.writeStore(storeId, next, version))) return undefined;
  if (next.timeZone !== store.timeZone) await recompileStore(storeId);
  if (wasClosed(store, next)) await makeAllDue(dependencies, storeId);
  return next;
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
  const { state, clock } = dependencies;
  const access = await openStore(dependencies, storeId, true);
  if (access.kind === "closed") {
    dependencies.telemetry.emit({
      kind: "attempt-failed",
      storeId,
      failure: access.code,
      message: access.reason,
      effect: "store-paused",
      nextTryAt: access.tryAgainAt,
    });
    return [];
  }
  const store = await readProfile(dependencies, storeId, access);
  if (store === undefined) return [];
  const targets = await state.targetsOf(storeId);
  const nearest = targets.some(({ dueAt }) => dueAt !== undefined && dueAt <= plus(clock.now(), GIVES_WAY_MS));
  if (nearest) return [];
  const asOf = latest(clock.now(), message.instant);
  const read = await Promise.all(targets.map(({ target }) => readAttempt(state, storeId, target, asOf)));
  const attempts = read
    .filter((attempt) => attempt !== undefined)
    .filter((attempt) => isWorthALook(attempt) && store.pausedKinds[attempt.target.kind] === undefined);
  const early = createEarlyRelease(dependencies, storeId);
  const session = { dependencies, storeId, ecwid: access.ecwid, token: access.token, timeZone: store.timeZone ?? "UTC", deadline, early };
  await workTargets(session, attempts, message.instant);
  await early.send();
  return attempts.map((attempt) => attempt.key);
}
