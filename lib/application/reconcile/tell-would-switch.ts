import { type Change, campaignsBehind, type TargetDecision } from "../../domain/ledger/decide-target.ts";
import { explain } from "../../domain/ledger/reasons.ts";
import { type Attempt, valueInWords } from "./attempt.ts";
import type { StoreSession } from "./store-session.ts";

/** Writes into the history what would have been switched, and tells it. Nothing of it is in Ecwid. */
export async function tellWouldSwitch(
  { dependencies, storeId, timeZone }: StoreSession,
  { key, layers, owedSince, state, version }: Attempt,
  decision: TargetDecision,
  change: Exclude<Change, { readonly kind: "none" | "refused" }>,
  label: string,
): Promise<void> {
  const common = {
    storeId,
    target: key,
    before: valueInWords(change.before),
    after: valueInWords(change.after),
    reason: explain(decision, layers),
    campaignIds: campaignsBehind(decision),
    dueAt: owedSince,
    latenessMs: Math.max(0, decision.at - owedSince),
    kind: "would-switch",
  } as const;
  await dependencies.history.record({ ...common, version: version + 1, at: decision.at, attempt: state.failuresInARow + 1 });
  dependencies.telemetry.emit({ ...common, label, decidedAt: decision.at, timeZone });
}
