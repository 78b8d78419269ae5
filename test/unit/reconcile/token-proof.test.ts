import { describe, expect, it } from "vitest";
import { areTokensDying, isProven, provingStore, recordRefusal, reservePlace } from "../../../lib/application/reconcile/token-proof.ts";
import type { EcwidFailure } from "../../../lib/domain/failures/ecwid-failure.ts";
import { couponId, promotionId } from "../../../lib/domain/identifiers.ts";
import { HOUR, type Instant, MINUTE, plus, SECOND } from "../../../lib/domain/instant.ts";
import { at } from "../../support/layers.ts";
import { liveCoupon, livePromotion, type StoreScript, scriptedStore } from "../../support/scripted-store.ts";
import { createWorld, STORE, type World } from "../../support/world.ts";

const NOW = at("2026-11-27T09:00");

function ago(milliseconds: number): Instant {
  return plus(NOW, -milliseconds);
}

function tried(world: World, ...dead: readonly Instant[]): Promise<boolean> {
  return world.state.writeSystem({ deadAnswers: dead }, 0);
}

async function deadAnswers(world: World): Promise<readonly Instant[]> {
  return (await world.state.readSystem()).deadAnswers;
}

function times<Value>(count: number, value: Value): Value[] {
  return Array.from({ length: count }, () => value);
}

describe("a token", () => {
  it.each([
    ["it was accepted within 25 hours", { tokenProvenAt: ago(25 * HOUR - 1) }, true],
    ["it was accepted 25 hours ago", { tokenProvenAt: ago(25 * HOUR) }, false],
    ["it was never accepted", {}, false],
    ["it was refused since", { tokenProvenAt: ago(1), deadToken: { secretVersion: "v", since: NOW } }, false],
  ])("counts as proven or not where %s", (_where, store, expected) => {
    const known = isProven({ pausedKinds: {}, ...store }, NOW);

    expect(known).toBe(expected);
  });

  it.each([
    ["five were refused within a minute", times(5, ago(MINUTE - 1)), true],
    ["four were refused within a minute", times(4, ago(1)), false],
    ["one of five was refused a minute ago", [ago(MINUTE), ...times(4, ago(1))], false],
    ["none was refused", undefined, false],
  ])("is one of many that die together, or not, where %s", (_where, refusals, expected) => {
    const dying = areTokensDying({ deadAnswers: [], refusals }, NOW);

    expect(dying).toBe(expected);
  });
});

describe("a place among the dead answers of a minute", () => {
  it("is there where nine are taken, and is then taken", async () => {
    const world = createWorld();
    await tried(world, ...times(9, ago(SECOND)));

    const place = await reservePlace(world.reconciling);

    expect(place).toBe(NOW);
    expect(await deadAnswers(world)).toEqual([...times(9, ago(SECOND)), NOW]);
  });

  it("is there once a minute has passed, and forgets what is older", async () => {
    const world = createWorld();
    await tried(world, ...times(10, ago(MINUTE)));

    const place = await reservePlace(world.reconciling);

    expect(place).toBe(NOW);
    expect(await deadAnswers(world)).toEqual([NOW]);
  });

  it("is taken from nobody who was faster", async () => {
    const world = createWorld();
    const { writeSystem } = world.state;
    let isFirst = true;
    world.state.writeSystem = async (system, version) => {
      if (isFirst) {
        isFirst = false;
        await writeSystem({ ...system, deadAnswers: [ago(5)] }, version);
      }
      return writeSystem(system, version);
    };

    await reservePlace(world.reconciling);

    expect(await deadAnswers(world)).toEqual([ago(5), NOW]);
  });

  it.each([
    ["a fifth of a second and", 0, 200],
    ["six tenths of a second and", 0.5, 600],
    ["nearly a second and", 0.99, 992],
  ])("is asked for again after %s not four seconds", async (_after, chance, step) => {
    const world = createWorld({ chance: () => chance });
    await tried(world, ...times(10, ago(SECOND)));
    const { readSystem } = world.state;
    const asked: number[] = [];
    world.state.readSystem = () => {
      asked.push(world.clock.now() - NOW);
      return readSystem();
    };

    const reserving = reservePlace(world.reconciling);
    await world.clock.advanceBy(10 * SECOND);

    expect(await reserving).toBeUndefined();
    expect(asked[1]).toBeCloseTo(step, 6);
    expect(asked.at(-1)).toBeLessThanOrEqual(4 * SECOND);
    expect(asked.at(-1)).toBeGreaterThan(4 * SECOND - step - 1);
  });

  it("is waited for to the end of four seconds, and not beyond", async () => {
    const world = createWorld({ chance: () => 0.25 });
    await tried(world, ...times(10, ago(SECOND)));
    const { readSystem } = world.state;
    let asked = 0;
    world.state.readSystem = () => {
      asked += 1;
      return readSystem();
    };

    const reserving = reservePlace(world.reconciling);
    await world.clock.advanceBy(10 * SECOND);
    await reserving;

    expect(asked).toBe(11);
  });

  it("is given to who waits, as soon as one becomes free", async () => {
    const world = createWorld();
    await tried(world, ...times(10, ago(MINUTE - SECOND)));

    const reserving = reservePlace(world.reconciling);
    await world.clock.advanceBy(2 * SECOND);

    expect(await reserving).toBe(plus(NOW, 1_200));
  });
});

