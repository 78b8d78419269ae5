import { describe, expect, it } from "vitest";
import type { StoreState, TargetState } from "../../../lib/application/ports/state-table.ts";
import { reconcileLook } from "../../../lib/application/reconcile/reconcile-look.ts";
import { campaignId, couponId, type TargetKey, targetKey, windowId } from "../../../lib/domain/identifiers.ts";
import { DAY, HOUR, MINUTE, plus, SECOND } from "../../../lib/domain/instant.ts";
import { EMPTY_LEDGER, type Ledger } from "../../../lib/domain/ledger/ledger.ts";
import { at, groupsAsk, layer } from "../../support/layers.ts";
import { COUPON_KEY, NOW, oneMessage, PROMOTION_KEY } from "../../support/one-message.ts";
import { COUPON, STORE, TOKEN } from "../../support/world.ts";

const LOOK = { kind: "look", storeId: STORE, instant: NOW, because: "somebody asked", relay: 0 } as const;
const SAVED = { ...LOOK, only: "unchecked" } as const;
const FAR = layer({ start: "2026-12-24T10:00", end: "2026-12-24T12:00" });
const ON = layer({ end: "2026-11-27T20:00" });
const WINDOW = windowId(ON.campaignId, "2026-11-27T10:00:00Z");
const HELD: Ledger = {
  cells: {
    applicationLimit: { base: "NEW_CUSTOMER_ONLY", written: "UNLIMITED", window: WINDOW, policy: "yield", standIn: false, heldAt: NOW },
  },
  yielded: {},
};
const PROBLEM = { campaignId: campaignId("sale"), code: "PAUSED", message: "it is paused" };
const READ_TODAY = { profileReadAt: plus(NOW, -HOUR) };
const PAUSE = { code: "SCOPE_MISSING", reason: "a right is missing", since: NOW, probeAt: plus(NOW, HOUR) };
const GET_COUPON = `GET /discount_coupons/${COUPON}`;
const LATER = { dueAt: at("2026-11-27T20:00") };

/** A target on which nothing is held and of which nothing has to be known. */
const IDLE: Partial<TargetState> = { ...LATER, check: { checkedAt: NOW, problems: [] } };

function coupon(state: Partial<TargetState>) {
  return { targets: [[COUPON_KEY, [ON], { ...IDLE, ...state }]] } as const;
}

