import type { EcwidFailure } from "../../domain/failures/ecwid-failure.ts";
import type { StoreId } from "../../domain/identifiers.ts";
import { DAY, HOUR, type Instant, MINUTE, plus, SECOND } from "../../domain/instant.ts";
import { failure, type Result } from "../../domain/result.ts";
import type { EcwidStore } from "../ports/ecwid-gateway.ts";
import type { StoreState, SystemState } from "../ports/state-table.ts";
import type { ReconcileDependencies } from "./dependencies.ts";
import { updateStore } from "./update-store.ts";

/** A token that Ecwid accepted within this time is called without asking for a place. */
const PROVEN_FOR_MS = DAY + HOUR;
/** So many tokens that may be dead are called within a minute, over the whole deployment: Ecwid bans an address at 20 (rate limits page). */
const MOST_UNPROVEN_A_MINUTE = 10;
const MOST_REMEMBERED = 20;
/** After so many reads in a row without an answer nobody can tell any more whether the token works; Ecwid may be refusing it unheard. */
const MOST_UNHEARD = 3;

/** @returns whether the store's token has proved to work lately. */
export function isProven(store: StoreState, now: Instant): boolean {
  if ((store.unheard ?? 0) >= MOST_UNHEARD) return false;
  return store.deadToken === undefined && store.tokenProvenAt !== undefined && store.tokenProvenAt > plus(now, -PROVEN_FOR_MS);
}

/** So many refusals in a minute are no accident: tokens were replaced together, and proof of yesterday says nothing. */
const REFUSALS_OF_A_WAVE = 5;

/** @returns whether tokens are being refused in such numbers that even those proven lately have to take their turn. */
export function areTokensDying({ refusals = [] }: SystemState, now: Instant): boolean {
  return refusals.filter((at) => at > plus(now, -MINUTE)).length >= REFUSALS_OF_A_WAVE;
}

/** A token that works gives its place back within a second, so a little patience lets hundreds of stores a minute pass. */
const LONGEST_WAIT_MS = 4 * SECOND;
const BETWEEN_TWO_ASKS_MS = { from: 200, to: 1_000 };

/**
 * Takes a place among the dead answers of this minute *before* a token is tried that may be dead, so that many stores that are opened at
 * once cannot all pass. Waits a few seconds for one.
 *
 * @returns the place, or undefined if there is none left.
 */
export async function reservePlace({ state, clock, chance }: ReconcileDependencies): Promise<Instant | undefined> {
  const until = plus(clock.now(), LONGEST_WAIT_MS);
  for (;;) {
    const now = clock.now();
    const { version, ...system } = await state.readSystem();
    const lately = system.deadAnswers.filter((at) => at > plus(now, -MINUTE));
    if (lately.length < MOST_UNPROVEN_A_MINUTE) {
      if (await state.writeSystem({ ...system, deadAnswers: [...lately, now] }, version)) return now;
      continue;
    }
    const { from, to } = BETWEEN_TWO_ASKS_MS;
    const again = plus(now, from + chance() * (to - from));
    if (again > until) return undefined;
    await clock.sleepUntil(again);
  }
}

/**
 * Counts a refused token.
 *
 * @param reservedAt the place it took before it was tried, if any: while it stands there, it counts already.
 */
export async function recordRefusal({ state, clock }: ReconcileDependencies, reservedAt: Instant | undefined): Promise<void> {
  for (;;) {
    const now = clock.now();
    const { version, ...system } = await state.readSystem();
    const hasPlace = reservedAt !== undefined && system.deadAnswers.includes(reservedAt);
    const deadAnswers = hasPlace ? system.deadAnswers : [...system.deadAnswers, now].slice(-MOST_REMEMBERED);
    const refusals = [...(system.refusals ?? []), now].slice(-MOST_REMEMBERED);
    if (await state.writeSystem({ ...system, deadAnswers, refusals }, version)) return;
  }
}

async function giveBack({ state }: ReconcileDependencies, reservedAt: Instant): Promise<void> {
  for (;;) {
    const { version, ...system } = await state.readSystem();
    const place = system.deadAnswers.indexOf(reservedAt);
    if (place < 0) return;
    if (await state.writeSystem({ ...system, deadAnswers: system.deadAnswers.toSpliced(place, 1) }, version)) return;
  }
}

/** A proof is written down again only once it is older than this. */
const PROOF_RENEWED_MS = HOUR;

