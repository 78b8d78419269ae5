import { encodeStoreMessage, parseStoreMessage } from "../../application/messages/store-message.ts";
import type { Clock } from "../../application/ports/clock.ts";
import type { Dispatcher, StoreMessage } from "../../application/ports/dispatcher.ts";
import type { StoreId } from "../../domain/identifiers.ts";
import { type Instant, MINUTE } from "../../domain/instant.ts";
import { type Delivery, type Handler, type QueueWork, startWork, type WorkOptions, type WorkSource } from "./queue-work.ts";

const DEDUPLICATION_MS = 5 * MINUTE;
const MOST_RECEIVES = 2;

/** A first-in-first-out queue in memory, with the rules of the one on AWS: a group per store, one message of it in flight at a time. */
export interface MemoryQueue extends Dispatcher, WorkSource {
  /** Messages that were received twice and failed both times. */
  deadLetters(): readonly StoreMessage[];
  /** How many messages are waiting or in flight. */
  size(): number;
  /** Works messages as they come, several stores at once, until stopped. */
  work(handler: Handler, options: WorkOptions): QueueWork;
}

interface Waiting {
  readonly body: string;
  receives: number;
}

/** @param clock by which sending the same content again within five minutes is dropped. @returns an empty queue. */
export function createMemoryQueue({ clock }: { readonly clock: Pick<Clock, "now"> }): MemoryQueue {
  const groups = new Map<StoreId, Waiting[]>();
  /** Stores with a message and none in flight, longest ready first. */
  const ready = new Set<StoreId>();
  const inFlight = new Map<Delivery, Waiting>();
  const deadLetters: StoreMessage[] = [];
  const listeners = new Set<() => void>();
  const isRepeated = createDeduplication(clock);

  const makeReady = (storeId: StoreId) => {
    ready.add(storeId);
    for (const listener of listeners) listener();
  };
  const release = (delivery: Delivery, isFinished: boolean) => {
    const { storeId } = delivery.message;
    const group = groups.get(storeId) ?? [];
    if (isFinished) group.shift();
    if (group.length > 0) makeReady(storeId);
    else groups.delete(storeId);
  };

  const queue: MemoryQueue = {
    async send(message) {
      const body = encodeStoreMessage(message);
      if (isRepeated(body)) return;
      const group = groups.get(message.storeId);
      if (group !== undefined) {
        group.push({ body, receives: 0 });
        return;
      }
      groups.set(message.storeId, [{ body, receives: 0 }]);
      makeReady(message.storeId);
    },
    receive() {
      const [storeId] = ready;
      const head = storeId === undefined ? undefined : groups.get(storeId)?.[0];
      if (storeId === undefined || head === undefined) return undefined;
      ready.delete(storeId);
      head.receives += 1;
      const delivery = { message: messageIn(head.body), receives: head.receives };
      inFlight.set(delivery, head);
      return delivery;
    },
    done(delivery) {
      if (inFlight.delete(delivery)) release(delivery, true);
    },
    failed(delivery) {
      if (!inFlight.delete(delivery)) return;
      const isDead = delivery.receives >= MOST_RECEIVES;
      if (isDead) deadLetters.push(delivery.message);
      release(delivery, isDead);
    },
    deadLetters: () => [...deadLetters],
    size: () => [...groups.values()].reduce((sum, group) => sum + group.length, 0),
    onReady(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    work: (handler, options) => startWork(queue, handler, options),
  };
  return queue;
}

/** What a handler gets has been through text, as on AWS: nothing is shared with the sender. */
function messageIn(body: string): StoreMessage {
  const parsed = parseStoreMessage(body);
  if (!parsed.ok) throw new TypeError(parsed.failure);
  return parsed.value;
}

function createDeduplication({ now }: Pick<Clock, "now">): (body: string) => boolean {
  const sentAt = new Map<string, Instant>();
  return (body) => {
    const present = now();
    // Insertion order is time order, so the expired ones stand at the front.
    for (const [sent, at] of sentAt) {
      if (present - at < DEDUPLICATION_MS) break;
      sentAt.delete(sent);
    }
    if (sentAt.has(body)) return true;
    sentAt.set(body, present);
    return false;
  };
}
