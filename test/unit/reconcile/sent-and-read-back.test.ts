import { describe, expect, it } from "vitest";
import type { TargetState } from "../../../lib/application/ports/state-table.ts";
import { missingGroups } from "../../../lib/application/reconcile/missing-groups.ts";
import { windowId } from "../../../lib/domain/identifiers.ts";
import { HOUR, MINUTE, plus, SECOND } from "../../../lib/domain/instant.ts";
import { EMPTY_LEDGER, type Intent, type Ledger } from "../../../lib/domain/ledger/ledger.ts";
import { at, groupsAsk, layer } from "../../support/layers.ts";
import { COUPON_KEY, NOW, type OneMessage, oneMessage, PROMOTION_KEY, switchOf } from "../../support/one-message.ts";
import { liveCoupon, livePromotion, type StoreScript, scriptedStore } from "../../support/scripted-store.ts";
import { COUPON, PROMOTION, STORE, type WorldOptions } from "../../support/world.ts";

const SALE = layer();
const WINDOW = windowId(SALE.campaignId, "2026-11-27T10:00:00Z");
const ON_UNTIL = '"sale" is on until 2026-11-27 12:00:00 UTC';

function history({ world }: OneMessage, key = COUPON_KEY) {
  return world.history.of(STORE, key, 10, plus(NOW, HOUR));
}

function promotionWith(
  add: readonly number[],
  remove: readonly number[] = [],
  state: Partial<TargetState> = {},
  options: WorldOptions = {},
) {
  return oneMessage({ targets: [[PROMOTION_KEY, [layer({ ask: groupsAsk(add, remove) })], state]], options });
}

describe("a change that is sent", () => {
  it("is written down before, with all that a later worker needs to know whose it is", async () => {
    const one = await promotionWith([2], [1]);
    one.world.ecwid.setFaults(({ method }) => (method === "PUT" ? { kind: "drop", when: "after" } : undefined));

    await one.work(switchOf([PROMOTION_KEY]));

    const { intent, ledger, label } = await one.target(PROMOTION_KEY);
    expect(ledger).toEqual(EMPTY_LEDGER);
    expect(label).toBe(`promotion Early access (${PROMOTION})`);
    expect(intent).toEqual({
      at: NOW,
      cells: { "group:1": { before: "in", after: "out" }, "group:2": { before: "out", after: "in" } },
      ledgerAfter: { cells: { "group:1": expect.any(Object), "group:2": expect.any(Object) }, yielded: {} },
      told: { before: "groups 0, 1", after: "groups 0, 2", reason: ON_UNTIL, campaignIds: ["sale"], historyVersion: 3 },
      triggersBefore: { subtotal: 25, customerGroups: [0, 1] },
    });
  });

  it("keeps nothing of a coupon's triggers, for there are none", async () => {
    const one = await oneMessage();
    one.world.ecwid.setFaults(({ method }) => (method === "PUT" ? { kind: "drop", when: "after" } : undefined));

    await one.work(switchOf());

    expect((await one.target()).intent?.triggersBefore).toBeUndefined();
  });

  it("is not sent where somebody else wrote to the target before it was counted", async () => {
    const one = await oneMessage();
    one.world.state.writeTarget = async () => false;

    await one.work(switchOf());

    expect(one.world.calls()).toEqual([]);
  });

  it("is not sent where somebody else wrote to the target while it was read", async () => {
    const one = await oneMessage();
    const { writeTarget } = one.world.state;
    one.world.state.writeTarget = async (store, key, state, version) =>
      state.intent === undefined ? writeTarget(store, key, state, version) : false;

    await one.work(switchOf());

    expect(one.world.calls()).toEqual([`GET /discount_coupons/${COUPON}`]);
    expect(one.world.limit()).toBe("NEW_CUSTOMER_ONLY");
  });
});

