import { describe, expect, it } from "vitest";
import type { StoreMessage } from "../../../lib/application/ports/dispatcher.ts";
import type { StoreState, TargetState } from "../../../lib/application/ports/state-table.ts";
import { runSweep } from "../../../lib/application/sweep/run-sweep.ts";
import { keepSweepPlace } from "../../../lib/application/sweep/sweep-place.ts";
import { unwatchedTargets } from "../../../lib/application/sweep/unwatched-targets.ts";
import { couponId, storeId, type TargetKey, targetKey } from "../../../lib/domain/identifiers.ts";
import { DAY, HOUR, MINUTE, plus } from "../../../lib/domain/instant.ts";
import type { Layer } from "../../../lib/domain/layers/layer.ts";
import { EMPTY_LEDGER } from "../../../lib/domain/ledger/ledger.ts";
import { heldCoupon } from "../../support/held-coupon.ts";
import { at, layer } from "../../support/layers.ts";
import { COUPON, createWorld, STORE, sale } from "../../support/world.ts";

const NOW = at("2026-11-27T09:00");
const KEY = targetKey({ kind: "coupon", id: couponId(String(COUPON)) });
const PAUSE = { code: "X", reason: "x", since: NOW, probeAt: NOW };
const HELD = heldCoupon(NOW);
const IDLE: TargetState = { ledger: EMPTY_LEDGER, attemptsBegun: 0, failuresInARow: 0, warnings: [] };

describe("a target that stands in no index", () => {
  const AHEAD = layer();
  const ON = layer({ start: "2026-11-27T08:00", end: undefined });

  function found(state: Partial<TargetState>, layers: readonly Layer[] | undefined, store: Partial<StoreState> = {}, key: TargetKey = KEY) {
    const known = layers === undefined ? [] : [[key, layers] as const];
    return unwatchedTargets([{ target: key, ...IDLE, ...state }], new Map(known), { pausedKinds: {}, ...store }, NOW);
  }

  it.each([
    ["has a boundary ahead", {}, [AHEAD], true],
    ["holds a value that nobody asks for", { ledger: HELD }, [], true],
    ["holds a value and has no layer at all", { ledger: HELD }, undefined, true],
    ["is asked for, and holds nothing", {}, [ON], true],
    ["holds what is asked for, for good", { ledger: HELD }, [ON], false],
    ["holds nothing and is asked for nothing", {}, [], false],
    ["is due", { dueAt: NOW }, [AHEAD], false],
    ["is blocked for another look", { block: { code: "X", reason: "x", since: NOW, lookAgainAt: NOW } }, [AHEAD], true],
    ["is blocked until a person has acted", { block: { code: "X", reason: "x", since: NOW } }, [AHEAD], false],
  ] satisfies readonly (readonly [string, Partial<TargetState>, readonly Layer[] | undefined, boolean])[])(
    "is found or not where it %s",
    (_where, state, layers, expected) => {
      const unwatched = found(state, layers);

      expect(unwatched).toEqual(expected ? [KEY] : []);
    },
  );

  it.each([
    ["its kind is paused", { pausedKinds: { coupon: PAUSE } }, KEY, 0],
    ["the other kind is paused", { pausedKinds: { promotion: PAUSE } }, KEY, 1],
    ["its key names no target", {}, "nonsense" as TargetKey, 0],
  ] satisfies readonly (readonly [string, Partial<StoreState>, TargetKey, number])[])(
    "is found or not where %s",
    (_where, store, key, count) => {
      const unwatched = found({}, [AHEAD], store, key);

      expect(unwatched).toHaveLength(count);
    },
  );
});

describe("the place that a sweep keeps", () => {
  const place = { phase: "records", store: STORE } as const;

  it("is kept, and taken away in the end", async () => {
    const { state } = createWorld();

    await keepSweepPlace(state, place);
    const kept = (await state.readSystem()).sweptUpTo;
    await keepSweepPlace(state, undefined);

    expect(kept).toEqual(place);
    expect((await state.readSystem()).sweptUpTo).toBeUndefined();
  });

  it.each([
    ["the same", place, 1],
    ["of another phase", { ...place, phase: "stores" } as const, 2],
    ["at another store", { ...place, store: storeId("1004") }, 2],
  ])("is written where it is not what was kept: %s", async (_what, next, version) => {
    const { state } = createWorld();
    await keepSweepPlace(state, place);

    await keepSweepPlace(state, next);

    expect(await state.readSystem()).toMatchObject({ sweptUpTo: next, version });
  });

  it("writes nothing where there was none and is none", async () => {
    const { state } = createWorld();

    await keepSweepPlace(state, undefined);

    expect((await state.readSystem()).version).toBe(0);
  });

  it("is kept although somebody else writes at the same time", async () => {
    const { state } = createWorld();
    const { writeSystem } = state;
    let isFirst = true;
    state.writeSystem = async (system, version) => {
      if (isFirst) {
        isFirst = false;
        await writeSystem({ deadAnswers: [NOW] }, version);
      }
      return writeSystem(system, version);
    };

    await keepSweepPlace(state, place);

    expect(await state.readSystem()).toMatchObject({ deadAnswers: [NOW], sweptUpTo: place });
  });
});

