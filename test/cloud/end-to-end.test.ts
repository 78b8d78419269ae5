import { GetQueueAttributesCommand, ReceiveMessageCommand, SendMessageCommand, type SQSClient } from "@aws-sdk/client-sqs";
import { DeleteCommand, type DynamoDBDocumentClient, GetCommand, PutCommand, QueryCommand } from "@aws-sdk/lib-dynamodb";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createDocumentClient } from "../../lib/adapters/dynamo/document-client.ts";
import { queueOfStore } from "../../lib/adapters/queue/queue-of-store.ts";
import { SEPARATOR } from "../../lib/adapters/queue/queue-urls.ts";
import { createSqsClient } from "../../lib/adapters/queue/sqs-dispatcher.ts";
import { createSystemClock } from "../../lib/adapters/system/clock.ts";
import { alarmName } from "../../lib/application/alarms/alarm-kinds.ts";
import { storeId } from "../../lib/domain/identifiers.ts";
import { formatInstant, HOUR, type Instant, MINUTE, plus, SECOND, sortableInstant, startOfMinute } from "../../lib/domain/instant.ts";
import { COUPON, PROMOTION, type Record, sale } from "../support/world.ts";
import { alarmChange } from "./alarm-event.ts";
import { type DeployedStack, deployStack } from "./deploy-stack.ts";
import { requestsOf, revokeTokens, seenInEcwid } from "./ecwid.ts";
import { type Host, startHost } from "./host/start-host.ts";
import { subscribe } from "./people.ts";
import { queueUrlOf } from "./queue-url.ts";
import { STORES, tokenOf } from "./stores.ts";
import { putTokens, removeTokens } from "./tokens.ts";

const REGION = "eu-central-1";
/** What takes seconds is given minutes: this machine may stand still. */
const SOON = { timeout: 3 * MINUTE, interval: 500 };
/** The same for what waits for the windows that begin and end while all else is tried. */
const LATER = { timeout: 6 * MINUTE, interval: 500 };
const STORE_IDS = Object.values(STORES).filter((storeId) => storeId !== STORES.commands);

const clock = createSystemClock();
let stack: DeployedStack;
let host: Host;
let database: DynamoDBDocumentClient;
let sqs: SQSClient;
/** Nothing but the tick after next can bring it due: the one before has looked by the time that it is compiled. */
let tickedStart: Instant;
let tickedEnd: Instant;
let promotedStart: Instant;
let promotedEnd: Instant;

/** A window of the coupon, on from `start` to `end`, in one of the stores. */
function campaign(storeId: string, start: Instant, end: Instant, changes: Partial<Record> = {}): Record {
  return { ...sale({ start: formatInstant(start), end: formatInstant(end) }), ...changes, storeId };
}

/** As a marketer's tool does: with the SDK, straight into the table. */
async function put(record: Record): Promise<void> {
  await database.send(new PutCommand({ TableName: stack.outputs["CampaignsTableName"], Item: record }));
}

async function statusOf(storeId: string, campaignId = "sale"): Promise<unknown> {
  const { Item } = await database.send(new GetCommand({ TableName: stack.outputs["CampaignsTableName"], Key: { storeId, campaignId } }));
  return Item?.["status"]?.state;
}

async function historyOf(storeId: string, target: string) {
  const { Items = [] } = await database.send(
    new QueryCommand({
      TableName: stack.outputs["HistoryTableName"],
      KeyConditionExpression: "pk = :target",
      ExpressionAttributeValues: { ":target": `${storeId}#${target}` },
      ConsistentRead: true,
    }),
  );
  return Items;
}

const limitIn = async (storeId: string) => (await seenInEcwid(storeId, `coupons/${COUPON}`))["applicationLimit"];
const triggersIn = async (storeId: string) => (await seenInEcwid(storeId, `promotions/${PROMOTION}`))["triggers"];
const writesTo = async (storeId: string) =>
  (await requestsOf(storeId)).flatMap(({ method, body }) => (method === "PUT" ? [JSON.parse(body ?? "null")] : []));

/** The message by which somebody asks for a look at a store. */
function lookAt(store: string, because: string): string {
  return JSON.stringify({ kind: "look", storeId: store, instant: formatInstant(clock.now()), because, relay: 0 });
}

