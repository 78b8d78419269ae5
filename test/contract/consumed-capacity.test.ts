import { GetItemCommand } from "@aws-sdk/client-dynamodb";
import { type DynamoDBDocumentClient, GetCommand, PutCommand, QueryCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createDocumentClient } from "../../lib/adapters/dynamo/document-client.ts";
import { parseInstant } from "../../lib/domain/instant.ts";
import { countCalls } from "../bench/costs/measure/counted-client.ts";
import { createCounting, underWay } from "../bench/costs/measure/invocation.ts";
import { createStageClock } from "../bench/costs/measure/stage-clock.ts";
import type { Units } from "../bench/costs/units.ts";
import { type EmbeddedDatabase, startEmbeddedDatabase } from "../support/dynalite.ts";

// What the costs rest on: the embedded database's own arithmetic, and what is added to it.

const KEY = { pk: "1003", sk: "TARGET#coupon#1" };
const clock = createStageClock(parseInstant("2026-11-27T10:00:00Z"));
let database: EmbeddedDatabase;
let counted: DynamoDBDocumentClient;

beforeAll(async () => {
  database = await startEmbeddedDatabase();
  counted = createDocumentClient({
    endpoint: database.endpoint,
    region: "eu-west-1",
    credentials: { accessKeyId: "local", secretAccessKey: "local" },
  });
  countCalls(counted, { plain: database.client, clock, onWrite: () => {} });
});

afterAll(async () => {
  counted.destroy();
  await database.stop();
});

async function unitsOf(call: () => Promise<unknown>): Promise<Pick<Units, "reads" | "writes" | "indexWrites">> {
  const counting = createCounting();
  await clock.drive(underWay.run(counting, async () => call().catch(() => undefined)));
  const { reads, writes, indexWrites } = counting.total().units;
  return { reads, writes, indexWrites };
}

const item = (bytes: number, more: object = {}) => ({ ...KEY, ...more, note: "x".repeat(bytes) });
const get = (ConsistentRead: boolean) => () => counted.send(new GetCommand({ TableName: "state", Key: KEY, ConsistentRead }));
const put =
  (Item: object, condition: object = {}) =>
  () =>
    counted.send(new PutCommand({ TableName: "state", Item: { ...Item }, ...condition }));

it("a read is a unit for each 4 KB, half as much if eventually consistent", async () => {
  await database.client.send(new PutCommand({ TableName: "state", Item: item(5_000) }));

  expect(await unitsOf(get(true))).toMatchObject({ reads: 2 });
  expect(await unitsOf(get(false))).toMatchObject({ reads: 1 });
});

it("a write is a unit for each KB of the larger of what was and what is", async () => {
  await database.client.send(new PutCommand({ TableName: "state", Item: item(2_500) }));

  expect(await unitsOf(put(item(100)))).toEqual({ reads: 0, writes: 3, indexWrites: 0 });
  expect(await unitsOf(put(item(100)))).toEqual({ reads: 0, writes: 1, indexWrites: 0 });
});

it("the index is written once where an entry comes, twice where it moves, and not where it stays", async () => {
  const entry = (dueAt: string) => put(item(10, { dueShard: 3, dueAt }));
  await database.client.send(new PutCommand({ TableName: "state", Item: item(10) }));

  expect(await unitsOf(entry("2026-11-27T10:00:00Z"))).toMatchObject({ writes: 1, indexWrites: 1 });
  expect(await unitsOf(entry("2026-11-27T10:00:00Z"))).toMatchObject({ writes: 1, indexWrites: 0 });
  expect(await unitsOf(entry("2026-11-27T12:00:00Z"))).toMatchObject({ writes: 1, indexWrites: 2 });
  const moved = new UpdateCommand({
    TableName: "state",
    Key: KEY,
    UpdateExpression: "REMOVE dueAt, dueShard",
  });
  expect(await unitsOf(() => counted.send(moved))).toMatchObject({ writes: 1, indexWrites: 1 });
});

it("a query that finds nothing, and a write that is refused, cost what they would have", async () => {
  await database.client.send(new PutCommand({ TableName: "state", Item: item(1_500) }));
  const nothing = new QueryCommand({
    TableName: "state",
    IndexName: "due",
    KeyConditionExpression: "dueShard = :shard",
    ExpressionAttributeValues: { ":shard": 15 },
  });

  expect(await unitsOf(() => counted.send(nothing))).toMatchObject({ reads: 0.5 });
  expect(await unitsOf(put(item(1), { ConditionExpression: "attribute_not_exists(pk)" }))).toEqual({ reads: 0, writes: 2, indexWrites: 0 });
});

it("calls outside of an invocation, and of other clients, are nobody's", async () => {
  const elsewhere = new GetItemCommand({ TableName: "state", Key: { pk: { S: "1003" }, sk: { S: "STORE" } } });

  expect(await unitsOf(() => database.client.send(elsewhere))).toEqual({ reads: 0, writes: 0, indexWrites: 0 });
});
