import type { Instant } from "../../domain/instant.ts";
import type { Ledger } from "../../domain/ledger/ledger.ts";
import type { JsonObject, LivePromotion } from "../../domain/live.ts";
import { type Attempt, labelOf } from "./attempt.ts";
import { blockTarget } from "./block-target.ts";
import { handleFailure, type Reach } from "./handle-failure.ts";
import type { StoreSession } from "./store-session.ts";

/**
 * A condition that was sent and is gone is our doing: the whole old `triggers` go back, and a person is asked (design 6). Until that has
 * succeeded the intent stays, so that whoever comes next tries again.
 *
 * @param lost.triggers the whole `triggers` as they were before the write.
 * @param lost.ledger the ledger as it was before the write: with the old triggers, the old groups are back too.
 * @returns how far a failure reaches.
 */
export async function restoreTriggers(
  session: StoreSession,
  attempt: Attempt,
  lost: {
    readonly live: LivePromotion;
    readonly triggers: JsonObject;
    readonly vanished: readonly string[];
    readonly ledger: Ledger;
    readonly asOf: Instant;
  },
): Promise<Reach> {
  const { dependencies, ecwid, token, retryAt } = session;
  const { live, triggers, vanished, ledger, asOf } = lost;
  const restored = await ecwid.writeTriggers(live.id, triggers);
  if (!restored.ok) return handleFailure(dependencies, attempt, { failure: restored.failure, ledger, asOf, token, retryAt });
  const reason = `Ecwid dropped ${vanished.join(", ")} from the promotion's conditions when its groups were changed; the old conditions are back, and it is left alone until the campaign's next boundary`;
  const blocked = { code: "TRIGGERS_LOST", reason, ledger, asOf, label: labelOf(live), lookAgain: false };
  const dueAt = await blockTarget(dependencies, attempt, blocked);
  return { scope: "target", dueAt: dueAt === "lost" ? undefined : dueAt };
}