async function prove({ state, clock }: ReconcileDependencies, storeId: StoreId): Promise<void> {
  for (;;) {
    const { version, ...store } = await state.readStore(storeId);
    const now = clock.now();
    if (store.tokenProvenAt !== undefined && store.tokenProvenAt > plus(now, -PROOF_RENEWED_MS)) return;
    if (await state.writeStore(storeId, { ...store, tokenProvenAt: now }, version)) return;
  }
}

/** Writes down how many reads in a row came back without an answer. */
async function noteUnheard(dependencies: ReconcileDependencies, storeId: StoreId, unheard: number): Promise<void> {
  await updateStore(dependencies, storeId, (store) => ({ ...store, unheard: unheard === 0 ? undefined : unheard }));
}

/** Whether a reply shows that Ecwid still answers for the store, whatever it thinks of the call. */
function isHeard(reply: Result<unknown, EcwidFailure>): boolean {
  if (reply.ok) return true;
  return !["token-rejected", "outcome-unknown", "rate-limited", "unreadable-reply"].includes(reply.failure.kind);
}

/** @returns whether a failure shows that Ecwid knows the token. A bad request and a missing page may be told by a front that has not looked at it. */
export function provesToken({ kind }: EcwidFailure): boolean {
  return ["scope-missing", "feature-unavailable", "store-paused", "conflict", "read-only"].includes(kind);
}

/** A store whose calls are watched for signs that its token works. */
export interface ProvingStore {
  readonly store: EcwidStore;
  /** Gives the place back if nothing was asked of the store after all. */
  readonly giveBackUnused: () => Promise<void>;
}

/** What is known of a token before it is used: the place it takes among the dead answers, if any, and what went unheard before. */
interface Suspicion {
  readonly reservedAt?: Instant | undefined;
  readonly unheard: number;
}

/**
 * Watches each call of a store. On a place, the first sign that the token works is written down and the place given back. A dead token whose
 * refusals are lost on the way is counted by Ecwid all the same: so a read on a place that comes back without an answer is the last call, and
 * the same holds for a proven token after a few such reads in a row; from then on it needs a place too. Writes do not count: each comes
 * right after a read that was answered.
 */
export function provingStore(
  dependencies: ReconcileDependencies,
  storeId: StoreId,
  store: EcwidStore,
  { reservedAt, unheard: before }: Suspicion,
): ProvingStore {
  let isAsked = false;
  let isKnown = false;
  let unheard = before;
  let silence: EcwidFailure | undefined;

  async function showLife(): Promise<void> {
    if (isKnown || reservedAt === undefined) return;
    isKnown = true;
    await prove(dependencies, storeId);
    await giveBack(dependencies, reservedAt);
  }

  async function showAnswer(): Promise<void> {
    if (unheard > 0) await noteUnheard(dependencies, storeId, 0);
    unheard = 0;
  }

  async function showNothing(failure: EcwidFailure): Promise<void> {
    unheard += 1;
    await noteUnheard(dependencies, storeId, unheard);
    const isOnPlace = reservedAt !== undefined && !isKnown;
    if (isOnPlace || unheard >= MOST_UNHEARD) silence = failure;
  }

  const send = async <Value>(call: () => Promise<Result<Value, EcwidFailure>>): Promise<Result<Value, EcwidFailure>> => {
    if (silence !== undefined) return failure(silence);
    isAsked = true;
    const reply = await call();
    if (isHeard(reply)) await showAnswer();
    if (reply.ok || provesToken(reply.failure)) await showLife();
    return reply;
  };
  const read = async <Value>(call: () => Promise<Result<Value, EcwidFailure>>): Promise<Result<Value, EcwidFailure>> => {
    const wasSilent = silence !== undefined;
    const reply = await send(call);
    if (!wasSilent && !reply.ok && reply.failure.kind === "outcome-unknown" && reply.failure.isUnheard) await showNothing(reply.failure);
    return reply;
  };
  return {
    giveBackUnused: async () => {
      if (!isAsked && reservedAt !== undefined) await giveBack(dependencies, reservedAt);
    },
    store: {
      readCoupon: (id) => read(() => store.readCoupon(id)),
      listCoupons: () => read(() => store.listCoupons()),
      listPromotions: () => read(() => store.listPromotions()),
      writeApplicationLimit: (id, limit) => send(() => store.writeApplicationLimit(id, limit)),
      writeTriggers: (id, triggers) => send(() => store.writeTriggers(id, triggers)),
      readProfile: () => read(() => store.readProfile()),
      listCustomerGroups: () => read(() => store.listCustomerGroups()),
    },
  };
}
