import type { Instant } from "../../domain/instant.ts";
import type { Attempt, SentChange } from "./attempt.ts";
import { type CountAhead, createCountAhead } from "./count-ahead.ts";
import { putOff, type Reach } from "./handle-failure.ts";
import { createLiveValues, type LiveValues } from "./live-values.ts";
import { readBack } from "./read-back.ts";
import { sendChange } from "./send-change.ts";
import { mayBegin, type StoreSession } from "./store-session.ts";

type FarReach = Exclude<Reach, { readonly scope: "target" }>;

/** Remembers how far failures have reached, so that no further call is made where it could not help. */
function createReachMemory() {
  const kinds = new Map<Attempt["target"]["kind"], FarReach>();
  return {
    note: (attempt: Attempt, reach: Reach) => {
      if (reach.scope === "target") return;
      if (reach.scope === "store") {
        kinds.set("coupon", reach);
        kinds.set("promotion", reach);
      } else kinds.set(attempt.target.kind, reach);
    },
    reaching: (attempt: Attempt) => kinds.get(attempt.target.kind),
  };
}

type ReachMemory = ReturnType<typeof createReachMemory>;

async function putAside({ dependencies }: StoreSession, count: CountAhead, attempt: Attempt, reached: FarReach): Promise<void> {
  const known = await count.takeBack(attempt);
  if (known !== undefined) await putOff(dependencies, known, { ...reached, failed: false });
}

async function sendAll(
  session: StoreSession,
  values: LiveValues,
  attempts: readonly Attempt[],
  memory: ReachMemory,
  messageInstant: Instant,
) {
  const { count = createCountAhead(session.dependencies.state) } = session;
  const sent: SentChange[] = [];
  const left: Attempt[] = [];
  for (const [n, attempt] of attempts.entries()) {
    const reached = memory.reaching(attempt);
    if (reached !== undefined) {
      await putAside(session, count, attempt, reached);
      continue;
    }
    if (!(await mayBegin(session))) {
      await count.takeBack(attempt);
      left.push(attempt);
      continue;
    }
    const counted = await count.counted(attempt);
    if (counted === undefined) continue;
    const next = attempts[n + 1];
    count.begin(next);
    const result = await sendChange(session, values, counted, messageInstant);
    if (result.kind === "sent") {
      sent.push(result.change);
      continue;
    }
    note(session, memory, counted, result.reach);
  }
  return { sent, left };
}

function note(session: StoreSession, memory: ReachMemory, attempt: Attempt, reach: Reach): void {
  memory.note(attempt, reach);
  if (reach.scope === "target") session.early.settled(attempt.key, reach.dueAt);
}

async function readBackAll(session: StoreSession, values: LiveValues, sent: readonly SentChange[], memory: ReachMemory): Promise<void> {
  values.startOver();
  values.expect(sent.map((change) => change.attempt.target));
  for (const change of sent) {
    const reached = memory.reaching(change.attempt);
    if (reached !== undefined) {
      // The intent stays: whoever comes next finds out whether the change is there.
      await putOff(session.dependencies, change.attempt, { ...reached, failed: false });
      continue;
    }
    note(session, memory, change.attempt, await readBack(session, values, change));
  }
}

/**
 * Brings targets of one store to their desired values: first everything is read, decided and sent, then everything is read back, so that
 * promotions share both lists. A failure of one delays no other, unless it is the store's.
 *
 * @param values what reads them, where somebody reads on with it afterwards.
 * @returns the attempts for which no time was left.
 */
export async function workTargets(
  session: StoreSession,
  attempts: readonly Attempt[],
  messageInstant: Instant,
  values = createLiveValues(session.ecwid, session.dependencies.clock),
): Promise<readonly Attempt[]> {
  values.expect(attempts.map((attempt) => attempt.target));
  const memory = createReachMemory();
  const { sent, left } = await sendAll(session, values, attempts, memory, messageInstant);
  if (sent.length > 0) await readBackAll(session, values, sent, memory);
  return left;
}
