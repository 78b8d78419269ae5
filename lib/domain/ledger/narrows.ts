import type { Instant } from "../instant.ts";
import { activitiesAt } from "../layers/activity.ts";
import { groupCell, groupsNamed } from "../layers/claims.ts";
import type { Layer } from "../layers/layer.ts";
import { decideCells } from "./decide-cells.ts";
import { type CellKey, type Ledger, UNSEEN } from "./ledger.ts";
import { cellKeys } from "./settle-intent.ts";

/**
 * Tells, before anything is read from Ecwid, whether a target's switch may take an offer away from somebody: such a switch goes first, for an
 * offer that stays open costs money and one that opens a moment later does not (design 7).
 *
 * A coupon that goes to anything but `UNLIMITED` may; so may a promotion out of which a group goes, or whose whole list a campaign is to set
 * for the first time.
 *
 * @returns false where the ledger says that the switch only lets more people in, or that there is none.
 */
export function mayNarrow(layers: readonly Layer[], ledger: Ledger, at: Instant): boolean {
  const activities = activitiesAt(layers, at);
  const held = new Set(Object.values(ledger.cells).map((cell) => cell?.window));
  if (activities.some(({ layer, window }) => layer.ask.kind === "promotion" && layer.ask.form === "set" && !held.has(window))) return true;
  const named = activities.flatMap(({ layer }): readonly CellKey[] =>
    layer.ask.kind === "coupon" ? ["applicationLimit"] : groupsNamed(layer.ask).map(groupCell),
  );
  const cells = [...new Set([...named, ...cellKeys(ledger.cells)])];
  const lastSeen = (cell: CellKey) => ledger.cells[cell]?.written ?? UNSEEN;
  return decideCells({ layers, ledger, at, activities }, cells, lastSeen).some(
    ({ want, live }) => want !== live && want !== "UNLIMITED" && want !== "in",
  );
}
