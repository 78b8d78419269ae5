import { DeleteCommand, GetCommand, PutCommand } from "@aws-sdk/lib-dynamodb";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createDynamoStateTable } from "../../lib/adapters/dynamo/state-table.ts";
import { StoredItemError } from "../../lib/adapters/dynamo/stored-item.ts";
import type { StateTable } from "../../lib/application/ports/state-table.ts";
import { campaignId, couponId, targetKey } from "../../lib/domain/identifiers.ts";
import { type EmbeddedDatabase, startEmbeddedDatabase } from "../support/dynalite.ts";
import { at, collect, emptyTarget, freshStore, layerOf } from "./state-table-subjects.ts";

const coupon = targetKey({ kind: "coupon", id: couponId("12") });
const other = targetKey({ kind: "coupon", id: couponId("13") });
const noon = at("2026-11-27T12:00:00Z");

describe("the items of the state table in DynamoDB, broken ones among them", { timeout: 60_000 }, () => {
  let database: EmbeddedDatabase;
  let table: StateTable;
  let reports: string[] = [];
  beforeAll(async () => {
    database = await startEmbeddedDatabase();
    table = createDynamoStateTable({ client: database.client, tableName: "state", onBrokenItem: (message) => reports.push(message) });
  }, 60_000);
  beforeEach(() => {
    reports = [];
  });
  afterAll(() => database.stop());

  const plant = (item: Record<string, unknown>) => database.client.send(new PutCommand({ TableName: "state", Item: item }));

  it("gives an error that names table, key and what is wrong when such a target is read by itself", async () => {
    const store = freshStore();
    await plant({
      pk: store,
      sk: `TARGET#${coupon}`,
      version: 1,
      ledger: { cells: { colour: {} }, yielded: {} },
      attemptsBegun: "two",
      failuresInARow: 0,
      warnings: [],
    });

    const reading = table.readTarget(store, coupon);

    await expect(reading).rejects.toBeInstanceOf(StoredItemError);
    await expect(reading).rejects.toThrow(
      new RegExp(`^Item ${store} / TARGET#coupon#12 of table state cannot be read: .*ledger\\.cells.*attemptsBegun`),
    );
  });

  it("gives such an error for a store, a campaign's copy and the deployment too", async () => {
    const store = freshStore();
    await plant({ pk: store, sk: "STORE", version: 1 });
    await plant({ pk: store, sk: "CAMPAIGN#sale", version: 0 });
    await plant({ pk: "SYSTEM", sk: "SYSTEM", version: 1, deadAnswers: ["noon"] });

    const readings = [() => table.readStore(store), () => table.readCampaign(store, campaignId("sale")), () => table.readSystem()];

    for (const read of readings) await expect(read()).rejects.toBeInstanceOf(StoredItemError);
  });

  it("hides none of the good targets beside a broken one, and reports it", async () => {
    const store = freshStore();
    await table.writeTarget(store, other, emptyTarget, 0);
    await plant({ pk: store, sk: `TARGET#${coupon}`, version: 1, ledger: "lost" });
    await plant({ pk: store, sk: "TARGET#voucher#9", version: 1 });

    const targets = await table.targetsOf(store);

    expect(targets.map(({ target }) => target)).toEqual([other]);
    expect(reports).toHaveLength(2);
    expect(reports[0]).toContain(`${store} / TARGET#coupon#12`);
    expect(reports[1]).toContain("coupon#<id> or promotion#<id>");
  });

  it("hides none of the good layers beside a broken one, and reports it", async () => {
    const store = freshStore();
    await table.putLayer(store, coupon, layerOf("sale"));
    await plant({ pk: store, sk: `LAYER#${coupon}#broken`, ...layerOf("broken"), ask: { kind: "coupon", applicationLimit: "EVERYBODY" } });

    const layers = await table.layersOf(store, coupon);

    expect(layers).toEqual([layerOf("sale")]);
    expect(reports).toHaveLength(1);
  });

  it("hides none of the good copies of campaigns beside a broken one, and reports it", async () => {
    const store = freshStore();
    const copy = { targets: [coupon], fingerprint: "f", problems: [], warnings: [], compiledAt: noon, waitsForZone: true };
    await table.writeCampaign(store, campaignId("good"), copy, 0);
    await plant({ pk: store, sk: "CAMPAIGN#bad", version: 1, targets: ["coupon#x"] });
    await plant({ pk: store, sk: "CAMPAIGN#not an id", version: 1 });

    const copies = await table.campaignsOf(store);

    expect(copies).toEqual([{ campaignId: "good", ...copy, version: 1 }]);
    expect(reports).toHaveLength(2);
  });

  it("hides nothing of a store beside broken items when it is read as a whole, and reports each", async () => {
    const store = freshStore();
    await table.putLayer(store, coupon, layerOf("sale"));
    await table.writeTarget(store, other, emptyTarget, 0);
    await plant({ pk: store, sk: `LAYER#${coupon}`, ...layerOf("nobody") });
    await plant({ pk: store, sk: "LAYER#voucher#9#sale", ...layerOf("sale") });
    await plant({ pk: store, sk: `TARGET#${coupon}`, version: 1, ledger: "lost" });
    await plant({ pk: store, sk: "CAMPAIGN#bad", version: 1 });
    await plant({ pk: store, sk: "CALENDAR#bad", version: 1 });

    const contents = await table.contentsOf(store);

    expect(contents.layers).toEqual(new Map([[coupon, [layerOf("sale")]]]));
    expect(contents.targets.map(({ target }) => target)).toEqual([other]);
    expect(contents).toMatchObject({ campaigns: [], calendars: [] });
    expect(reports).toHaveLength(5);
  });

  it("still makes a broken target due, and still finds it as due", async () => {
    const store = freshStore();
    await plant({ pk: store, sk: `TARGET#${coupon}`, version: 4, ledger: "lost" });

    await table.makeDue(store, coupon, noon);

    const due = await collect(table.due(noon));
    expect(due).toContainEqual({ storeId: store, target: coupon, dueAt: noon });
  });

  it("leaves out of what is due an item that names no target, and reports it", async () => {
    const sane = freshStore();
    const strays = [
      { pk: "everywhere", sk: `TARGET#${coupon}`, dueShard: 3, dueAt: "2026-01-01T00:00:00.000Z" },
      { pk: sane, sk: "STORES", dueShard: 3, dueAt: "2026-01-01T00:00:00.000Z" },
      { pk: sane, sk: `TARGET#${other}`, dueShard: 3, dueAt: "2026-01-01 soon" },
    ];
    for (const stray of strays) await plant(stray);

    const due = await collect(table.due(noon));

    for (const { pk, sk } of strays) await database.client.send(new DeleteCommand({ TableName: "state", Key: { pk, sk } }));
    expect(due.filter(({ storeId }) => storeId === sane)).toEqual([]);
    expect(reports).toHaveLength(3);
  });

  it("keeps no attribute of the due index on a target that is not due", async () => {
    const store = freshStore();
    await table.makeDue(store, coupon, noon);
    await table.writeTarget(store, coupon, emptyTarget, 1);

    const { Item } = await database.client.send(new GetCommand({ TableName: "state", Key: { pk: store, sk: `TARGET#${coupon}` } }));

    expect(Object.keys(Item ?? {}).toSorted()).toEqual(["attemptsBegun", "failuresInARow", "ledger", "pk", "sk", "version", "warnings"]);
  });

  it("keeps instants as text that people can read and that sorts", async () => {
    const store = freshStore();
    await table.writeTarget(store, coupon, { ...emptyTarget, dueAt: noon, decidedAt: noon }, 0);

    const { Item } = await database.client.send(new GetCommand({ TableName: "state", Key: { pk: store, sk: `TARGET#${coupon}` } }));

    expect(Item).toMatchObject({ dueAt: "2026-11-27T12:00:00.000Z", decidedAt: "2026-11-27T12:00:00.000Z" });
  });

  it("reads an item that another version of Doorman gave a field unknown here", async () => {
    const store = freshStore();
    await plant({ pk: store, sk: "STORE", version: 3, pausedKinds: {}, colour: "green" });

    const state = await table.readStore(store);

    expect(state).toEqual({ pausedKinds: {}, version: 3 });
  });
});
