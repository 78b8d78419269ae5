import { parseTargetKey, type StoreId, type TargetKey } from "../../domain/identifiers.ts";
import type { Instant } from "../../domain/instant.ts";
import { activitiesAt } from "../../domain/layers/activity.ts";
import { nextBoundary } from "../../domain/ledger/decide-target.ts";
import { isOpen } from "../../domain/ledger/ledger.ts";
import type { StateTable, StoreState, TargetState } from "../ports/state-table.ts";

/**
 * @returns the targets that have something ahead of them but stand in no index, so that no tick would ever find them. Those of a kind that
 * is paused have lost their place on purpose.
 */
export async function unwatchedTargets(
  state: Pick<StateTable, "layersOf">,
  store: StoreId,
  targets: readonly ({ readonly target: TargetKey } & TargetState)[],
  { pausedKinds }: StoreState,
  now: Instant,
): Promise<readonly TargetKey[]> {
  const unwatched: TargetKey[] = [];
  for (const { target, dueAt, ledger, block } of targets) {
    const kind = parseTargetKey(target)?.kind;
    const isLeftAlone = block !== undefined && block.lookAgainAt === undefined;
    if (dueAt !== undefined || kind === undefined || pausedKinds[kind] !== undefined || isLeftAlone) continue;
    const layers = await state.layersOf(store, target);
    if (nextBoundary(layers, now) !== undefined || isOpen(ledger) !== activitiesAt(layers, now).length > 0) unwatched.push(target);
  }
  return unwatched;
}
