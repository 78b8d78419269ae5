import type { Json, JsonObject, LivePromotion } from "../live.ts";
import type { Intent } from "./ledger.ts";
import { intentCells } from "./settle-intent.ts";

function groupsBefore(now: LivePromotion, change: Pick<Intent, "cells">): readonly number[] {
  const groups = new Set(now.customerGroups ?? []);
  for (const [cell, { before }] of intentCells(change)) {
    const group = Number(cell.slice("group:".length));
    if (before === "in") groups.add(group);
    else groups.delete(group);
  }
  return [...groups].toSorted((one, other) => one - other);
}

function isSameSet(list: Json | undefined, groups: readonly number[]): boolean {
  const known = Array.isArray(list) ? list : [];
  return new Set(known).size === groups.length && groups.every((group) => known.includes(group));
}

/**
 * @param before the whole `triggers` as they were before a change of groups. @param now what is there since. @param vanished the conditions that the
 * change has cost the promotion.
 * @returns the `triggers` that make it good: those conditions and the groups of the change as they were, and all else as it is now, for a person
 * may have changed that meanwhile (design 6). A promotion that had no groups has none again: an empty list may mean something else to Ecwid.
 */
export function putBackTriggers(
  before: JsonObject,
  now: LivePromotion,
  vanished: readonly string[],
  change: Pick<Intent, "cells">,
): JsonObject {
  const lost = Object.fromEntries(Object.entries(before).filter(([name]) => vanished.includes(name)));
  const { customerGroups: _changed, ...others } = now.triggers;
  const groups = groupsBefore(now, change);
  const { customerGroups: known } = before;
  if (known === undefined && groups.length === 0) return { ...lost, ...others };
  return { ...lost, ...others, customerGroups: known !== undefined && isSameSet(known, groups) ? known : groups };
}
