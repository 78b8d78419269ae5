import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PutItemCommand } from "@aws-sdk/client-dynamodb";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createDynamoCampaignTable } from "../../lib/adapters/dynamo/campaign-table.ts";
import { createCampaignFolder } from "../../lib/adapters/files/campaign-folder.ts";
import { createMemoryCampaignTable } from "../../lib/adapters/memory/campaign-table.ts";
import type { CampaignRecord, CampaignTable } from "../../lib/application/ports/campaign-table.ts";
import type { CampaignStatus } from "../../lib/domain/campaign/status.ts";
import { campaignId, storeId } from "../../lib/domain/identifiers.ts";
import { parseInstant } from "../../lib/domain/instant.ts";
import { type EmbeddedDatabase, startEmbeddedDatabase } from "../support/dynalite.ts";

interface Subject {
  readonly table: CampaignTable;
  close(): Promise<void>;
}

const subjects = [
  { name: "in memory", open: async (): Promise<Subject> => ({ table: createMemoryCampaignTable(), close: async () => undefined }) },
  {
    name: "in DynamoDB",
    open: async (): Promise<Subject> => {
      const { client, stop } = await startEmbeddedDatabase();
      return { table: createDynamoCampaignTable({ client, tableName: "campaigns" }), close: stop };
    },
  },
  {
    name: "in a folder",
    open: async (): Promise<Subject> => {
      const folder = await mkdtemp(join(tmpdir(), "doorman-"));
      return { table: createCampaignFolder(folder), close: () => rm(folder, { recursive: true }) };
    },
  },
];

const status: CampaignStatus = {
  state: "ACTIVE",
  problems: [{ path: "end", message: "is before start" }],
  warnings: [],
  activeWindow: { start: parseInstant("2026-11-27T05:00:00Z"), end: undefined },
  nextSwitch: parseInstant("2026-11-28T05:00:00.500Z"),
  compiledAt: parseInstant("2026-11-26T09:00:00Z"),
};

async function collect(records: AsyncIterable<CampaignRecord>): Promise<readonly CampaignRecord[]> {
  const collected: CampaignRecord[] = [];
  for await (const record of records) collected.push(record);
  return collected;
}

