import { encodeStoreMessage, parseStoreMessage } from "../../../lib/application/messages/store-message.ts";
import type { Dispatcher, StoreMessage } from "../../../lib/application/ports/dispatcher.ts";
import { type Instant, MINUTE, plus, SECOND } from "../../../lib/domain/instant.ts";
import type { Random } from "./random.ts";
import type { Scheduler } from "./scheduler.ts";
import type { Troubles } from "./troubles.ts";

const DEDUPLICATION_MS = 5 * MINUTE;
/** The worker's time-out and ten seconds (design 3). */
const VISIBILITY_MS = 130 * SECOND;
const MOST_RECEIVES = 2;

interface Held {
  readonly body: string;
  receives: number;
  visibleAt: Instant;
}

/** A first-in-first-out queue with the rules of the one on AWS, visibility and all. */
export interface QueueHost extends Dispatcher {
  deadLetters(): readonly string[];
  /** How many messages are waiting or in flight. */
  size(): number;
}

interface QueueDependencies {
  readonly scheduler: Scheduler;
  readonly random: Random;
  readonly troubles: Troubles;
  readonly storeIndexOf: (storeId: string) => number | undefined;
  /** Works a message. @returns whether it was worked to its end; never settled if the worker dies. */
  readonly work: (message: StoreMessage) => Promise<boolean>;
}

export function createQueueHost({ scheduler, random, troubles, storeIndexOf, work }: QueueDependencies): QueueHost {
  const groups = new Map<string, { readonly waiting: Held[]; inFlight: Held | undefined }>();
  const sentAt = new Map<string, Instant>();
  const deadLetters: string[] = [];
  const trouble = (storeId: string, how: "twice" | "late" | "lost") => {
    const store = storeIndexOf(storeId);
    const taken = troubles.take("message", (fault) => fault.how === how && (fault.store === undefined || fault.store === store));
    if (taken !== undefined) troubles.count(`message ${how}`);
    return taken !== undefined;
  };
  const pollAt = (storeId: string, at: Instant) => scheduler.at(at, () => poll(storeId));

  function poll(storeId: string): boolean {
    const group = groups.get(storeId);
    const head = group?.waiting[0];
    if (group === undefined || head === undefined || group.inFlight !== undefined) return false;
    if (head.visibleAt > scheduler.now()) {
      pollAt(storeId, head.visibleAt);
      return false;
    }
    head.receives += 1;
    group.inFlight = head;
    scheduler.at(plus(scheduler.now(), VISIBILITY_MS), () => comeBack(storeId, head, head.receives));
    const parsed = parseStoreMessage(head.body);
    if (!parsed.ok) throw new TypeError(parsed.failure);
    const receives = head.receives;
    void work(parsed.value).then((isDone) => {
      // A receipt is good for one receive: who comes back later than the visibility deletes nothing.
      if (!isDone || group.inFlight !== head || head.receives !== receives || trouble(storeId, "twice")) return;
      group.waiting.shift();
      group.inFlight = undefined;
      poll(storeId);
    });
    return true;
  }

  function comeBack(storeId: string, held: Held, receives: number): boolean {
    const group = groups.get(storeId);
    if (group?.inFlight !== held || held.receives !== receives) return false;
    group.inFlight = undefined;
    if (held.receives >= MOST_RECEIVES) {
      group.waiting.shift();
      deadLetters.push(held.body);
      troubles.count("message dead-lettered");
    }
    return poll(storeId);
  }

  return {
    async send(message) {
      const body = encodeStoreMessage(message);
      const now = scheduler.now();
      const before = sentAt.get(body);
      if (before !== undefined && now - before < DEDUPLICATION_MS) return;
      sentAt.set(body, now);
      if (trouble(message.storeId, "lost")) return;
      const lateMs = trouble(message.storeId, "late") ? random.whole(5_000, 4 * MINUTE) : random.whole(5, 100);
      const group = groups.get(message.storeId) ?? { waiting: [], inFlight: undefined };
      groups.set(message.storeId, group);
      group.waiting.push({ body, receives: 0, visibleAt: plus(now, lateMs) });
      pollAt(message.storeId, plus(now, lateMs));
    },
    deadLetters: () => deadLetters,
    size: () => [...groups.values()].reduce((sum, { waiting }) => sum + waiting.length, 0),
  };
}