describe("a sweep of one store", () => {
  async function swept(
    store: Partial<StoreState>,
    target: Partial<TargetState> = {},
    record = sale({ start: "2027-06-01T10:00", end: "2027-06-01T12:00" }),
  ) {
    const world = createWorld();
    await world.campaigns.put(record);
    await world.state.writeStore(STORE, { timeZone: "UTC", pausedKinds: {}, profileReadAt: NOW, ...store }, 0);
    const sent: StoreMessage[] = [];
    const sweeping = { ...world.compiling, dispatcher: { send: async (message: StoreMessage) => void sent.push(message) } };
    await runSweep(sweeping, plus(NOW, 15 * MINUTE));
    const { version, ...known } = await world.state.readTarget(STORE, KEY);
    const checked = { dueAt: at("2027-06-01T10:00"), check: { checkedAt: NOW, problems: [] } };
    await world.state.writeTarget(STORE, KEY, { ...known, ...checked, ...target }, version);
    sent.length = 0;
    world.events.length = 0;
    await runSweep(sweeping, plus(NOW, 15 * MINUTE));
    const looks = sent.map((message) => (message.kind === "look" ? message.because : message.kind));
    return { world, looks, sent, dueAt: (await world.state.readTarget(STORE, KEY)).dueAt };
  }

  it("asks for nothing where all is known and nothing is near", async () => {
    const { looks, world } = await swept({});

    expect(looks).toEqual([]);
    expect(world.events).toMatchObject([{ kind: "sweep-completed", asOf: NOW, records: 1, recompiled: 0, looks: 0, isComplete: true }]);
  });

  const CLOSED = "the store is not being called; perhaps the cause is gone";
  const KIND = "some targets are paused; perhaps the cause is gone";
  const HELD_VALUES = "values that Doorman holds are compared with Ecwid once an hour";
  const NEAR = "windows are near, or what was saved has not been looked at yet";
  const ZONE = "the store's time zone is read once a day";

  it.each([
    ["its token was refused", { deadToken: { secretVersion: "v", since: NOW } }, {}, CLOSED],
    ["it is paused", { pause: PAUSE }, {}, CLOSED],
    ["there is no secret", { noAccess: { code: "N", reason: "n", since: NOW } }, {}, CLOSED],
    ["coupons are paused", { pausedKinds: { coupon: PAUSE } }, {}, KIND],
    ["promotions are paused", { pausedKinds: { promotion: PAUSE } }, {}, KIND],
    ["something is held", {}, { ledger: HELD }, HELD_VALUES],
    ["a block is to be looked at again", {}, { block: { ...PAUSE, lookAgainAt: NOW } }, HELD_VALUES],
    ["what was saved was not looked at", {}, { check: undefined }, NEAR],
    ["its zone was never read", { profileReadAt: undefined }, {}, ZONE],
    ["its zone was read more than a day ago", { profileReadAt: plus(NOW, -DAY - 1) }, {}, ZONE],
  ] satisfies readonly (readonly [string, Partial<StoreState>, Partial<TargetState>, string])[])(
    "asks for a look where %s, and says why",
    async (_where, store, target, because) => {
      const { sent, world } = await swept(store, target);

      expect(sent).toEqual([{ kind: "look", storeId: STORE, instant: NOW, because, relay: 0 }]);
      expect(world.events).toMatchObject([{ looks: 1 }]);
    },
  );

  it.each([
    ["a block is left to a person, though something is held", {}, { ledger: HELD, block: { code: "X", reason: "x", since: NOW } }],
    ["its zone was read a day ago", { profileReadAt: plus(NOW, -DAY) }, {}],
  ] satisfies readonly (readonly [string, Partial<StoreState>, Partial<TargetState>])[])(
    "asks for none where %s",
    async (_where, store, target) => {
      const { looks } = await swept(store, target);

      expect(looks).toEqual([]);
    },
  );

  it.each([
    ["at once", {}, NOW],
    ["not while it is paused", { pause: PAUSE }, undefined],
    ["not while its token is dead", { deadToken: { secretVersion: "v", since: NOW } }, undefined],
    ["though there is no secret", { noAccess: { code: "N", reason: "n", since: NOW } }, NOW],
  ] satisfies readonly (readonly [string, Partial<StoreState>, number | undefined])[])(
    "makes what fell out of the index due: %s",
    async (_when, store, expected) => {
      const { dueAt } = await swept(store, { dueAt: undefined });

      expect(dueAt).toBe(expected);
    },
  );

  it("takes away the layer of a campaign that does not have the target, and of one that there is not, and makes it due", async () => {
    const world = createWorld();
    await world.put(sale({ coupons: [{ couponId: 5, applicationLimit: "UNLIMITED" }] }));
    await world.state.putLayer(STORE, KEY, layer());
    await world.state.putLayer(STORE, KEY, layer({ id: "gone" }));
    await world.state.writeTarget(STORE, KEY, IDLE, 0);
    const five = targetKey({ kind: "coupon", id: couponId("5") });

    await runSweep({ ...world.compiling, dispatcher: { send: async () => {} } }, plus(world.clock.now(), 15 * MINUTE));

    expect(await world.state.layersOf(STORE, KEY)).toEqual([]);
    expect((await world.state.readTarget(STORE, KEY)).dueAt).toBe(world.clock.now());
    expect(await world.state.layersOf(STORE, five)).toHaveLength(1);
  });

  it("counts records, what it compiled anew, and copies and calendars without a record", async () => {
    const world = createWorld();
    await world.put(sale({ campaignId: "known" }));
    await world.put(sale({ campaignId: "gone" }));
    await world.put({ storeId: STORE, campaignId: "calendar#quiet", dates: ["2026-12-24"] });
    await world.put({ storeId: STORE, campaignId: "calendar#gone", dates: ["2026-12-24"] });
    await world.campaigns.remove(STORE, "gone");
    await world.campaigns.remove(STORE, "calendar#gone");
    await world.campaigns.put(sale({ campaignId: "new" }));
    await world.campaigns.put(sale({ campaignId: "bad id" }));
    world.events.length = 0;

    await world.sweep();

    expect(world.events.filter(({ kind }) => kind === "sweep-completed")).toMatchObject([{ records: 4, recompiled: 3 }]);
    expect((await world.state.campaignsOf(STORE)).map((copy) => copy.campaignId).toSorted()).toEqual(["known", "new"]);
    expect((await world.state.calendarsOf(STORE)).map(({ name }) => name)).toEqual(["quiet"]);
  });

  it("leaves a copy whose record was written while the sweep ran", async () => {
    const world = createWorld();
    await world.put(sale());
    world.campaigns.all = async function* () {};
    world.events.length = 0;

    await world.sweep();

    expect(await world.state.campaignsOf(STORE)).toHaveLength(1);
    expect(world.events.filter(({ kind }) => kind === "sweep-completed")).toMatchObject([{ records: 0, recompiled: 0 }]);
  });

  it("reads no record and no copy again where all is known", async () => {
    const world = createWorld();
    await world.put(sale());
    const refuse = () => Promise.reject(new Error("nobody needs it"));
    world.campaigns.get = refuse;
    world.state.readCampaign = refuse;

    await expect(
      runSweep({ ...world.compiling, dispatcher: { send: async () => {} } }, plus(world.clock.now(), HOUR)),
    ).resolves.toBeUndefined();
  });

  it("asks for a look where one of several targets is held", async () => {
    const world = createWorld();
    await world.state.writeStore(STORE, { timeZone: "UTC", pausedKinds: {}, profileReadAt: NOW }, 0);
    const other = targetKey({ kind: "coupon", id: couponId("5") });
    await world.state.writeTarget(STORE, KEY, { ...IDLE, ledger: HELD, dueAt: NOW }, 0);
    await world.state.writeTarget(STORE, other, IDLE, 0);
    const sent: StoreMessage[] = [];

    await runSweep({ ...world.compiling, dispatcher: { send: async (message) => void sent.push(message) } }, plus(NOW, HOUR));

    expect(sent).toMatchObject([{ because: HELD_VALUES }]);
  });

  it("brings a status up to date that says another thing than holds", async () => {
    const world = createWorld();
    await world.put(sale());
    await world.skipTo("2026-11-27T13:00:00Z");
    const before = (await world.status("sale"))["state"];

    await world.sweep();

    expect([before, (await world.status("sale"))["state"]]).toEqual(["SCHEDULED", "ENDED"]);
  });

  it("tells of records under a bad store id, and goes on", async () => {
    const world = createWorld();
    await world.campaigns.put(sale({ storeId: "not a number" }));
    await world.campaigns.put(sale());

    await world.sweep();

    expect(world.events.filter(({ kind }) => kind === "input-refused")).toHaveLength(1);
    expect(await world.state.campaignsOf(STORE)).toHaveLength(1);
  });
});

