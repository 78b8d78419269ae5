import type { Instant } from "../instant.ts";
import { activitiesAt } from "../layers/activity.ts";
import { groupCell, groupsNamed, winnerOf } from "../layers/claims.ts";
import type { Layer } from "../layers/layer.ts";
import { decideCell } from "./decide-cell.ts";
import { type CellKey, isOpen, type Ledger } from "./ledger.ts";
import { cellKeys } from "./settle-intent.ts";

/**
 * Tells when a reconcile has nothing to ask Ecwid (design 6, step 2): no layer is active and nothing is held, or all that is held already
 * is what it should be for the very window that holds now, so that only `dueAt` has to move.
 *
 * @returns true if the ledger alone answers; an intent under way is the caller's to check.
 */
export function isAnsweredByLedger(layers: readonly Layer[], ledger: Ledger, at: Instant): boolean {
  const activities = activitiesAt(layers, at);
  if (activities.length === 0) return !isOpen(ledger);
  // `set` speaks of groups that only a look at the promotion can name; what it holds is in the ledger, what people added is the look's.
  const named = activities.flatMap(({ layer }): readonly CellKey[] =>
    layer.ask.kind === "coupon" ? ["applicationLimit"] : groupsNamed(layer.ask).map(groupCell),
  );
  return [...new Set([...named, ...cellKeys(ledger.cells)])].every((cell) => {
    const held = ledger.cells[cell];
    if (held === undefined || held.doubt !== undefined) return false;
    const yielded = ledger.yielded[cell] ?? [];
    const decision = decideCell({ cell, live: held.written, ledger: held, yielded, winner: winnerOf(activities, cell), at });
    const { rule, ledger: after } = decision;
    return rule === "hold" && after?.window === held.window && after.policy === held.policy && after.afterwards === held.afterwards;
  });
}
