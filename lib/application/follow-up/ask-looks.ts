import type { Instant } from "../../domain/instant.ts";
import type { Dispatcher } from "../ports/dispatcher.ts";
import type { Survey } from "./findings.ts";

/** More are the hourly sweep's. */
const MOST_LOOKS = 50;
/** What passes by itself is looked at by itself. */
const PASSING = "RATE_LIMITED";

/**
 * Asks for a look at each store that is closed until somebody acts: perhaps somebody has. A look at a dead token makes no call unless the
 * secret is another one, and a paused store is called once an hour at most, however often it is asked for.
 *
 * @returns how many were asked for.
 */
export async function askLooks(dispatcher: Dispatcher, { stores }: Survey, now: Instant): Promise<number> {
  const closed = stores.filter(({ causes }) => causes.some(({ code }) => code !== PASSING)).slice(0, MOST_LOOKS);
  for (const { storeId } of closed) {
    const because = "an alarm went off; perhaps the cause is gone";
    await dispatcher.send({ kind: "look", storeId, instant: now, because, relay: 0 });
  }
  return closed.length;
}
