import { policyFor } from "../../domain/failures/failure-policy.ts";
import type { StoreId } from "../../domain/identifiers.ts";
import { HOUR, type Instant, MINUTE, plus } from "../../domain/instant.ts";
import type { EcwidStore } from "../ports/ecwid-gateway.ts";
import type { StoreState, SystemState, Versioned } from "../ports/state-table.ts";
import type { TokenReading } from "../ports/token-source.ts";
import type { ReconcileDependencies } from "./dependencies.ts";
import { readOnlyStore } from "./read-only-store.ts";
import { areTokensDying, isProven, provingStore, reservePlace } from "./token-proof.ts";
import { updateStore } from "./update-store.ts";

/** A token, and the place among the dead answers that it holds until it has proved to work (only one that was not proven has one). */
export interface Credentials extends TokenReading {
  readonly reservedAt?: Instant | undefined;
}

/** Either the store at Ecwid, or why no call is made and when its targets may be tried again (never by themselves if absent). */
export type StoreAccess =
  | {
      readonly kind: "open";
      readonly ecwid: EcwidStore;
      readonly store: StoreState & Versioned;
      readonly token: Credentials;
      /** To be called at the end: a place among the dead answers that was not needed is another's. */
      readonly giveBackUnused: () => Promise<void>;
    }
  | {
      readonly kind: "closed";
      readonly code: string;
      readonly reason: string;
      readonly tryAgainAt: Instant | undefined;
      /**
       * `by-store`: the store's item says so itself; `no-access`: it should, for a person has to act; `passing`: it passes by itself; `stopped`: by
       * the kill switch, and nothing is to be written either.
       */
      readonly nature: "by-store" | "no-access" | "passing" | "stopped";
    };

type Closed = StoreAccess & { readonly kind: "closed" };

function closed(nature: Closed["nature"], code: string, reason: string, tryAgainAt?: Instant): Closed {
  return { kind: "closed", nature, code, reason, tryAgainAt };
}

/** Reasons that are known before the token is read. */
function closedBefore(system: SystemState, store: StoreState, now: Instant, probing: boolean): Closed | undefined {
  if (system.stopped !== undefined) return closed("stopped", "STOPPED", `Doorman is stopped: ${system.stopped.reason}`);
  if (store.coolDownUntil !== undefined && store.coolDownUntil > now) {
    return closed("passing", "COOL_DOWN", "Ecwid asked for silence", store.coolDownUntil);
  }
  if (store.pause !== undefined && !(probing && store.pause.probeAt <= now))
    return closed("by-store", store.pause.code, store.pause.reason);
  return undefined;
}

async function readToken(
  dependencies: ReconcileDependencies,
  storeId: StoreId,
  store: StoreState,
  now: Instant,
): Promise<Closed | TokenReading> {
  const reading = await dependencies.tokens.read(storeId);
  if (!reading.ok) {
    const { again, message } = reading.failure;
    return closed(again ? "passing" : "no-access", "NO_TOKEN", message, plus(now, again ? MINUTE : HOUR));
  }
  const { deployment, version } = reading.value;
  if (dependencies.deployment !== undefined && deployment !== undefined && deployment !== dependencies.deployment) {
    return closed("no-access", "OTHER_DEPLOYMENT", `the store's secret belongs to the deployment "${deployment}"`, plus(now, HOUR));
  }
  if (store.deadToken?.secretVersion === version) {
    dependencies.tokens.forget(storeId);
    return closed("by-store", "TOKEN_REJECTED", policyFor({ kind: "token-rejected", message: "" }, 0).reason);
  }
  return reading.value;
}

/** Keeps on the store's item whether there is a secret to call it with, so that its campaigns are told for as long as there is none. */
async function noteAccess(
  dependencies: ReconcileDependencies,
  storeId: StoreId,
  { noAccess: before }: StoreState,
  access: Closed | undefined,
): Promise<void> {
  if (access !== undefined && access.nature !== "no-access") return;
  if (before?.code === access?.code && before?.reason === access?.reason) return;
  const since = dependencies.clock.now();
  const noAccess = access === undefined ? undefined : { code: access.code, reason: access.reason, since };
  await updateStore(dependencies, storeId, (store) => ({ ...store, noAccess }));
}

/**
 * Finds out whether a store may be called at all, without calling it: kill switch, cool-down, pause, deployment, dead token, and the
 * breaker that keeps Ecwid from banning our address (design 6).
 *
 * @param probing whether this is a look: it may be the one call an hour that finds out if a pause is over, and it takes its turn.
 * @param at when it is going to be called, if that is later than now: a silence that is over by then is none.
 */
export async function openStore(
  dependencies: ReconcileDependencies,
  storeId: StoreId,
  probing: boolean,
  at?: Instant,
): Promise<StoreAccess> {
  const { state, clock, ecwid } = dependencies;
  const now = clock.now();
  const [system, store] = await Promise.all([state.readSystem(), state.readStore(storeId)]);
  const before = closedBefore(system, store, at ?? now, probing);
  if (before !== undefined) return before;
  const token = await readToken(dependencies, storeId, store, now);
  await noteAccess(dependencies, storeId, store, "kind" in token ? token : undefined);
  if ("kind" in token) return token;
  const { unheard = 0 } = store;
  const open = (isSentOnce: boolean, reservedAt?: Instant) => {
    const whole = ecwid.open(storeId, token.token, isSentOnce);
    const opened = dependencies.isShadow === true ? readOnlyStore(whole) : whole;
    return provingStore(dependencies, storeId, opened, { reservedAt, unheard });
  };
  // A look can wait, so it takes its turn even where the token is proven: tokens that were replaced together die together.
  const isTrusted = !probing && isProven(store, now) && !areTokensDying(system, now);
  if (isTrusted) {
    const trusted = open(false);
    return { kind: "open", ecwid: trusted.store, store, token, giveBackUnused: trusted.giveBackUnused };
  }
  const reservedAt = await reservePlace(dependencies);
  if (reservedAt === undefined) {
    return closed(
      "passing",
      "BREAKER",
      "many tokens are being tried for the first time or were refused within a minute; this one waits its turn",
      // Later than the next tick, which would bring all of them back at one instant; spread, so that places become free in between.
      plus(clock.now(), MINUTE + Math.floor(dependencies.chance() * MINUTE)),
    );
  }
  const proving = open(true, reservedAt);
  return { kind: "open", ecwid: proving.store, store, token: { ...token, reservedAt }, giveBackUnused: proving.giveBackUnused };
}