describe("the hourly look", () => {
  it.each([
    ["is held", { ledger: HELD }, true],
    ["has a change on its way", { intent: { at: plus(NOW, -HOUR), cells: {}, ledgerAfter: EMPTY_LEDGER, told: TOLD() } }, true],
    ["is blocked, to be looked at again", { block: { code: "X", reason: "x", since: NOW, lookAgainAt: plus(NOW, HOUR) } }, true],
    ["is held, and blocked until its next boundary", { ledger: HELD, block: { code: "X", reason: "x", since: NOW } }, false],
    ["was found to be in trouble", { check: { checkedAt: NOW, problems: [PROBLEM] } }, true],
    ["is nothing of all that", {}, false],
  ] satisfies readonly (readonly [string, Partial<TargetState>, boolean])[])(
    "reads a target or not that %s",
    async (_what, state, isRead) => {
      const { world, work } = await oneMessage(coupon(state));
      world.ecwid.edit.coupon(STORE, COUPON, { applicationLimit: "UNLIMITED" });

      await work(LOOK);

      expect(world.calls()).toEqual(isRead ? ["GET /profile", GET_COUPON] : ["GET /profile"]);
    },
  );

  it("reads what was asked for by name, and that first", async () => {
    const keys = ["1", "2", "3"].map((id) => targetKey({ kind: "coupon", id: couponId(id) }));
    const targets = keys.map((key) => [key, [ON], { ...IDLE, ledger: HELD }] as const);
    const { world, work } = await oneMessage({ targets: [...targets, [COUPON_KEY, [ON], IDLE]] });

    await work({ ...LOOK, targets: [COUPON_KEY, targetKey({ kind: "coupon", id: couponId("3") })] });

    expect(world.calls().slice(0, 2)).toEqual(["GET /profile", "GET /discount_coupons/3"]);
    expect(world.ecwid.log.requests().some(({ path }) => path.endsWith(String(COUPON)))).toBe(true);
  });

  it.each([
    ["nearer than a minute", plus(NOW, MINUTE), 1],
    ["further away", plus(NOW, MINUTE + 1), 2],
  ])("gives way to a switch that is %s", async (_how, dueAt, calls) => {
    const { world, work } = await oneMessage(coupon({ ledger: HELD, dueAt }));
    world.ecwid.edit.coupon(STORE, COUPON, { applicationLimit: "UNLIMITED" });

    await work(LOOK);

    expect(world.calls()).toHaveLength(calls);
  });

  it("is not sent on behind a switch that is in the queue already: the next sweep asks again", async () => {
    const { world, sent, work } = await oneMessage(coupon({ ledger: HELD, dueAt: NOW }));

    await work(LOOK);

    expect(world.calls()).toEqual(["GET /profile"]);
    expect(sent).toEqual([]);
  });

  it("gives no way to another look at a block", async () => {
    const lookAgainAt = plus(NOW, 30 * SECOND);
    const { world, work } = await oneMessage(coupon({ dueAt: lookAgainAt, block: { code: "X", reason: "x", since: NOW, lookAgainAt } }));

    await work(LOOK);

    expect(world.calls().slice(0, 2)).toEqual(["GET /profile", GET_COUPON]);
  });

  it("leaves a paused kind alone", async () => {
    const { world, work } = await oneMessage({
      store: { pausedKinds: { coupon: PAUSE } },
      targets: [
        [COUPON_KEY, [ON], { ...IDLE, ledger: HELD, check: { checkedAt: NOW, problems: [PROBLEM] } }],
        [PROMOTION_KEY, [layer({ ask: groupsAsk([1]) })], { ...IDLE, check: { checkedAt: NOW, problems: [PROBLEM] } }],
      ],
    });

    await work({ ...LOOK, targets: [COUPON_KEY, "nonsense" as TargetKey] });

    expect(world.calls()).toEqual(["GET /profile", "GET /promotions"]);
  });

  it("reads each coupon once, and asks for the groups of a promotion that it has just decided", async () => {
    const held: Ledger = {
      cells: { "group:2": { base: "out", written: "in", window: WINDOW, policy: "yield", standIn: false, heldAt: NOW } },
      yielded: {},
    };
    const check = { checkedAt: plus(NOW, -DAY), problems: [PROBLEM] };
    const { world, work } = await oneMessage({
      targets: [
        [COUPON_KEY, [ON], { ...LATER, ledger: HELD, check }],
        [PROMOTION_KEY, [layer({ ask: groupsAsk([2, 3]), end: "2026-11-27T20:00" })], { ...LATER, ledger: held, check }],
      ],
    });
    world.ecwid.edit.coupon(STORE, COUPON, { applicationLimit: "UNLIMITED" });
    world.ecwid.edit.promotion(STORE, 608502, { triggers: { customerGroups: [0, 1, 2, 3] } });

    await work(LOOK);

    expect(world.calls()).toEqual(["GET /profile", GET_COUPON, "GET /promotions"]);
  });

  it("reads what was asked for by name once, though it was compared already", async () => {
    const { world, work } = await oneMessage(coupon({ ledger: HELD }));
    world.ecwid.edit.coupon(STORE, COUPON, { applicationLimit: "UNLIMITED" });

    await work({ ...LOOK, targets: [COUPON_KEY] });

    expect(world.calls()).toEqual(["GET /profile", GET_COUPON]);
  });

  it("asks whether the groups ahead exist of a promotion that it has compared", async () => {
    const ledger: Ledger = {
      cells: { "group:1": { base: "out", written: "in", window: WINDOW, policy: "yield", standIn: false, heldAt: NOW } },
      yielded: {},
    };
    const layers = [
      layer({ ask: groupsAsk([1]), end: "2026-11-27T20:00" }),
      layer({ id: "later", start: "2026-11-28T10:00", end: "2026-11-28T12:00", ask: groupsAsk([4]) }),
    ];
    const { world, work } = await oneMessage({ targets: [[PROMOTION_KEY, layers, { ...IDLE, ledger }]] });

    await work({ ...LOOK, targets: [PROMOTION_KEY] });

    expect(world.calls()).toEqual(["GET /profile", "GET /promotions", "GET /customer_groups"]);
  });

  it.each([
    ["its own", "Europe/Paris", "Europe/Paris"],
    ["UTC where nobody may read them", undefined, "UTC"],
  ])("tells the times of a store in %s", async (_which, timeZone, expected) => {
    const coupons = [{ id: COUPON, code: "W", applicationLimit: "UNLIMITED" }];
    const stores = [{ storeId: STORE, tokens: [TOKEN], coupons, ...(timeZone !== undefined && { timeZone }) }];
    const over = layer({ start: "2026-11-27T08:00", end: "2026-11-27T10:00" });
    const { world, work } = await oneMessage({
      store: { timeZone: undefined },
      targets: [[COUPON_KEY, [over], { ...IDLE, ledger: HELD }]],
      options: { stores },
    });
    const scopes = ["read_discount_coupons", "update_discount_coupons"];
    if (timeZone === undefined) world.ecwid.edit.tokens(STORE, [{ token: TOKEN, scopes, dead: false }]);

    await work(LOOK);

    expect(world.events.filter(({ kind }) => kind === "switched")).toMatchObject([{ timeZone: expected }]);
  });

  it("tells that the store is closed, and comes back by itself where that passes", async () => {
    const { world, work } = await oneMessage({ ...coupon({}), store: { coolDownUntil: plus(NOW, HOUR) } });

    await work(LOOK);

    expect(world.events).toEqual([
      {
        kind: "attempt-failed",
        storeId: STORE,
        failure: "COOL_DOWN",
        message: "Ecwid asked for silence",
        effect: "retry",
        nextTryAt: plus(NOW, HOUR),
      },
    ]);
    expect((await world.state.readStore(STORE)).dueAt).toBe(plus(NOW, HOUR));
  });

  it.each([
    ["a person has to act", { store: { pause: PAUSE } }],
    ["there is no secret", { store: {}, hasSecret: false }],
  ])("is left to the sweep where %s", async (_what, { store, hasSecret }: { store: Partial<StoreState>; hasSecret?: boolean }) => {
    const { world, work } = await oneMessage({ ...coupon({}), store: { ...store, dueAt: NOW } });
    if (hasSecret === false) world.secrets.clear();

    await work(LOOK);

    expect((await world.state.readStore(STORE)).dueAt).toBeUndefined();
    expect(world.events).toMatchObject([{ kind: "attempt-failed", effect: "store-paused" }]);
  });

  it("is held, and leaves everything as it is, while Doorman is stopped", async () => {
    const { world, work } = await oneMessage({ ...coupon({ ledger: HELD }), store: { dueAt: NOW } });
    await world.state.writeSystem({ deadAnswers: [], stopped: { since: NOW, reason: "a test" } }, 0);

    await work(LOOK);

    expect(world.events).toEqual([{ kind: "held", storeId: STORE, reason: "Doorman is stopped: a test", due: 0 }]);
    expect((await world.state.readStore(STORE)).dueAt).toBe(NOW);
    expect(world.calls()).toEqual([]);
  });

  it("gives back the place it took where it asked for nothing", async () => {
    const { world, work } = await oneMessage({ ...coupon({}), store: READ_TODAY });

    await work(SAVED);

    expect((await world.state.readSystem()).deadAnswers).toEqual([]);
  });
});

