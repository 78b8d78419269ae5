import { describe, expect, it } from "vitest";
import { compileCampaign } from "../../lib/application/compile/compile-campaign.ts";
import { SECOND } from "../../lib/domain/instant.ts";
import { COUPON, createWorld, PROMOTION, STORE, sale, TOKEN, type World } from "../support/world.ts";

const FAR = { start: "2026-12-24T10:00", end: "2026-12-24T12:00" };
const GET_COUPON = `GET /discount_coupons/${COUPON}`;

/** @returns a world whose store has been looked at today, so that nothing but the check itself is asked of it. */
async function knownWorld(): Promise<World> {
  const world = createWorld();
  await world.put(sale({ campaignId: "first", start: "2027-06-01T10:00", end: "2027-06-01T12:00" }));
  world.calls();
  return world;
}

async function warnings(world: World, campaignId = "sale"): Promise<unknown> {
  return (await world.status(campaignId))["warnings"];
}

describe("a campaign that is saved long before its window", () => {
  it("is warned within seconds of a coupon that expires before, by one call", async () => {
    const world = await knownWorld();
    world.ecwid.edit.coupon(STORE, COUPON, { expirationDate: "2026-12-01 00:00:00 +0000" });

    await world.put(sale(FAR));

    expect(world.calls()).toEqual([GET_COUPON]);
    expect(await warnings(world)).toEqual([
      "coupon WELCOME10 expires in Ecwid on 2026-12-01 00:00:00 UTC: the window from 2026-12-24 10:00:00 to 2026-12-24 12:00:00 UTC changes nothing for customers",
    ]);
    expect(await warnings(world, "first")).toEqual([expect.stringContaining("expires in Ecwid")]);
  });

  it("is not looked at again until its window is near", async () => {
    const world = await knownWorld();
    await world.put(sale(FAR));
    world.calls();

    await world.runTo("2026-11-27T12:00:00Z");
    await world.sweep();

    expect(world.calls()).toEqual([]);
  });

  it("is not looked at when the text is saved that is there", async () => {
    const world = await knownWorld();
    await world.put(sale(FAR));
    world.calls();

    await world.put(sale(FAR));

    expect(world.calls()).toEqual([]);
  });

  it("is told of a coupon, a promotion and a group that do not exist, and of a disabled promotion", async () => {
    const world = await knownWorld();
    world.ecwid.edit.promotion(STORE, PROMOTION, { enabled: false });
    const coupons = [{ couponId: 99, applicationLimit: "UNLIMITED" }];
    const promotions = [
      { promotionId: PROMOTION, addGroups: [2, 77] },
      { promotionId: 98, addGroups: [2] },
    ];

    await world.put(sale({ ...FAR, coupons, promotions }));

    expect(world.calls()).toEqual(["GET /discount_coupons/99", "GET /promotions", "GET /customer_groups"]);
    expect(await warnings(world)).toEqual(
      [
        expect.stringMatching(/^coupon 99: the store has none with this number: .*; the window from 2026-12-24 10:00:00 .* needs it$/),
        expect.stringContaining("promotion Early access is disabled in Ecwid"),
        expect.stringContaining("promotion Early access: customer group 77 does not exist in the store"),
        expect.stringMatching(/^promotion 98: the store has none with this number/),
      ].toSorted(() => 0),
    );
  });

  it("blocks nothing and puts nothing off by what a check finds", async () => {
    const world = await knownWorld();
    await world.put(sale({ ...FAR, coupons: [{ couponId: 99, applicationLimit: "UNLIMITED" }] }));

    const [target] = (await world.state.targetsOf(STORE)).filter(({ target: key }) => key === "coupon#99");

    expect(target).toMatchObject({ block: undefined, failuresInARow: 0, attemptsBegun: 0, dueAt: Date.UTC(2026, 11, 24, 10) });
  });

  it("is told of a right that its token lacks, and the switch is tried all the same once it has it", async () => {
    const world = await knownWorld();
    const rights = ["read_store_profile", "read_promotion", "update_promotion", "read_customers"];
    world.ecwid.edit.tokens(STORE, [{ token: TOKEN, scopes: rights, dead: false }]);
    const near = { start: "2026-11-27T10:00", end: "2026-11-27T12:00" };
    await world.put(sale({ ...near, coupons: [1, 2, 3].map((id) => ({ couponId: id + COUPON, applicationLimit: "UNLIMITED" })) }));
    await world.put(sale({ ...near, campaignId: "other" }));
    expect(world.calls()).toHaveLength(2);
    expect(await warnings(world)).toEqual([expect.stringContaining("lacks a right it needs")]);
    const coupons = ["read_discount_coupons", "update_discount_coupons"];
    world.ecwid.edit.tokens(STORE, [{ token: TOKEN, scopes: [...rights, ...coupons], dead: false }]);

    await world.runTo("2026-11-27T10:05:00Z");

    expect(world.limit()).toBe("UNLIMITED");
    expect(await warnings(world, "other")).toEqual([]);
  });

  it("is told that its groups could not be checked where the token may not read them", async () => {
    const world = await knownWorld();
    const rights = ["read_store_profile", "read_promotion", "update_promotion"];
    world.ecwid.edit.tokens(STORE, [{ token: TOKEN, scopes: rights, dead: false }]);

    await world.put(sale({ ...FAR, coupons: [], promotions: [{ promotionId: PROMOTION, addGroups: [2] }] }));

    expect(await warnings(world)).toEqual([
      expect.stringMatching(/^whether the customer groups that the window .* asks for exist could not/),
    ]);
  });

  it("reads many coupons by one list, and forty campaigns saved at once by one look", async () => {
    const world = await knownWorld();
    const ids = Array.from({ length: 40 }, (_each, index) => 7_000 + index);
    for (const id of ids) world.ecwid.edit.addCoupon(STORE, { id, code: `C${id}`, status: id % 2 === 0 ? "PAUSED" : "ACTIVE" });
    await world.clock.advanceBy(SECOND);

    for (const id of ids) {
      const record = sale({ ...FAR, campaignId: `c${id}`, coupons: [{ couponId: id, applicationLimit: "UNLIMITED" }] });
      await world.campaigns.put(record);
      await compileCampaign(world.compiling, record);
    }
    await world.settle();

    expect(world.calls()).toEqual(["GET /discount_coupons"]);
    expect(await warnings(world, "c7000")).toEqual([expect.stringContaining("coupon C7000 is paused")]);
    expect(await warnings(world, "c7001")).toEqual([]);
  });

  it("is told that something could not be looked at, and that is not asked again every hour", async () => {
    const world = createWorld({ settings: { promotionPaging: false } });
    for (let id = 1; id <= 120; id += 1) world.ecwid.edit.addPromotion(STORE, { id, triggers: { customerGroups: [0] } });
    await world.put(sale({ ...FAR, coupons: [], promotions: [{ promotionId: 120, addGroups: [2] }] }));
    world.calls();

    await world.sweep();

    expect(await warnings(world)).toEqual([
      expect.stringMatching(/^promotion 120 could not be looked at, so the window .* was not checked/),
    ]);
    expect(world.calls()).toEqual([]);
  });

  it("is looked at once where many are saved before the store's zone is known", async () => {
    const world = createWorld();
    for (const id of [1, 2, 3]) {
      const coupon = { couponId: id, applicationLimit: "UNLIMITED" };
      world.ecwid.edit.addCoupon(STORE, { id, status: "PAUSED" });
      await world.campaigns.put(sale({ ...FAR, campaignId: `c${id}`, coupons: [coupon] }));
      await compileCampaign(world.compiling, { storeId: STORE, campaignId: `c${id}` });
    }
    await world.campaigns.put(sale({ ...FAR, campaignId: "c4", enabled: false }));
    await compileCampaign(world.compiling, { storeId: STORE, campaignId: "c4" });

    await world.clock.advanceBy(SECOND);
    await world.settle();

    expect(world.calls()).toEqual(["GET /profile", ...[1, 2, 3].map((id) => `GET /discount_coupons/${id}`)]);
    expect(await warnings(world, "c3")).toEqual([expect.stringContaining("is paused")]);
  });

  it("makes way for a switch that is near, and is looked at by the next sweep", async () => {
    const world = createWorld({ now: "2026-11-27T09:58:00Z" });
    await world.put(sale());
    world.ecwid.edit.addCoupon(STORE, { id: 5, code: "FIVE", status: "PAUSED" });
    await world.runTo("2026-11-27T09:59:30Z");
    world.calls();
    await world.put(sale({ ...FAR, campaignId: "far", coupons: [{ couponId: 5, applicationLimit: "UNLIMITED" }] }));
    expect(world.calls()).toEqual([]);
    await world.runTo("2026-11-27T10:30:00Z");

    await world.sweep();

    expect(await warnings(world, "far")).toEqual([expect.stringContaining("coupon FIVE is paused")]);
  });

  it("is looked at by the next sweep where Ecwid failed", async () => {
    const world = await knownWorld();
    world.ecwid.edit.coupon(STORE, COUPON, { status: "PAUSED" });
    world.ecwid.setFaults(() => ({ kind: "status", status: 500, when: "before" }));
    await world.put(sale(FAR));
    expect(await warnings(world)).toEqual([]);
    world.ecwid.setFaults(() => undefined);

    await world.sweep();

    expect(await warnings(world)).toEqual([expect.stringContaining("is paused in Ecwid")]);
  });

  it("is told that its store has no token, until there is one", async () => {
    const world = createWorld();
    world.secrets.delete(STORE);
    await world.put(sale(FAR));
    expect(await warnings(world)).toEqual([expect.stringContaining("1003")]);
    expect(world.calls()).toEqual([]);
    world.secrets.set(STORE, { token: TOKEN });

    await world.sweep();
    await world.clock.advanceBy(10 * SECOND);
    await world.settle();

    expect(await warnings(world)).toEqual([]);
  });
});

