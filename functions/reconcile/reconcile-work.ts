import type { SQSEvent } from "aws-lambda";
import { parseStoreMessage } from "../../lib/application/messages/store-message.ts";
import type { ReconcileDependencies } from "../../lib/application/reconcile/dependencies.ts";
import { reconcileMessage } from "../../lib/application/reconcile/reconcile-message.ts";
import type { Work } from "../runtime/house-handler.ts";

/**
 * @returns what the reconcile function does with a message from the queue. A body that is not one of ours is told and dropped: a message
 * only says where to look, so nothing is lost with it, and bringing it back could not help.
 */
export function createReconcileWork(dependencies: ReconcileDependencies): Work<SQSEvent, void> {
  return async ({ Records }, deadline) => {
    for (const { body, messageId } of Records) {
      const message = parseStoreMessage(body);
      if (message.ok) await reconcileMessage(dependencies, message.value, deadline);
      else dependencies.telemetry.emit({ kind: "input-refused", where: `queue message ${messageId}`, message: message.failure });
    }
  };
}