function TOLD() {
  return { before: "a", after: "b", reason: "r", campaignIds: [], historyVersion: 1 };
}

describe("a look at what was saved", () => {
  const UNCHECKED = { ...LATER, check: { problems: [] } };

  async function looked(before: Parameters<typeof oneMessage>[0], message: typeof SAVED = SAVED) {
    const one = await oneMessage(before);
    await one.world.put({
      storeId: STORE,
      campaignId: "sale",
      name: "Sale",
      timeZone: "UTC",
      start: "2026-12-24T10:00",
      end: "2026-12-24T12:00",
      coupons: [{ couponId: COUPON, applicationLimit: "UNLIMITED" }],
    });
    const { version, ...known } = await one.world.state.readTarget(STORE, COUPON_KEY);
    await one.world.state.writeTarget(STORE, COUPON_KEY, { ...known, ...before?.targets?.[0]?.[2] }, version);
    const { version: storeVersion, ...store } = await one.world.state.readStore(STORE);
    await one.world.state.writeStore(STORE, { ...store, ...before?.store }, storeVersion);
    one.world.calls();
    one.world.events.length = 0;
    await one.work(message);
    return one;
  }

  function unchecked(store: Partial<StoreState>, state: Partial<TargetState> = UNCHECKED) {
    return { store, targets: [[COUPON_KEY, [FAR], state]] } as const;
  }

  it.each([
    ["is younger than a day", { profileReadAt: plus(NOW, SECOND - DAY + 1) }, [GET_COUPON]],
    ["is a day old", { profileReadAt: plus(NOW, SECOND - DAY) }, ["GET /profile", GET_COUPON]],
    ["was never read", { profileReadAt: undefined }, ["GET /profile", GET_COUPON]],
    ["told no zone", { ...READ_TODAY, timeZone: undefined }, ["GET /profile", GET_COUPON]],
    ["is young, but something is wrong with the store", { ...READ_TODAY, pausedKinds: { promotion: PAUSE } }, ["GET /profile", GET_COUPON]],
  ] satisfies readonly (readonly [string, Partial<StoreState>, readonly string[]])[])(
    "reads the profile or not that %s",
    async (_what, store, calls) => {
      const { world } = await looked(unchecked(store));

      expect(world.calls()).toEqual(calls);
    },
  );

  it.each([
    ["was read today", READ_TODAY],
    ["is old", { profileReadAt: plus(NOW, -2 * DAY) }],
  ])("makes no call where somebody was faster, though the profile %s", async (_how, store) => {
    const { world } = await looked(unchecked(store, { ...LATER, check: { checkedAt: plus(NOW, MINUTE), problems: [PROBLEM] } }));

    expect(world.calls()).toEqual([]);
    expect(world.events).toEqual([]);
  });

  it("reads the profile of a store whose zone is not known, although nothing else is to be looked at", async () => {
    const { world } = await looked(unchecked({ timeZone: undefined }, { ...LATER, check: { checkedAt: plus(NOW, MINUTE), problems: [] } }));

    expect(world.calls()).toEqual(["GET /profile"]);
  });

  it.each([
    ["once behind a switch that is in the queue already", SAVED, plus(NOW, SECOND), 1],
    ["not twice behind it", { ...SAVED, relay: 1 }, plus(NOW, SECOND), 0],
    ["not behind one that is near and not sent yet", SAVED, plus(NOW, 30 * SECOND), 0],
  ] as const)("goes %s", async (_how, message, dueAt, count) => {
    const { sent, world } = await looked(unchecked(READ_TODAY, { ...UNCHECKED, dueAt }), message as typeof SAVED);

    expect(sent.map(([, each]) => each)).toEqual(count === 0 ? [] : [{ ...SAVED, relay: 1 }]);
    expect(world.calls()).toEqual([]);
  });

  it("compares nothing that is held, though it reads what was not looked at yet", async () => {
    const { world, work } = await oneMessage({ store: READ_TODAY, targets: [[PROMOTION_KEY, [ON], { ...IDLE, ledger: HELD }]] });

    await work({ ...SAVED, targets: [COUPON_KEY] });

    expect(world.calls()).toEqual([GET_COUPON]);
  });

  it("compares nothing that is held", async () => {
    const { world } = await looked(
      unchecked(READ_TODAY, { ...LATER, ledger: HELD, check: { checkedAt: plus(NOW, MINUTE), problems: [] } }),
    );

    expect(world.calls()).toEqual([]);
  });
});

