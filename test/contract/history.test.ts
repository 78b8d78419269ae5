import { PutCommand } from "@aws-sdk/lib-dynamodb";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createDynamoHistory } from "../../lib/adapters/dynamo/history.ts";
import { createMemoryHistory } from "../../lib/adapters/memory/history.ts";
import type { History, HistoryEntry } from "../../lib/application/ports/history.ts";
import { campaignId, couponId, type StoreId, storeId, targetKey } from "../../lib/domain/identifiers.ts";
import { DAY, instant, parseInstant, plus } from "../../lib/domain/instant.ts";
import { type EmbeddedDatabase, startEmbeddedDatabase } from "../support/dynalite.ts";

interface Subject {
  readonly history: History;
  close(): Promise<void>;
}

const failOnBrokenItem = (message: string) => {
  throw new Error(message);
};

const subjects = [
  { name: "in memory", open: async (): Promise<Subject> => ({ history: createMemoryHistory(), close: async () => undefined }) },
  {
    name: "in DynamoDB",
    open: async (): Promise<Subject> => {
      const { client, stop } = await startEmbeddedDatabase();
      return { history: createDynamoHistory({ client, tableName: "history", onBrokenItem: failOnBrokenItem }), close: stop };
    },
  },
];

const coupon = targetKey({ kind: "coupon", id: couponId("12") });
const longerCoupon = targetKey({ kind: "coupon", id: couponId("123") });
const noon = parseInstant("2026-11-27T12:00:00Z");

function entryOf(store: StoreId, version: number, changes: Partial<HistoryEntry> = {}): HistoryEntry {
  return {
    storeId: store,
    target: coupon,
    version,
    kind: "switched",
    at: plus(noon, 250),
    dueAt: noon,
    latenessMs: 250,
    before: "NEW_CUSTOMER_ONLY",
    after: "UNLIMITED",
    reason: "Black Friday is on",
    campaignIds: [campaignId("black-friday")],
    attempt: 1,
    ...changes,
  };
}

describe.each(subjects)("the history $name", { timeout: 60_000 }, ({ open }) => {
  let subject: Subject;
  beforeAll(async () => {
    subject = await open();
  }, 60_000);
  afterAll(() => subject.close());

  it("gives back every field of an entry", async () => {
    const store = storeId("1");
    await subject.history.record(entryOf(store, 1));
    await subject.history.record(entryOf(store, 2, { kind: "kept", before: undefined, after: undefined, campaignIds: [] }));
    await subject.history.record(entryOf(store, 3, { kind: "would-switch" }));

    const entries = await subject.history.of(store, coupon, 10, noon);

    const kept = entryOf(store, 2, { kind: "kept", before: undefined, after: undefined, campaignIds: [] });
    expect(entries).toEqual([entryOf(store, 3, { kind: "would-switch" }), kept, entryOf(store, 1)]);
  });

  it("gives the newest first by number, not by text, and no more than asked for", async () => {
    const store = storeId("2");
    for (const version of [9, 10, 100, 2, 11]) await subject.history.record(entryOf(store, version));

    const entries = await subject.history.of(store, coupon, 3, noon);

    expect(entries.map(({ version }) => version)).toEqual([100, 11, 10]);
    expect(await subject.history.of(store, coupon, 0, noon)).toEqual([]);
  });

  it("keeps what was missed beside what was done in the same version", async () => {
    const store = storeId("30");
    const missed = entryOf(store, 7, {
      kind: "missed",
      missed: [{ campaignId: campaignId("flash"), startsAt: plus(noon, -DAY), endsAt: noon }],
      missedCount: 1,
    });
    await subject.history.record(missed);
    await subject.history.record(entryOf(store, 7, { kind: "kept" }));
    await subject.history.record(entryOf(store, 8));

    const entries = await subject.history.of(store, coupon, 10, noon);

    expect(entries).toEqual([entryOf(store, 8), missed, entryOf(store, 7, { kind: "kept" })]);
  });

  it("keeps one entry of a version recorded twice", async () => {
    const store = storeId("3");
    await subject.history.record(entryOf(store, 1));

    await subject.history.record(entryOf(store, 1, { attempt: 2 }));

    expect(await subject.history.of(store, coupon, 10, noon)).toEqual([entryOf(store, 1, { attempt: 2 })]);
  });

  it("keeps targets and stores apart", async () => {
    const store = storeId("4");
    await subject.history.record(entryOf(store, 1));
    await subject.history.record(entryOf(store, 2, { target: longerCoupon }));
    await subject.history.record(entryOf(storeId("41"), 3));

    const entries = await subject.history.of(store, coupon, 10, noon);

    expect(entries.map(({ version }) => version)).toEqual([1]);
  });

  it("leaves out what is 400 days old, even where it lies before what is not", async () => {
    const store = storeId("5");
    await subject.history.record(entryOf(store, 1, { at: plus(noon, 1) }));
    await subject.history.record(entryOf(store, 2, { at: noon }));
    await subject.history.record(entryOf(store, 3, { at: instant(noon - DAY) }));

    const entries = await subject.history.of(store, coupon, 1, plus(noon, 400 * DAY));

    expect(entries.map(({ version }) => version)).toEqual([1]);
  });

  it("reads on past a full page", async () => {
    const store = storeId("6");
    const reason = "x".repeat(200_000);
    for (let version = 1; version <= 8; version += 1) await subject.history.record(entryOf(store, version, { reason }));

    const entries = await subject.history.of(store, coupon, 8, noon);

    expect(entries.map(({ version }) => version)).toEqual([8, 7, 6, 5, 4, 3, 2, 1]);
  });
});

describe("the history's items in DynamoDB", { timeout: 60_000 }, () => {
  let database: EmbeddedDatabase;
  beforeAll(async () => {
    database = await startEmbeddedDatabase();
  }, 60_000);
  afterAll(() => database.stop());

  it("hides no good entry beside a broken one, and reports it", async () => {
    const reports: string[] = [];
    const history = createDynamoHistory({
      client: database.client,
      tableName: "history",
      onBrokenItem: (message) => reports.push(message),
    });
    await history.record(entryOf(storeId("1"), 1));
    await database.client.send(
      new PutCommand({ TableName: "history", Item: { pk: "1#coupon#12", sk: "0000000000000002", kind: "switched" } }),
    );

    const entries = await history.of(storeId("1"), coupon, 1, noon);

    expect(entries).toEqual([entryOf(storeId("1"), 1)]);
    expect(reports).toEqual([expect.stringContaining("1#coupon#12 / 0000000000000002 of table history")]);
  });
});
