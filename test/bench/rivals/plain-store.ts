import type { EcwidStore } from "../../../lib/application/ports/ecwid-gateway.ts";
import { parseCampaignRecord } from "../../../lib/application/record/parse-campaign-record.ts";
import { asksOf, layerOf } from "../../../lib/domain/campaign/campaign.ts";
import { type StoreId, type Target, targetKey } from "../../../lib/domain/identifiers.ts";
import type { Instant } from "../../../lib/domain/instant.ts";
import { activitiesAt } from "../../../lib/domain/layers/activity.ts";
import { groupCell, groupsNamed, valueAsked, winnerOf } from "../../../lib/domain/layers/claims.ts";
import type { Layer } from "../../../lib/domain/layers/layer.ts";
import { DATABASE_MS, SECRETS_MS } from "../world/assumptions.ts";
import type { BenchWorld } from "../world/bench-world.ts";
import type { Scene } from "../world/scene.ts";

/** What a coupon or promotion should hold: its limit, or its groups. */
type Value = string | readonly number[];

/** A target as a rival knows it: what should hold there and when, and in its own table what it last wrote and what it found before. */
export interface PlainTarget {
  readonly storeId: StoreId;
  readonly target: Target;
  readonly layers: readonly Layer[];
  /** What was there before the first switch; unknown until then. */
  base: Value | undefined;
  /** What it wrote last; undefined: the base. */
  applied: Value | "base";
  /** A worker is at it: no second one begins. */
  isBusy: boolean;
}

/** @returns every target of the scene with the layers of its campaigns, decided by Doorman's own domain: only the architecture differs. */
export function plainTargets(scene: Scene): readonly PlainTarget[] {
  return scene.stores.flatMap(({ id, records }) => {
    const layers = new Map<string, { readonly target: Target; readonly layers: Layer[] }>();
    for (const record of records) {
      const parsed = parseCampaignRecord(record, "UTC");
      if (parsed.kind === "broken") throw new TypeError(JSON.stringify(parsed.problems));
      for (const { target, ask } of asksOf(parsed.campaign)) {
        const known = layers.get(targetKey(target)) ?? { target, layers: [] };
        known.layers.push(layerOf(parsed.campaign, ask, parsed.campaign.timeZone ?? "UTC"));
        layers.set(targetKey(target), known);
      }
    }
    return [...layers.values()].map((each) => ({ storeId: id, ...each, base: undefined, applied: "base" as const, isBusy: false }));
  });
}

/** @returns a text for what should hold at an instant: `base`, or what the winning campaigns ask. */
function wishAt(
  { layers, target }: PlainTarget,
  at: Instant,
): "base" | { readonly limit: string } | { readonly groups: readonly Layer["ask"][] } {
  const activities = activitiesAt(layers, at);
  if (activities.length === 0) return "base";
  if (target.kind === "coupon") {
    const winner = winnerOf(activities, "applicationLimit");
    return winner === undefined ? "base" : { limit: winner.value };
  }
  return { groups: activities.map(({ layer }) => layer.ask) };
}

/** @returns whether something has to be switched, as far as the rival's own table tells. */
export function differs(target: PlainTarget, at: Instant): boolean {
  const wish = wishAt(target, at);
  return wish === "base" ? target.applied !== "base" : target.applied === "base" || ("limit" in wish && wish.limit !== target.applied);
}

function groupsFor(base: readonly number[], asks: readonly Layer["ask"][]): readonly number[] {
  const groups = new Set(base);
  for (const ask of asks.toReversed()) {
    for (const group of groupsNamed(ask)) {
      if (valueAsked(ask, groupCell(group)) === "in") groups.add(group);
      else groups.delete(group);
    }
  }
  return [...groups];
}

/** From this many on, one list is cheaper than a call for each. */
const WORTH_A_LIST = 5;

/** To put back later what is there now it has to be known; that is asked once. */
async function learnBases(store: EcwidStore, some: readonly PlainTarget[]): Promise<void> {
  const unknown = some.filter(({ base }) => base === undefined);
  if (unknown.length >= WORTH_A_LIST) {
    const list = await store.listCoupons();
    for (const each of unknown) if (list.ok) each.base = list.value.find(({ id }) => id === each.target.id)?.applicationLimit;
    return;
  }
  for (const each of unknown) {
    const live = each.target.kind === "coupon" ? await store.readCoupon(each.target.id) : undefined;
    if (live?.ok === true) each.base = live.value.applicationLimit;
  }
}

async function switchCoupon(store: EcwidStore, each: PlainTarget, at: Instant): Promise<void> {
  if (each.target.kind !== "coupon" || each.base === undefined) return;
  const wish = wishAt(each, at);
  const value = wish !== "base" && "limit" in wish ? wish.limit : String(each.base);
  const written = await store.writeApplicationLimit(each.target.id, value);
  if (written.ok) each.applied = wish === "base" ? "base" : value;
}

/** Ecwid does not say whether a partial `triggers` is merged: so nobody can write a promotion without reading its list. */
async function switchPromotions(store: EcwidStore, some: readonly PlainTarget[], at: Instant): Promise<void> {
  const list = some.length === 0 ? undefined : await store.listPromotions();
  if (list === undefined || !list.ok) return;
  for (const each of some) {
    const live = list.value.promotions.find(({ id }) => id === each.target.id);
    if (live === undefined || each.target.kind !== "promotion") continue;
    each.base ??= live.customerGroups ?? [];
    const wish = wishAt(each, at);
    const groups =
      wish === "base" ? (each.base as readonly number[]) : groupsFor(each.base as readonly number[], "groups" in wish ? wish.groups : []);
    const written = await store.writeTriggers(live.id, { ...live.triggers, customerGroups: groups });
    if (written.ok) each.applied = wish === "base" ? "base" : groups;
  }
}

/**
 * One worker of a rival in one store. It writes at once what should hold by its own table: no read-back, no record of what it is about to do,
 * no look whether a person has changed something; a promotion's list is read once for all. So it needs the fewest requests that a switch can be had for.
 */
export async function switchAll({ clock, gateway, tokens }: BenchWorld, storeId: StoreId, some: readonly PlainTarget[]): Promise<void> {
  for (const each of some) each.isBusy = true;
  await clock.pause(SECRETS_MS);
  const token = await tokens.read(storeId);
  if (!token.ok) throw new TypeError(token.failure.message);
  const store = gateway.open(storeId, token.value.token);
  const coupons = some.filter(({ target }) => target.kind === "coupon");
  await learnBases(store, coupons);
  for (const each of coupons) await switchCoupon(store, each, clock.now());
  await switchPromotions(
    store,
    some.filter(({ target }) => target.kind === "promotion"),
    clock.now(),
  );
  // What it wrote, into its own table, in one request for all.
  await clock.pause(DATABASE_MS);
  for (const each of some) each.isBusy = false;
}
