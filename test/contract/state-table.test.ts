import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { CampaignCopy, StoreState, SystemState } from "../../lib/application/ports/state-table.ts";
import { campaignId, couponId, promotionId, targetKey } from "../../lib/domain/identifiers.ts";
import { at, collect, emptyTarget, freshStore, layerOf, type StateTableSubject, stateTableSubjects } from "./state-table-subjects.ts";

const coupon = targetKey({ kind: "coupon", id: couponId("12") });
const longerCoupon = targetKey({ kind: "coupon", id: couponId("123") });
const promotion = targetKey({ kind: "promotion", id: promotionId("12") });
const friday = campaignId("black-friday");
const monday = campaignId("cyber-monday");
const noon = at("2026-11-27T12:00:00Z");
const evening = at("2026-11-27T18:00:00.250Z");

const pause = { code: "402", reason: "plan without API", since: noon, probeAt: evening };
const fullStore: StoreState = {
  timeZone: "Europe/Paris",
  profileReadAt: noon,
  deadToken: { secretVersion: "v1", since: noon },
  tokenProvenAt: noon,
  coolDownUntil: evening,
  dueAt: evening,
  pause,
  pausedKinds: { coupon: pause, promotion: undefined },
  noAccess: { code: "NO_TOKEN", reason: "there is no secret", since: noon },
  noticed: "5f2a",
  groupNames: { "0": "General", "1006534": "VIP" },
};
const fullSystem: SystemState = {
  stopped: { since: noon, reason: "drill", by: "ana" },
  deadAnswers: [noon, evening],
  refusals: [evening],
  sweptUpTo: { phase: "stores", store: freshStore() },
};
const fullCopy: CampaignCopy = {
  campaign: {
    storeId: freshStore(),
    campaignId: friday,
    name: "Black Friday",
    ...layerWindows(),
    coupons: [{ couponId: couponId("12"), applicationLimit: "UNLIMITED", afterwards: "NEW_CUSTOMER_ONLY" }],
    promotions: [
      { promotionId: promotionId("12"), groups: { form: "set", groups: [0, 7] } },
      { promotionId: promotionId("13"), groups: { form: "change", add: [1], remove: [2] } },
    ],
    priority: 3,
    onManualEdit: "yield",
    enabled: true,
    note: "agreed with finance",
  },
  timeZone: "America/New_York",
  targets: [coupon, promotion],
  fingerprint: "f00",
  problems: [{ path: "end", message: "is before start" }],
  warnings: ["nobody is in group 7"],
  overlaps: [
    { campaignId: campaignId("sale"), target: coupon, until: noon, message: "overlaps" },
    { campaignId: campaignId("endless"), target: promotion, message: "overlaps without end" },
  ],
  compiledAt: noon,
  waitsForZone: false,
};
function layerWindows() {
  const { start, end, repeat, except } = layerOf("black-friday").windows;
  return { start, end, repeat, except };
}

