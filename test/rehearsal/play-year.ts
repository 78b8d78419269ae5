import { readPromotion } from "../../lib/adapters/ecwid/read-promotion.ts";
import { runTick } from "../../lib/application/dispatch/run-tick.ts";
import { parseTargetKey } from "../../lib/domain/identifiers.ts";
import {
  earliest,
  formatInstant,
  HOUR,
  type Instant,
  latest,
  MINUTE,
  parseInstant,
  plus,
  SECOND,
  startOfMinute,
} from "../../lib/domain/instant.ts";
import { decideTarget } from "../../lib/domain/ledger/decide-target.ts";
import type { LiveTarget } from "../../lib/domain/live.ts";
import { createRandom } from "../simulation/world/random.ts";
import { createWorld, type World } from "../support/world.ts";
import { type RehearsedStore, rehearsedStore, YEAR_BEGINS, YEAR_ENDS } from "./scene.ts";
import { drawFault, type Happening, troublesOf } from "./troubles.ts";
import { type Year, yearOf } from "./year.ts";

/** The faults end with the year; what is still wrong three hours later stays wrong. */
const FAULTS_END = parseInstant(YEAR_ENDS);
const END = plus(FAULTS_END, 3 * HOUR);
const TICK_MS = 150 * SECOND;
/** How many ticks are lost; EventBridge promises to run a rule at least once a minute, not that Lambda has room. */
const LOST = 0.01;
const DOUBLED = 0.01;

function createRehearsal(seed: number, stores: readonly RehearsedStore[]): World {
  const chance = createRandom(seed + 1);
  const faults = createRandom(seed + 2);
  const settings = { latencyMs: { from: 150, to: 150 } };
  const setups = stores.map(({ setup }) => setup);
  const world = createWorld({ stores: setups, settings, now: YEAR_BEGINS, ticks: false, chance: chance.next, concurrency: 100 });
  for (const { storeId, token } of stores) world.secrets.set(storeId, { token });
  world.ecwid.setFaults(() => (world.clock.now() < FAULTS_END ? drawFault(faults) : undefined));
  return world;
}

async function nextDue({ state }: World): Promise<Instant | undefined> {
  for await (const { dueAt } of state.due(END)) return dueAt;
  return undefined;
}

/** A tick at which nothing is due does nothing, so time goes straight to the first that finds something. */
async function nextTick(world: World): Promise<Instant> {
  const due = await nextDue(world);
  const next = plus(startOfMinute(world.clock.now()), MINUTE);
  return due === undefined ? END : latest(next, plus(startOfMinute(due), -MINUTE));
}

async function liveOf({ ecwid }: World, store: string, key: string): Promise<LiveTarget | undefined> {
  const target = parseTargetKey(key);
  if (target === undefined) return undefined;
  if (target.kind === "promotion") return readPromotion(ecwid.promotion(store, target.id));
  const coupon = ecwid.coupon(store, target.id);
  return coupon && { kind: "coupon", id: target.id, applicationLimit: String(coupon["applicationLimit"]) };
}

/** Targets that are not as their campaigns ask, by the same decision as everything else takes. */
async function wrongNow(world: World, stores: readonly RehearsedStore[]): Promise<readonly string[]> {
  const wrong: string[] = [];
  for (const { storeId } of stores) {
    for (const { target, ledger, dueAt, block, failuresInARow } of await world.state.targetsOf(storeId)) {
      const live = await liveOf(world, storeId, target);
      if (live === undefined) continue;
      const layers = await world.state.layersOf(storeId, target);
      const { change, cells } = decideTarget({ layers, ledger, live, at: world.clock.now(), missingGroups: new Set() });
      if (change.kind === "none") continue;
      const rules = cells.map(({ rule }) => rule).join(", ");
      const next = dueAt === undefined ? "not due" : `due ${formatInstant(dueAt)}`;
      wrong.push(`${target} of store ${storeId} (${rules}; ${next}; ${block?.code ?? "not blocked"}, ${failuresInARow} failures)`);
    }
  }
  return wrong;
}

async function happen(world: World, agenda: Happening[], counts: Map<string, number>): Promise<void> {
  for (let next = agenda[0]; next !== undefined && next.at <= world.clock.now(); next = agenda[0]) {
    agenda.shift();
    counts.set(next.kind, (counts.get(next.kind) ?? 0) + 1);
    await next.run(world);
  }
}

/**
 * Plays the year 2026 of some stores on virtual time, with everything that goes wrong in it.
 *
 * @param numbers which stores of the rehearsal.
 */
export async function playYear(seed: number, numbers: readonly number[]): Promise<Year> {
  const stores = numbers.map((n) => rehearsedStore(seed, n));
  const random = createRandom(seed + 10 + (numbers[0] ?? 0));
  const agenda = [...troublesOf(random, stores)];
  const counts = new Map<string, number>();
  const world = createRehearsal(seed, stores);
  const ticking: Promise<void>[] = [];
  for (const { records } of stores) for (const record of records) await world.campaigns.put(record);
  await world.sweep();
  while (world.clock.now() < END) {
    const tickAt = await nextTick(world);
    const at = earliest(tickAt, agenda[0]?.at, END) ?? END;
    await world.clock.advanceTo(at);
    await happen(world, agenda, counts);
    const isCalm = at >= FAULTS_END;
    if (at !== tickAt || (random.chance(LOST) && !isCalm)) continue;
    for (let times = random.chance(DOUBLED) ? 2 : 1; times > 0; times -= 1) ticking.push(runTick(world.compiling, plus(at, TICK_MS)));
    await world.settle();
  }
  await Promise.all(ticking);
  return yearOf(world, counts, await wrongNow(world, stores));
}
