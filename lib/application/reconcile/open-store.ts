import { policyFor } from "../../domain/failures/failure-policy.ts";
import type { StoreId } from "../../domain/identifiers.ts";
import { DAY, HOUR, type Instant, MINUTE, plus } from "../../domain/instant.ts";
import type { EcwidStore } from "../ports/ecwid-gateway.ts";
import type { StoreState, SystemState, Versioned } from "../ports/state-table.ts";
import type { TokenReading } from "../ports/token-source.ts";
import type { ReconcileDependencies } from "./dependencies.ts";

/** Either the store at Ecwid, or why no call is made and when its targets may be tried again (never by themselves if absent). */
export type StoreAccess =
  | { readonly kind: "open"; readonly ecwid: EcwidStore; readonly store: StoreState & Versioned; readonly token: TokenReading }
  | { readonly kind: "closed"; readonly code: string; readonly reason: string; readonly tryAgainAt: Instant | undefined };

/** A token that Ecwid accepted within this time is trusted while many others are being refused. */
const PROVEN_FOR_MS = DAY + HOUR;
/** This many refused tokens within a minute, and tokens not proven wait: Ecwid bans an address at 20 (rate limits page). */
const MOST_DEAD_ANSWERS_A_MINUTE = 10;

function closed(code: string, reason: string, tryAgainAt?: Instant): StoreAccess {
  return { kind: "closed", code, reason, tryAgainAt };
}

function breakerHolds(system: SystemState, store: StoreState, now: Instant): boolean {
  const lately = system.deadAnswers.filter((at) => at > plus(now, -MINUTE));
  if (lately.length < MOST_DEAD_ANSWERS_A_MINUTE) return false;
  return store.tokenProvenAt === undefined || store.tokenProvenAt < plus(now, -PROVEN_FOR_MS);
}

/** Reasons that are known before the token is read. */
function closedBefore(system: SystemState, store: StoreState, now: Instant, probing: boolean): StoreAccess | undefined {
  if (system.stopped !== undefined) return closed("STOPPED", `Doorman is stopped: ${system.stopped.reason}`, plus(now, MINUTE));
  if (store.coolDownUntil !== undefined && store.coolDownUntil > now)
    return closed("COOL_DOWN", "Ecwid asked for silence", store.coolDownUntil);
  if (store.pause !== undefined && !(probing && store.pause.probeAt <= now)) return closed(store.pause.code, store.pause.reason);
  return undefined;
}

async function closedForToken(
  dependencies: ReconcileDependencies,
  storeId: StoreId,
  store: StoreState,
  now: Instant,
): Promise<StoreAccess | TokenReading> {
  const reading = await dependencies.tokens.read(storeId);
  if (!reading.ok) return closed("NO_TOKEN", reading.failure.message, plus(now, reading.failure.again ? MINUTE : HOUR));
  const { deployment, version } = reading.value;
  if (dependencies.deployment !== undefined && deployment !== undefined && deployment !== dependencies.deployment) {
    return closed("OTHER_DEPLOYMENT", `the store's secret belongs to the deployment "${deployment}"`);
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
 * @param probing whether this call may be the one an hour that finds out if a pause is over.
 */
export async function openStore(dependencies: ReconcileDependencies, storeId: StoreId, probing: boolean): Promise<StoreAccess> {
  const { state, clock, ecwid } = dependencies;
  const now = clock.now();
  const [system, store] = await Promise.all([state.readSystem(), state.readStore(storeId)]);
  const before = closedBefore(system, store, now, probing);
  if (before !== undefined) return before;
  const token = await closedForToken(dependencies, storeId, store, now);
  if ("kind" in token) return token;
  if (breakerHolds(system, store, now)) {
    return closed("BREAKER", "many tokens were refused within a minute, and this one is not proven to work", plus(now, MINUTE));
  }
  return { kind: "open", ecwid: ecwid.open(storeId, token.token), store, token };
}
