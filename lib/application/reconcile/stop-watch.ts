import { type Instant, plus, SECOND } from "../../domain/instant.ts";
import type { ReconcileDependencies } from "./dependencies.ts";

/**
 * How old an answer about the kill switch may be. Together with the longest that one target takes once it is begun (35 s) this keeps what is
 * promised of it: that it takes effect within a minute.
 */
const ASKED_AGAIN_MS = 15 * SECOND;

/**
 * A message of many targets may take longer than people will wait once they have stopped Doorman.
 *
 * @param askedAt when the store was opened, for which the switch was read.
 * @returns whether it has been thrown since; the table is asked once in a while and not for every target.
 */
export function createStopWatch(
  { state, clock }: Pick<ReconcileDependencies, "state" | "clock">,
  askedAt: Instant,
): () => Promise<boolean> {
  let asked = askedAt;
  let isStopped = false;
  return async () => {
    const now = clock.now();
    if (isStopped || now < plus(asked, ASKED_AGAIN_MS)) return isStopped;
    asked = now;
    isStopped = (await state.readSystem()).stopped !== undefined;
    return isStopped;
  };
}
