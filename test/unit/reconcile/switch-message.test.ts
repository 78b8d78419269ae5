import { describe, expect, it } from "vitest";
import type { TargetState } from "../../../lib/application/ports/state-table.ts";
import { reconcileMessage } from "../../../lib/application/reconcile/reconcile-message.ts";
import { reconcileSwitch } from "../../../lib/application/reconcile/reconcile-switch.ts";
import { refreshStatuses } from "../../../lib/application/reconcile/refresh-statuses.ts";
import { couponId, type TargetKey, targetKey, windowId } from "../../../lib/domain/identifiers.ts";
import { HOUR, MINUTE, plus, SECOND } from "../../../lib/domain/instant.ts";
import type { CellLedger, Intent, Ledger } from "../../../lib/domain/ledger/ledger.ts";
import { at, groupsAsk, layer } from "../../support/layers.ts";
import { COUPON_KEY, NOW, type OneMessage, oneMessage, PROMOTION_KEY, switchOf } from "../../support/one-message.ts";
import { COUPON, createWorld, STORE, sale, TOKEN } from "../../support/world.ts";

const SALE = layer();
const WINDOW = windowId(SALE.campaignId, "2026-11-27T10:00:00Z");
const GROUPS = layer({ ask: groupsAsk([2]) });
const PAUSE = { code: "SCOPE_MISSING", reason: "a right is missing", since: NOW, probeAt: plus(NOW, HOUR) };

function cell(written: string): CellLedger {
  return { base: "NEW_CUSTOMER_ONLY", written, window: WINDOW, policy: "yield", standIn: false, heldAt: NOW };
}

const HELD: Ledger = { cells: { applicationLimit: cell("UNLIMITED") }, yielded: {} };
const INTENT: Intent = {
  at: plus(NOW, -HOUR),
  cells: { applicationLimit: { before: "NEW_CUSTOMER_ONLY", after: "UNLIMITED" } },
  ledgerAfter: HELD,
  told: { before: "NEW_CUSTOMER_ONLY", after: "UNLIMITED", reason: "r", campaignIds: [], historyVersion: 1 },
};

describe("a message that comes before its instant", () => {
  it("is worked where that is within five seconds: everything is ready, and written at the instant", async () => {
    const instant = plus(NOW, 5 * SECOND);
    const { world, sent, work } = await oneMessage({
      targets: [[COUPON_KEY, [layer({ start: "2026-11-27T10:00:05" })], { dueAt: instant }]],
    });

    await work(switchOf([COUPON_KEY], instant));

    expect(world.limit()).toBe("UNLIMITED");
    expect(world.ecwid.log.requests().map((request) => request.at - NOW)).toEqual([5_000, 5_000, 5_000]);
    expect(sent).toEqual([]);
  });

  it.each([
    [0, 1],
    [89, 90],
  ])("is passed on two seconds later where that is further away, counted (%i times)", async (relay, next) => {
    const instant = plus(NOW, 5 * SECOND + 1);
    const { world, sent, work } = await oneMessage({ targets: [[COUPON_KEY, [SALE], { dueAt: instant }]] });

    await work(switchOf([COUPON_KEY], instant, relay));

    expect(sent).toEqual([[2_000, switchOf([COUPON_KEY], instant, next)]]);
    expect(world.calls()).toEqual([]);
  });

  it("is passed on no more after ninety times", async () => {
    const instant = plus(NOW, MINUTE);
    const { sent, work } = await oneMessage({ targets: [[COUPON_KEY, [SALE], { dueAt: instant }]] });

    await work(switchOf([COUPON_KEY], instant, 90));

    expect(sent).toEqual([]);
  });

  it.each([
    ["passed on where one of its targets is due then", plus(NOW, MINUTE), 1],
    ["dropped where none is any more", plus(NOW, 2 * MINUTE), 0],
  ])("is %s", async (_what, dueAt, count) => {
    const instant = plus(NOW, MINUTE);
    const { sent, work } = await oneMessage({
      targets: [
        [COUPON_KEY, [SALE], { dueAt }],
        [PROMOTION_KEY, [GROUPS], { dueAt: undefined }],
      ],
    });

    await work(switchOf([COUPON_KEY, PROMOTION_KEY], instant));

    expect(sent).toHaveLength(count);
  });
});