/** The function that works a store's queue; there are two. */
function workerOf(store: string): string {
  return queueOfStore(storeId(store), 2) === 0 ? "Reconcile" : "Reconcile2";
}

/** What a function printed. @throws SyntaxError where a line is not JSON. */
function linesOf(name: string) {
  return host.function(name).lines.map((line) => JSON.parse(line));
}

/** Whether an event of a stream (`"storeId":{"S":"2001"}`) or a queue (`\"storeId\":\"2001\"`) is about a store. */
function isAbout(storeId: string): (event: unknown) => boolean {
  const named = new RegExp(`storeId\\W+(?:S\\W+)?${storeId}\\W`);
  return (event) => named.test(JSON.stringify(event));
}

const isAboutMissed = (event: unknown) => JSON.stringify(event).includes('"missed"');

beforeAll(async () => {
  stack = await deployStack(REGION);
  host = startHost(stack);
  database = createDocumentClient({ region: REGION });
  sqs = createSqsClient({ region: REGION });
  await putTokens(REGION, STORE_IDS);
  tickedStart = plus(startOfMinute(clock.now()), 2 * MINUTE + 5 * SECOND);
  tickedEnd = plus(tickedStart, MINUTE);
  await put(campaign(STORES.ticked, tickedStart, tickedEnd));
  promotedStart = clock.now();
  promotedEnd = plus(promotedStart, 90 * SECOND);
  const promotions = [{ promotionId: String(PROMOTION), addGroups: [5] }];
  await put(campaign(STORES.promoted, promotedStart, promotedEnd, { coupons: [], promotions }));
});

afterAll(async () => {
  await host.stop();
  await removeTokens(REGION, STORE_IDS);
  database.destroy();
  sqs.destroy();
});

