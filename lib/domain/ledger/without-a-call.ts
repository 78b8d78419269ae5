import type { Instant } from "../instant.ts";
import { activitiesAt } from "../layers/activity.ts";
import { groupCell, groupsNamed, winnerOf } from "../layers/claims.ts";
import type { Layer } from "../layers/layer.ts";
import { decideCell } from "./decide-cell.ts";
import type { CellKey, Ledger } from "./ledger.ts";
import { cellKeys } from "./settle-intent.ts";

/**
 * Tells when a reconcile has nothing to ask Ecwid (design 6, step 2): no layer is active and nothing is held, or all that is held already
 * is what it should be for the very window that holds now, so that only `dueAt` has to move.
 *
 * @returns true if the ledger alone answers; an intent under way is the caller's to check.
 */
export function isAnsweredByLedger(layers: readonly Layer[], ledger: Ledger, at: Instant): boolean {
  const activities = activitiesAt(layers, at);
  // `set` speaks of groups that only a look at the promotion can name, so one that holds nothing yet has to look. After that what it holds
  // is in the ledger, and what people added is the hourly look's.
  const held = new Set(Object.values(ledger.cells).map((cell) => cell?.window));
  if (activities.some(({ layer, window }) => layer.ask.kind === "promotion" && layer.ask.form === "set" && !held.has(window))) return false;
  const named = activities.flatMap(({ layer }): readonly CellKey[] =>
    layer.ask.kind === "coupon" ? ["applicationLimit"] : groupsNamed(layer.ask).map(groupCell),
  );
  return [...new Set([...named, ...cellKeys(ledger.cells)])].every((cell) => {
    const known = ledger.cells[cell];
    if (known === undefined || known.doubt !== undefined) return false;
    const yielded = ledger.yielded[cell] ?? [];
    const decision = decideCell({ cell, live: known.written, ledger: known, yielded, winner: winnerOf(activities, cell), at });
    const { rule, ledger: after } = decision;
    return rule === "hold" && after?.window === known.window && after.policy === known.policy && after.afterwards === known.afterwards;
  });
}