describe("a message of due targets", () => {
  it("is nothing to do where they are not due any more, or name no target", async () => {
    const { world, sent, work } = await oneMessage({ targets: [[COUPON_KEY, [SALE], { dueAt: plus(NOW, 1) }]] });

    await work(switchOf([COUPON_KEY, "nonsense" as TargetKey]));

    expect([world.calls(), sent, world.events]).toEqual([[], [], []]);
  });

  it("sends a target over which a worker died on its own, and works the others", async () => {
    const { world, sent, work, target } = await oneMessage({
      targets: [
        [COUPON_KEY, [SALE], { attemptsBegun: 1 }],
        [PROMOTION_KEY, [GROUPS]],
      ],
    });

    await work(switchOf([COUPON_KEY, PROMOTION_KEY], NOW, 3));

    expect(sent).toEqual([[0, switchOf([COUPON_KEY], NOW, 4)]]);
    expect([world.limit(), world.groups()]).toEqual(["NEW_CUSTOMER_ONLY", [0, 1, 2]]);
    expect((await target()).attemptsBegun).toBe(1);
  });

  it("works a target over which a worker died where it is alone", async () => {
    const { world, sent, work } = await oneMessage({ targets: [[COUPON_KEY, [SALE], { attemptsBegun: 1 }]] });

    await work(switchOf());

    expect(world.limit()).toBe("UNLIMITED");
    expect(sent).toEqual([]);
  });

  it.each([
    ["what was written is what holds still", [layer({ end: "2026-11-27T13:00" })], { ledger: HELD }, 0],
    [
      "nothing is held and nothing asked, whatever went wrong before",
      [],
      { failuresInARow: 2, block: { code: "X", reason: "x", since: NOW } },
      0,
    ],
    ["a change was sent and nobody knows what came of it", [SALE], { ledger: HELD, intent: INTENT }, 1],
    ["it is held and blocked", [SALE], { ledger: HELD, block: { code: "X", reason: "x", since: NOW } }, 1],
    ["it is held and has failed", [SALE], { ledger: HELD, failuresInARow: 1 }, 1],
  ] satisfies readonly (readonly [string, TargetState["warnings"] | object, Partial<TargetState>, number])[])(
    "calls Ecwid or not where %s",
    async (_what, layers, state, calls) => {
      const { world, work, target } = await oneMessage({ targets: [[COUPON_KEY, layers as readonly (typeof SALE)[], state]] });
      world.ecwid.edit.coupon(STORE, COUPON, { applicationLimit: "UNLIMITED" });

      await work(switchOf());

      expect(world.calls()).toHaveLength(calls);
      expect(await target()).toMatchObject({ failuresInARow: 0, attemptsBegun: 0, decidedAt: NOW });
      expect((await target()).block).toBeUndefined();
    },
  );

  it.each([
    ["kept while something is held", [SALE], { ledger: HELD }, [{ campaignId: "sale", message: "told before" }]],
    ["taken back where nothing is", [], {}, []],
  ] as const)("leaves what people were told, without a call, %s", async (_what, layers, state, expected) => {
    const warnings = [{ campaignId: SALE.campaignId, message: "told before" }];
    const { work, target } = await oneMessage({ targets: [[COUPON_KEY, layers, { ...state, warnings }]] });

    await work(switchOf());

    expect((await target()).warnings).toEqual(expected);
  });

  it("asks for no token where nothing has to be called", async () => {
    const { world } = await oneMessage({ targets: [[COUPON_KEY, [], {}]] });
    const tokens = { ...world.reconciling.tokens, read: () => Promise.reject(new Error("nobody needs it")) };

    const worked = await reconcileSwitch({ ...world.reconciling, tokens }, switchOf(), plus(NOW, MINUTE));

    expect(worked).toEqual([COUPON_KEY]);
  });

  it("sends a boundary that is too near for a tick at once, though nothing had to be called", async () => {
    const { sent, work } = await oneMessage({ targets: [[COUPON_KEY, [layer({ start: "2026-11-27T10:01" })]]] });

    await work(switchOf());

    expect(sent).toEqual([[0, switchOf([COUPON_KEY], plus(NOW, MINUTE))]]);
  });

  it("leaves a paused kind out, in silence and until somebody has acted, and works the other", async () => {
    const { world, work, target } = await oneMessage({
      store: { pausedKinds: { coupon: PAUSE } },
      targets: [
        [COUPON_KEY, [SALE], { failuresInARow: 1 }],
        [PROMOTION_KEY, [GROUPS]],
      ],
    });

    await work(switchOf([COUPON_KEY, PROMOTION_KEY]));

    expect([world.limit(), world.groups()]).toEqual(["NEW_CUSTOMER_ONLY", [0, 1, 2]]);
    expect(await target()).toMatchObject({ dueAt: undefined, owedSince: NOW, failuresInARow: 1, warnings: [] });
  });

  it.each([
    ["passes by itself is told by the target", { coolDownUntil: plus(NOW, HOUR) }, plus(NOW, HOUR), 1],
    ["a person has to mend is told by the store", { pause: PAUSE }, undefined, 0],
  ])("is put off while the store may not be called: what %s", async (_what, store, dueAt, told) => {
    const { world, work, target } = await oneMessage({ store });

    await work(switchOf());

    expect(world.calls()).toEqual([]);
    expect(await target()).toMatchObject({ dueAt, owedSince: NOW, failuresInARow: 0 });
    expect((await target()).warnings).toHaveLength(told);
  });

  it("sends on, in order, what there is no time for", async () => {
    const { world, sent, work } = await oneMessage({
      targets: [
        [PROMOTION_KEY, [GROUPS]],
        [COUPON_KEY, [SALE]],
      ],
    });

    await work(switchOf([PROMOTION_KEY, COUPON_KEY], NOW, 2), 35 * SECOND - 1);

    expect(sent).toEqual([[0, switchOf([COUPON_KEY, PROMOTION_KEY], NOW, 3)]]);
    expect(world.calls()).toEqual([]);
  });

  it.each([
    ["that is to be passed on", plus(NOW, 6 * SECOND), plus(NOW, 6 * SECOND)],
    ["of which nothing is due any more, though its instant is near", plus(NOW, 5 * SECOND), plus(NOW, 8 * SECOND)],
  ])("concerns nothing, and waits no longer than it must: one %s", async (_what, instant, dueAt) => {
    const { world } = await oneMessage({ targets: [[COUPON_KEY, [SALE], { dueAt }]] });
    let endedAt: number | undefined;

    const working = reconcileSwitch(world.reconciling, switchOf([COUPON_KEY], instant), plus(NOW, 2 * MINUTE)).then((worked) => {
      endedAt = world.clock.now();
      return worked;
    });
    await world.clock.advanceBy(MINUTE);

    expect(await working).toEqual([]);
    expect(endedAt).toBe(dueAt === instant ? plus(NOW, 2 * SECOND) : NOW);
  });

  it("takes no turn among tokens that are tried, where its own is proven", async () => {
    const { world, work } = await oneMessage();
    await world.state.writeSystem({ deadAnswers: Array.from({ length: 10 }, () => NOW) }, 0);

    await work(switchOf());

    expect(world.limit()).toBe("UNLIMITED");
  });

  it("is worked to the end where there is just time for it", async () => {
    const { world, sent, work } = await oneMessage();

    await work(switchOf(), 35 * SECOND);

    expect(world.limit()).toBe("UNLIMITED");
    expect(sent).toEqual([]);
  });

  it("asks for a look where the token was dead and is another now", async () => {
    const { sent, work } = await oneMessage({ store: { deadToken: { secretVersion: "old", since: NOW } } });

    await work(switchOf());

    expect(sent).toEqual([[0, { kind: "look", storeId: STORE, instant: NOW, because: "the store's token was replaced", relay: 0 }]]);
  });

  it("gives back the place that it took for a token that it then did not need", async () => {
    const { world, work } = await oneMessage({ store: { tokenProvenAt: undefined, pausedKinds: { coupon: PAUSE } } });

    await work(switchOf());

    expect((await world.state.readSystem()).deadAnswers).toEqual([]);
  });

  it("tells the times of a store whose zone is not known in UTC", async () => {
    const { world, work } = await oneMessage({ store: { timeZone: undefined } });

    await work(switchOf());

    expect(world.events).toMatchObject([{ kind: "switched", timeZone: "UTC" }]);
  });

  it.each([
    ["all of the store's campaigns, where there is a secret again", { noAccess: { code: "NO_TOKEN", reason: "r", since: NOW } }, "all"],
    ["its targets' campaigns otherwise", {}, [COUPON_KEY]],
  ])("concerns %s", async (_what, store, expected) => {
    const { world } = await oneMessage({ store });

    const worked = await reconcileSwitch(world.reconciling, switchOf(), plus(NOW, 2 * MINUTE));

    expect(worked).toEqual(expected);
  });
});

