import { type Instant, MINUTE, plus, SECOND } from "../../../lib/domain/instant.ts";
import { refusal, type SimulatedReply } from "./reply.ts";
import type { SimulatedSettings } from "./settings.ts";
import type { SimulatedToken, StoreState } from "./store-state.ts";

/** Ecwid's REST API overview: an address is blocked "for much longer" after 20 calls a minute, or 600 in all, with dead tokens. */
const DEAD_CALLS_PER_MINUTE = 20;
const DEAD_CALLS_IN_ALL = 600;

/** Lets a request through to a store, or says why not. */
export type Guard = (
  request: { readonly token: string | undefined; readonly address: string; readonly at: Instant },
  store: StoreState | undefined,
) => { readonly passed: SimulatedToken } | { readonly refused: SimulatedReply };

function tooMany(untilMs: number): { readonly refused: SimulatedReply } {
  const seconds = String(Math.max(1, Math.ceil(untilMs / SECOND)));
  return { refused: refusal(429, "RATE_LIMITED", "Too many requests", { "retry-after": seconds }) };
}

/** The limits that a minute has. */
function createMinuteCounter() {
  const recent = new Map<string, readonly Instant[]>();
  const within = (name: string, at: Instant) => (recent.get(name) ?? []).filter((other) => at - other < MINUTE);

  return {
    within,
    add(name: string, at: Instant): number {
      const now = [...within(name, at), at];
      recent.set(name, now);
      return now.length;
    },
  };
}

function createBans(settings: SimulatedSettings) {
  const deadCalls = createMinuteCounter();
  const totals = new Map<string, number>();
  const bannedUntil = new Map<string, Instant>();

  return {
    leftMs: (address: string, at: Instant): number => (bannedUntil.get(address) ?? at) - at,
    countDeadCall(address: string, at: Instant): void {
      const total = (totals.get(address) ?? 0) + 1;
      totals.set(address, total);
      const inMinute = deadCalls.add(address, at);
      if (inMinute >= DEAD_CALLS_PER_MINUTE || total >= DEAD_CALLS_IN_ALL) bannedUntil.set(address, plus(at, settings.banMs));
    },
  };
}

function createRate(settings: SimulatedSettings) {
  const requests = createMinuteCounter();

  /** @returns how long the token has to wait; undefined where the request is let through and counted. */
  return (key: string, at: Instant): number | undefined => {
    const recent = requests.within(key, at);
    const [oldest] = recent;
    if (oldest !== undefined && recent.length >= settings.requestsPerMinute) return plus(oldest, MINUTE) - at;
    requests.add(key, at);
    return undefined;
  };
}

/** @returns why Ecwid does not serve the store at all at present, if so. */
function storeRefusal(store: StoreState): SimulatedReply | undefined {
  if (store.suspended) return refusal(402, "STORE_IS_SUSPENDED", "The store is suspended");
  if (!store.apiOnPlan) return refusal(402, "NOT_AVAILABLE_ON_CURRENT_PLAN", "The API is not available on the store's plan");
  return undefined;
}

/** @returns the guard: bans of addresses, dead tokens, the rate of each token, and stores that Ecwid does not serve. */
export function createGuard(settings: SimulatedSettings): Guard {
  const bans = createBans(settings);
  const rate = createRate(settings);

  return ({ token, address, at }, store) => {
    const bannedMs = bans.leftMs(address, at);
    if (bannedMs > 0) return tooMany(bannedMs);
    if (store === undefined) return { refused: refusal(404, "STORE_NOT_FOUND", "Store not found") };

    const known = store.tokens.find((candidate) => candidate.token === token);
    if (known === undefined || known.dead) {
      bans.countDeadCall(address, at);
      return { refused: refusal(403, "INVALID_API_TOKEN", "Access token is invalid or was revoked") };
    }
    // A token is made per app and per store: the same text at another store is another token.
    const waitMs = rate(`${store.storeId} ${known.token}`, at);
    if (waitMs !== undefined) return tooMany(waitMs);
    const refused = storeRefusal(store);
    return refused === undefined ? { passed: known } : { refused };
  };
}