describe.each(subjects)("the campaigns table $name", { timeout: 60_000 }, ({ open }) => {
  let subject: Subject;
  beforeAll(async () => {
    subject = await open();
  }, 60_000);
  afterAll(() => subject.close());

  it("gives back a record as it was put, nested values and nulls included", async () => {
    const item = {
      storeId: "1",
      campaignId: "sale",
      enabled: true,
      note: null,
      coupons: [{ couponId: 162428889, afterwards: "" }],
      override: {},
    };
    await subject.table.put(item);

    const record = await subject.table.get("1", "sale");

    expect(record).toEqual({ storeId: "1", campaignId: "sale", item });
  });

  it.each([
    ["of another campaign", "1", "none"],
    ["of another store", "2", "sale"],
    ["without a store id", "", "sale"],
    ["without a campaign id", "1", ""],
  ])("has no record %s", async (_name, store, campaign) => {
    expect(await subject.table.get(store, campaign)).toBeUndefined();
  });

  it("puts one record in place of another whole", async () => {
    await subject.table.put({ storeId: "3", campaignId: "sale", note: "old" });
    await subject.table.put({ storeId: "3", campaignId: "sale", name: "new" });

    const record = await subject.table.get("3", "sale");

    expect(record?.item).toEqual({ storeId: "3", campaignId: "sale", name: "new" });
  });

  it("refuses a record without a campaign id", async () => {
    await expect(subject.table.put({ storeId: "3", campaignId: "" })).rejects.toThrow();
  });

  it("replaces a record that is still what was read, whatever the order of its fields, and lets its status stand", async () => {
    const before = {
      storeId: "30",
      campaignId: "sale",
      name: "old",
      coupons: [{ couponId: "1", applicationLimit: "UNLIMITED" }],
      note: "x",
    };
    await subject.table.put({ ...before, status: { state: "ACTIVE" } });
    const { note: _gone, ...kept } = before;

    const isReplaced = await subject.table.replace(
      { ...kept, name: "new", override: { state: "off" }, status: { state: "typed" } },
      before,
    );

    expect(isReplaced).toBe(true);
    const changed = { ...kept, name: "new", override: { state: "off" } };
    expect((await subject.table.get("30", "sale"))?.item).toEqual({ ...changed, status: { state: "ACTIVE" } });
  });

  it("replaces a record of five hundred targets", async () => {
    const coupons = Array.from({ length: 500 }, (_, index) => ({ couponId: String(index + 1), applicationLimit: "UNLIMITED" }));
    const before = { storeId: "31", campaignId: "sale", coupons };
    await subject.table.put(before);

    expect(await subject.table.replace({ ...before, enabled: false }, before)).toBe(true);

    expect((await subject.table.get("31", "sale"))?.item).toEqual({ ...before, enabled: false });
  });

  it.each([
    ["a field has changed", { storeId: "32", campaignId: "sale", name: "other", except: ["2026-12-25"] }],
    ["an entry of a list has changed", { storeId: "32", campaignId: "sale", name: "old", except: ["2026-12-26"] }],
    ["a field has come", { storeId: "32", campaignId: "sale", name: "old", except: ["2026-12-25"], note: "new" }],
    ["a field has gone", { storeId: "32", campaignId: "sale", name: "old" }],
  ])("does not replace a record of which %s since it was read", async (_name, meanwhile) => {
    const read = { storeId: "32", campaignId: "sale", name: "old", except: ["2026-12-25"] };
    await subject.table.put(meanwhile);

    expect(await subject.table.replace({ ...read, enabled: false }, read)).toBe(false);

    expect((await subject.table.get("32", "sale"))?.item).toEqual(meanwhile);
  });

  it("replaces nothing by a new record, and no record by nothing", async () => {
    const item = { storeId: "33", campaignId: "sale", name: "first" };

    expect(await subject.table.replace(item, item)).toBe(false);
    expect(await subject.table.replace(item, undefined)).toBe(true);
    expect(await subject.table.replace({ ...item, name: "second" }, undefined)).toBe(false);

    expect((await subject.table.get("33", "sale"))?.item).toEqual(item);
  });

  it("calls a replacement that changes nothing done", async () => {
    const item = { storeId: "34", campaignId: "sale", coupons: [{ couponId: "1" }] };
    await subject.table.put(item);

    expect(await subject.table.replace(item, item)).toBe(true);
  });

  it("lets one of two replacements at the same time win", async () => {
    const before = { storeId: "35", campaignId: "sale", coupons: [{ couponId: "1" }] };
    await subject.table.put(before);
    // Two people on one computer; between two computers a folder keeps no lock.
    const first = await subject.table.replace({ ...before, name: "first" }, before);
    const second = await subject.table.replace({ ...before, name: "second" }, before);

    expect([first, second]).toEqual([true, false]);
  });

  it("removes a record, whether it is there or not", async () => {
    await subject.table.put({ storeId: "4", campaignId: "sale" });

    await subject.table.remove("4", "sale");
    await subject.table.remove("4", "sale");
    await subject.table.remove("4", "");

    expect(await subject.table.get("4", "sale")).toBeUndefined();
  });

  it("writes status onto a record beside what people typed, its instants as text in UTC", async () => {
    await subject.table.put({ storeId: "5", campaignId: "sale", name: "Sale", status: { state: "INVALID", old: true } });

    const isWritten = await subject.table.writeStatus(storeId("5"), campaignId("sale"), status);

    expect(isWritten).toBe(true);
    expect((await subject.table.get("5", "sale"))?.item).toEqual({
      storeId: "5",
      campaignId: "sale",
      name: "Sale",
      status: {
        state: "ACTIVE",
        problems: [{ path: "end", message: "is before start" }],
        warnings: [],
        activeWindow: { start: "2026-11-27T05:00:00Z" },
        nextSwitch: "2026-11-28T05:00:00.5Z",
        compiledAt: "2026-11-26T09:00:00Z",
      },
    });
  });

  it("removes a record that is still what was read, whatever its status says meanwhile", async () => {
    const read = { storeId: "40", campaignId: "sale", name: "old", except: ["2026-12-25"], priority: 1.5 };
    await subject.table.put({ ...read, status: { state: "ACTIVE" } });

    expect(await subject.table.remove("40", "sale", read)).toBe(true);

    expect(await subject.table.get("40", "sale")).toBeUndefined();
  });

  it.each([
    ["has changed", { storeId: "41", campaignId: "sale", name: "new" }],
    ["has a field more", { storeId: "41", campaignId: "sale", name: "old", note: "x" }],
  ])("does not remove a record that %s since it was read", async (_name, meanwhile) => {
    await subject.table.put(meanwhile);

    expect(await subject.table.remove("41", "sale", { storeId: "41", campaignId: "sale", name: "old" })).toBe(false);

    expect((await subject.table.get("41", "sale"))?.item).toEqual(meanwhile);
  });

  it("says of a record that is gone since it was read that somebody else was there", async () => {
    expect(await subject.table.remove("42", "sale", { storeId: "42", campaignId: "sale" })).toBe(false);
  });

  it("does not bring a removed record back by writing its status", async () => {
    const isWritten = await subject.table.writeStatus(storeId("6"), campaignId("gone"), status);

    expect(isWritten).toBe(false);
    expect(await subject.table.get("6", "gone")).toBeUndefined();
  });

  it("reads every record of every store, also where they fill more than a page", async () => {
    const note = "x".repeat(200_000);
    const keys = Array.from({ length: 8 }, (_, index) => ({ storeId: String(70 + (index % 3)), campaignId: `sale-${index}` }));
    for (const key of keys) await subject.table.put({ ...key, note });

    const records = await collect(subject.table.all());

    const found = records.filter(({ storeId: store }) => store.startsWith("7"));
    expect(found).toHaveLength(8);
    for (const key of keys) expect(found).toContainEqual({ ...key, item: { ...key, note } });
    const ofOne = await collect(subject.table.all("71"));
    expect(ofOne.map(({ campaignId: id }) => id).toSorted()).toEqual(["sale-1", "sale-4", "sale-7"]);
  });

  it("shares nothing with whoever put or read", async () => {
    const coupons = [{ couponId: "1" }];
    await subject.table.put({ storeId: "8", campaignId: "sale", coupons });

    coupons.push({ couponId: "2" });

    expect((await subject.table.get("8", "sale"))?.item["coupons"]).toEqual([{ couponId: "1" }]);
  });
});

