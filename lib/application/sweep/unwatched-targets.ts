import { parseTargetKey, type TargetKey } from "../../domain/identifiers.ts";
import type { Instant } from "../../domain/instant.ts";
import { activitiesAt } from "../../domain/layers/activity.ts";
import type { Layer } from "../../domain/layers/layer.ts";
import { nextBoundary } from "../../domain/ledger/decide-target.ts";
import { isOpen } from "../../domain/ledger/ledger.ts";
import type { StoreState, TargetState } from "../ports/state-table.ts";

/**
 * @returns the targets that have something ahead of them but stand in no index, so that no tick would ever find them. Those of a kind that
 * is paused have lost their place on purpose.
 */
export function unwatchedTargets(
  targets: readonly ({ readonly target: TargetKey } & TargetState)[],
  layers: ReadonlyMap<TargetKey, readonly Layer[]>,
  { pausedKinds }: StoreState,
  now: Instant,
): readonly TargetKey[] {
  return targets
    .filter(({ target, dueAt, ledger, block }) => {
      const kind = parseTargetKey(target)?.kind;
      const isLeftAlone = block !== undefined && block.lookAgainAt === undefined;
      if (dueAt !== undefined || kind === undefined || pausedKinds[kind] !== undefined || isLeftAlone) return false;
      const over = layers.get(target) ?? [];
      return nextBoundary(over, now) !== undefined || isOpen(ledger) !== activitiesAt(over, now).length > 0;
    })
    .map(({ target }) => target);
}