describe("a refused token", () => {
  it("is counted once more where it had no place, and always as refused", async () => {
    const world = createWorld();
    await tried(world, ago(5));

    await recordRefusal(world.reconciling, ago(5));
    await recordRefusal(world.reconciling, undefined);

    expect(await world.state.readSystem()).toMatchObject({ deadAnswers: [ago(5), NOW], refusals: [NOW, NOW] });
  });

  it("is counted once more where it had given its place back", async () => {
    const world = createWorld();
    await tried(world, ago(5));

    await recordRefusal(world.reconciling, ago(3));

    expect(await deadAnswers(world)).toEqual([ago(5), NOW]);
  });

  it("is remembered among the last twenty", async () => {
    const world = createWorld();
    const known = Array.from({ length: 20 }, (_each, index) => ago(20 - index));
    await world.state.writeSystem({ deadAnswers: known, refusals: known }, 0);

    await recordRefusal(world.reconciling, undefined);

    const latest = [...known.slice(1), NOW];
    expect(await world.state.readSystem()).toMatchObject({ deadAnswers: latest, refusals: latest });
  });

  it("is counted although somebody else writes at the same time", async () => {
    const world = createWorld();

    await Promise.all([recordRefusal(world.reconciling, undefined), recordRefusal(world.reconciling, undefined)]);

    expect(await deadAnswers(world)).toEqual([NOW, NOW]);
  });
});