describe("a sweep whose time runs out", () => {
  it.each([
    [MINUTE, true],
    [MINUTE - 1, false],
  ])("begins a store with %i ms left or not", async (left, isBegun) => {
    const world = createWorld();
    await world.campaigns.put(sale());

    await runSweep(world.compiling, plus(NOW, left));

    expect(await world.state.campaignsOf(STORE)).toHaveLength(isBegun ? 1 : 0);
    expect(world.events.filter(({ kind }) => kind === "sweep-completed")).toMatchObject([{ isComplete: isBegun }]);
  });

  it("goes on behind the store it reached, among those that the state table alone knows too", async () => {
    const world = createWorld();
    for (const id of ["1", "2", "3"]) await world.state.writeStore(storeId(id), { timeZone: "UTC", pausedKinds: {} }, 0);
    await keepSweepPlace(world.state, { phase: "stores", store: storeId("2") });
    const looked: string[] = [];
    const dispatcher = { send: async ({ storeId: store }: StoreMessage) => void looked.push(store) };

    await runSweep({ ...world.compiling, dispatcher }, plus(NOW, HOUR));

    expect(looked).toEqual(["3"]);
    expect((await world.state.readSystem()).sweptUpTo).toBeUndefined();
  });

  it("goes on behind the records it reached", async () => {
    const world = createWorld();
    for (const id of ["1", "2", "3"]) await world.campaigns.put(sale({ storeId: id }));
    await keepSweepPlace(world.state, { phase: "records", store: storeId("2") });
    const looked: string[] = [];
    const dispatcher = { send: async ({ storeId: store }: StoreMessage) => void looked.push(store) };

    await runSweep({ ...world.compiling, dispatcher }, plus(NOW, HOUR));

    expect([...new Set(looked)]).toEqual(["3"]);
  });

  it("keeps the last store that it began", async () => {
    const world = createWorld();
    for (const id of ["1", "2", "3"]) await world.campaigns.put(sale({ storeId: id }));
    let calls = 0;
    // The clock is asked once by the sweep itself, then before each store.
    const now = () => {
      calls += 1;
      return calls <= 3 ? NOW : plus(NOW, HOUR);
    };
    const { readStore } = world.state;
    world.state.readStore = async (store) => {
      await world.clock.sleepUntil(plus(NOW, 1));
      return readStore(store);
    };

    const sweeping = runSweep({ ...world.compiling, clock: { ...world.clock, now } }, plus(NOW, HOUR));
    await world.clock.advanceBy(MINUTE);
    await sweeping;

    expect((await world.state.readSystem()).sweptUpTo).toEqual({ phase: "records", store: "2" });
    expect(world.events.filter(({ kind }) => kind === "sweep-completed")).toMatchObject([{ isComplete: false }]);
  });

  it("works at eight stores at once, and no more", async () => {
    const world = createWorld();
    for (let id = 1; id <= 20; id += 1) await world.state.writeStore(storeId(String(id)), { timeZone: "UTC", pausedKinds: {} }, 0);
    const { contentsOf } = world.state;
    let most = 0;
    const underWay = new Set<string>();
    world.state.contentsOf = async (store) => {
      underWay.add(store);
      most = Math.max(most, underWay.size);
      await world.clock.sleepUntil(plus(world.clock.now(), 1));
      return contentsOf(store);
    };
    const dispatcher = { send: async ({ storeId: store }: StoreMessage) => void underWay.delete(store) };

    const sweeping = runSweep({ ...world.compiling, dispatcher }, plus(NOW, HOUR));
    await world.clock.advanceBy(MINUTE);
    await sweeping;

    expect(most).toBe(8);
    expect(underWay.size).toBe(0);
  });

  it("does not take a store of the records for the one it reached among the others", async () => {
    const world = createWorld();
    for (const id of ["1", "2"]) await world.campaigns.put(sale({ storeId: id }));
    await keepSweepPlace(world.state, { phase: "stores", store: storeId("1") });
    const looked: string[] = [];
    const dispatcher = { send: async ({ storeId: store }: StoreMessage) => void looked.push(store) };

    await runSweep({ ...world.compiling, dispatcher }, plus(NOW, HOUR));

    expect(looked).toEqual([]);
    expect((await world.state.readSystem()).sweptUpTo).toBeUndefined();
  });
});
