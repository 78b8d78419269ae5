import type { SQSEvent } from "aws-lambda";
import { describe, expect, it } from "vitest";
import { createReconcileWork } from "../../../functions/reconcile/reconcile-work.ts";
import { isQueueOfStore } from "../../../lib/adapters/queue/queue-of-store.ts";
import { encodeStoreMessage } from "../../../lib/application/messages/store-message.ts";
import type { StoreMessage } from "../../../lib/application/ports/dispatcher.ts";
import { createWorld, instantOf, STORE } from "../../support/world.ts";

const DEADLINE = instantOf("2026-11-27T10:00:00Z");

function event(body: string): SQSEvent {
  return { Records: [{ messageId: "m-1", body } as SQSEvent["Records"][number]] };
}

describe("the reconcile function", () => {
  it.each(["", "not JSON", "{}", '{"kind":"switch","storeId":"x"}', "[]", '"text"'])(
    "drops the body %j and says what is wrong with it",
    async (body) => {
      const world = createWorld();
      const work = createReconcileWork(world.reconciling);

      await work(event(body), DEADLINE);

      expect(world.events).toEqual([
        { kind: "input-refused", where: "queue message m-1", message: expect.stringMatching(/^The message body is not .+\.$/) },
      ]);
      expect(world.calls()).toEqual([]);
    },
  );

  it("sends on what belongs into another queue, as it is and without a call, and works what came by its own", async () => {
    const world = createWorld();
    const sent: StoreMessage[] = [];
    const dispatcher = { send: async (message: StoreMessage) => void sent.push(message) };
    const urls = ["https://sqs.test/1/Doorman-stores.fifo", "https://sqs.test/1/Doorman-stores-2.fifo"] as const;
    const work = createReconcileWork({ ...world.reconciling, dispatcher }, (store, arn) => !isQueueOfStore(store, arn, urls));
    const look: StoreMessage = { kind: "look", storeId: STORE, instant: world.clock.now(), because: "a test", relay: 0 };
    const from = (queue: string) => ({
      Records: [{ ...event(encodeStoreMessage(look)).Records[0], eventSourceARN: `arn:aws:sqs:eu-central-1:1:${queue}` }],
    });

    await work(from("Doorman-stores-2.fifo"), DEADLINE);
    await work(from("Doorman-stores-6.fifo"), DEADLINE);

    expect(sent).toEqual([look, look]);
    expect(world.calls()).toEqual([]);

    await work(from("Doorman-stores.fifo"), DEADLINE);

    expect(sent).toHaveLength(2);
    expect(world.calls()).not.toEqual([]);
  });
});
