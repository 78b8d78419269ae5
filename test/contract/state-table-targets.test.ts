import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { TargetState } from "../../lib/application/ports/state-table.ts";
import { campaignId, couponId, promotionId, storedWindowId, targetKey } from "../../lib/domain/identifiers.ts";
import { MINUTE, plus } from "../../lib/domain/instant.ts";
import { at, collect, emptyTarget, freshStore, type StateTableSubject, stateTableSubjects } from "./state-table-subjects.ts";

const coupon = targetKey({ kind: "coupon", id: couponId("12") });
const longerCoupon = targetKey({ kind: "coupon", id: couponId("123") });
const promotion = targetKey({ kind: "promotion", id: promotionId("12") });
const friday = campaignId("black-friday");
const window = storedWindowId("black-friday@2026-11-27T05:00:00Z");
const noon = at("2026-11-27T12:00:00Z");
const evening = at("2026-11-27T18:00:00.250Z");

const cell = { base: "NEW_CUSTOMER_ONLY", written: "UNLIMITED", window, policy: "yield", standIn: false, heldAt: noon } as const;
const fullTarget: TargetState = {
  ledger: {
    cells: {
      applicationLimit: {
        ...cell,
        afterwards: "REPEAT_CUSTOMER_ONLY",
        doubt: { value: "X", seenAt: evening },
        setByPerson: "Y",
        campaignName: "Friday",
      },
      "group:7": cell,
    },
    yielded: { "group:0": [window] },
  },
  intent: {
    at: noon,
    acceptedAt: noon,
    cells: { "group:7": { before: "out", after: "in" } },
    ledgerAfter: { cells: {}, yielded: {} },
    told: { before: "groups 1", after: "groups 1, 7", reason: "on", campaignIds: [friday], historyVersion: 3 },
    triggersBefore: { subtotal: 25.5, products: [12345678901234], nested: { all: true, none: null }, customerGroups: [1] },
  },
  dueAt: evening,
  owedSince: noon,
  decidedAt: noon,
  attemptsBegun: 1,
  failuresInARow: 2,
  block: { code: "404", reason: "deleted in Ecwid", since: noon, lookAgainAt: evening },
  warnings: [{ campaignId: friday, message: "edited by hand" }],
  check: {
    checkedAt: noon,
    problems: [
      { campaignId: friday, code: "GROUP_MISSING", message: "group 7 does not exist", group: 7, startsAt: noon, endsAt: evening },
      { campaignId: friday, code: "DISABLED", message: "disabled in Ecwid" },
    ],
    seen: "groups 0, 1",
  },
  lastWrite: { at: noon, cells: { "group:7": "in" } },
  label: "10 % off",
  shadow: {
    ledger: { cells: { "group:7": cell }, yielded: {} },
    pretence: { found: [0, 1], shown: [0, 1, 7] },
  },
};

