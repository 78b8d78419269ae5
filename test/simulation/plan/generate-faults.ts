import { MINUTE, SECOND } from "../../../lib/domain/instant.ts";
import type { Role } from "../world/process.ts";
import type { Random } from "../world/random.ts";
import type { Fault, HttpTrouble } from "./plan.ts";
import { type Setting, someInstant } from "./setting.ts";

type Place = { readonly atMs: number; readonly store?: number };
type Maker = (random: Random, place: Place) => Fault;

const ROLES: readonly Role[] = ["reconcile", "reconcile", "reconcile", "compile", "compile", "tick", "sweep"];
const WHEN = ["before", "after"] as const;

function httpTrouble(random: Random): HttpTrouble {
  switch (random.whole(0, 9)) {
    case 0:
      return { how: "status", status: 429, when: "before", retryAfterS: random.pick([1, 5, 30, 120, 900]) };
    case 1:
      return { how: "status", status: 429, when: "before" };
    case 2:
    case 3:
      return { how: "status", status: random.pick([500, 502, 503, 504, 408]), when: random.pick(WHEN), leaks: random.chance(0.3) };
    case 4:
      return { how: "status", status: random.pick([409, 400, 403]), when: "before" };
    case 5:
      return { how: "malformed" };
    case 6:
      return { how: "slow", forMs: random.whole(500, 11_000) };
    case 7:
      return { how: "time-out", when: random.pick(WHEN) };
    default:
      return { how: "drop", when: random.pick(WHEN) };
  }
}

function outageTrouble(random: Random): HttpTrouble {
  const whole: readonly HttpTrouble[] = [
    { how: "status", status: 503, when: "before" },
    { how: "status", status: 500, when: "after" },
    { how: "drop", when: "before" },
    { how: "drop", when: "after" },
    { how: "time-out", when: "before" },
    { how: "time-out", when: "after" },
    { how: "slow", forMs: 4_000 },
  ];
  return random.pick(whole);
}

const lasting = (random: Random) =>
  random.pick([random.whole(5, 90) * SECOND, random.whole(1, 10) * MINUTE, random.whole(10, 60) * MINUTE]);
const nth = (random: Random) => random.pick([1, random.whole(1, 6), random.whole(1, 30)]);

/** Faults of one store, or of all where no store is named. */
const OF_A_STORE: readonly Maker[] = [
  (random, place) => ({
    ...place,
    kind: "death",
    role: random.pick(ROLES),
    nth: nth(random),
    when: random.pick(["before", "after", "late"]),
  }),
  (random, place) => ({ ...place, kind: "death", role: "reconcile", nth: nth(random), when: random.pick(["before", "after", "late"]) }),
  (random, place) => ({
    ...place,
    kind: "table",
    role: random.pick(ROLES),
    nth: nth(random),
    how: random.pick(["throttled", "reply-lost", "told-lost", "race"]),
  }),
  (random, place) => ({
    ...place,
    kind: "table",
    role: "reconcile",
    nth: nth(random),
    how: random.pick(["throttled", "reply-lost", "told-lost", "race"]),
  }),
  (random, place) => ({ ...place, kind: "http", nth: random.whole(1, 5), trouble: httpTrouble(random) }),
  (random, place) => ({ ...place, kind: "http", nth: random.whole(1, 5), trouble: httpTrouble(random) }),
  (random, place) => ({ ...place, kind: "outage", forMs: lasting(random), trouble: outageTrouble(random) }),
  (random, place) => ({ ...place, kind: "stale-reads", forMs: lasting(random) }),
  (random, place) => ({ ...place, kind: "message", how: random.pick(["twice", "late", "lost"]), nth: random.whole(1, 3) }),
  (random, place) => ({ ...place, kind: "change", how: random.pick(["lost", "late", "twice"]), nth: random.whole(1, 2) }),
  (random, place) => ({ ...place, kind: "secret-unreachable", forMs: lasting(random) }),
  (random, place) => ({ ...place, kind: "send-fails", forMs: lasting(random) }),
];

/** Faults that reach every store at once. */
const OF_ALL: readonly Maker[] = [
  (random, { atMs }) => ({ atMs, kind: "ticks", how: random.pick(["lost", "late", "twice"]), forMs: lasting(random) }),
  (random, { atMs }) => ({ atMs, kind: "stale-index", forMs: lasting(random) }),
  (random, { atMs }) => ({ atMs, kind: "sweeps-lost", forMs: random.whole(1, 3) * 60 * MINUTE }),
  (_random, { atMs }) => ({ atMs, kind: "restart", forMs: 0 }),
  (random, { atMs }) => {
    const byMs = random.pick([-30_000, -5_000, -2_000, -500, 500, 2_000]);
    return { atMs, kind: "clock", role: random.pick(["reconcile", "reconcile", "compile", "tick", "sweep"]), forMs: lasting(random), byMs };
  },
];

/** What may happen to a tick or a sweep when a quiet store must not notice: only the calls that concern another store. */
function harmless(fault: Fault): boolean {
  return (
    fault.store !== undefined &&
    fault.kind !== "ticks" &&
    !("role" in fault && fault.kind === "death" && fault.role !== "reconcile" && fault.role !== "compile")
  );
}

function endingInTime(fault: Fault, troubleMs: number): Fault {
  return "forMs" in fault && fault.kind !== "restart" ? { ...fault, forMs: Math.min(fault.forMs, troubleMs - fault.atMs) } : fault;
}

/** @returns what goes wrong: often little, sometimes a lot, near the instants at which it matters. */
export function generateFaults(setting: Setting): readonly Fault[] {
  const { random, stores } = setting;
  const noisy = stores.flatMap(({ isQuiet }, index) => (isQuiet ? [] : [index]));
  const hasQuiet = noisy.length < stores.length;
  const count = random.pick([0, 1, 2, 3, 3, 5, 5, 8, 12]);
  const faults = Array.from({ length: count }, (): Fault => {
    const store = hasQuiet || random.chance(0.7) ? random.pick(noisy) : undefined;
    const place = { atMs: someInstant(setting, store), ...(store !== undefined && { store }) };
    const makers = hasQuiet || random.chance(0.75) ? OF_A_STORE : OF_ALL;
    return endingInTime(random.pick(makers)(random, place), setting.troubleMs);
  });
  if (!hasQuiet) return faults;
  const quiet = stores.findIndex(({ isQuiet }) => isQuiet);
  const atMs = Math.max(MINUTE, someInstant(setting, quiet) - 5 * MINUTE);
  const stuck: Fault = { kind: "send-fails", store: random.pick(noisy), atMs, forMs: random.whole(10, 60) * MINUTE };
  return [...faults.filter(harmless), ...(random.chance(0.5) ? [endingInTime(stuck, setting.troubleMs)] : [])];
}
