import { groupOfCell } from "../layers/claims.ts";
import type { Json, JsonObject, LivePromotion } from "../live.ts";
import type { Intent } from "./ledger.ts";
import { intentCells } from "./settle-intent.ts";

function numbersIn(list: Json | undefined): readonly number[] {
  return Array.isArray(list) ? list.filter((each) => typeof each === "number") : [];
}

/** In the order in which they stood before, so that nothing differs that need not. */
function groupsToPutBack(before: readonly number[], now: LivePromotion, change: Pick<Intent, "cells">): readonly number[] {
  const groups = new Set(now.customerGroups ?? []);
  for (const [cell, { before: was }] of intentCells(change)) {
    if (was === "in") groups.add(groupOfCell(cell));
    else groups.delete(groupOfCell(cell));
  }
  return [...new Set([...before.filter((group) => groups.has(group)), ...groups])];
}

/**
 * @param before the whole `triggers` as they were before a change of groups. @param now what is there since. @param vanished the conditions that the
 * change has cost the promotion.
 * @returns the `triggers` that make it good: those conditions and the groups of the change as they were, and all else as it is now, for a person
 * may have changed that meanwhile (design 6); and the groups in them. A promotion that had no groups has none again (undefined): an empty list may
 * mean something else to Ecwid.
 */
export function putBackTriggers(
  before: JsonObject,
  now: LivePromotion,
  vanished: readonly string[],
  change: Pick<Intent, "cells">,
): { readonly triggers: JsonObject; readonly groups: readonly number[] | undefined } {
  const lost = Object.fromEntries(Object.entries(before).filter(([name]) => vanished.includes(name)));
  const { customerGroups: _changed, ...others } = now.triggers;
  const groups = groupsToPutBack(numbersIn(before["customerGroups"]), now, change);
  if (before["customerGroups"] === undefined && groups.length === 0) return { triggers: { ...lost, ...others }, groups: undefined };
  return { triggers: { ...lost, ...others, customerGroups: groups }, groups };
}
