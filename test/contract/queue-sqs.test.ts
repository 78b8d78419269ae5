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

describe("the queue on AWS", { timeout: 60_000 }, () => {
  let service: StandInService;
  let dispatcher: Dispatcher;
  beforeAll(async () => {
    service = await startStandInService(({ input }) => {
      if (input["MessageGroupId"] === "404")
        return { status: 400, body: { __type: "com.amazonaws.sqs#QueueDoesNotExist", message: "gone" } };
      const MD5OfMessageBody = createHash("md5").update(String(input["MessageBody"])).digest("hex");
      return { status: 200, body: { MessageId: "m", SequenceNumber: "1", MD5OfMessageBody } };
    });
    const { endpoint, ...configuration } = service.configuration;
    vi.stubEnv("AWS_ENDPOINT_URL", endpoint);
    dispatcher = createSqsDispatcher({ client: createSqsClient(configuration), queueUrl });
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

  it("passes on that a message could not be sent", async () => {
    await expect(dispatcher.send({ ...message, storeId: storeId("404") })).rejects.toThrow("gone");
  });
});
