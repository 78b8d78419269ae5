import { describe, expect, it } from "vitest";
import type { TargetState } from "../../../lib/application/ports/state-table.ts";
import { Token } from "../../../lib/application/ports/token-source.ts";
import { countAttempt, isDue, readAttempt } from "../../../lib/application/reconcile/begin-attempt.ts";
import { checkTargets } from "../../../lib/application/reconcile/check-targets.ts";
import { createEarlyRelease } from "../../../lib/application/reconcile/early-release.ts";
import { createLiveValues } from "../../../lib/application/reconcile/live-values.ts";
import type { StoreSession } from "../../../lib/application/reconcile/store-session.ts";
import type { TargetKey } from "../../../lib/domain/identifiers.ts";
import { DAY, HOUR, plus } from "../../../lib/domain/instant.ts";
import type { Layer } from "../../../lib/domain/layers/layer.ts";
import { at, groupsAsk, layer } from "../../support/layers.ts";
import { COUPON_KEY, NOW, oneMessage, PROMOTION_KEY } from "../../support/one-message.ts";
import { liveCoupon, livePromotion, type StoreScript, scriptedStore } from "../../support/scripted-store.ts";
import { COUPON, PROMOTION, STORE } from "../../support/world.ts";

describe("an attempt at a target", () => {
  async function begun(state: Partial<TargetState>, asOf = NOW, layers: readonly Layer[] = [layer()]) {
    const { world } = await oneMessage({ targets: [[COUPON_KEY, layers, state]] });
    return { world, attempt: await readAttempt(world.state, STORE, COUPON_KEY, asOf) };
  }

  it("is none at a key that names no target", async () => {
    const { world } = await begun({});

    expect(await readAttempt(world.state, STORE, "nonsense" as TargetKey, NOW)).toBeUndefined();
  });

  it.each([
    ["when it was due", { dueAt: plus(NOW, -HOUR) }, at("2026-11-27T12:30"), plus(NOW, -HOUR)],
    ["now, for a look that comes before it is due", { dueAt: plus(NOW, HOUR) }, NOW, NOW],
    ["now, for a look at what is not due", { dueAt: undefined }, NOW, NOW],
    ["when the failures began", { owedSince: plus(NOW, 1), dueAt: at("2026-11-27T11:00") }, at("2026-11-27T11:00"), plus(NOW, 1)],
    ["the last boundary since the failures began", { owedSince: plus(NOW, -DAY) }, at("2026-11-27T12:30"), at("2026-11-27T12:00")],
    ["the boundary that comes at this instant", { owedSince: plus(NOW, 1) }, at("2026-11-27T12:00"), at("2026-11-27T12:00")],
  ] satisfies readonly (readonly [string, Partial<TargetState>, number, number])[])(
    "is owed since %s",
    async (_since, state, asOf, owedSince) => {
      const { attempt } = await begun({ failuresInARow: 3, ...state }, asOf as typeof NOW);

      expect(attempt?.owedSince).toBe(owedSince);
      expect(attempt?.state.failuresInARow).toBe(owedSince === at("2026-11-27T12:00") ? 0 : 3);
    },
  );

  it("walks a thousand boundaries and no further", async () => {
    const daily = layer({ start: "2022-01-01T10:00", end: "2022-01-01T12:00", repeat: "FREQ=DAILY" });

    const { attempt } = await begun({ owedSince: at("2022-01-01T00:00") }, NOW, [daily]);

    expect(attempt?.owedSince).toBe(plus(at("2022-01-01T12:00"), 499 * DAY));
  });

  it("is counted before anything is tried", async () => {
    const { world, attempt } = await begun({ attemptsBegun: 1 });
    if (attempt === undefined) throw new TypeError("no attempt");

    const counted = await countAttempt(world.state, attempt);

    expect(counted).toMatchObject({ version: attempt.version + 1, state: { attemptsBegun: 2 } });
    expect((await world.state.readTarget(STORE, COUPON_KEY)).attemptsBegun).toBe(2);
    expect(await countAttempt(world.state, attempt)).toBeUndefined();
  });

  it.each([
    [NOW, true],
    [plus(NOW, -1), true],
    [plus(NOW, 1), false],
    [undefined, false],
  ])("is due or not: %s", (dueAt, expected) => {
    const due = isDue({ ledger: { cells: {}, yielded: {} }, attemptsBegun: 0, failuresInARow: 0, warnings: [], dueAt }, NOW);

    expect(due).toBe(expected);
  });
});

