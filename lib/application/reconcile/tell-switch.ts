import type { Instant } from "../../domain/instant.ts";
import type { Intent } from "../../domain/ledger/ledger.ts";
import type { Attempt } from "./attempt.ts";
import type { StoreSession } from "./store-session.ts";

/**
 * Writes a switch into the history and tells it. Whoever finds out that it happened does so: the worker that reads it back, or after a
 * crash or a failed read the next one, who knows it by its intent.
 *
 * @param applied.at when Ecwid took it.
 */
export async function tellSwitch(
  { dependencies, storeId, timeZone }: StoreSession,
  attempt: Attempt,
  { before, after, reason, campaignIds, historyVersion }: Intent["told"],
  applied: { readonly at: Instant; readonly label: string },
): Promise<void> {
  const { key, owedSince, state } = attempt;
  const latenessMs = Math.max(0, applied.at - owedSince);
  const common = { storeId, target: key, before, after, reason, campaignIds, dueAt: owedSince, latenessMs };
  await dependencies.history.record({
    ...common,
    kind: "switched",
    version: historyVersion,
    at: applied.at,
    attempt: state.failuresInARow + 1,
  });
  dependencies.telemetry.emit({ ...common, kind: "switched", label: applied.label, appliedAt: applied.at, timeZone });
}
