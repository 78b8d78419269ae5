import { describe, expect, it } from "vitest";
import { MINUTE, plus } from "../../lib/domain/instant.ts";
import { COUPON, createWorld, instantOf, PROMOTION, STORE, sale, TOKEN, type World } from "../support/world.ts";

const FAR = { start: "2026-12-10T10:00", end: "2026-12-10T12:00" };
const GET_COUPON = `GET /discount_coupons/${COUPON}`;

async function savedWorld(changes: Parameters<typeof sale>[0] = {}): Promise<World> {
  const world = createWorld();
  await world.put(sale({ ...FAR, ...changes }));
  return world;
}

async function warnings(world: World, campaignId = "sale"): Promise<unknown> {
  return (await world.status(campaignId))["warnings"];
}

function notices(world: World) {
  return world.events.filter((event) => event.kind === "pre-flight-found");
}

/** Nobody is there, then a sweep comes at an instant. */
async function sweepAt(world: World, utc: string): Promise<readonly string[]> {
  await world.skipTo(utc);
  world.calls();
  await world.sweep();
  return world.calls();
}

describe("the pre-flight checks", () => {
  it("look at a target a day before its window and again in the second hour before it, and at no other sweep", async () => {
    const world = await savedWorld();
    await sweepAt(world, "2026-12-09T09:30:00Z");

    const looks: string[] = [];
    for (let at = instantOf("2026-12-09T09:40:00Z"); at < instantOf("2026-12-10T10:00:00Z"); at = plus(at, 60 * MINUTE)) {
      const utc = new Date(at).toISOString();
      if ((await sweepAt(world, utc)).includes(GET_COUPON)) looks.push(utc.slice(0, 16));
    }

    expect(looks).toEqual(["2026-12-09T10:40", "2026-12-10T08:40"]);
  });

  it("prove the token within a day before it is needed", async () => {
    const world = await savedWorld();

    await sweepAt(world, "2026-12-09T10:30:00Z");

    expect((await world.state.readStore(STORE)).tokenProvenAt).toBeGreaterThanOrEqual(instantOf("2026-12-09T10:30:00Z"));
  });

  it("are made good by the next sweep where sweeps were lost", async () => {
    const world = await savedWorld();
    await sweepAt(world, "2026-12-09T09:50:00Z");
    world.ecwid.edit.coupon(STORE, COUPON, { status: "USEDUP" });

    const calls = await sweepAt(world, "2026-12-10T09:17:00Z");

    expect(calls).toEqual(["GET /profile", GET_COUPON]);
    expect(await warnings(world)).toEqual([expect.stringContaining("is used up in Ecwid")]);
  });

  it("find that what was wrong has been mended, and take the warning back", async () => {
    const world = createWorld();
    world.ecwid.edit.coupon(STORE, COUPON, { expirationDate: "2026-12-01 00:00:00 +0000" });
    await world.put(sale(FAR));
    expect(await warnings(world)).toHaveLength(1);
    world.ecwid.edit.coupon(STORE, COUPON, { expirationDate: "2027-01-01 00:00:00 +0000" });

    await sweepAt(world, "2026-12-09T10:30:00Z");

    expect(await warnings(world)).toEqual([]);
    expect(notices(world)).toEqual([]);
  });

  it("of a dead token cost one call, and give one warning and one notice; a new token takes both back", async () => {
    const world = await savedWorld();
    await sweepAt(world, "2026-12-09T09:30:00Z");
    world.ecwid.edit.revokeTokens(STORE);

    const calls = await sweepAt(world, "2026-12-09T14:00:00Z");
    for (const hour of ["15", "16", "17"]) expect(await sweepAt(world, `2026-12-09T${hour}:00:00Z`)).toEqual([]);

    expect(calls).toEqual(["GET /profile"]);
    expect(await warnings(world)).toEqual(["Ecwid refused the store's token; put a working one into its secret"]);
    expect(notices(world)).toMatchObject([
      { storeId: STORE, count: 1, problems: [{ campaignId: "sale", startsAt: instantOf("2026-12-10T10:00:00Z") }] },
    ]);
    expect((await world.state.targetsOf(STORE))[0]).toMatchObject({ dueAt: instantOf("2026-12-10T10:00:00Z") });

    world.ecwid.edit.tokens(STORE, [
      { token: "secret_new", scopes: ["read_store_profile", "read_discount_coupons", "update_discount_coupons"], dead: false },
    ]);
    world.secrets.set(STORE, { token: "secret_new" });
    await world.runTo("2026-12-09T18:10:00Z");
    await world.sweep();
    expect(await warnings(world)).toEqual([]);
    expect((await world.state.readStore(STORE)).noticed).toBeUndefined();
  });

  it("of a dead token do not keep the switch from a token that is put without anybody looking", async () => {
    const world = await savedWorld();
    world.ecwid.edit.revokeTokens(STORE);
    await sweepAt(world, "2026-12-09T14:00:00Z");
    world.ecwid.edit.tokens(STORE, [
      { token: "secret_new", scopes: ["read_store_profile", "read_discount_coupons", "update_discount_coupons"], dead: false },
    ]);
    world.secrets.set(STORE, { token: "secret_new" });
    await world.skipTo("2026-12-10T09:59:00Z");

    await world.runTo("2026-12-10T10:00:30Z");

    expect(world.limit()).toBe("UNLIMITED");
  });

  it("of a suspended store give one warning and one notice, for as long as it is suspended", async () => {
    const world = await savedWorld();
    world.ecwid.edit.store(STORE, { suspended: true });

    await sweepAt(world, "2026-12-09T14:00:00Z");
    await sweepAt(world, "2026-12-09T15:00:00Z");

    expect(await warnings(world)).toEqual([expect.stringContaining("Ecwid does not serve this store")]);
    expect(notices(world)).toHaveLength(1);
    world.ecwid.edit.store(STORE, { suspended: false });
    await sweepAt(world, "2026-12-09T16:00:00Z");
    expect(await warnings(world)).toEqual([]);
  });

  it("find a plan that lacks promotions, or customer groups", async () => {
    const promotions = [{ promotionId: PROMOTION, addGroups: [2] }];
    const world = await savedWorld({ coupons: [], promotions });
    world.ecwid.edit.store(STORE, { missingFeatures: ["CUSTOMER_GROUPS"] });
    await sweepAt(world, "2026-12-09T14:00:00Z");
    expect(await warnings(world)).toEqual([expect.stringContaining("the store's plan lacks this feature")]);

    world.ecwid.edit.store(STORE, { missingFeatures: ["ADVANCED_DISCOUNTS"] });
    await sweepAt(world, "2026-12-10T08:30:00Z");

    expect(await warnings(world)).toEqual([expect.stringMatching(/^the store's plan lacks this feature .*: until then the window/)]);
    expect(notices(world)).toHaveLength(2);
  });

  it("find a group and a promotion that were deleted meanwhile, and blame nobody else", async () => {
    const promotions = [{ promotionId: PROMOTION, addGroups: [2, 3] }];
    const world = await savedWorld({ coupons: [], promotions });
    await world.put(sale({ ...FAR, campaignId: "fine", coupons: [], promotions: [{ promotionId: PROMOTION, addGroups: [3] }] }));
    expect(await warnings(world)).toEqual([]);
    world.ecwid.edit.deleteGroup(STORE, 2);
    await sweepAt(world, "2026-12-09T14:00:00Z");
    expect(await warnings(world)).toEqual([expect.stringContaining("customer group 2 does not exist")]);
    expect(await warnings(world, "fine")).toEqual([]);

    world.ecwid.edit.removePromotion(STORE, PROMOTION);
    await sweepAt(world, "2026-12-10T08:30:00Z");

    expect(await warnings(world)).toEqual([
      expect.stringMatching(/^promotion Early access \(608502\): the store has none with this number/),
    ]);
    expect(notices(world)).toHaveLength(2);
  });

  it("tell of forty campaigns in one notice, and of none of it twice", async () => {
    const world = createWorld();
    const ids = Array.from({ length: 40 }, (_each, index) => 7_000 + index);
    for (const id of ids) {
      world.ecwid.edit.addCoupon(STORE, { id, code: `C${id}` });
      await world.put(sale({ ...FAR, campaignId: `c${id}`, coupons: [{ couponId: id, applicationLimit: "UNLIMITED" }] }));
    }
    await sweepAt(world, "2026-12-09T09:30:00Z");
    for (const id of ids) world.ecwid.edit.coupon(STORE, id, { status: "PAUSED" });

    const calls = await sweepAt(world, "2026-12-09T10:30:00Z");
    for (const hour of ["11", "12", "13"]) await sweepAt(world, `2026-12-09T${hour}:30:00Z`);

    expect(calls).toEqual(["GET /profile", "GET /discount_coupons"]);
    expect(notices(world)).toMatchObject([
      {
        count: 40,
        problems: expect.arrayContaining([
          {
            campaignId: "c7039",
            label: "coupon C7039 (7039)",
            message: expect.stringContaining("is paused"),
            startsAt: instantOf("2026-12-10T10:00:00Z"),
          },
        ]),
      },
    ]);
  });

  it("tell again of another set, and of one that comes back", async () => {
    const world = createWorld();
    world.ecwid.edit.addCoupon(STORE, { id: 5, code: "FIVE" });
    const coupons = [COUPON, 5].map((couponId) => ({ couponId, applicationLimit: "UNLIMITED" }));
    await world.put(sale({ start: "2026-11-28T10:00", end: "2026-11-28T12:00", repeat: "FREQ=DAILY;COUNT=10", coupons }));
    const pause = (id: number, status: string) => world.ecwid.edit.coupon(STORE, id, { status });

    pause(COUPON, "PAUSED");
    await sweepAt(world, "2026-11-27T10:30:00Z");
    pause(5, "PAUSED");
    await sweepAt(world, "2026-11-28T08:30:00Z");
    pause(COUPON, "ACTIVE");
    pause(5, "ACTIVE");
    await world.runTo("2026-11-28T12:30:00Z");
    await world.sweep();
    pause(COUPON, "PAUSED");
    pause(5, "PAUSED");
    await sweepAt(world, "2026-11-29T08:30:00Z");

    expect(notices(world).map(({ count }) => count)).toEqual([1, 2, 2]);
  });

  it("tell once, not every day, of what stays wrong with daily windows, and ask at most once an hour", async () => {
    const world = createWorld();
    world.ecwid.edit.promotion(STORE, PROMOTION, { enabled: false });
    const promotions = [{ promotionId: PROMOTION, addGroups: [2] }];
    await world.put(sale({ start: "2026-11-28T10:00", end: "2026-11-28T12:00", repeat: "FREQ=DAILY;COUNT=5", coupons: [], promotions }));
    world.calls();

    const mostAnHour: number[] = [];
    for (let at = instantOf("2026-11-27T10:30:00Z"); at < instantOf("2026-11-30T13:00:00Z"); at = plus(at, 60 * MINUTE)) {
      await world.runTo(new Date(at).toISOString());
      world.calls();
      await world.sweep();
      mostAnHour.push(world.calls().length);
    }

    expect(notices(world)).toHaveLength(1);
    expect(Math.max(...mostAnHour)).toBeLessThanOrEqual(3);
    expect(await warnings(world)).toEqual([
      expect.stringContaining("promotion Early access is disabled in Ecwid: as long as it is, the window from 2026-12-01 10:00:00"),
    ]);
  });

  it("keep to twenty requests, with a store's worth of everything", async () => {
    const world = createWorld();
    const ids = Array.from({ length: 210 }, (_each, index) => 7_000 + index);
    for (const id of ids) {
      world.ecwid.edit.addCoupon(STORE, { id, code: `C${id}` });
      world.ecwid.edit.addPromotion(STORE, { id, name: `P${id}`, triggers: { customerGroups: [0] } });
    }
    const coupons = ids.map((couponId) => ({ couponId, applicationLimit: "UNLIMITED" }));
    const promotions = ids.slice(0, 90).map((promotionId) => ({ promotionId, addGroups: [2, 77] }));
    await world.put(sale({ ...FAR, coupons, promotions }));

    const calls = await sweepAt(world, "2026-12-09T10:30:00Z");

    expect(calls.length).toBeLessThanOrEqual(20);
    expect((await warnings(world)) as string[]).toHaveLength(90);
  });

  it("hold for a token that may read but was never asked to write", async () => {
    const world = createWorld();
    world.ecwid.edit.tokens(STORE, [{ token: TOKEN, scopes: ["read_store_profile", "read_discount_coupons"], dead: false }]);
    await world.put(sale(FAR));

    await sweepAt(world, "2026-12-09T10:30:00Z");

    expect(await warnings(world)).toEqual([]);
  });
});