describe("asking for missing groups after a refusal", () => {
  const GROUPS = "GET /customer_groups";

  function refusing(one: OneMessage, status: number): void {
    one.world.ecwid.setFaults(({ method }) => (method === "PUT" ? { kind: "status", status, when: "before" } : undefined));
  }

  it.each([
    ["was refused", [2], [], 422, true],
    ["was answered with 404", [2], [], 404, true],
    ["takes groups out, since one that stays may be gone", [], [1], 422, true],
    ["may not be written at all", [2], [], 402, false],
  ] as const)("is worth a call or not where a change %s", async (_what, add, remove, status, isAsked) => {
    const one = await promotionWith(add, remove);
    refusing(one, status);

    await one.work(switchOf([PROMOTION_KEY]));

    const calls = one.world.calls();
    expect(calls.filter((call) => call === GROUPS)).toHaveLength(isAsked ? 1 : 0);
    expect(calls.filter((call) => call.startsWith("PUT"))).toHaveLength(1);
  });

  it("is done once, though the change without them is refused too", async () => {
    const one = await promotionWith([2, 77]);
    refusing(one, 422);

    await one.work(switchOf([PROMOTION_KEY]));

    const calls = one.world.calls();
    expect(calls.filter((call) => call === GROUPS)).toHaveLength(1);
    expect(calls.filter((call) => call.startsWith("PUT")).length).toBeLessThanOrEqual(2);
  });

  it("is never done for a coupon", async () => {
    const one = await oneMessage();
    refusing(one, 422);

    await one.work(switchOf());

    expect(one.world.calls()).not.toContain(GROUPS);
  });

  it.each([
    ["groups that come in and do not exist", { kind: "groups", before: [0, 9], after: [0, 9, 2, 3] }, [0, 2], [3]],
    ["nothing where all exist", { kind: "groups", before: [0], after: [0, 2] }, [0, 2], []],
    [
      "nothing where they cannot be listed",
      { kind: "groups", before: [0], after: [0, 2] },
      { kind: "outcome-unknown", message: "502" },
      [],
    ],
  ] as const)("names %s", async (_what, change, groups, expected) => {
    const { store } = scriptedStore({ groups });

    const missing = await missingGroups(store, change);

    expect([...missing]).toEqual(expected);
  });
});

describe("a change that Ecwid took and that does not show", () => {
  function unseen(state: Partial<TargetState>, script: StoreScript = { coupons: [liveCoupon(String(COUPON))] }) {
    const { store, calls } = scriptedStore(script);
    return {
      calls,
      one: oneMessage({
        targets: [[COUPON_KEY, [layer({ start: "2026-11-27T09:00" })], state]],
        ecwid: store,
        options: { chance: () => 0.5 },
      }),
    };
  }

  it.each([0, 1])("is looked for again, its intent kept, after %i failures", async (failuresInARow) => {
    const one = await unseen({ failuresInARow, owedSince: NOW }).one;

    await one.work(switchOf());

    const state = await one.target();
    expect(state).toMatchObject({ failuresInARow: failuresInARow + 1, intent: { told: { after: "UNLIMITED" } } });
    expect(state.block).toBeUndefined();
    expect(one.world.events).toMatchObject([
      {
        kind: "attempt-failed",
        failure: "OUTCOME_UNKNOWN",
        message: "Ecwid gave no clear answer (the change was accepted but does not show yet)",
        effect: "retry",
      },
    ]);
  });

  it("is left to a person the third time, and known for Doorman's own all the same", async () => {
    const one = await unseen({ failuresInARow: 2, owedSince: NOW }).one;

    await one.work(switchOf());

    const reason = "Ecwid accepts the change, but it does not show afterwards; look at it in Ecwid";
    expect(await one.target()).toMatchObject({
      block: { code: "NOT_TAKEN", reason },
      ledger: EMPTY_LEDGER,
      intent: { told: { after: "UNLIMITED" } },
      dueAt: plus(NOW, HOUR),
    });
  });

  it("asks for no groups where it is a coupon's", async () => {
    const { one, calls } = unseen({});

    await (await one).work(switchOf());

    expect(calls).toEqual([`readCoupon ${COUPON}`, `writeApplicationLimit ${COUPON} UNLIMITED`, `readCoupon ${COUPON}`]);
  });

  it("in one group of two is not settled as if it were there", async () => {
    const { store } = scriptedStore({ promotions: [livePromotion(String(PROMOTION))], groups: [0, 1, 2, 3] });
    const one = await oneMessage({ targets: [[PROMOTION_KEY, [layer({ ask: groupsAsk([2], [1]) })]]], ecwid: store });

    await one.work(switchOf([PROMOTION_KEY]));

    expect(await one.target(PROMOTION_KEY)).toMatchObject({ failuresInARow: 1, ledger: EMPTY_LEDGER });
  });

  it("because its only group does not exist blocks at once, and is told as no switch", async () => {
    const { store } = scriptedStore({ promotions: [livePromotion(String(PROMOTION))], groups: [0, 1] });
    const one = await oneMessage({ targets: [[PROMOTION_KEY, [layer({ ask: groupsAsk([2]) })]]], ecwid: store });

    await one.work(switchOf([PROMOTION_KEY]));

    expect((await one.target(PROMOTION_KEY)).block?.code).toBe("GROUP_MISSING");
    expect((await history(one, PROMOTION_KEY)).map(({ kind }) => kind)).toEqual(["blocked"]);
    expect((await one.target(PROMOTION_KEY)).dueAt).toBe(plus(NOW, HOUR));
  });
});

