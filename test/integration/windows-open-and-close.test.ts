import { describe, expect, it } from "vitest";
import { promotionId, targetKey } from "../../lib/domain/identifiers.ts";
import { COUPON, createWorld, instantOf, PROMOTION, STORE, sale } from "../support/world.ts";

describe("a campaign's window", () => {
  it("opens a coupon at its start and gives the base back at its end, to the instant", async () => {
    const world = createWorld();
    await world.put(sale());

    await world.runTo("2026-11-27T09:59:59.999Z");
    expect(world.limit()).toBe("NEW_CUSTOMER_ONLY");
    await world.runTo("2026-11-27T10:00:00Z");
    expect(world.limit()).toBe("UNLIMITED");
    await world.runTo("2026-11-27T11:59:59.999Z");
    expect(world.limit()).toBe("UNLIMITED");
    await world.runTo("2026-11-27T12:00:00Z");
    expect(world.limit()).toBe("NEW_CUSTOMER_ONLY");

    const switched = world.events.filter((event) => event.kind === "switched");
    expect(switched).toMatchObject([
      { before: "NEW_CUSTOMER_ONLY", after: "UNLIMITED", latenessMs: 0, dueAt: instantOf("2026-11-27T10:00:00Z") },
      { before: "UNLIMITED", after: "NEW_CUSTOMER_ONLY", latenessMs: 0, dueAt: instantOf("2026-11-27T12:00:00Z") },
    ]);
  });

  it("gives back the third value where that was the base", async () => {
    const world = createWorld();
    world.ecwid.edit.coupon(STORE, COUPON, { applicationLimit: "REPEAT_CUSTOMER_ONLY" });
    await world.put(sale());

    await world.runTo("2026-11-27T13:00:00Z");

    expect(world.limit()).toBe("REPEAT_CUSTOMER_ONLY");
  });

  it("gives back `afterwards` where the campaign names it", async () => {
    const world = createWorld();
    await world.put(sale({ coupons: [{ couponId: COUPON, applicationLimit: "UNLIMITED", afterwards: "REPEAT_CUSTOMER_ONLY" }] }));

    await world.runTo("2026-11-27T13:00:00Z");

    expect(world.limit()).toBe("REPEAT_CUSTOMER_ONLY");
  });

  it.each(["merge", "replace"] as const)(
    "widens a promotion and narrows it again where Ecwid would %s a partial `triggers`",
    async (triggersMode) => {
      const world = createWorld({ settings: { triggersMode } });
      const before = world.ecwid.promotion(STORE, PROMOTION)?.["triggers"];
      await world.put(sale({ coupons: [], promotions: [{ promotionId: PROMOTION, addGroups: [2, 3] }] }));

      await world.runTo("2026-11-27T10:30:00Z");
      expect(world.groups()).toEqual([0, 1, 2, 3]);
      expect(world.ecwid.promotion(STORE, PROMOTION)?.["triggers"]).toMatchObject({ subtotal: 25 });
      await world.runTo("2026-11-27T12:30:00Z");

      expect(world.ecwid.promotion(STORE, PROMOTION)?.["triggers"]).toEqual(before);
    },
  );

  it("takes groups out and sets a whole list", async () => {
    const world = createWorld();
    await world.put(
      sale({ campaignId: "narrow", coupons: [], promotions: [{ promotionId: PROMOTION, removeGroups: [1] }], end: "2026-11-27T11:00" }),
    );
    await world.put(
      sale({
        campaignId: "only",
        coupons: [],
        promotions: [{ promotionId: PROMOTION, setGroups: [4] }],
        start: "2026-11-27T12:00",
        end: "2026-11-27T13:00",
      }),
    );

    await world.runTo("2026-11-27T10:30:00Z");
    expect(world.groups()).toEqual([0]);
    await world.runTo("2026-11-27T11:30:00Z");
    expect(new Set(world.groups() as number[])).toEqual(new Set([0, 1]));
    await world.runTo("2026-11-27T12:30:00Z");
    expect(world.groups()).toEqual([4]);
    await world.runTo("2026-11-27T13:30:00Z");
    expect(new Set(world.groups() as number[])).toEqual(new Set([0, 1]));
  });

  it("leaves a group in that a person added meanwhile, and takes out only its own", async () => {
    const world = createWorld();
    await world.put(sale({ coupons: [], promotions: [{ promotionId: PROMOTION, addGroups: [2] }] }));
    await world.runTo("2026-11-27T10:30:00Z");
    world.ecwid.edit.promotion(STORE, PROMOTION, { triggers: { customerGroups: [0, 1, 2, 5] } });

    await world.runTo("2026-11-27T12:30:00Z");

    expect(world.groups()).toEqual([0, 1, 5]);
  });

  it("opens and closes to the second, also within one minute of being saved", async () => {
    const world = createWorld({ now: "2026-11-27T09:58:10Z" });
    await world.put(sale({ start: "2026-11-27T09:58:40", end: "2026-11-27T09:59:20" }));

    await world.runTo("2026-11-27T10:05:00Z");

    const switched = world.events.filter((event) => event.kind === "switched");
    expect(switched).toMatchObject([
      { latenessMs: 0, after: "UNLIMITED" },
      { latenessMs: 0, after: "NEW_CUSTOMER_ONLY" },
    ]);
  });

  it("opens at once where it is saved in the middle of its window", async () => {
    const world = createWorld({ now: "2026-11-27T10:30:00Z" });

    await world.put(sale());

    expect(world.limit()).toBe("UNLIMITED");
  });

  it("refuses a promotion without a group list, and says why on the campaign", async () => {
    const world = createWorld();
    world.ecwid.edit.promotion(STORE, PROMOTION, { triggers: { customerGroups: null } });
    await world.put(sale({ coupons: [], promotions: [{ promotionId: PROMOTION, addGroups: [2] }] }));

    await world.runTo("2026-11-27T10:30:00Z");

    const status = await world.status("sale");
    expect(status["warnings"]).toEqual([expect.stringContaining("no customer group list")]);
    expect(world.groups()).toBeUndefined();
    const target = await world.state.readTarget(STORE, targetKey({ kind: "promotion", id: promotionId(String(PROMOTION)) }));
    expect(target.block?.code).toBe("NO_GROUP_LIST");
  });
});