describe("a warning of a check", () => {
  it("goes with its cause: at the next look, and with the campaign's own text", async () => {
    const world = await knownWorld();
    world.ecwid.edit.coupon(STORE, COUPON, { status: "PAUSED" });
    await world.put(sale(FAR));
    expect(await warnings(world)).toHaveLength(1);

    await world.put(sale({ ...FAR, enabled: false }));
    expect(await warnings(world)).toEqual([]);
    await world.put(sale(FAR));
    expect(await warnings(world)).toHaveLength(1);
    world.ecwid.edit.coupon(STORE, COUPON, { status: "ACTIVE" });
    await world.skipTo("2026-11-28T10:00:00Z");
    await world.sweep();

    expect(await warnings(world)).toEqual([]);
  });

  it("is over with its window", async () => {
    const world = await knownWorld();
    world.ecwid.edit.coupon(STORE, COUPON, { expirationDate: "2026-11-27 11:30:00 +0000" });
    await world.put(sale());
    await world.runTo("2026-11-27T11:00:00Z");
    expect(await warnings(world)).toEqual([expect.stringContaining("changes nothing for customers after that")]);

    await world.runTo("2026-11-27T12:01:00Z");

    expect(await warnings(world)).toEqual([]);
    expect((await world.status("sale"))["state"]).toBe("ENDED");
  });
});