describe("what a look concerns", () => {
  async function concerned(store: Partial<StoreState>, state: Partial<TargetState>, fault = false) {
    const { world } = await oneMessage({ store, targets: [[COUPON_KEY, [ON], { ...IDLE, ...state }]] });
    if (fault)
      world.ecwid.setFaults(({ resource }) =>
        resource === "discount_coupons" ? { kind: "status", status: 402, when: "before" } : undefined,
      );
    const working = reconcileLook(world.reconciling, LOOK, plus(NOW, 2 * MINUTE));
    await world.clock.advanceBy(MINUTE);
    return { worked: await working, world };
  }

  it.each([
    ["what it has worked", {}, { ledger: HELD }, [COUPON_KEY]],
    ["what it has checked", {}, { check: { problems: [PROBLEM] } }, [COUPON_KEY]],
    ["nothing where there was nothing to do", {}, {}, []],
    ["nothing where it gives way to a switch", {}, { ledger: HELD, dueAt: NOW }, []],
    ["the whole store where something was wrong with it", { noAccess: { code: "NO_TOKEN", reason: "r", since: NOW } }, {}, "all"],
    ["the whole store where it is closed", { pause: PAUSE }, { ledger: HELD }, "all"],
  ] satisfies readonly (readonly [string, Partial<StoreState>, Partial<TargetState>, unknown])[])(
    "is %s",
    async (_what, store, state, expected) => {
      const { worked } = await concerned(store, state);

      expect(worked).toEqual(expected);
    },
  );

  it("is nothing where somebody was faster", async () => {
    const { world } = await oneMessage(coupon({}));

    const worked = await reconcileLook(world.reconciling, SAVED, plus(NOW, 2 * MINUTE));

    expect(worked).toEqual([]);
  });

  it("is what twenty requests have sufficed for; the rest is the next look's", async () => {
    const keys = Array.from({ length: 25 }, (_each, index) => targetKey({ kind: "coupon", id: couponId(String(101 + index)) }));
    const over = layer({ start: "2026-11-27T08:00", end: "2026-11-27T10:00" });
    const { world } = await oneMessage({ targets: keys.map((key) => [key, [over], { ...IDLE, ledger: HELD }] as const) });
    for (const key of keys)
      world.ecwid.edit.addCoupon(STORE, { id: Number(key.slice("coupon#".length)), code: key, applicationLimit: "UNLIMITED" });
    world.calls();

    const working = reconcileLook(world.reconciling, LOOK, plus(NOW, 10 * MINUTE));
    await world.clock.advanceBy(MINUTE);
    const worked = await working;

    const calls = world.calls();
    expect(calls.filter((call) => call.startsWith("PUT"))).toHaveLength(16);
    expect(calls).toHaveLength(19);
    expect(worked).toEqual(keys.slice(0, 16));
  });

  it("is the whole store where not even its profile could be read", async () => {
    const { world } = await oneMessage(coupon({}));
    world.ecwid.edit.revokeTokens(STORE);

    const worked = await reconcileLook(world.reconciling, LOOK, plus(NOW, 2 * MINUTE));

    expect(worked).toBe("all");
  });

  it("is the whole store where a check is refused for all of it, and that is written down", async () => {
    const { worked, world } = await concerned({}, { check: { problems: [PROBLEM] } }, true);

    expect(worked).toBe("all");
    expect((await world.state.readStore(STORE)).pause).toBeDefined();
  });
});