describe("looking at targets without deciding anything", () => {
  const AHEAD = at("2026-11-27T14:00");
  const CHECKED_AT = plus(NOW, -DAY);
  const GROUPS = layer({ start: "2026-11-27T14:00", end: "2026-11-27T16:00", ask: groupsAsk([2]) });
  const SALE = layer({ start: "2026-11-27T14:00", end: "2026-11-27T16:00" });
  const BEFORE = { dueAt: AHEAD, check: { checkedAt: CHECKED_AT, problems: [] }, label: "kept" };

  async function checked(script: StoreScript, enough: () => boolean = () => false, keys: readonly TargetKey[] = [PROMOTION_KEY]) {
    const { store, calls } = scriptedStore(script);
    const { world } = await oneMessage({
      targets: [
        [PROMOTION_KEY, [GROUPS], BEFORE],
        [COUPON_KEY, [SALE], BEFORE],
      ],
    });
    const session: StoreSession = {
      dependencies: world.reconciling,
      storeId: STORE,
      ecwid: store,
      token: { token: new Token("secret"), version: "v" },
      timeZone: "UTC",
      deadline: plus(NOW, HOUR),
      early: createEarlyRelease({ clock: world.clock, dispatcher: world.queue }, STORE),
      retryAt: () => NOW,
      isEnough: enough,
      isStopped: async () => false,
    };
    const values = createLiveValues(store, world.clock);
    return {
      calls,
      world,
      answer: await checkTargets(session, values, keys, NOW),
      known: (key: TargetKey) => world.state.readTarget(STORE, key),
    };
  }

  const EARLY = livePromotion(String(PROMOTION), [0, 1], { name: "Early" });

  it.each([
    ["that asks for no group that it does not hold", { promotions: [livePromotion(String(PROMOTION), [0, 2])] }, NOW, []],
    ["whose groups exist", { promotions: [EARLY], groups: [0, 1, 2] }, NOW, []],
    ["of whose groups one is missing", { promotions: [EARLY], groups: [0, 1] }, NOW, ["GROUP_MISSING"]],
    [
      "whose groups may not be listed",
      { promotions: [EARLY], groups: { kind: "scope-missing", message: "m" } },
      NOW,
      ["GROUPS_SCOPE_MISSING"],
    ],
    [
      "whose groups could not be listed just now",
      { promotions: [EARLY], groups: { kind: "outcome-unknown", message: "m" } },
      CHECKED_AT,
      [],
    ],
  ] satisfies readonly (readonly [string, StoreScript, number, readonly string[]])[])(
    "notes when a promotion was looked at, and what stands in its way: %s",
    async (_what, script, checkedAt, codes) => {
      const { answer, known, calls } = await checked(script);

      const { check, label, dueAt, version } = await known(PROMOTION_KEY);
      expect(answer).toEqual({ checked: [PROMOTION_KEY], refused: undefined });
      expect(check).toMatchObject({ checkedAt, seen: expect.stringMatching(/^groups 0/) });
      expect(check?.problems.map(({ code }) => code)).toEqual(codes);
      expect(label).toMatch(/^promotion /);
      expect([dueAt, version]).toEqual([AHEAD, 2]);
      expect(calls).toHaveLength("groups" in script ? 2 : 1);
    },
  );

  it("asks for no groups where no further call is to be made", async () => {
    let asked = 0;
    const isEnough = () => {
      asked += 1;
      return asked > 1;
    };

    const { calls, known } = await checked({ promotions: [EARLY] }, isEnough);

    expect(calls).toEqual(["listPromotions"]);
    expect((await known(PROMOTION_KEY)).check?.checkedAt).toBe(CHECKED_AT);
  });

  it("counts a coupon as looked at though no further call is to be made, for it has no groups", async () => {
    let asked = 0;
    const isEnough = () => {
      asked += 1;
      return asked > 1;
    };

    const { known } = await checked({ coupons: [liveCoupon(String(COUPON))] }, isEnough, [COUPON_KEY]);

    expect((await known(COUPON_KEY)).check?.checkedAt).toBe(NOW);
  });

  it("counts a promotion that nobody has looked at as not looked at, where its groups could not be listed", async () => {
    const { world } = await oneMessage({ targets: [[PROMOTION_KEY, [GROUPS], { dueAt: AHEAD }]] });
    const { store } = scriptedStore({ promotions: [EARLY], groups: { kind: "outcome-unknown", message: "m" } });
    const session = {
      dependencies: world.reconciling,
      storeId: STORE,
      ecwid: store,
      timeZone: "UTC",
      isEnough: () => false,
    } as unknown as StoreSession;

    await checkTargets(session, createLiveValues(store, world.clock), [PROMOTION_KEY], NOW);

    const { check } = await world.state.readTarget(STORE, PROMOTION_KEY);
    expect(check).toMatchObject({ problems: [], seen: "groups 0, 1" });
    expect(check?.checkedAt).toBeUndefined();
  });

  it("passes on a refusal of the groups that concerns the whole store", async () => {
    const groups = { kind: "token-rejected", message: "m" } as const;

    const { answer, known } = await checked({ promotions: [EARLY], groups });

    expect(answer).toEqual({ checked: [PROMOTION_KEY], refused: groups });
    expect((await known(PROMOTION_KEY)).check?.checkedAt).toBe(CHECKED_AT);
  });

  it("passes on a refusal of the first target, and asks for nothing more", async () => {
    const promotions = { kind: "token-rejected", message: "m" } as const;

    const { answer, calls, known } = await checked({ promotions, coupons: [liveCoupon(String(COUPON))] }, () => false, [
      PROMOTION_KEY,
      COUPON_KEY,
    ]);

    expect(answer).toEqual({ checked: [], refused: promotions });
    expect(calls).toEqual(["listPromotions"]);
    expect((await known(PROMOTION_KEY)).version).toBe(1);
  });

  it("asks for no groups once it was refused, though one is to be asked for", async () => {
    const coupons = { kind: "token-rejected", message: "m" } as const;

    const { answer, calls } = await checked({ promotions: [EARLY], coupons }, () => false, [PROMOTION_KEY, COUPON_KEY]);

    expect(answer).toEqual({ checked: [PROMOTION_KEY], refused: coupons });
    expect(calls).toEqual(["listPromotions", `readCoupon ${COUPON}`]);
  });

  it("notes of one that is gone why its windows cannot be, and keeps its name", async () => {
    const { answer, known } = await checked({ coupons: [] }, () => false, [COUPON_KEY]);

    const { check, label } = await known(COUPON_KEY);
    expect(answer.checked).toEqual([COUPON_KEY]);
    expect(check).toMatchObject({ checkedAt: NOW, problems: [{ code: "TARGET_MISSING", message: expect.stringMatching(/^kept: /) }] });
    expect(label).toBe("kept");
  });

  it("leaves one that could not be read for the next look, and one that there is not", async () => {
    const { answer, known } = await checked({ coupons: { kind: "outcome-unknown", message: "m" } }, () => false, [
      COUPON_KEY,
      "nonsense" as TargetKey,
    ]);

    expect(answer).toEqual({ checked: [], refused: undefined });
    expect((await known(COUPON_KEY)).version).toBe(1);
  });

  it("leaves one to the next look that somebody wrote to meanwhile", async () => {
    const { store } = scriptedStore({ coupons: [liveCoupon(String(COUPON))] });
    const readCoupon: typeof store.readCoupon = async (id) => {
      await world.state.makeDue(STORE, COUPON_KEY, NOW);
      return store.readCoupon(id);
    };
    const { world } = await oneMessage({ targets: [[COUPON_KEY, [SALE], BEFORE]] });
    const session = {
      dependencies: world.reconciling,
      storeId: STORE,
      ecwid: { ...store, readCoupon },
      timeZone: "UTC",
      isEnough: () => false,
    } as unknown as StoreSession;

    const answer = await checkTargets(session, createLiveValues(session.ecwid, world.clock), [COUPON_KEY], NOW);

    expect(answer.checked).toEqual([]);
  });
});
