import { askForALook, type LookAnswer } from "../../application/commands/look.ts";
import type { StoreId, TargetKey } from "../../domain/identifiers.ts";
import { SECOND } from "../../domain/instant.ts";
import { readDuration } from "../text/moments.ts";
import type { Job } from "./job.ts";
import { Refusal } from "./refusal.ts";

/** As long as a worker may take to get round to it. */
export const DEFAULT_WAIT = "60s";
export const WAIT_HELP = "how long to wait for the answer";

/**
 * Asks Doorman to look at a store, and waits. The command line itself never calls Ecwid.
 *
 * @throws Refusal if no answer comes in time.
 */
export async function ask(
  job: Job,
  storeId: StoreId,
  question: { readonly because: string; readonly target?: TargetKey; readonly wait: string },
): Promise<LookAnswer> {
  const waitMs = readDuration("--wait", question.wait);
  const { state, dispatcher } = job.workings();
  const { clock } = job.surroundings;
  const answer = await askForALook({ clock, state, dispatcher }, { storeId, because: question.because, target: question.target, waitMs });
  if (answer.isAnswered) return answer;
  if (answer.stopped !== undefined) throw new Refusal(`Doorman is stopped: ${answer.stopped}`);
  const { deadToken } = answer.store;
  const perhaps =
    deadToken === undefined
      ? "a switch may be near, the store's token may be missing, or no Doorman is at work"
      : "Ecwid refused the store's token, and it is not tried again until there is another: put one with doorman store add";
  throw new Refusal(`no answer about store ${storeId} within ${Math.round(waitMs / SECOND)} seconds: ${perhaps}`);
}