describe.each(stateTableSubjects)("the state table $name", { timeout: 60_000 }, ({ open }) => {
  let subject: StateTableSubject;
  beforeAll(async () => {
    subject = await open();
  }, 60_000);
  afterAll(() => subject.close());

  it("reads a deployment never written as empty, and then what was written, a version on", async () => {
    const before = await subject.table.readSystem();
    const written = await subject.table.writeSystem(fullSystem, 0);
    const late = await subject.table.writeSystem({ deadAnswers: [] }, 0);

    const after = await subject.table.readSystem();

    expect([before, written, late]).toEqual([{ deadAnswers: [], version: 0 }, true, false]);
    expect(after).toEqual({ ...fullSystem, version: 1 });
  });

  it("reads a store never written as empty, and then every field that was written", async () => {
    const store = freshStore();
    const before = await subject.table.readStore(store);
    const written = [await subject.table.writeStore(store, { pausedKinds: {} }, 0), await subject.table.writeStore(store, fullStore, 1)];

    const after = await subject.table.readStore(store);

    expect(before).toEqual({ pausedKinds: {}, version: 0 });
    expect(written).toEqual([true, true]);
    expect(after).toEqual({ ...fullStore, version: 2 });
  });

  it("refuses a store's state that was decided on an older version, and keeps the newer", async () => {
    const store = freshStore();
    await subject.table.writeStore(store, { pausedKinds: {}, timeZone: "Europe/Paris" }, 0);

    const late = [await subject.table.writeStore(store, fullStore, 0), await subject.table.writeStore(store, fullStore, 2)];

    expect(late).toEqual([false, false]);
    expect(await subject.table.readStore(store)).toEqual({ pausedKinds: {}, timeZone: "Europe/Paris", version: 1 });
  });

  it("keeps every field of a campaign's copy", async () => {
    const store = freshStore();
    const before = await subject.table.readCampaign(store, friday);
    await subject.table.writeCampaign(store, friday, fullCopy, 0);

    const after = await subject.table.readCampaign(store, friday);

    expect(before).toBeUndefined();
    expect(after).toEqual({ ...fullCopy, version: 1 });
  });

  it("writes and removes a campaign's copy only at the version read", async () => {
    const store = freshStore();
    await subject.table.writeCampaign(store, friday, fullCopy, 0);
    await subject.table.writeCampaign(store, friday, fullCopy, 1);

    const lateWrite = await subject.table.writeCampaign(store, friday, fullCopy, 1);
    const lateRemoval = await subject.table.removeCampaign(store, friday, 1);
    const removal = await subject.table.removeCampaign(store, friday, 2);
    const repeatedRemoval = await subject.table.removeCampaign(store, friday, 2);

    expect([lateWrite, lateRemoval, removal, repeatedRemoval]).toEqual([false, false, true, false]);
    expect(await subject.table.readCampaign(store, friday)).toBeUndefined();
  });

  it("lists the copies of one store, each with its id, and nothing else of it", async () => {
    const [store, other] = [freshStore(), freshStore()];
    await subject.table.writeCampaign(store, monday, fullCopy, 0);
    await subject.table.writeCampaign(store, friday, fullCopy, 0);
    await subject.table.writeCampaign(other, friday, fullCopy, 0);
    await subject.table.putLayer(store, coupon, layerOf("black-friday"));
    await subject.table.writeTarget(store, coupon, emptyTarget, 0);

    const copies = await subject.table.campaignsOf(store);

    expect(copies).toEqual([
      { campaignId: friday, ...fullCopy, version: 1 },
      { campaignId: monday, ...fullCopy, version: 1 },
    ]);
  });

  it("gives a target its own layers, and not those of one whose id begins alike or of another kind", async () => {
    const store = freshStore();
    await subject.table.putLayer(store, coupon, layerOf("black-friday"));
    await subject.table.putLayer(store, coupon, layerOf("cyber-monday"));
    await subject.table.putLayer(store, longerCoupon, layerOf("other"));
    await subject.table.putLayer(store, promotion, layerOf("other"));
    await subject.table.putLayer(freshStore(), coupon, layerOf("other"));

    const layers = await subject.table.layersOf(store, coupon);

    expect(layers).toEqual([layerOf("black-friday"), layerOf("cyber-monday")]);
  });

  it("replaces a layer of the same campaign, and removes one, whether it is there or not", async () => {
    const store = freshStore();
    const asksForLimit = {
      ...layerOf("black-friday"),
      override: undefined,
      ask: { kind: "coupon", applicationLimit: "UNLIMITED" } as const,
    };
    await subject.table.putLayer(store, coupon, layerOf("black-friday"));
    await subject.table.putLayer(store, coupon, asksForLimit);
    const replaced = await subject.table.layersOf(store, coupon);

    await subject.table.removeLayer(store, coupon, friday);
    await subject.table.removeLayer(store, coupon, friday);

    expect(replaced).toEqual([asksForLimit]);
    expect(await subject.table.layersOf(store, coupon)).toEqual([]);
  });

  it("answers for a whole store in one go, and for no other", async () => {
    const store = freshStore();
    await subject.table.writeStore(store, fullStore, 0);
    await subject.table.writeCampaign(store, friday, fullCopy, 0);
    await subject.table.makeDue(store, coupon, noon);
    await subject.table.makeDue(store, promotion, noon);
    await subject.table.putLayer(store, coupon, layerOf("black-friday"));
    await subject.table.putLayer(store, coupon, layerOf("cyber-monday"));
    await subject.table.putLayer(store, longerCoupon, layerOf("other"));
    await subject.table.putLayer(freshStore(), promotion, layerOf("other"));

    const contents = await subject.table.contentsOf(store);

    expect(contents).toEqual({
      store: await subject.table.readStore(store),
      campaigns: await subject.table.campaignsOf(store),
      calendars: [],
      targets: await subject.table.targetsOf(store),
      layers: new Map([
        [coupon, [layerOf("black-friday"), layerOf("cyber-monday")]],
        [longerCoupon, [layerOf("other")]],
      ]),
    });
    expect(contents.campaigns).toHaveLength(1);
    expect(contents.targets).toHaveLength(2);
  });

  it("answers for a store that it has never heard of", async () => {
    const contents = await subject.table.contentsOf(freshStore());

    expect(contents).toEqual({ store: { pausedKinds: {}, version: 0 }, campaigns: [], calendars: [], targets: [], layers: new Map() });
  });

  it("names each store once that has any item, of whatever kind", async () => {
    const made = [freshStore(), freshStore(), freshStore(), freshStore()] as const;
    await subject.table.writeStore(made[0], fullStore, 0);
    await subject.table.writeCampaign(made[1], friday, fullCopy, 0);
    await subject.table.putLayer(made[2], coupon, layerOf("black-friday"));
    await subject.table.makeDue(made[3], coupon, noon);
    await subject.table.makeDue(made[3], promotion, noon);

    const stores = await collect(subject.table.stores());

    for (const store of made) expect(stores.filter((each) => each === store)).toEqual([store]);
    expect(stores.every((store) => /^\d+$/.test(store))).toBe(true);
  });
});
