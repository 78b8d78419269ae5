import type { Instant } from "../../domain/instant.ts";
import type { StoreMessage } from "../ports/dispatcher.ts";
import type { ReconcileDependencies } from "./dependencies.ts";
import { tellNotice } from "./pre-flight-notice.ts";
import { reconcileLook } from "./reconcile-look.ts";
import { reconcileSwitch } from "./reconcile-switch.ts";
import { refreshStatuses } from "./refresh-statuses.ts";

/**
 * Works one message of one store: the only place from which Ecwid is called. Failures of Ecwid are dealt with inside; what is thrown is a
 * failure of our own tables or a bug, and the message then comes back.
 *
 * @param deadline when the worker itself has to be done.
 */
export async function reconcileMessage(dependencies: ReconcileDependencies, message: StoreMessage, deadline: Instant): Promise<void> {
  const worked =
    message.kind === "switch"
      ? await reconcileSwitch(dependencies, message, deadline)
      : await reconcileLook(dependencies, message, deadline);
  if (worked === undefined) return;
  await refreshStatuses(dependencies, message.storeId, worked);
  // Who saves a campaign reads of it in its status; people are told before a window.
  const mayTell = message.kind === "look" && message.only === undefined;
  if (mayTell || worked.length > 0) await tellNotice(dependencies, message.storeId, mayTell);
}
