import { retryAt } from "../../domain/failures/failure-policy.ts";
import type { StoreId } from "../../domain/identifiers.ts";
import { type Instant, plus, SECOND } from "../../domain/instant.ts";
import type { EcwidStore } from "../ports/ecwid-gateway.ts";
import type { CountAhead } from "./count-ahead.ts";
import type { ReconcileDependencies } from "./dependencies.ts";
import type { EarlyRelease } from "./early-release.ts";
import type { Credentials } from "./open-store.ts";

/** One message's work on one store that may be called. */
export interface StoreSession {
  readonly dependencies: ReconcileDependencies;
  readonly storeId: StoreId;
  readonly ecwid: EcwidStore;
  readonly token: Credentials;
  /** In which people of this store read times. */
  readonly timeZone: string;
  /** Nothing is begun that cannot be finished by then. */
  readonly deadline: Instant;
  readonly early: EarlyRelease;
  /** Where an attempt has been counted before there was a session; undefined: none has. */
  readonly count?: CountAhead | undefined;
  /**
   * When something that has failed so often in a row is tried again. Within one message the answer is the same for all, so that they come back
   * together, as one message, and do not hold the store's queue one by one.
   */
  readonly retryAt: (failuresInARow: number) => Instant;
  /** Whether the kill switch has been thrown since the store was opened. */
  readonly isStopped: () => Promise<boolean>;
  /** Whether to begin nothing more although there is time. */
  readonly isEnough: () => boolean;
}

/** Nothing is begun with less than this left: a read, a write and a read back at their longest. */
const ONE_TARGET_MS = 35 * SECOND;

/** @returns whether another target may be begun. */
export async function mayBegin(session: StoreSession): Promise<boolean> {
  if (session.isEnough() || plus(session.dependencies.clock.now(), ONE_TARGET_MS) > session.deadline) return false;
  return !(await session.isStopped());
}

/** @returns one retry instant for each count of failures, drawn once. */
export function sharedRetries({ clock, chance }: Pick<ReconcileDependencies, "clock" | "chance">): StoreSession["retryAt"] {
  const drawn = new Map<number, Instant>();
  return (failuresInARow) => {
    const known = drawn.get(failuresInARow);
    const at = known ?? retryAt(clock.now(), failuresInARow, chance());
    drawn.set(failuresInARow, at);
    return at;
  };
}
