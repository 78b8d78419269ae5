import { askForALook, type LookAnswer } from "../../application/commands/look.ts";
import type { StoreId, TargetKey } from "../../domain/identifiers.ts";
import { formatLocal, type Instant, MINUTE, plus, SECOND } from "../../domain/instant.ts";
import { readDuration } from "../text/moments.ts";
import { stopText } from "../text/stop-text.ts";
import { findingsOf } from "../text/store-text.ts";
import type { Job } from "./job.ts";
import { Refusal } from "./refusal.ts";

/** As long as a worker may take to get round to it. */
export const DEFAULT_WAIT = "60s";
export const WAIT_HELP = "how long to wait for the answer";
/** Before a switch nothing else is read of its target. */
const NEAR_MS = 2 * MINUTE;

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
  if (answer.stopped !== undefined) throw new Refusal(`Doorman is stopped${stopText(answer.stopped)}`);
  const why = whyNoAnswer(answer, clock.now());
  throw new Refusal(`no answer about store ${storeId} within ${Math.round(waitMs / SECOND)} seconds: ${why}`);
}

/** What the state tells; only where it tells nothing, what may be. */
function whyNoAnswer({ store, target }: LookAnswer, now: Instant): string {
  const local = (at: Instant) => formatLocal(at, store.timeZone ?? "UTC");
  const bad = findingsOf(store, now).filter(({ about, isGood }) => !isGood && (about === "token" || about === "plan"));
  const isKnown = store.noAccess !== undefined || store.deadToken !== undefined || bad.some(({ about }) => about === "plan");
  if (isKnown) return bad.map(({ about, message }) => `${about}: ${message}`).join("; ");
  if (Object.values(target?.ledger.cells ?? {}).some((held) => held?.doubt !== undefined))
    return "what was found is not what Doorman wrote, and is read a second time before it counts: ask again in a minute";
  if (store.dueAt !== undefined) return `a look at it is due at ${local(store.dueAt)}: ask again after that`;
  if (target?.dueAt !== undefined && target.dueAt <= plus(now, NEAR_MS))
    return `a switch is due at ${local(target.dueAt)}: ask again after that`;
  return "no Doorman may be at work, or it is busy; a longer --wait may do";
}
