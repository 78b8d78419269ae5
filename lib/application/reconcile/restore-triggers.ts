import type { Instant } from "../../domain/instant.ts";
import type { Intent, Ledger } from "../../domain/ledger/ledger.ts";
import { putBackTriggers } from "../../domain/ledger/put-back-triggers.ts";
import type { JsonObject, LivePromotion } from "../../domain/live.ts";
import { type Attempt, labelOf } from "./attempt.ts";
import { blockTarget } from "./block-target.ts";
import { seenValue } from "./check-in-passing.ts";
import { handleFailure, type Reach } from "./handle-failure.ts";
import type { StoreSession } from "./store-session.ts";
import { tellSwitch } from "./tell-switch.ts";

/**
 * A condition that was sent and is gone is our doing: the write is told, what it changed goes back, and a person is asked (design 6). Until that
 * has succeeded the intent stays, so that whoever comes next tries again.
 *
 * @param lost.live what is there now. @param lost.before the whole `triggers` as they were before the write.
 * @param lost.ledger the ledger as it was before the write: with the old conditions, the old groups are back too.
 * @returns how far a failure reaches.
 */
export async function restoreTriggers(
  session: StoreSession,
  attempt: Attempt,
  lost: {
    readonly live: LivePromotion;
    readonly before: JsonObject;
    readonly vanished: readonly string[];
    readonly intent: Intent;
    readonly ledger: Ledger;
    readonly asOf: Instant;
  },
): Promise<Reach> {
  const { dependencies, ecwid, token, retryAt } = session;
  const { live, before, vanished, intent, ledger, asOf } = lost;
  const label = labelOf(live);
  await tellSwitch(session, attempt, intent.told, { at: intent.acceptedAt ?? intent.at, label });
  const putBack = putBackTriggers(before, live, vanished, intent);
  const restored = await ecwid.writeTriggers(live.id, putBack.triggers);
  if (!restored.ok) return handleFailure(dependencies, attempt, { failure: restored.failure, ledger, asOf, token, retryAt });
  const reason = `Ecwid dropped ${vanished.join(", ")} from the promotion's conditions when its groups were changed; the old conditions are back, and it is left alone until the campaign's next boundary`;
  const blocked = {
    code: "TRIGGERS_LOST",
    reason,
    ledger,
    asOf,
    label,
    lookAgain: false,
    putBack: { before: seenValue(live), after: seenValue({ ...live, customerGroups: putBack.groups }) },
  };
  const dueAt = await blockTarget(dependencies, attempt, blocked);
  return { scope: "target", dueAt: dueAt === "lost" ? undefined : dueAt };
}