describe("a target that is put off", () => {
  it("is told of to those who are on, to come, or still hold it, not to campaigns that are over", async () => {
    const world = createWorld();
    await world.put(sale({ campaignId: "over", start: "2026-11-27T09:10", end: "2026-11-27T09:20" }));
    await world.put(sale());
    await world.put(sale({ campaignId: "later", start: "2026-11-28T10:00", end: "2026-11-28T12:00" }));
    await world.runTo("2026-11-27T09:55:00Z");
    world.ecwid.setFaults(() => ({ kind: "status", status: 500, when: "before" }));

    await world.runTo("2026-11-27T10:00:10Z");

    expect(await warnings(world, "over")).toEqual([]);
    expect(await warnings(world)).toEqual([expect.stringContaining("Ecwid gave no clear answer")]);
    expect(await warnings(world, "later")).toEqual([expect.stringContaining("Ecwid gave no clear answer")]);
  });

  it("is told of to the campaign that is over and could not put back what it holds", async () => {
    const world = createWorld();
    await world.put(sale());
    await world.runTo("2026-11-27T11:55:00Z");
    world.ecwid.setFaults(() => ({ kind: "status", status: 500, when: "before" }));

    await world.runTo("2026-11-27T12:00:10Z");

    expect(await world.status("sale")).toMatchObject({ state: "ENDED", warnings: [expect.stringContaining("Ecwid gave no clear answer")] });
  });
});
