import type { EcwidFailure } from "../../domain/failures/ecwid-failure.ts";
import { type FailurePolicy, policyFor } from "../../domain/failures/failure-policy.ts";
import type { StoreId, Target } from "../../domain/identifiers.ts";
import { keyInWords } from "../../domain/identifiers.ts";
import { earliest, type Instant, MINUTE, plus } from "../../domain/instant.ts";
import { activitiesAt } from "../../domain/layers/activity.ts";
import { nextBoundary } from "../../domain/ledger/decide-target.ts";
import { EMPTY_LEDGER, type Ledger } from "../../domain/ledger/ledger.ts";
import { assertNever } from "../../domain/result.ts";
import type { TargetState } from "../ports/state-table.ts";
import type { Attempt } from "./attempt.ts";
import { blockTarget } from "./block-target.ts";
import { commit } from "./commit.ts";
import { concernedLayers } from "./concerned-campaigns.ts";
import type { ReconcileDependencies } from "./dependencies.ts";
import type { Credentials } from "./open-store.ts";
import { recordRefusal } from "./token-proof.ts";
import { updateStore } from "./update-store.ts";

/** What a failure means beyond its target: nothing, or no more calls in this message for one kind of targets, or for the store. */
export type Reach =
  | { readonly scope: "target"; readonly dueAt?: Instant | undefined }
  | {
      readonly scope: "kind" | "store";
      readonly tryAgainAt: Instant | undefined;
      readonly reason: string;
      /** Whether the store's own item says it, so that no target need. */
      readonly isToldByStore: boolean;
    };

/** A little under the hour between two sweeps, so that each of them may probe. */
const PROBE_AFTER_MS = 55 * MINUTE;

/**
 * Writes down on the store what a failure says about all of it.
 *
 * @returns how far the failure reaches.
 */
export async function applyToStore(
  dependencies: ReconcileDependencies,
  storeId: StoreId,
  kind: Target["kind"] | undefined,
  policy: FailurePolicy,
  token: Credentials,
): Promise<Reach> {
  const { clock, tokens } = dependencies;
  const now = clock.now();
  const pause = { code: policy.code, reason: policy.reason, since: now, probeAt: plus(now, PROBE_AFTER_MS) };
  switch (policy.effect) {
    case "retry":
    case "block":
      return { scope: "target" };
    case "cool-down": {
      const coolDownUntil = plus(now, policy.forMs);
      await updateStore(dependencies, storeId, (store) => ({ ...store, coolDownUntil }));
      return { scope: "store", tryAgainAt: coolDownUntil, reason: policy.reason, isToldByStore: false };
    }
    case "pause-store":
      await updateStore(dependencies, storeId, (store) => ({ ...store, pause }));
      return { scope: "store", tryAgainAt: undefined, reason: policy.reason, isToldByStore: true };
    case "pause-kind":
      if (kind === undefined) return { scope: "target" };
      await updateStore(dependencies, storeId, (store) => ({ ...store, pausedKinds: { ...store.pausedKinds, [kind]: pause } }));
      return { scope: "kind", tryAgainAt: undefined, reason: policy.reason, isToldByStore: true };
    case "token-dead":
      tokens.forget(storeId);
      await updateStore(dependencies, storeId, (store) => ({ ...store, deadToken: { secretVersion: token.version, since: now } }));
      await recordRefusal(dependencies, token.reservedAt);
      return { scope: "store", tryAgainAt: undefined, reason: policy.reason, isToldByStore: true };
    default:
      return assertNever(policy);
  }
}

/** Puts off a target that cannot be tried at present; it stays owed since the same boundary. @returns the new `dueAt`, if it was written. */
export async function putOff(
  dependencies: ReconcileDependencies,
  attempt: Attempt,
  until: {
    readonly tryAgainAt: Instant | undefined;
    readonly reason: string;
    readonly failed: boolean;
    readonly isToldByStore: boolean;
  },
): Promise<Instant | undefined> {
  const { state, layers, storeId, key, version, owedSince } = attempt;
  const now = dependencies.clock.now();
  const boundary = until.failed ? nextBoundary(layers, now) : undefined;
  const concerned = until.isToldByStore ? [] : concernedLayers(layers, state.ledger, now);
  const name = state.label ?? keyInWords(key);
  const next: TargetState = {
    ...state,
    attemptsBegun: 0,
    failuresInARow: state.failuresInARow + (until.failed ? 1 : 0),
    dueAt: until.tryAgainAt === undefined ? undefined : earliest(until.tryAgainAt, boundary),
    owedSince,
    warnings: concerned.map(({ campaignId }) => ({ campaignId, message: `${name}: ${until.reason}` })),
  };
  const written = await dependencies.state.writeTarget(storeId, key, next, version);
  return written ? next.dueAt : undefined;
}

/** A coupon or promotion that is gone and that no campaign wants any more leaves nothing to put back. */
async function closeIfGone(dependencies: ReconcileDependencies, attempt: Attempt, failure: EcwidFailure, asOf: Instant): Promise<boolean> {
  if (failure.kind !== "target-missing" || activitiesAt(attempt.layers, asOf).length > 0) return false;
  await commit(dependencies, attempt, { ledger: EMPTY_LEDGER, asOf, warnings: [] });
  return true;
}

/**
 * Deals with a failed call for one target as the failure table says.
 *
 * @param ledger the ledger as far as it is proven.
 * @returns how far the failure reaches: the caller stops calling for the rest that it reaches.
 */
export async function handleFailure(
  dependencies: ReconcileDependencies,
  attempt: Attempt,
  failed: {
    readonly failure: EcwidFailure;
    readonly ledger: Ledger;
    readonly asOf: Instant;
    readonly token: Credentials;
    readonly retryAt: (failuresInARow: number) => Instant;
  },
): Promise<Reach> {
  const { telemetry } = dependencies;
  const { storeId, key, state } = attempt;
  const { failure, ledger, asOf, token } = failed;
  if (await closeIfGone(dependencies, attempt, failure, asOf)) return { scope: "target" };
  const policy = policyFor(failure, state.failuresInARow);
  const reach = await applyToStore(dependencies, storeId, attempt.target.kind, policy, token);
  if (policy.effect === "block") {
    // The failed call has told nothing of a write before it: without its intent, what that wrote would pass for the base.
    const { intent } = state;
    const dueAt = await blockTarget(dependencies, attempt, { code: policy.code, reason: policy.reason, ledger, asOf, intent });
    return { scope: "target", dueAt: dueAt === "lost" ? undefined : dueAt };
  }
  const tryAgainAt = reach.scope === "target" ? failed.retryAt(state.failuresInARow + 1) : reach.tryAgainAt;
  const isToldByStore = reach.scope !== "target" && reach.isToldByStore;
  const dueAt = await putOff(dependencies, attempt, { tryAgainAt, reason: policy.reason, failed: true, isToldByStore });
  const effects = {
    retry: "retry",
    "cool-down": "cool-down",
    "pause-store": "store-paused",
    "pause-kind": "kind-paused",
    "token-dead": "token-dead",
  } as const;
  telemetry.emit({
    kind: "attempt-failed",
    storeId,
    target: key,
    label: state.label,
    failure: policy.code,
    message: policy.reason,
    effect: effects[policy.effect],
    nextTryAt: tryAgainAt,
    owedForMs: dependencies.clock.now() - attempt.owedSince,
    failuresInARow: state.failuresInARow + 1,
  });
  return reach.scope === "target" ? { scope: "target", dueAt } : reach;
}