describe("a store that is called on a place", () => {
  const SCRIPT: StoreScript = {
    coupons: [liveCoupon("1")],
    promotions: [livePromotion("1")],
    groups: [0],
    profile: { timeZone: "UTC" },
  };

  async function proving(script: StoreScript, provenAt?: Instant) {
    const world = createWorld();
    await tried(world, ago(5), ago(3), ago(1));
    if (provenAt !== undefined) await world.state.writeStore(STORE, { pausedKinds: {}, tokenProvenAt: provenAt }, 0);
    const { store, calls } = scriptedStore(script);
    return { world, calls, ...provingStore(world.reconciling, STORE, store, { reservedAt: ago(3), unheard: 0 }) };
  }

  it.each([
    ["readCoupon 1", (store: Awaited<ReturnType<typeof proving>>["store"]) => store.readCoupon(couponId("1"))],
    ["listCoupons", (store) => store.listCoupons()],
    ["listPromotions", (store) => store.listPromotions()],
    ["writeApplicationLimit 1 UNLIMITED", (store) => store.writeApplicationLimit(couponId("1"), "UNLIMITED")],
    ['writeTriggers 1 {"subtotal":5}', (store) => store.writeTriggers(promotionId("1"), { subtotal: 5 })],
    ["readProfile", (store) => store.readProfile()],
    ["listCustomerGroups", (store) => store.listCustomerGroups()],
  ] satisfies readonly (readonly [string, (store: Awaited<ReturnType<typeof proving>>["store"]) => Promise<unknown>])[])(
    "proves its token by %s, and gives the place back",
    async (call, make) => {
      const { world, calls, store } = await proving(SCRIPT);

      const reply = await make(store);

      expect(calls).toEqual([call]);
      expect(reply).toMatchObject({ ok: true });
      expect((await world.state.readStore(STORE)).tokenProvenAt).toBe(NOW);
      expect(await deadAnswers(world)).toEqual([ago(5), ago(1)]);
    },
  );

  const message = "said so";
  it.each([
    [{ kind: "scope-missing", message }, true],
    [{ kind: "feature-unavailable", code: "X", message }, true],
    [{ kind: "store-paused", code: "X", message }, true],
    [{ kind: "refused", code: "X", message }, false],
    [{ kind: "target-missing", message }, false],
    [{ kind: "conflict", code: "X", message }, true],
    [{ kind: "read-only", message }, true],
    [{ kind: "token-rejected", message }, false],
    [{ kind: "outcome-unknown", message }, false],
    [{ kind: "rate-limited", retryAfterMs: 5 }, false],
    [{ kind: "unreadable-reply", message }, false],
  ] satisfies readonly (readonly [EcwidFailure, boolean])[])(
    "learns from the failure %o whether Ecwid knows the token: %s",
    async (profile, isKnown) => {
      const { world, store } = await proving({ profile });

      const reply = await store.readProfile();

      expect(reply).toEqual({ ok: false, failure: profile });
      expect(await deadAnswers(world)).toHaveLength(isKnown ? 2 : 3);
      expect((await world.state.readStore(STORE)).tokenProvenAt).toBe(isKnown ? NOW : undefined);
    },
  );

  it("gives its place back once, however much it is called", async () => {
    const { world, store } = await proving(SCRIPT);
    await store.readProfile();
    await tried(world, ago(3));
    const { version } = await world.state.readSystem();
    await world.state.writeSystem({ deadAnswers: [ago(3)] }, version);

    await store.listCoupons();

    expect(await deadAnswers(world)).toEqual([ago(3)]);
  });

  it("gives back a place that was not needed, and none that was", async () => {
    const unused = await proving(SCRIPT);
    const refused = await proving({ profile: { kind: "token-rejected", message } });
    await refused.store.readProfile();

    await unused.giveBackUnused();
    await refused.giveBackUnused();

    expect(await deadAnswers(unused.world)).toEqual([ago(5), ago(1)]);
    expect(await deadAnswers(refused.world)).toEqual([ago(5), ago(3), ago(1)]);
  });

  it("gives nothing back where its place is forgotten already", async () => {
    const { world, giveBackUnused } = await proving(SCRIPT);
    const { version } = await world.state.readSystem();
    await world.state.writeSystem({ deadAnswers: [ago(5)] }, version);

    await giveBackUnused();

    expect(await world.state.readSystem()).toEqual({ deadAnswers: [ago(5)], version: version + 1 });
  });

  it("gives its place back although somebody else writes at the same time", async () => {
    const { world, store } = await proving(SCRIPT);

    await Promise.all([store.readProfile(), recordRefusal(world.reconciling, undefined)]);

    expect(await deadAnswers(world)).toEqual([ago(5), ago(1), NOW]);
  });

  it.each([
    ["an hour old, again", ago(HOUR), NOW],
    ["younger, not", ago(HOUR - 1), ago(HOUR - 1)],
  ])("writes down the proof that is %s", async (_how, provenAt, expected) => {
    const { world, store } = await proving(SCRIPT, provenAt);

    await store.readProfile();

    expect((await world.state.readStore(STORE)).tokenProvenAt).toBe(expected);
  });

  it("writes down its proof although somebody else writes at the same time", async () => {
    const { world, store } = await proving(SCRIPT);
    const { writeStore } = world.state;
    let isFirst = true;
    world.state.writeStore = async (id, state, version) => {
      if (isFirst) {
        isFirst = false;
        await writeStore(id, { pausedKinds: {}, timeZone: "Europe/Paris" }, version);
      }
      return writeStore(id, state, version);
    };

    await store.readProfile();

    expect(await world.state.readStore(STORE)).toMatchObject({ timeZone: "Europe/Paris", tokenProvenAt: NOW });
  });
});
