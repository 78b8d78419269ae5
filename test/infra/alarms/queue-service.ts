import { createMemoryQueue } from "../../../lib/adapters/memory/queue.ts";
import { encodeStoreMessage } from "../../../lib/application/messages/store-message.ts";
import type { Dispatcher, StoreMessage } from "../../../lib/application/ports/dispatcher.ts";
import { type Instant, plus, SECOND } from "../../../lib/domain/instant.ts";
import type { VirtualClock } from "../../support/virtual-clock.ts";
import type { Samples } from "./samples.ts";

/** The queues' names in metrics. */
export interface QueueNames {
  readonly stores: string;
  readonly deadLetters: string;
  readonly failures: string;
}

interface QueueOptions {
  readonly clock: VirtualClock;
  readonly samples: Samples;
  readonly queues: QueueNames;
  /** How long a message that was handed out and not deleted stays out of sight. */
  readonly visibilityMs: number;
}

/** SQS with its mapping to the worker: what was received twice and not deleted goes to the dead letters. */
export interface QueueService extends Dispatcher {
  /** Hands messages to `work` as long as `isOn`; a message that it does not finish comes back when its visibility is over. */
  feed(work: (event: unknown) => Promise<boolean>, isOn: () => boolean): void;
  /** Stream records were given up and noted in the failure queue. */
  giveUp(): void;
  /** What SQS reports each minute. */
  measure(): void;
  purge(): void;
}

export function createQueueService({ clock, samples, queues, visibilityMs }: QueueOptions): QueueService {
  const queue = createMemoryQueue({ clock });
  const sentAt = new Map<string, Instant>();
  let purged = 0;
  let givenUp = 0;
  let poll = () => {};
  const report = (queueName: string, name: string, value: number) =>
    samples.add({ namespace: "AWS/SQS", name, dimensions: { QueueName: queueName } }, clock.now(), value);

  /** SQS looks at any moment; the oldest that it can see a message is the moment before it goes. */
  const gone = (body: string) => {
    report(queues.stores, "ApproximateAgeOfOldestMessage", (clock.now() - (sentAt.get(body) ?? clock.now())) / SECOND);
    sentAt.delete(body);
  };

  return {
    send: async (message: StoreMessage) => {
      const before = queue.size();
      await queue.send(message);
      if (queue.size() > before) sentAt.set(encodeStoreMessage(message), clock.now());
    },
    feed: (work, isOn) => {
      poll = () => {
        for (let delivery = isOn() ? queue.receive() : undefined; delivery !== undefined; delivery = queue.receive()) {
          const handed = delivery;
          const backAt = plus(clock.now(), visibilityMs);
          const body = encodeStoreMessage(handed.message);
          const settled = work({ Records: [{ messageId: "1", body }] }).then(async (isDone) => {
            if (isDone) queue.done(handed);
            else {
              await clock.sleepUntil(backAt);
              queue.failed(handed);
            }
            if (isDone || handed.receives > 1) gone(body);
          });
          void settled.then(poll);
        }
      };
      queue.onReady(() => void Promise.resolve().then(poll));
    },
    giveUp: () => {
      givenUp += 1;
    },
    measure: () => {
      // The pollers also find what came while they were off.
      poll();
      const oldest = Math.min(...sentAt.values());
      if (sentAt.size > 0) report(queues.stores, "ApproximateAgeOfOldestMessage", (clock.now() - oldest) / SECOND);
      report(queues.deadLetters, "ApproximateNumberOfMessagesVisible", queue.deadLetters().length - purged);
      report(queues.failures, "ApproximateNumberOfMessagesVisible", givenUp);
    },
    purge: () => {
      purged = queue.deadLetters().length;
      givenUp = 0;
    },
  };
}
