import type { Fault } from "../../infra/local/simulated-store/fault.ts";
import { HOUR, type Instant, MINUTE, parseInstant, plus, SECOND } from "../../lib/domain/instant.ts";
import type { Random } from "../simulation/world/random.ts";
import type { World } from "../support/world.ts";
import { COUPONS, PROMOTIONS, type RehearsedStore, YEAR_BEGINS, YEAR_ENDS } from "./scene.ts";

/** Something that is to happen at an instant of the year. */
export interface Happening {
  readonly at: Instant;
  readonly kind: "person" | "token-dies" | "token-replaced" | "suspended" | "served-again" | "outage" | "sweep";
  readonly run: (world: World) => Promise<void>;
}

const FROM = parseInstant(YEAR_BEGINS);
const UNTIL = parseInstant(YEAR_ENDS);
const SWEEP_EVERY_MS = 12 * HOUR;

function sometime(random: Random): Instant {
  return plus(FROM, Math.floor(random.next() * (UNTIL - FROM) * 0.97));
}

/** What goes wrong with one request in a hundred. */
export function drawFault(random: Random): Fault | undefined {
  if (!random.chance(0.01)) return undefined;
  const when = random.pick(["before", "after"] as const);
  const faults: readonly Fault[] = [
    { kind: "status", status: random.pick([500, 502, 503]), when },
    { kind: "drop", when },
    { kind: "status", status: 429, when: "before", retryAfter: String(random.whole(1, 120)) },
    { kind: "slow", delayMs: random.whole(1, 9) * SECOND, effect: "at-the-end" },
    { kind: "stale" },
    { kind: "malformed" },
  ];
  return random.pick(faults);
}

function edit(random: Random, { storeId }: RehearsedStore): Happening["run"] {
  const coupon = random.pick(COUPONS);
  const promotion = random.pick(PROMOTIONS);
  const limit = random.pick(["UNLIMITED", "NEW_CUSTOMER_ONLY", "REPEAT_CUSTOMER_ONLY"]);
  const subtotal = random.whole(10, 90);
  const isCoupon = random.chance(0.5);
  return async ({ ecwid }) => {
    if (isCoupon) ecwid.edit.coupon(storeId, coupon, { applicationLimit: limit });
    else ecwid.edit.promotion(storeId, promotion, { triggers: { subtotal } });
  };
}

function tokenDies(random: Random, { storeId, token }: RehearsedStore): readonly Happening[] {
  const at = sometime(random);
  const next = `${token}_new`;
  return [
    { at, kind: "token-dies", run: async ({ ecwid }) => ecwid.edit.revokeTokens(storeId) },
    {
      at: plus(at, random.whole(1, 30) * HOUR),
      kind: "token-replaced",
      run: async (world) => {
        world.ecwid.edit.tokens(storeId, [...world.ecwid.store(storeId).tokens.map((each) => ({ ...each, token: next, dead: false }))]);
        world.secrets.set(storeId, { token: next });
      },
    },
  ];
}

function suspension(random: Random, { storeId }: RehearsedStore): readonly Happening[] {
  const at = sometime(random);
  const set =
    (suspended: boolean): Happening["run"] =>
    async ({ ecwid }) =>
      ecwid.edit.store(storeId, { suspended });
  return [
    { at, kind: "suspended", run: set(true) },
    { at: plus(at, random.whole(1, 48) * HOUR), kind: "served-again", run: set(false) },
  ];
}

/** Nobody ticks and nobody works. */
function outage(random: Random): Happening {
  const at = sometime(random);
  const until = plus(at, random.whole(10, 8 * 60) * MINUTE);
  return { at, kind: "outage", run: async (world) => world.skipTo(new Date(until).toISOString()) };
}

/** @returns what happens in a year of these stores, in order: a person's edit a month in each, a few tokens, suspensions and outages. */
export function troublesOf(random: Random, stores: readonly RehearsedStore[]): readonly Happening[] {
  const edits = stores.flatMap((store) =>
    Array.from({ length: 12 }, (): Happening => ({ at: sometime(random), kind: "person", run: edit(random, store) })),
  );
  const dying = random.some(stores, 0.3).flatMap((store) => tokenDies(random, store));
  const suspended = random.some(stores, 0.3).flatMap((store) => suspension(random, store));
  const outages = Array.from({ length: 3 }, () => outage(random));
  const sweeps: Happening[] = [];
  for (let at = plus(FROM, HOUR); at <= plus(UNTIL, HOUR); at = plus(at, SWEEP_EVERY_MS))
    sweeps.push({ at, kind: "sweep", run: async (world) => world.sweep() });
  return [...edits, ...dying, ...suspended, ...outages, ...sweeps].toSorted((one, other) => one.at - other.at);
}