describe("what goes to Ecwid", () => {
  it("a coupon's switch is three requests, and its body holds the limit alone", async () => {
    const world = createWorld();
    await world.put(sale());
    world.calls();

    await world.runTo("2026-11-27T10:00:00Z");

    const coupon = `/discount_coupons/${COUPON}`;
    expect(world.calls()).toEqual([`GET ${coupon}`, `PUT ${coupon}`, `GET ${coupon}`]);
    const bodies = world.ecwid.log.requests().flatMap(({ body }) => (body === undefined ? [] : [JSON.parse(body)]));
    expect(bodies).toEqual([{ applicationLimit: "UNLIMITED" }]);
  });

  it("a promotion's switch is three requests, and its body holds the triggers just read with only the groups changed", async () => {
    const world = createWorld();
    await world.put(sale({ coupons: [], promotions: [{ promotionId: PROMOTION, addGroups: [2] }] }));
    world.calls();

    await world.runTo("2026-11-27T10:00:00Z");

    expect(world.calls()).toEqual(["GET /promotions", `PUT /promotions/${PROMOTION}`, "GET /promotions"]);
    const bodies = world.ecwid.log.requests().flatMap(({ body }) => (body === undefined ? [] : [JSON.parse(body)]));
    expect(bodies).toEqual([{ triggers: { subtotal: 25, customerGroups: [0, 1, 2] } }]);
  });

  it("promotions of one store share their reads", async () => {
    const ids = [11, 12, 13, 14];
    const world = createWorld();
    for (const id of ids) world.ecwid.edit.addPromotion(STORE, { id, name: `P${id}`, triggers: { customerGroups: [0] } });
    await world.put(sale({ coupons: [], promotions: ids.map((promotionId) => ({ promotionId, addGroups: [2] })) }));
    world.calls();

    await world.runTo("2026-11-27T10:00:30Z");

    expect(world.calls()).toEqual(["GET /promotions", ...ids.map((id) => `PUT /promotions/${id}`), "GET /promotions"]);
  });

  it("five coupons share a list", async () => {
    const ids = [21, 22, 23, 24, 25];
    const world = createWorld();
    for (const id of ids) world.ecwid.edit.addCoupon(STORE, { id, code: `C${id}`, applicationLimit: "NEW_CUSTOMER_ONLY" });
    await world.put(sale({ coupons: ids.map((couponId) => ({ couponId, applicationLimit: "UNLIMITED" })) }));
    world.calls();

    await world.runTo("2026-11-27T10:00:30Z");

    expect(world.calls()).toEqual(["GET /discount_coupons", ...ids.map((id) => `PUT /discount_coupons/${id}`), "GET /discount_coupons"]);
  });

  it("nothing is called between boundaries, nor before the first one", async () => {
    const world = createWorld();
    await world.put(sale());
    await world.runTo("2026-11-27T09:59:00Z");
    // Saving the campaign asked for a look: at the store's zone, which was not known, and at the coupon.
    expect(world.calls()).toEqual(["GET /profile", `GET /discount_coupons/${COUPON}`]);
    await world.runTo("2026-11-27T10:05:00Z");
    world.calls();

    await world.runTo("2026-11-27T11:59:00Z");

    expect(world.calls()).toEqual([]);
  });

  it("the hourly look is one profile and one read of what is held, and changes nothing", async () => {
    const world = createWorld();
    await world.put(sale());
    await world.runTo("2026-11-27T10:30:00Z");
    world.calls();

    await world.sweep();

    expect(world.calls()).toEqual(["GET /profile", `GET /discount_coupons/${COUPON}`]);
    expect(world.limit()).toBe("UNLIMITED");
  });

  it("a boundary that changes no value makes no call", async () => {
    const world = createWorld();
    await world.put(sale());
    await world.put(sale({ campaignId: "weaker", priority: -1, start: "2026-11-27T10:30", end: "2026-11-27T11:30" }));
    await world.runTo("2026-11-27T10:15:00Z");
    world.calls();

    await world.runTo("2026-11-27T11:45:00Z");

    expect(world.calls()).toEqual([]);
    expect(world.limit()).toBe("UNLIMITED");
  });
});
