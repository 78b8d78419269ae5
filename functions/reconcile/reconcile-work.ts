import * as z from "zod";
import { parseStoreMessage } from "../../lib/application/messages/store-message.ts";
import type { StoreMessage } from "../../lib/application/ports/dispatcher.ts";
import type { ReconcileDependencies } from "../../lib/application/reconcile/dependencies.ts";
import { reconcileMessage } from "../../lib/application/reconcile/reconcile-message.ts";
import { failure, type Result } from "../../lib/domain/result.ts";
import type { Work } from "../runtime/house-handler.ts";
import { recordsOf } from "../runtime/records-of.ts";

interface Refusal {
  readonly where: string;
  readonly message: string;
}

/** As much of a record as there is a use for (docs: using Lambda with SQS, example event). */
const queueRecord = z.lazy(() => z.object({ body: z.string(), messageId: z.string().optional().catch(undefined) }));

function messageIn(record: unknown): Result<StoreMessage, Refusal> {
  const { data } = queueRecord.safeParse(record);
  if (data === undefined)
    return failure({ where: "queue message", message: "It has no body and is left out; find out who calls this function." });
  const message = parseStoreMessage(data.body);
  return message.ok ? message : failure({ where: `queue message ${data.messageId ?? "without an id"}`, message: message.failure });
}

/**
 * @returns what the reconcile function does with a message from the queue. A body that is not one of ours is told and dropped: a message
 * only says where to look, so nothing is lost with it, and bringing it back could not help.
 */
export function createReconcileWork(dependencies: ReconcileDependencies): Work<unknown, void> {
  const refuse = (refusal: Refusal) => dependencies.telemetry.emit({ kind: "input-refused", ...refusal });
  return async (event, deadline) => {
    const records = recordsOf(event);
    if (records === undefined)
      refuse({ where: "the reconcile function's event", message: "It is no batch of queue messages; nothing was done." });
    for (const record of records ?? []) {
      const message = messageIn(record);
      if (message.ok) await reconcileMessage(dependencies, message.value, deadline);
      else refuse(message.failure);
    }
  };
}
