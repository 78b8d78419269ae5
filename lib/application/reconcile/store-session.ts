import type { StoreId } from "../../domain/identifiers.ts";
import { type Instant, plus, SECOND } from "../../domain/instant.ts";
import type { EcwidStore } from "../ports/ecwid-gateway.ts";
import type { TokenReading } from "../ports/token-source.ts";
import type { ReconcileDependencies } from "./dependencies.ts";
import type { EarlyRelease } from "./early-release.ts";

/** One message's work on one store that may be called. */
export interface StoreSession {
  readonly dependencies: ReconcileDependencies;
  readonly storeId: StoreId;
  readonly ecwid: EcwidStore;
  readonly token: TokenReading;
  /** In which people of this store read times. */
  readonly timeZone: string;
  /** Nothing is begun that cannot be finished by then. */
  readonly deadline: Instant;
  readonly early: EarlyRelease;
}

/** Nothing is begun with less than this left: a read, a write and a read back at their longest. */
const ONE_TARGET_MS = 35 * SECOND;

/** @returns whether there is still time to begin another target. */
export function hasTime(session: StoreSession): boolean {
  return plus(session.dependencies.clock.now(), ONE_TARGET_MS) <= session.deadline;
}
