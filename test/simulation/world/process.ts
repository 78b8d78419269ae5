import type { StoreId } from "../../../lib/domain/identifiers.ts";
import type { Instant } from "../../../lib/domain/instant.ts";

/** The functions of the application, as they run. */
export type Role = "reconcile" | "compile" | "tick" | "sweep";

/** One invocation of a function. A dead one never gets another answer, and nothing it does takes effect any more. */
export interface Process {
  readonly id: number;
  readonly role: Role;
  readonly beganAt: Instant;
  /** Of which store, where the function works on one. */
  readonly storeId: StoreId | undefined;
  /** How far its machine's clock is off. */
  readonly skewMs: () => number;
  isDead: boolean;
  /** True once one of our own services has failed it. */
  hasFailed: boolean;
  /** How many gates it has come to. */
  gates: number;
}

/** @returns a promise that is never settled: what a dead process waits for. */
export function never(): Promise<never> {
  return new Promise(() => undefined);
}