describe("the deployed stack at work", () => {
  it("does nothing a second time for a stream record that comes twice", async () => {
    const now = clock.now();
    await put(campaign(STORES.doubled, plus(now, -HOUR), plus(now, HOUR)));
    await expect.poll(() => statusOf(STORES.doubled), SOON).toBe("ACTIVE");
    await expect.poll(() => limitIn(STORES.doubled), SOON).toBe("UNLIMITED");
    const compile = host.function("Compile");
    const delivered = compile.invocations.map(({ event }) => event).filter(isAbout(STORES.doubled));

    const ended = await Promise.all(delivered.map((event) => compile.invoke(event)));

    expect(ended.map(({ payload }) => JSON.parse(payload))).toEqual(delivered.map(() => ({ batchItemFailures: [] })));
    await host.settled();
    expect(await writesTo(STORES.doubled)).toHaveLength(1);
    expect(await historyOf(STORES.doubled, `coupon#${COUPON}`)).toHaveLength(1);
  });

  it("puts back at once what a deleted campaign had switched", async () => {
    const Key = { storeId: STORES.doubled, campaignId: "sale" };

    await database.send(new DeleteCommand({ TableName: stack.outputs["CampaignsTableName"], Key }));

    await expect.poll(() => limitIn(STORES.doubled), SOON).toBe("NEW_CUSTOMER_ONLY");
  });

  it("gives a message that kills its workers two of them, and then puts it among the dead letters", async () => {
    const QueueUrl = stack.outputs["QueueUrl"]?.split(SEPARATOR)[queueOfStore(storeId(STORES.poisoned), 2)];
    const reconcile = host.function(workerOf(STORES.poisoned));
    reconcile.dieOf(isAbout(STORES.poisoned));
    const MessageBody = lookAt(STORES.poisoned, "test");

    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody, MessageGroupId: STORES.poisoned, MessageDeduplicationId: "poison" }));

    const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["RedrivePolicy"] }));
    const { deadLetterTargetArn }: { deadLetterTargetArn: string } = JSON.parse(Attributes?.["RedrivePolicy"] ?? "{}");
    const deadLetters = async () => {
      const dead = { QueueUrl: queueUrlOf(deadLetterTargetArn), WaitTimeSeconds: 1, VisibilityTimeout: 0 };
      const { Messages = [] } = await sqs.send(new ReceiveMessageCommand(dead));
      return Messages.map(({ Body }) => Body);
    };
    await expect.poll(deadLetters, SOON).toEqual([MessageBody]);
    const deaths = reconcile.invocations.filter(({ event }) => isAbout(STORES.poisoned)(event));
    expect(deaths.map(({ ended }) => JSON.parse(ended.payload).errorType)).toEqual(["Runtime.ExitError", "Runtime.ExitError"]);
  });

  it("works a message that waits in the queue of other stores in the queue where it belongs", async () => {
    const [worker, other] = [workerOf(STORES.promoted), workerOf(STORES.doubled)];
    const isMisplaced = (event: unknown) => JSON.stringify(event).includes("a stale list of queues");
    const MessageBody = lookAt(STORES.promoted, "a stale list of queues");
    const QueueUrl = stack.outputs["QueueUrl"]?.split(SEPARATOR)[queueOfStore(storeId(STORES.doubled), 2)];

    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody, MessageGroupId: STORES.promoted, MessageDeduplicationId: "misplaced" }));

    expect(other).not.toBe(worker);
    const invocationsOf = (name: string) => host.function(name).invocations.filter(({ event }) => isMisplaced(event));
    await expect.poll(() => invocationsOf(worker).length, SOON).toBe(1);
    expect([...invocationsOf(other), ...invocationsOf(worker)].map(({ ended }) => ended.kind)).toEqual(["answered", "answered"]);
  });

  it("compiles in the hourly sweep what the stream gave up, notes that, and holds up no record beside it", async () => {
    const now = clock.now();
    const compile = host.function("Compile");
    compile.dieOf(isAboutMissed);

    await put(campaign(STORES.swept, plus(now, -HOUR), plus(now, HOUR), { campaignId: "missed" }));
    await put(campaign(STORES.swept, plus(now, HOUR), plus(now, 2 * HOUR), { campaignId: "beside" }));
    await expect.poll(() => statusOf(STORES.swept, "beside"), SOON).toBe("SCHEDULED");
    const QueueUrl = host.failureQueueUrl();
    const { Messages: [given] = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 5 }));
    const statusBefore = await statusOf(STORES.swept, "missed");
    compile.dieOf(() => false);
    const ended = await host.rules.fire("EveryHour");

    expect(JSON.parse(given?.Body ?? "{}")).toMatchObject({ DDBStreamBatchInfo: { batchSize: 1 } });
    expect(statusBefore).toBeUndefined();
    expect(ended).toEqual([{ kind: "answered", payload: "null" }]);
    await expect.poll(() => limitIn(STORES.swept), SOON).toBe("UNLIMITED");
    await expect.poll(() => statusOf(STORES.swept, "missed"), SOON).toBe("ACTIVE");
  });

  it("tells people once, in one message they can read, of an alarm that comes twice, and that it is over", async () => {
    await revokeTokens(STORES.revoked);
    const now = clock.now();
    await put(campaign(STORES.revoked, plus(now, -HOUR), plus(now, HOUR)));
    await expect.poll(() => linesOf(workerOf(STORES.revoked)).some(({ event }) => event?.effect === "token-dead"), SOON).toBe(true);
    const { account, stackName, outputs } = stack;
    const alarm = `arn:aws:cloudwatch:${REGION}:${account}:alarm:${alarmName(stackName, "token-dead")}`;
    const people = await subscribe(REGION, stackName, outputs["AlertTopicArn"] ?? "");
    const wentOff = alarmChange(alarm, "OK", "ALARM", sortableInstant(clock.now()));

    const first = await host.rules.publish(wentOff);
    const second = await host.rules.publish(wentOff);
    const other = await host.rules.publish(alarmChange(`${alarm}-of-another`, "OK", "ALARM", sortableInstant(clock.now())));
    const [opened, ...more] = await people.read();
    await host.rules.publish(alarmChange(alarm, "ALARM", "OK", sortableInstant(clock.now())));
    const closed = await people.read();
    await people.leave();

    expect([...first, ...second]).toEqual([1, 2].map(() => ({ kind: "answered", payload: "null" })));
    expect(other).toEqual([]);
    expect(more).toEqual([]);
    expect(opened?.Subject).toMatch(/^[ -~]{1,99}$/);
    expect(opened?.Message).toContain(`Store ${STORES.revoked}`);
    expect(opened?.Message).toContain('"Sale"');
    expect(opened?.Message).toContain("docs/runbook.md#token-dead");
    expect(opened?.Message).not.toContain(tokenOf(STORES.revoked));
    expect(opened?.MessageAttributes).toMatchObject({ alarm: { Type: "String", Value: "token-dead" } });
    expect(closed.map(({ Message }) => Message)).toEqual([expect.stringContaining("Still broken")]);
  });

  it("switches a promotion whose window has begun, and back at the window's end, without a tick in between", async () => {
    await expect.poll(() => historyOf(STORES.promoted, `promotion#${PROMOTION}`), LATER).toHaveLength(2);
    await expect.poll(() => statusOf(STORES.promoted), SOON).toBe("ENDED");

    const history = await historyOf(STORES.promoted, `promotion#${PROMOTION}`);
    expect(history.map(({ kind, campaignIds }) => [kind, campaignIds])).toEqual([1, 2].map(() => ["switched", ["sale"]]));
    expect(Date.parse(history[1]?.["dueAt"])).toBe(promotedEnd);
    expect(await writesTo(STORES.promoted)).toEqual([
      { triggers: { subtotal: 25, customerGroups: [0, 1, 5] } },
      { triggers: { subtotal: 25, customerGroups: [0, 1] } },
    ]);
    expect(await triggersIn(STORES.promoted)).toEqual({ subtotal: 25, customerGroups: [0, 1] });
  });

  it("switches a coupon at the instant that a tick found, and back at the window's end", async () => {
    await expect.poll(() => historyOf(STORES.ticked, `coupon#${COUPON}`), LATER).toHaveLength(2);
    await expect.poll(() => statusOf(STORES.ticked), SOON).toBe("ENDED");

    const history = await historyOf(STORES.ticked, `coupon#${COUPON}`);
    expect(history.map(({ kind, before, after, dueAt }) => [kind, before, after, Date.parse(dueAt)])).toEqual([
      ["switched", "NEW_CUSTOMER_ONLY", "UNLIMITED", tickedStart],
      ["switched", "UNLIMITED", "NEW_CUSTOMER_ONLY", tickedEnd],
    ]);
    expect(await writesTo(STORES.ticked)).toEqual([{ applicationLimit: "UNLIMITED" }, { applicationLimit: "NEW_CUSTOMER_ONLY" }]);
    expect(await limitIn(STORES.ticked)).toBe("NEW_CUSTOMER_ONLY");
    const ticks = linesOf("Dispatch").filter(({ message }) => message === "tick-completed");
    expect(ticks.some(({ event }) => event.due > 0 && event.released > 0)).toBe(true);
  });

  it("has a tick end well every minute", async () => {
    const ticks = host.function("Dispatch").invocations;

    expect(ticks.length).toBeGreaterThan(0);
    expect(ticks.map(({ ended }) => ended)).toEqual(ticks.map(() => ({ kind: "answered", payload: "null" })));
  });

  it("prints nothing but lines of JSON, metrics in the embedded format, and no token", () => {
    const parsed = Object.keys(stack.functions).flatMap(linesOf);
    const metrics = parsed.filter((line) => "_aws" in line);

    expect(metrics.flatMap(({ _aws }) => _aws.CloudWatchMetrics).map(({ Namespace }) => Namespace)).toContain("Doorman");
    expect(metrics.some((line) => line.SwitchLateness !== undefined)).toBe(true);
    expect(metrics.some((line) => line.TicksCompleted === 1)).toBe(true);
    expect(host.lines().filter((line) => Object.values(STORES).some((storeId) => line.includes(tokenOf(storeId))))).toEqual([]);
  });

  it("had no invocation fail but those that were made to", () => {
    const planted = [isAbout(STORES.poisoned), isAboutMissed];

    expect(host.failed().filter(({ event }) => !planted.some((isPlanted) => isPlanted(event)))).toEqual([]);
    expect(host.troubles).toEqual([]);
  });
});