describe("a record typed in the DynamoDB console", { timeout: 60_000 }, () => {
  let database: EmbeddedDatabase;
  beforeAll(async () => {
    database = await startEmbeddedDatabase();
  }, 60_000);
  afterAll(() => database.stop());

  it("is read as JSON whatever types its attributes have", async () => {
    const table = createDynamoCampaignTable({ client: database.client, tableName: "campaigns" });
    await database.client.send(
      new PutItemCommand({
        TableName: "campaigns",
        Item: {
          storeId: { S: "1003" },
          campaignId: { S: "sale" },
          addGroups: { NS: ["7", "12345678901234567890"] },
          tags: { SS: ["a"] },
          priority: { N: "1.5" },
          couponId: { N: "9007199254740993" },
          largest: { N: "9.9999999999999999999999999999999999999E+125" },
          photo: { B: new Uint8Array([1, 2]) },
          photos: { L: [{ BS: [new Uint8Array([1])] }] },
          nested: { M: { enabled: { BOOL: false }, note: { NULL: true } } },
        },
      }),
    );

    const record = await table.get("1003", "sale");

    expect(record?.item).toMatchObject({
      tags: ["a"],
      priority: 1.5,
      couponId: "9007199254740993",
      photo: "(binary value, left out)",
      photos: [["(binary value, left out)"]],
      nested: { enabled: false, note: null },
    });
    expect(record?.item["addGroups"]).toEqual(expect.arrayContaining([7, "12345678901234567890"]));
    expect(record?.item["largest"]).toBeTypeOf("string");
    expect(await collect(table.all())).toEqual([record]);

    expect(await table.replace({ ...record?.item, storeId: "1003", campaignId: "sale", enabled: false }, record?.item)).toBe(true);
    expect((await table.get("1003", "sale"))?.item).toEqual({ ...record?.item, enabled: false });
  });
});
