import { policyFor } from "../../domain/failures/failure-policy.ts";
import type { StoreId } from "../../domain/identifiers.ts";
import { HOUR, type Instant, MINUTE, plus } from "../../domain/instant.ts";
import type { EcwidStore } from "../ports/ecwid-gateway.ts";
import type { StoreState, SystemState, Versioned } from "../ports/state-table.ts";
import type { TokenReading } from "../ports/token-source.ts";
import type { ReconcileDependencies } from "./dependencies.ts";
import { areTokensDying, isProven, provingStore, reservePlace } from "./token-proof.ts";

/** A token, and the place among the dead answers that it holds until it has proved to work (only one that was not proven has one). */
export interface Credentials extends TokenReading {
  readonly reservedAt?: Instant | undefined;
}

/** Either the store at Ecwid, or why no call is made and when its targets may be tried again (never by themselves if absent). */
export type StoreAccess =
  | { readonly kind: "open"; readonly ecwid: EcwidStore; readonly store: StoreState & Versioned; readonly token: Credentials }
  | { readonly kind: "closed"; readonly code: string; readonly reason: string; readonly tryAgainAt: Instant | undefined };

function closed(code: string, reason: string, tryAgainAt?: Instant): StoreAccess {
  return { kind: "closed", code, reason, tryAgainAt };
}

/** Reasons that are known before the token is read. */
function closedBefore(system: SystemState, store: StoreState, now: Instant, probing: boolean): StoreAccess | undefined {
  if (system.stopped !== undefined) return closed("STOPPED", `Doorman is stopped: ${system.stopped.reason}`, plus(now, MINUTE));
  if (store.coolDownUntil !== undefined && store.coolDownUntil > now) {
    return closed("COOL_DOWN", "Ecwid asked for silence", store.coolDownUntil);
  }
  if (store.pause !== undefined && !(probing && store.pause.probeAt <= now)) return closed(store.pause.code, store.pause.reason);
  return undefined;
}

async function readToken(
  dependencies: ReconcileDependencies,
  storeId: StoreId,
  store: StoreState,
  now: Instant,
): Promise<StoreAccess | TokenReading> {
  const reading = await dependencies.tokens.read(storeId);
  if (!reading.ok) return closed("NO_TOKEN", reading.failure.message, plus(now, reading.failure.again ? MINUTE : HOUR));
  const { deployment, version } = reading.value;
  if (dependencies.deployment !== undefined && deployment !== undefined && deployment !== dependencies.deployment) {
    return closed("OTHER_DEPLOYMENT", `the store's secret belongs to the deployment "${deployment}"`, plus(now, HOUR));
  }
  if (store.deadToken?.secretVersion === version) {
    dependencies.tokens.forget(storeId);
    return closed("TOKEN_REJECTED", policyFor({ kind: "token-rejected", message: "" }, 0).reason);
  }
  return reading.value;
}

/**
 * Finds out whether a store may be called at all, without calling it: kill switch, cool-down, pause, deployment, dead token, and the
 * breaker that keeps Ecwid from banning our address (design 6).
 *
 * @param probing whether this is a look: it may be the one call an hour that finds out if a pause is over, and it takes its turn.
 */
export async function openStore(dependencies: ReconcileDependencies, storeId: StoreId, probing: boolean): Promise<StoreAccess> {
  const { state, clock, ecwid } = dependencies;
  const now = clock.now();
  const [system, store] = await Promise.all([state.readSystem(), state.readStore(storeId)]);
  const before = closedBefore(system, store, now, probing);
  if (before !== undefined) return before;
  const token = await readToken(dependencies, storeId, store, now);
  if ("kind" in token) return token;
  const opened = ecwid.open(storeId, token.token);
  // A look can wait, so it takes its turn even where the token is proven: tokens that were replaced together die together.
  const isTrusted = !probing && isProven(store, now) && !areTokensDying(system, now);
  if (isTrusted) return { kind: "open", ecwid: opened, store, token };
  const reservedAt = await reservePlace(dependencies);
  if (reservedAt === undefined) {
    return closed(
      "BREAKER",
      "many tokens are being tried for the first time or were refused within a minute; this one waits its turn",
      // Later than the next tick, which would bring all of them back at one instant; spread, so that places become free in between.
      plus(clock.now(), MINUTE + Math.floor(dependencies.chance() * MINUTE)),
    );
  }
  return { kind: "open", ecwid: provingStore(dependencies, storeId, opened, reservedAt), store, token: { ...token, reservedAt } };
}