describe("a failure of one target", () => {
  const OTHER = targetKey({ kind: "coupon", id: couponId("5") });
  const ALL = [COUPON_KEY, OTHER, PROMOTION_KEY];

  async function failing(fault: Parameters<OneMessage["world"]["ecwid"]["setFaults"]>[0], scopes?: string[]) {
    const one = await oneMessage({
      targets: [
        [COUPON_KEY, [SALE]],
        [OTHER, [SALE]],
        [PROMOTION_KEY, [GROUPS]],
      ],
    });
    one.world.ecwid.edit.addCoupon(STORE, { id: 5, code: "OTHER", applicationLimit: "NEW_CUSTOMER_ONLY" });
    one.world.ecwid.setFaults(fault);
    if (scopes !== undefined) one.world.ecwid.edit.tokens(STORE, [{ token: TOKEN, scopes, dead: false }]);
    await one.work(switchOf(ALL));
    const [first, second, third] = await Promise.all(ALL.map(one.target));
    return { ...one, first, second, third, calls: one.world.calls() };
  }

  it("delays no other, and is tried again by a message of its own where that is soon", async () => {
    const { world, first, second, sent } = await failing(({ id }) =>
      id === String(COUPON) ? { kind: "status", status: 500, when: "before" } : undefined,
    );

    expect([world.limit(), world.limit(5), world.groups()]).toEqual(["NEW_CUSTOMER_ONLY", "UNLIMITED", [0, 1, 2]]);
    expect([first?.failuresInARow, second?.failuresInARow]).toEqual([1, 0]);
    expect(sent.map(([, message]) => message)).toEqual([switchOf([COUPON_KEY], first?.dueAt)]);
  });

  it("that concerns its kind is not tried on the others of it, and delays no other kind", async () => {
    const { world, calls, first, second } = await failing(undefined, ["read_promotion", "update_promotion", "read_customers"]);

    expect(calls.filter((call) => call.includes("discount_coupons"))).toHaveLength(1);
    expect(world.groups()).toEqual([0, 1, 2]);
    expect([first, second]).toMatchObject([
      { failuresInARow: 1, dueAt: undefined },
      { failuresInARow: 0, dueAt: undefined, warnings: [] },
    ]);
  });

  it("that concerns the store is not tried on any other", async () => {
    const { calls, second, third } = await failing(() => ({ kind: "status", status: 429, when: "before", retryAfter: "600" }));

    expect(calls).toHaveLength(1);
    for (const other of [second, third]) {
      expect(other).toMatchObject({ failuresInARow: 0, dueAt: plus(NOW, 600 * SECOND), owedSince: NOW });
      expect(other?.warnings).toHaveLength(1);
    }
  });

  it("that is found when it is read back leaves what was sent of the others to whoever comes next", async () => {
    let reads = 0;
    const { calls, first, second, third } = await failing(({ method }) => {
      if (method !== "GET") return undefined;
      reads += 1;
      return reads > 3 ? { kind: "status", status: 429, when: "before", retryAfter: "600" } : undefined;
    });

    expect(calls.filter((call) => call.startsWith("GET"))).toHaveLength(4);
    expect([first, second, third].map((each) => each?.failuresInARow)).toEqual([1, 0, 0]);
    for (const each of [first, second, third]) {
      expect(each?.intent).toBeDefined();
      expect(each).toMatchObject({ dueAt: plus(NOW, 600 * SECOND), attemptsBegun: 0 });
    }
  });
});

