import * as z from "zod";
import { parseStoreMessage } from "../../lib/application/messages/store-message.ts";
import type { StoreMessage } from "../../lib/application/ports/dispatcher.ts";
import type { ReconcileDependencies } from "../../lib/application/reconcile/dependencies.ts";
import { reconcileMessage } from "../../lib/application/reconcile/reconcile-message.ts";
import type { StoreId } from "../../lib/domain/identifiers.ts";
import type { Instant } from "../../lib/domain/instant.ts";
import { failure, type Result, success } from "../../lib/domain/result.ts";
import type { Work } from "../runtime/house-handler.ts";
import { recordsOf } from "../runtime/records-of.ts";

interface Refusal {
  readonly where: string;
  readonly message: string;
}

/** As much of a record as there is a use for (docs: using Lambda with SQS, example event). */
const queueRecord = z.lazy(() =>
  z.object({
    body: z.string(),
    messageId: z.string().optional().catch(undefined),
    eventSourceARN: z.string().optional().catch(undefined),
  }),
);

/** A message, and the queue that brought it. */
interface Brought {
  readonly message: StoreMessage;
  readonly arn: string | undefined;
}

function messageIn(record: unknown): Result<Brought, Refusal> {
  const { data } = queueRecord.safeParse(record);
  if (data === undefined)
    return failure({ where: "queue message", message: "It has no body and is left out; find out who calls this function." });
  const message = parseStoreMessage(data.body);
  return message.ok
    ? success({ message: message.value, arn: data.eventSourceARN })
    : failure({ where: `queue message ${data.messageId ?? "without an id"}`, message: message.failure });
}

/**
 * @param isMisplaced whether a queue brought a message that belongs into another one: it is sent there as it is, so that one worker at a time holds a store.
 * @returns what the reconcile function does with a message from the queue. A body that is not one of ours is told and dropped: a message
 *   only says where to look, so nothing is lost with it, and bringing it back could not help.
 */
export function createReconcileWork(
  dependencies: ReconcileDependencies,
  isMisplaced: (storeId: StoreId, arn: string) => boolean = () => false,
): Work<unknown, void> {
  const refuse = (refusal: Refusal) => dependencies.telemetry.emit({ kind: "input-refused", ...refusal });
  const work = ({ message, arn }: Brought, deadline: Instant) =>
    arn !== undefined && isMisplaced(message.storeId, arn)
      ? dependencies.dispatcher.send(message)
      : reconcileMessage(dependencies, message, deadline);
  return async (event, deadline) => {
    const records = recordsOf(event);
    if (records === undefined)
      refuse({ where: "the reconcile function's event", message: "It is no batch of queue messages; nothing was done." });
    for (const record of records ?? []) {
      const brought = messageIn(record);
      if (brought.ok) await work(brought.value, deadline);
      else refuse(brought.failure);
    }
  };
}