describe("a change that came out less a group that does not exist", () => {
  const DROP = { settings: { unknownGroups: "drop" } } as const;

  it("is told by what came out, and blocked for those that name the group", async () => {
    const one = await oneMessage({
      targets: [[PROMOTION_KEY, [layer({ ask: groupsAsk([2, 77]) }), layer({ id: "other", ask: groupsAsk([3]) })]]],
      options: DROP,
    });

    await one.work(switchOf([PROMOTION_KEY]));

    const [blocked, switched] = await history(one, PROMOTION_KEY);
    expect(switched).toMatchObject({ kind: "switched", before: "groups 0, 1", after: "groups 0, 1, 2, 3" });
    expect(switched?.reason).toMatch(/; customer group 77 does not exist and is left out$/);
    expect(blocked).toMatchObject({ kind: "blocked", campaignIds: ["sale"] });
    expect(one.world.events.map(({ kind }) => kind)).toEqual(["switched", "attempt-failed"]);
    expect(one.world.events).toMatchObject([{ appliedAt: NOW, label: `promotion Early access (${PROMOTION})` }, {}]);
    expect(Object.keys((await one.target(PROMOTION_KEY)).ledger.cells).toSorted()).toEqual(["group:2", "group:3"]);
  });

  it("is told though as many groups came in as went out", async () => {
    const one = await promotionWith([2, 77], [1], {}, DROP);

    await one.work(switchOf([PROMOTION_KEY]));

    expect((await history(one, PROMOTION_KEY)).at(-1)).toMatchObject({ kind: "switched", before: "groups 0, 1", after: "groups 0, 2" });
  });

  it("is left to a person where its group is deleted in the same moment", async () => {
    const one = await promotionWith([2], [77], {}, DROP);
    one.world.ecwid.edit.promotion(STORE, PROMOTION, { triggers: { customerGroups: [0, 1] } });
    let isFirst = true;
    one.world.ecwid.subscribe(() => {
      if (!isFirst) return;
      isFirst = false;
      one.world.ecwid.edit.deleteGroup(STORE, 2);
      one.world.ecwid.edit.promotion(STORE, PROMOTION, { triggers: { customerGroups: [0, 1] } });
    });

    await one.work(switchOf([PROMOTION_KEY]));

    expect((await one.target(PROMOTION_KEY)).block?.code).toBe("GROUP_MISSING");
  });

  it("names each of several groups", async () => {
    const one = await promotionWith([2, 77, 78], [], {}, DROP);

    await one.work(switchOf([PROMOTION_KEY]));

    expect((await history(one, PROMOTION_KEY)).at(-1)?.reason).toMatch(/; customer group 77, 78 does not exist and is left out$/);
  });

  it.each([
    ["somebody took out, in the same moment, some of what had come in", [0, 1, 2]],
    ["the read that follows shows nothing of it", [0, 1]],
  ])("keeps its intent and is read again where %s", async (_how, customerGroups) => {
    const one = await promotionWith([2, 3, 77], [], {}, DROP);
    let isFirst = true;
    one.world.ecwid.subscribe(() => {
      if (!isFirst) return;
      isFirst = false;
      one.world.ecwid.edit.promotion(STORE, PROMOTION, { triggers: { customerGroups } });
    });

    await one.work(switchOf([PROMOTION_KEY]));

    const { ledger, intent, block, failuresInARow } = await one.target(PROMOTION_KEY);
    expect(ledger.cells).toEqual({});
    expect(Object.keys(intent?.cells ?? {})).toEqual(["group:2", "group:3", "group:77"]);
    expect([block, failuresInARow]).toEqual([undefined, 1]);
    expect(await history(one, PROMOTION_KEY)).toEqual([]);
  });

  it("is done where what is left is nothing but to put it back", async () => {
    const window = windowId(SALE.campaignId, "2026-11-27T08:00:00Z");
    const held = { base: "in", written: "out", window, policy: "yield", standIn: false, heldAt: plus(NOW, -HOUR) } as const;
    const ledger: Ledger = { cells: { "group:77": held }, yielded: {} };
    const over = layer({ start: "2026-11-27T08:00", end: "2026-11-27T10:00", ask: groupsAsk([], [77]) });
    const one = await oneMessage({ targets: [[PROMOTION_KEY, [over], { ledger }]], options: DROP });

    await one.work(switchOf([PROMOTION_KEY]));

    expect(await history(one, PROMOTION_KEY)).toMatchObject([
      {
        kind: "switched",
        before: "groups 0, 1",
        after: "groups 0, 1",
        reason: '"sale" is over; customer group 77 does not exist and is left out',
      },
    ]);
    const state = await one.target(PROMOTION_KEY);
    expect(state.ledger.cells).toEqual({});
    expect([state.block, state.dueAt]).toEqual([undefined, undefined]);
  });
});

