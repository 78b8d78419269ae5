import type { CampaignId } from "../../domain/identifiers.ts";
import { keyInWords } from "../../domain/identifiers.ts";
import { HOUR, type Instant, plus } from "../../domain/instant.ts";
import { groupsNamed } from "../../domain/layers/claims.ts";
import type { Layer } from "../../domain/layers/layer.ts";
import type { Intent, Ledger } from "../../domain/ledger/ledger.ts";
import type { HistoryEntry } from "../ports/history.ts";
import type { Block } from "../ports/state-table.ts";
import type { Attempt } from "./attempt.ts";
import { commit } from "./commit.ts";
import { concernedLayers } from "./concerned-campaigns.ts";
import type { ReconcileDependencies } from "./dependencies.ts";

/** Where groups are missing, those that name one: nobody else could mend it. */
function concerned(layers: readonly Layer[], groups: readonly number[]): readonly CampaignId[] {
  return layers
    .filter((layer) => groups.length === 0 || groupsNamed(layer.ask).some((group) => groups.includes(group)))
    .map((layer) => layer.campaignId);
}

/**
 * Leaves a target to a person: says why in its campaigns' status and in the history (once for the same reason, unless something was put back), and looks again in an
 * hour. A boundary gets a fresh attempt all the same.
 *
 * @param lookAgain false where looking again by itself could do harm.
 * @returns the new `dueAt`, or "lost".
 */
export async function blockTarget(
  dependencies: ReconcileDependencies,
  attempt: Attempt,
  blocked: {
    readonly code: string;
    readonly reason: string;
    readonly ledger: Ledger;
    readonly asOf: Instant;
    readonly label?: string | undefined;
    readonly lookAgain?: boolean;
    /** What was put back in Ecwid before the target was left alone, in words: told even where the reason is known already. */
    readonly putBack?: { readonly before: string; readonly after: string } | undefined;
    /** The groups that are missing, if that is why. */
    readonly groups?: readonly number[];
    /** The intent, where nobody has read yet whether it happened. */
    readonly intent?: Intent | undefined;
  },
): Promise<Instant | undefined | "lost"> {
  const { history, telemetry, clock } = dependencies;
  const { storeId, key, state, layers, owedSince, version } = attempt;
  const { code, reason, asOf, ledger, label } = blocked;
  const now = clock.now();
  const same = state.block?.code === code && state.block.reason === reason ? state.block : undefined;
  const lookAgainAt = blocked.lookAgain === false ? undefined : plus(now, HOUR);
  const block: Block = { code, reason, since: same?.since ?? now, lookAgainAt };
  const campaignIds = concerned(concernedLayers(layers, ledger, now), blocked.groups ?? []);
  if (same === undefined || blocked.putBack !== undefined) {
    const entry: HistoryEntry = {
      storeId,
      target: key,
      version: version + 1,
      kind: "blocked",
      at: now,
      dueAt: owedSince,
      latenessMs: 0,
      ...blocked.putBack,
      reason,
      campaignIds,
      attempt: state.failuresInARow + 1,
    };
    await history.record(entry);
  }
  telemetry.emit({
    kind: "attempt-failed",
    storeId,
    target: key,
    label: label ?? state.label,
    failure: code,
    message: reason,
    effect: "blocked",
    nextTryAt: lookAgainAt,
  });
  const name = label ?? state.label ?? keyInWords(key);
  const warnings = campaignIds.map((campaignId) => ({ campaignId, message: `${name}: ${reason}` }));
  return commit(dependencies, attempt, { ledger, asOf, block, warnings, label, intent: blocked.intent });
}
