import type { StoreMessage } from "../../application/ports/dispatcher.ts";

/** A message handed out; it is in flight until it is told done or failed. */
export interface Delivery {
  readonly message: StoreMessage;
  /** How often it has been handed out, this time included. */
  readonly receives: number;
}

/** Where messages come from, and what became of them goes to. */
export interface WorkSource {
  /** @returns the next message whose store has none in flight, or undefined. */
  receive(): Delivery | undefined;
  /** Takes a message that was worked off the queue. */
  done(delivery: Delivery): void;
  /** Puts a message back at the head of its store's; after two receives, onto the dead-letter list. */
  failed(delivery: Delivery): void;
  /** Calls back each time there may be something to receive. @returns what ends that. */
  onReady(listener: () => void): () => void;
}

/** What works one message; a rejection counts as a failed receive. */
export type Handler = (message: StoreMessage) => Promise<void>;

export interface WorkOptions {
  /** How many stores are worked at once. A worker may sleep until its message's instant, so leave room. */
  readonly concurrency: number;
  /** Told when a handler fails; the message has then been put back, or is dead. */
  readonly onFailure: (message: StoreMessage, error: unknown) => void;
}

export interface QueueWork {
  /** Takes no further message. Resolves once those in hand are finished. */
  stop(): Promise<void>;
}

/** Hosts a handler over the in-process queue: one message of a store at a time, several stores at once, until stopped. */
export function startWork(source: WorkSource, handler: Handler, { concurrency, onFailure }: WorkOptions): QueueWork {
  const inHand = new Set<Promise<void>>();
  let isStopped = false;

  const take = () => {
    while (!isStopped && inHand.size < concurrency) {
      const delivery = source.receive();
      if (delivery === undefined) return;
      // The handler begins in a later turn: what it sends calls `take` again, and it must have been counted by then.
      const finished = Promise.resolve(delivery).then((each) => settle(source, each, handler, onFailure));
      inHand.add(finished);
      void finished.then(() => {
        inHand.delete(finished);
        take();
      });
    }
  };
  const unsubscribe = source.onReady(take);
  take();

  return {
    async stop() {
      isStopped = true;
      unsubscribe();
      await Promise.all(inHand);
    },
  };
}

async function settle(source: WorkSource, delivery: Delivery, handler: Handler, onFailure: WorkOptions["onFailure"]): Promise<void> {
  try {
    await handler(delivery.message);
  } catch (error) {
    source.failed(delivery);
    onFailure(delivery.message, error);
    return;
  }
  source.done(delivery);
}
