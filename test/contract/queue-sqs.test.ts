import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { createSqsClient, createSqsDispatcher } from "../../lib/adapters/queue/sqs-dispatcher.ts";
import { parseStoreMessage } from "../../lib/application/messages/store-message.ts";
import type { Dispatcher, StoreMessage } from "../../lib/application/ports/dispatcher.ts";
import { couponId, storeId, targetKey } from "../../lib/domain/identifiers.ts";
import { parseInstant } from "../../lib/domain/instant.ts";
import { type StandInService, startStandInService } from "./queue-and-secrets-service.ts";

const queueUrl = "https://sqs.eu-west-1.amazonaws.com/123456789012/doorman.fifo";
const targets = ["9", "10"].map((id) => targetKey({ kind: "coupon", id: couponId(id) }));
const message: StoreMessage = {
  kind: "switch",
  storeId: storeId("1003"),
  instant: parseInstant("2026-11-27T12:00:00Z"),
  targets,
  relay: 0,
};

interface Entry {
  readonly Id: string;
  readonly MessageBody: string;
  readonly MessageGroupId: string;
}

/** As the queue answers: what store 404 is sent it cannot take, and what store 503 is sent it cannot take together with others. */
function batchReply(entries: readonly Entry[]): object {
  const isTaken = ({ MessageGroupId }: Entry) => !["404", "503"].includes(MessageGroupId);
  const md5 = ({ MessageBody }: Entry) => createHash("md5").update(MessageBody).digest("hex");
  return {
    Successful: entries.filter(isTaken).map((each) => ({ Id: each.Id, MessageId: "m", MD5OfMessageBody: md5(each), SequenceNumber: "1" })),
    Failed: entries.filter((each) => !isTaken(each)).map(({ Id }) => ({ Id, Code: "ServiceUnavailable", SenderFault: false })),
  };
}

describe("the queue on AWS", { timeout: 60_000 }, () => {
  let service: StandInService;
  let dispatcher: Dispatcher;
  beforeAll(async () => {
    service = await startStandInService(({ operation, input }) => {
      if (operation === "SendMessageBatch") return { status: 200, body: batchReply(input["Entries"] as readonly Entry[]) };
      if (input["MessageGroupId"] === "404")
        return { status: 400, body: { __type: "com.amazonaws.sqs#QueueDoesNotExist", message: "gone" } };
      const MD5OfMessageBody = createHash("md5").update(String(input["MessageBody"])).digest("hex");
      return { status: 200, body: { MessageId: "m", SequenceNumber: "1", MD5OfMessageBody } };
    });
    const { endpoint, ...configuration } = service.configuration;
    vi.stubEnv("AWS_ENDPOINT_URL", endpoint);
    dispatcher = createSqsDispatcher({ client: createSqsClient(configuration), queueUrls: [queueUrl] });
  }, 60_000);
  afterAll(async () => {
    vi.unstubAllEnvs();
    await service.stop();
  });

  const sent = async (each: StoreMessage) => {
    await dispatcher.send(each);
    return service.calls.at(-1)?.input ?? {};
  };

  it("gets a message into the store's group, through AWS_ENDPOINT_URL and not the queue's host", async () => {
    const input = await sent(message);

    expect(service.calls.at(-1)?.operation).toBe("SendMessage");
    expect(input).toMatchObject({ QueueUrl: queueUrl, MessageGroupId: "1003" });
    expect(parseStoreMessage(String(input["MessageBody"]))).toEqual({ ok: true, value: { ...message, targets: [...targets].sort() } });
  });

  it("gets the same deduplication id for the same content, and another for another", async () => {
    const first = await sent(message);
    const same = await sent({ ...message, targets: [...targets].reverse() });
    const others = [await sent({ ...message, storeId: storeId("1004") }), await sent({ ...message, relay: 1 })];

    const ids = [first, ...others].map((input) => input["MessageDeduplicationId"]);
    expect(first["MessageDeduplicationId"]).toMatch(/^[0-9a-f]{64}$/);
    expect(same).toEqual(first);
    expect(new Set(ids).size).toBe(3);
  });

  it("gets what is sent in one turn ten to a request", async () => {
    const before = service.calls.length;
    const stores = Array.from({ length: 21 }, (_each, index) => storeId(String(2_000 + index)));

    await Promise.all(stores.map((store) => dispatcher.send({ ...message, storeId: store })));

    const calls = service.calls.slice(before);
    const groups = calls.flatMap(({ input }) => (input["Entries"] as readonly Entry[] | undefined) ?? [input as unknown as Entry]);
    expect(calls.map(({ operation }) => operation).toSorted()).toEqual(["SendMessage", "SendMessageBatch", "SendMessageBatch"]);
    expect(groups.map(({ MessageGroupId }) => MessageGroupId).toSorted()).toEqual(stores);
  });

  it("sends by itself what was not taken with others, and passes on what fails even so", async () => {
    const before = service.calls.length;
    const sends = ["404", "503", "2000"].map((store) => dispatcher.send({ ...message, storeId: storeId(store) }));

    const outcomes = await Promise.allSettled(sends);

    expect(outcomes.map(({ status }) => status)).toEqual(["rejected", "fulfilled", "fulfilled"]);
    const alone = service.calls.slice(before).filter(({ operation }) => operation === "SendMessage");
    expect(alone.map(({ input }) => input["MessageGroupId"]).toSorted()).toEqual(["404", "503"]);
  });

  it("shares the stores out over several queues, each store always in the same one, ten to a request of a queue", async () => {
    const { endpoint: _stubbed, ...configuration } = service.configuration;
    const queueUrls = [queueUrl, `${queueUrl}2`, `${queueUrl}3`] as const;
    const several = createSqsDispatcher({ client: createSqsClient(configuration), queueUrls });
    const stores = Array.from({ length: 60 }, (_each, index) => storeId(String(2_000 + index)));
    const placesOf = async () => {
      const before = service.calls.length;
      await Promise.all(stores.map((store) => several.send({ ...message, storeId: store })));
      const calls = service.calls.slice(before);
      const entries = calls.flatMap(({ input }) =>
        ((input["Entries"] as readonly Entry[] | undefined) ?? [input as unknown as Entry]).map(
          ({ MessageGroupId }) => [MessageGroupId, input["QueueUrl"]] as const,
        ),
      );
      return { requests: calls.length, queueOf: new Map(entries) };
    };

    const [once, again] = [await placesOf(), await placesOf()];

    expect([...once.queueOf.keys()].toSorted()).toEqual(stores);
    expect(again.queueOf).toEqual(once.queueOf);
    for (const each of queueUrls) expect([...once.queueOf.values()].filter((url) => url === each).length).toBeGreaterThan(10);
    expect(once.requests).toBeLessThanOrEqual(9);
  });

  it("passes on that a message could not be sent", async () => {
    await expect(dispatcher.send({ ...message, storeId: storeId("404") })).rejects.toThrow("gone");
  });
});