describe("the notice before windows, after a message", () => {
  it.each([
    ["is forgotten by a switch once all is well", [COUPON_KEY], undefined],
    ["is left as it is by a switch that had nothing to do", [PROMOTION_KEY], "told before"],
  ])("%s", async (_what, targets, noticed) => {
    const { world, work } = await oneMessage({ store: { noticed: "told before" } });

    await work(switchOf(targets));

    expect((await world.state.readStore(STORE)).noticed).toBe(noticed);
  });

  it.each([
    ["a switch", switchOf([COUPON_KEY]), 0],
    [
      "a look at what was saved",
      { kind: "look", storeId: STORE, instant: NOW, because: "b", relay: 0, only: "unchecked", targets: [COUPON_KEY] },
      0,
    ],
    ["an hourly look", { kind: "look", storeId: STORE, instant: NOW, because: "b", relay: 0 }, 1],
  ] as const)("is told or not by %s", async (_what, message, count) => {
    const world = createWorld({ now: "2026-11-27T09:59:50Z" });
    await world.put(sale({ end: "2026-11-27T20:00" }));
    world.secrets.clear();
    await world.clock.advanceTo(NOW);
    const { version, ...store } = await world.state.readStore(STORE);
    await world.state.writeStore(STORE, { ...store, noticed: undefined, noAccess: { code: "NO_TOKEN", reason: "r", since: NOW } }, version);
    world.events.length = 0;

    await reconcileMessage(world.reconciling, message, plus(NOW, 2 * MINUTE));

    expect(world.events.filter(({ kind }) => kind === "pre-flight-found")).toHaveLength(count);
  });
});

