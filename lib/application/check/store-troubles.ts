import { policyFor } from "../../domain/failures/failure-policy.ts";
import { parseTargetKey, type Target, type TargetKey } from "../../domain/identifiers.ts";
import type { StoreState } from "../ports/state-table.ts";

/** Why nothing can be switched in a store, or nothing of one kind, until somebody has acted. */
export interface StoreTrouble {
  readonly code: string;
  readonly reason: string;
  /** Absent: it concerns every target. */
  readonly kind?: Target["kind"] | undefined;
}

/** @returns what keeps a store, or one kind of its targets, from being called, for longer than a while. */
export function storeTroubles({ deadToken, pause, noAccess, pausedKinds }: StoreState): readonly StoreTrouble[] {
  const dead = deadToken === undefined ? undefined : policyFor({ kind: "token-rejected", message: "" }, 0);
  const whole = [dead, pause, noAccess].filter((trouble) => trouble !== undefined).map(({ code, reason }) => ({ code, reason }));
  const kinds = (["coupon", "promotion"] as const).flatMap((kind) => {
    const paused = pausedKinds[kind];
    return paused === undefined ? [] : [{ code: paused.code, reason: paused.reason, kind }];
  });
  return [...whole, ...kinds];
}

/** @returns those of the troubles that concern one of the targets. */
export function troublesFor(troubles: readonly StoreTrouble[], targets: readonly TargetKey[]): readonly StoreTrouble[] {
  const kinds = new Set(targets.map((target) => parseTargetKey(target)?.kind));
  return troubles.filter(({ kind }) => kind === undefined || kinds.has(kind));
}