describe.each(stateTableSubjects)("the targets in the state table $name", { timeout: 60_000 }, ({ open }) => {
  let subject: StateTableSubject;
  beforeAll(async () => {
    subject = await open();
  }, 60_000);
  afterAll(() => subject.close());

  it("reads a target never written as empty, and then every field that was written", async () => {
    const store = freshStore();
    const before = await subject.table.readTarget(store, promotion);
    await subject.table.writeTarget(store, promotion, fullTarget, 0);

    const after = await subject.table.readTarget(store, promotion);

    expect(before).toEqual({ ...emptyTarget, version: 0 });
    expect(after).toEqual({ ...fullTarget, version: 1 });
  });

  it("drops from a target what the new state leaves out", async () => {
    const store = freshStore();
    await subject.table.writeTarget(store, promotion, fullTarget, 0);

    await subject.table.writeTarget(store, promotion, { ...emptyTarget, dueAt: undefined }, 1);

    expect(await subject.table.readTarget(store, promotion)).toEqual({ ...emptyTarget, version: 2 });
  });

  it("shares nothing with whoever wrote or read", async () => {
    const store = freshStore();
    const warnings = [{ campaignId: friday, message: "first" }];
    await subject.table.writeTarget(store, coupon, { ...emptyTarget, warnings }, 0);

    warnings.push({ campaignId: friday, message: "second" });

    expect((await subject.table.readTarget(store, coupon)).warnings).toHaveLength(1);
  });

  it.each([0, 1])("lets exactly one of several writers win that read version %i", async (read) => {
    const store = freshStore();
    if (read === 1) await subject.table.writeTarget(store, coupon, emptyTarget, 0);

    const outcomes = await Promise.all(
      ["a", "b", "c", "d"].map(async (label) => ({
        label,
        won: await subject.table.writeTarget(store, coupon, { ...emptyTarget, label }, read),
      })),
    );

    const winners = outcomes.filter(({ won }) => won);
    expect(winners).toHaveLength(1);
    expect(await subject.table.readTarget(store, coupon)).toMatchObject({ label: winners[0]?.label, version: read + 1 });
  });

  it("makes a target due that was never written", async () => {
    const store = freshStore();

    await subject.table.makeDue(store, coupon, noon);

    expect(await subject.table.readTarget(store, coupon)).toEqual({ ...emptyTarget, dueAt: noon, version: 1 });
  });

  it("makes a target due without touching what else it holds", async () => {
    const store = freshStore();
    await subject.table.writeTarget(store, coupon, fullTarget, 0);

    await subject.table.makeDue(store, coupon, noon);

    expect(await subject.table.readTarget(store, coupon)).toEqual({ ...fullTarget, dueAt: noon, version: 2 });
  });

  it("makes a decision under way lose when the target is made due meanwhile", async () => {
    const store = freshStore();
    await subject.table.writeTarget(store, coupon, emptyTarget, 0);
    const { version } = await subject.table.readTarget(store, coupon);

    await subject.table.makeDue(store, coupon, noon);
    const written = await subject.table.writeTarget(store, coupon, { ...emptyTarget, dueAt: evening }, version);

    expect(written).toBe(false);
    expect(await subject.table.readTarget(store, coupon)).toEqual({ ...emptyTarget, dueAt: noon, version: 2 });
  });

  it("never loses a target made due by many at the same time", async () => {
    const store = freshStore();

    await Promise.all([noon, noon, noon, noon, noon].map((instant) => subject.table.makeDue(store, coupon, instant)));

    expect(await subject.table.readTarget(store, coupon)).toEqual({ ...emptyTarget, dueAt: noon, version: 5 });
  });

  it("lists the targets of one store with their keys", async () => {
    const store = freshStore();
    await subject.table.writeTarget(store, promotion, emptyTarget, 0);
    await subject.table.writeTarget(store, coupon, fullTarget, 0);
    await subject.table.writeTarget(freshStore(), coupon, fullTarget, 0);

    const targets = await subject.table.targetsOf(store);

    expect(targets).toEqual([
      { target: coupon, ...fullTarget, version: 1 },
      { target: promotion, ...emptyTarget, version: 1 },
    ]);
  });

  it("lists more than a megabyte", async () => {
    const store = freshStore();
    const ids = Array.from({ length: 8 }, (_, index) => couponId(String(100 + index)));
    const label = "x".repeat(200_000);
    await Promise.all(ids.map((id) => subject.table.writeTarget(store, targetKey({ kind: "coupon", id }), { ...emptyTarget, label }, 0)));

    const targets = await subject.table.targetsOf(store);

    expect(targets.map(({ target }) => target)).toEqual(ids.map((id) => `coupon#${id}`));
  });

  it("finds as due what is due at the horizon or before, and nothing that has no instant", async () => {
    const [store, other] = [freshStore(), freshStore()];
    await subject.table.writeTarget(store, coupon, { ...emptyTarget, dueAt: noon }, 0);
    await subject.table.writeTarget(store, promotion, { ...emptyTarget, dueAt: evening }, 0);
    await subject.table.writeTarget(store, longerCoupon, emptyTarget, 0);
    await subject.table.makeDue(other, coupon, noon);

    const atNoon = await dueOf(subject, noon, [store, other]);
    const justBefore = await dueOf(subject, at("2026-11-27T11:59:59.999Z"), [store, other]);

    expect(justBefore).toEqual([]);
    expect(atNoon).toHaveLength(2);
    expect(atNoon).toContainEqual({ storeId: store, target: coupon, dueAt: noon });
    expect(atNoon).toContainEqual({ storeId: other, target: coupon, dueAt: noon });
  });

  it("no longer finds a target once it has been written without an instant", async () => {
    const store = freshStore();
    await subject.table.makeDue(store, coupon, noon);

    await subject.table.writeTarget(store, coupon, emptyTarget, 1);

    expect(await dueOf(subject, evening, [store])).toEqual([]);
  });

  it("finds a store at which a look is due, for as long as it is", async () => {
    const store = freshStore();
    await subject.table.writeStore(store, { pausedKinds: {}, dueAt: noon }, 0);

    const due = await dueOf(subject, noon, [store]);

    expect(due).toEqual([{ storeId: store, dueAt: noon }]);
    await subject.table.writeStore(store, { pausedKinds: {} }, 1);
    expect(await dueOf(subject, evening, [store])).toEqual([]);
  });

  it("finds the targets of a shard soonest first", async () => {
    const store = freshStore();
    const targets = Array.from({ length: 40 }, (_, index) => targetKey({ kind: "coupon", id: couponId(String(index + 1)) }));
    await Promise.all(targets.map((target, index) => subject.table.makeDue(store, target, plus(noon, -((index * 7) % 40) * MINUTE))));

    const due = await dueOf(subject, evening, [store]);

    const shards = Map.groupBy(due, ({ target = coupon }) => subject.shardOf(store, target));
    expect(due).toHaveLength(40);
    for (const found of shards.values()) expect(found).toEqual(found.toSorted((one, other) => one.dueAt - other.dueAt));
  });
});

async function dueOf({ table }: StateTableSubject, horizon: ReturnType<typeof at>, stores: readonly string[]) {
  const due = await collect(table.due(horizon));
  return due.filter(({ storeId }) => stores.includes(storeId));
}