describe("the campaigns whose status a message brings up to date", () => {
  async function refreshed(worked: readonly TargetKey[] | "all", store: object = {}) {
    const world = createWorld();
    await world.put(sale({ coupons: [COUPON, 5].map((id) => ({ couponId: id, applicationLimit: "UNLIMITED" })) }));
    await world.put(sale({ campaignId: "other", coupons: [{ couponId: 6, applicationLimit: "UNLIMITED" }] }));
    const { version, ...known } = await world.state.readStore(STORE);
    await world.state.writeStore(STORE, { ...known, ...store }, version);
    const asked: string[] = [];
    const { get } = world.campaigns;
    world.campaigns.get = (id, campaign) => {
      asked.push(campaign);
      return get(id, campaign);
    };
    await refreshStatuses(world.reconciling, STORE, worked);
    return asked.toSorted();
  }

  it.each([
    ["those that have one of its targets", [COUPON_KEY], {}, ["sale"]],
    ["none that have none of them", ["coupon#9" as TargetKey], {}, []],
    ["all of them, if it says something of the store", "all", {}, ["other", "sale"]],
    ["all of them, while the store is in trouble", [COUPON_KEY], { pause: PAUSE }, ["other", "sale"]],
    ["none where nothing was done", [], { pause: PAUSE }, []],
  ] as const)("are %s", async (_which, worked, store, expected) => {
    const asked = await refreshed(worked, store);

    expect(asked).toEqual(expected);
  });
});

describe("the status of campaigns after a message", () => {
  async function read(message: (world: ReturnType<typeof createWorld>) => Promise<void>, store: object = {}) {
    const world = createWorld();
    await world.put(sale());
    await world.put(sale({ campaignId: "other", coupons: [{ couponId: 5, applicationLimit: "UNLIMITED" }] }));
    const { version, ...known } = await world.state.readStore(STORE);
    await world.state.writeStore(STORE, { ...known, ...store }, version);
    const asked: string[] = [];
    const { get } = world.campaigns;
    world.campaigns.get = (id, campaign) => {
      asked.push(campaign);
      return get(id, campaign);
    };
    await message(world);
    return asked;
  }

  it("is brought up to date for those that have one of its targets", async () => {
    const asked = await read((world) => world.runTo("2026-11-27T09:05:00Z"));
    const after = await read(async (world) => {
      await world.clock.advanceTo(at("2026-11-27T10:00"));
      await world.queue.send(switchOf([COUPON_KEY], at("2026-11-27T10:00")));
      await world.settle();
    });

    expect(asked).toEqual([]);
    expect(after).toEqual(["sale"]);
  });

  it("is brought up to date for all of them while the store itself is in trouble", async () => {
    const asked = await read(
      async (world) => {
        await world.clock.advanceTo(at("2026-11-27T10:00"));
        await world.queue.send(switchOf([COUPON_KEY], at("2026-11-27T10:00")));
        await world.settle();
      },
      { pause: PAUSE },
    );

    expect(asked).toEqual(["other", "sale"]);
  });
});
