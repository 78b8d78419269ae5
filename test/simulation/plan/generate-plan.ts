import { HOUR, MINUTE, SECOND } from "../../../lib/domain/instant.ts";
import type { ApplicationLimit } from "../../../lib/domain/layers/layer.ts";
import { createRandom, type Random } from "../world/random.ts";
import { generateActions } from "./generate-actions.ts";
import { generateCampaigns } from "./generate-campaigns.ts";
import { generateFaults } from "./generate-faults.ts";
import type { Action, Fault, Plan, PlannedStore } from "./plan.ts";
import { OFFSETS_MS } from "./record.ts";

const LIMITS: readonly ApplicationLimit[] = ["UNLIMITED", "NEW_CUSTOMER_ONLY", "REPEAT_CUSTOMER_ONLY"];
const GROUPS = [1, 2, 3, 4, 5, 6] as const;

/** After the trouble: longer than the longest back-off and the look after it, and than what a hidden doubt takes to settle. */
const CALM_MS = 3.5 * HOUR;
/** So many stores that nobody can call: more than Ecwid lets one address try in a minute. */
const CROWD = 14;

function storeOf(random: Random, index: number, isQuiet: boolean): PlannedStore {
  const coupons = random.pick([0, 1, 1, 1, 2, 2, 6]);
  const promotions = coupons === 0 ? 1 : random.pick([0, 0, 1, 1, 2]);
  return {
    storeId: String(1001 + index),
    timeZone: random.pick(Object.keys(OFFSETS_MS)),
    coupons: Array.from({ length: coupons }, (_, each) => ({ id: 101 + each, limit: random.pick(LIMITS) })),
    promotions: Array.from({ length: promotions }, (_, each) => {
      const groups = [0, ...random.some(GROUPS, 0.4)];
      return { id: 201 + each, groups, subtotal: 10 * random.whole(1, 9) };
    }),
    isQuiet,
  };
}

/** New stores whose tokens never work: Ecwid bans an address that tries too many. */
function crowdOf(random: Random, first: number): { readonly stores: readonly PlannedStore[]; readonly actions: readonly Action[] } {
  const stores: PlannedStore[] = Array.from({ length: CROWD }, (_, index) => ({
    storeId: String(1001 + first + index),
    timeZone: "UTC",
    coupons: [{ id: 101, limit: "NEW_CUSTOMER_ONLY" }],
    promotions: [],
    isQuiet: false,
  }));
  const atMs = random.whole(10, 60) * MINUTE;
  const actions = stores.flatMap((_, index): readonly Action[] => {
    const store = first + index;
    const campaign = {
      campaignId: "crowd",
      startMs: atMs + HOUR,
      lengthMs: 20 * MINUTE,
      days: 1,
      timeZone: "UTC",
      priority: 0,
      policy: "yield",
      enabled: true,
      coupons: [{ id: 101, limit: "UNLIMITED" }],
      promotions: [],
    } as const;
    return [
      { kind: "token-replaced", store, atMs: 0, gapMs: 2 * HOUR },
      { kind: "put", store, atMs: atMs + random.whole(0, 3) * SECOND, campaign },
    ];
  });
  return { stores, actions };
}

/** Nothing is to do at the end, nor shortly before it. */
const REST_MS = 10 * MINUTE;

/** @returns the first instant from `atMs` on that no window's start or end, and no override's, comes shortly before. */
function restFrom(atMs: number, actions: readonly Action[]): number {
  const instants = actions.flatMap((action) => {
    if (action.kind !== "put") return [];
    const { startMs, lengthMs, days, override } = action.campaign;
    const starts = Array.from({ length: days }, (_, day) => startMs + day * 24 * HOUR);
    return [...starts, ...starts.flatMap((start) => (lengthMs === undefined ? [] : [start + lengthMs])), override?.untilMs ?? 0];
  });
  let rest = atMs;
  while (instants.some((each) => rest - REST_MS < each && each <= rest)) rest += MINUTE;
  return rest;
}

/**
 * A reply of 5xx comes from something before Ecwid's door, which has not looked at the token: where one may be dead, the call is not let through
 * and refused as well. (Replies that are lost may be refusals.)
 */
function withoutHiddenRefusals(fault: Fault, actions: readonly Action[]): Fault {
  const mayBeDead = actions.some(({ kind }) => kind === "token-replaced");
  if (!mayBeDead || fault.kind !== "outage" || fault.trouble.how !== "status") return fault;
  return { ...fault, trouble: { ...fault.trouble, when: "before" } };
}

/** @param seed any whole number. @returns the run that belongs to it. */
export function generatePlan(seed: number): Plan {
  const random = createRandom(seed);
  const troubleMs = random.pick([2, 3, 3, 4, 5, 8]) * HOUR;
  const storeCount = random.pick([1, 1, 1, 1, 2, 2, 3, 4]);
  const hasQuiet = storeCount > 1 && random.chance(0.4);
  const own = Array.from({ length: storeCount }, (_, index) => storeOf(random, index, hasQuiet && index === storeCount - 1));
  const campaigns = own.flatMap((store, index) => generateCampaigns(random, store, index, troubleMs));
  const boundaries = campaigns.flatMap(({ store, campaign: { startMs, lengthMs } }) =>
    [startMs, ...(lengthMs === undefined ? [] : [startMs + lengthMs])].map((atMs) => ({ store, atMs })),
  );
  const setting = { random, stores: own, boundaries, troubleMs };
  const actions = generateActions(setting, campaigns);
  const faults = generateFaults(setting);
  const crowd = random.chance(0.03) ? crowdOf(random, own.length) : undefined;
  const everything = [...actions, ...(crowd?.actions ?? [])].toSorted((one, other) => one.atMs - other.atMs);
  return {
    seed,
    schedule: random.whole(1, 2 ** 31 - 1),
    troubleMs,
    endMs: restFrom(troubleMs + CALM_MS, everything),
    slowCalls: random.pick([0, 0.05, 0.2, 0.5]),
    triggersMode: random.pick(["merge", "replace"]),
    unknownGroups: random.pick(["reject", "reject", "drop", "keep"]),
    stores: [...own, ...(crowd?.stores ?? [])],
    actions: everything,
    faults: faults.map((fault) => withoutHiddenRefusals(fault, everything)),
  };
}