describe("a group that does not exist, where Ecwid refuses the change", () => {
  it("is told to the campaigns that name it", async () => {
    const layers = [layer({ ask: groupsAsk([77]) }), layer({ id: "other", ask: groupsAsk([1]) })];
    const one = await oneMessage({ targets: [[PROMOTION_KEY, layers]], options: { settings: { unknownGroups: "reject" } } });

    await one.work(switchOf([PROMOTION_KEY]));

    expect(await history(one, PROMOTION_KEY)).toMatchObject([{ kind: "blocked", campaignIds: ["sale"] }]);
  });
});

describe("a read back that fails", () => {
  it("leaves the intent to whoever comes next, and is tried again", async () => {
    const one = await oneMessage();
    let reads = 0;
    one.world.ecwid.setFaults(({ method }) => {
      if (method !== "GET") return undefined;
      reads += 1;
      return reads === 2 ? { kind: "status", status: 500, when: "before" } : undefined;
    });

    await one.work(switchOf());

    const state = await one.target();
    expect(one.world.limit()).toBe("UNLIMITED");
    expect(state.intent).toBeDefined();
    expect(state).toMatchObject({ failuresInARow: 1, attemptsBegun: 0, ledger: EMPTY_LEDGER });
  });
});

describe("what an earlier worker sent and nobody read back", () => {
  const told = {
    before: "NEW_CUSTOMER_ONLY",
    after: "UNLIMITED",
    reason: "as it was then",
    campaignIds: [SALE.campaignId],
    historyVersion: 7,
  };
  const after: Ledger = {
    cells: {
      applicationLimit: { base: "NEW_CUSTOMER_ONLY", written: "UNLIMITED", window: WINDOW, policy: "yield", standIn: false, heldAt: NOW },
    },
    yielded: {},
  };

  function sentAt(milliseconds: number): Intent {
    return {
      at: plus(NOW, -milliseconds),
      cells: { applicationLimit: { before: "NEW_CUSTOMER_ONLY", after: "UNLIMITED" } },
      ledgerAfter: after,
      told,
    };
  }

  it("is told as it was then, when it shows", async () => {
    const one = await oneMessage({ targets: [[COUPON_KEY, [SALE], { intent: sentAt(5 * SECOND) }]] });
    one.world.ecwid.edit.coupon(STORE, COUPON, { applicationLimit: "UNLIMITED" });

    await one.work(switchOf());

    expect(await history(one)).toMatchObject([
      { kind: "switched", version: 7, at: plus(NOW, -5 * SECOND), reason: "as it was then", latenessMs: 0 },
    ]);
    expect((await one.target()).ledger.cells.applicationLimit).toMatchObject({ base: "NEW_CUSTOMER_ONLY", written: "UNLIMITED" });
    expect(one.world.calls()).toHaveLength(1);
  });

  it.each([
    ["may still show where it is younger than a minute", MINUTE - 1, SALE],
    ["never happened where it is a minute old", MINUTE, SALE],
  ])("%s, and is decided afresh", async (_what, age, over) => {
    const one = await oneMessage({ targets: [[COUPON_KEY, [over], { intent: sentAt(age) }]] });

    await one.work(switchOf());

    expect(one.world.limit()).toBe("UNLIMITED");
    expect((await history(one)).map(({ reason }) => reason)).toEqual([ON_UNTIL]);
  });

  it.each([
    ["is looked for again a minute after it was sent, though nothing is asked any more", 20 * SECOND, plus(NOW, 40 * SECOND)],
    ["is forgotten after that minute", MINUTE, undefined],
  ])("%s", async (_what, age, dueAt) => {
    const one = await oneMessage({ targets: [[COUPON_KEY, [], { intent: sentAt(age) }]] });

    await one.work(switchOf());

    const state = await one.target();
    expect(state.dueAt).toBe(dueAt);
    expect(state.intent === undefined).toBe(dueAt === undefined);
    expect(one.sent).toHaveLength(dueAt === undefined ? 0 : 1);
  });

  const GROUP_INTENT: Intent = {
    at: plus(NOW, -SECOND),
    cells: { "group:1": { before: "in", after: "out" }, "group:2": { before: "out", after: "in" } },
    ledgerAfter: {
      cells: {
        "group:1": { base: "in", written: "out", window: WINDOW, policy: "yield", standIn: false, heldAt: NOW },
        "group:2": { base: "out", written: "in", window: WINDOW, policy: "yield", standIn: false, heldAt: NOW },
      },
      yielded: {},
    },
    told,
  };

  it.each([
    ["and of which a part shows is told", [0, 1, 2], { subtotal: 25 }, 1],
    ["and that cost nothing puts nothing back", [0, 2], { subtotal: 25, customerGroups: [0, 1] }, 0],
    ["with no triggers kept puts nothing back", [0, 2], undefined, 0],
  ])("%s", async (_what, groups, triggersBefore, writes) => {
    const intent: Intent = { ...GROUP_INTENT, triggersBefore };
    const one = await oneMessage({ targets: [[PROMOTION_KEY, [layer({ ask: groupsAsk([2], [1]) })], { intent }]] });
    one.world.ecwid.edit.promotion(STORE, PROMOTION, { triggers: { subtotal: 25, customerGroups: groups } });

    await one.work(switchOf([PROMOTION_KEY]));

    expect((await history(one, PROMOTION_KEY)).filter(({ version }) => version === 7)).toMatchObject([
      { kind: "switched", reason: "as it was then" },
    ]);
    expect(one.world.calls().filter((call) => call.startsWith("PUT"))).toHaveLength(writes);
    expect((await one.target(PROMOTION_KEY)).block).toBeUndefined();
  });

  it("and that has cost a condition comes back by a message of its own where the next boundary is near", async () => {
    const { store } = scriptedStore({ promotions: [livePromotion(String(PROMOTION), [0, 2])] });
    const layers = [layer({ ask: groupsAsk([2], [1]), end: "2026-11-27T10:01" })];
    const one = await oneMessage({
      targets: [[PROMOTION_KEY, layers, { intent: { ...GROUP_INTENT, triggersBefore: { subtotal: 5 } } }]],
      ecwid: store,
    });

    await one.work(switchOf([PROMOTION_KEY]));

    expect(one.sent.map(([, message]) => message)).toEqual([switchOf([PROMOTION_KEY], plus(NOW, MINUTE))]);
  });

  it("and that has cost the promotion a condition is put right first, and left to a person", async () => {
    const triggersBefore = { subtotal: 20, orders: 3, customerGroups: [0, 1] };
    const ledgerAfter: Ledger = {
      cells: { "group:2": { base: "out", written: "in", window: WINDOW, policy: "yield", standIn: false, heldAt: NOW } },
      yielded: {},
    };
    const intent: Intent = {
      at: plus(NOW, -SECOND),
      cells: { "group:2": { before: "out", after: "in" } },
      ledgerAfter,
      told,
      triggersBefore,
    };
    const { store, calls } = scriptedStore({ promotions: [livePromotion(String(PROMOTION), [0, 1, 2], { name: "Early" })] });
    const one = await oneMessage({ targets: [[PROMOTION_KEY, [layer({ ask: groupsAsk([2]) })], { intent }]], ecwid: store });

    await one.work(switchOf([PROMOTION_KEY]));

    const reason =
      "Ecwid dropped subtotal, orders from the promotion's conditions when its groups were changed; the old conditions are back, and it is left alone until the campaign's next boundary";
    expect(calls).toEqual(["listPromotions", `writeTriggers ${PROMOTION} ${JSON.stringify(triggersBefore)}`]);
    expect(await one.target(PROMOTION_KEY)).toMatchObject({
      block: { code: "TRIGGERS_LOST", reason, lookAgainAt: undefined },
      dueAt: at("2026-11-27T12:00"),
      warnings: [{ message: `promotion Early (${PROMOTION}): ${reason}` }],
      ledger: EMPTY_LEDGER,
    });
    expect((await one.target(PROMOTION_KEY)).intent).toBeUndefined();
  });

  it("and that has cost a condition is made good without undoing what people did since; both stand in the history as they were", async () => {
    const intent: Intent = { ...GROUP_INTENT, triggersBefore: { subtotal: 20, orders: 3, customerGroups: [0, 1] } };
    const live = { ...livePromotion(String(PROMOTION), [0, 2, 5]), triggers: { orders: 7, customerGroups: [0, 2, 5] } };
    const { store, calls } = scriptedStore({ promotions: [live] });
    const one = await oneMessage({ targets: [[PROMOTION_KEY, [layer({ ask: groupsAsk([2], [1]) })], { intent }]], ecwid: store });

    await one.work(switchOf([PROMOTION_KEY]));

    expect(calls.at(-1)).toBe(`writeTriggers ${PROMOTION} {"subtotal":20,"orders":7,"customerGroups":[0,1,5]}`);
    const told = await history(one, PROMOTION_KEY);
    expect(told).toMatchObject([
      { kind: "switched", before: GROUP_INTENT.told.before, after: GROUP_INTENT.told.after },
      { kind: "blocked", before: "groups 0, 2, 5", after: "groups 0, 1, 5" },
    ]);
  });
});
