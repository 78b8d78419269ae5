import type { StoreId, TargetKey } from "../../domain/identifiers.ts";
import { type Instant, MINUTE, plus, startOfMinute } from "../../domain/instant.ts";
import { sendSwitches } from "../messages/send-switches.ts";
import type { Clock } from "../ports/clock.ts";
import type { Dispatcher } from "../ports/dispatcher.ts";

/** Collects targets that fall due before a tick could have seen it, and sends their messages. */
export interface EarlyRelease {
  /** Notes that a target was committed and when it is due next. */
  settled(target: TargetKey, dueAt: Instant | undefined | "lost"): void;
  send(): Promise<void>;
}

/**
 * The ticks of this minute and the next may have looked at the due index already, so what falls due before the next minute is over would
 * wait for the one after. The worker that works out such a boundary sends its message itself; it then passes from worker to worker
 * until its instant is near.
 */
export function createEarlyRelease(
  { clock, dispatcher }: { readonly clock: Clock; readonly dispatcher: Dispatcher },
  storeId: StoreId,
): EarlyRelease {
  const early = new Map<Instant, TargetKey[]>();
  return {
    settled: (target, dueAt) => {
      const horizon = plus(startOfMinute(clock.now()), 2 * MINUTE);
      if (typeof dueAt === "number" && dueAt < horizon) early.set(dueAt, [...(early.get(dueAt) ?? []), target]);
    },
    send: async () => {
      for (const [instant, targets] of early) {
        await sendSwitches(dispatcher, storeId, targets, instant);
      }
    },
  };
}
