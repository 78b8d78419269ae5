import type { CellKey, CellValue } from "../ledger/ledger.ts";
import { assertNever } from "../result.ts";
import type { Activity } from "./activity.ts";
import type { Ask } from "./layer.ts";

/** An active layer that names a cell, and the value it asks for there. */
export interface Claim {
  readonly activity: Activity;
  readonly value: CellValue;
}

/** @returns the cell of a customer group. */
export function groupCell(group: number): CellKey {
  return `group:${group}`;
}

/** @returns the customer group that a promotion's cell is about: the inverse of {@link groupCell}. */
export function groupOfCell(cell: CellKey): number {
  return Number(cell.slice("group:".length));
}

/** @returns the value that an ask names for a cell, or undefined if it does not name the cell. `set` names every group there is. */
export function valueAsked(ask: Ask, cell: CellKey): CellValue | undefined {
  if (ask.kind === "coupon") return cell === "applicationLimit" ? ask.applicationLimit : undefined;
  if (cell === "applicationLimit") return undefined;
  const group = groupOfCell(cell);
  switch (ask.form) {
    case "set":
      return ask.groups.includes(group) ? "in" : "out";
    case "change":
      if (ask.add.includes(group)) return "in";
      return ask.remove.includes(group) ? "out" : undefined;
    default:
      return assertNever(ask);
  }
}

/** @returns the groups that an ask writes out by id. */
export function groupsNamed(ask: Ask): readonly number[] {
  if (ask.kind === "coupon") return [];
  return ask.form === "set" ? ask.groups : [...ask.add, ...ask.remove];
}

/** @param activities strongest first. @returns the active layers that name the cell, in that order, each with the value it asks for. */
export function claimsOn(activities: readonly Activity[], cell: CellKey): readonly Claim[] {
  const claims: Claim[] = [];
  for (const activity of activities) {
    const value = valueAsked(activity.layer.ask, cell);
    if (value !== undefined) claims.push({ activity, value });
  }
  return claims;
}

/** @param activities strongest first. @returns who wins the cell, or undefined if no active layer names it. */
export function winnerOf(activities: readonly Activity[], cell: CellKey): Claim | undefined {
  for (const activity of activities) {
    const value = valueAsked(activity.layer.ask, cell);
    if (value !== undefined) return { activity, value };
  }
  return undefined;
}
