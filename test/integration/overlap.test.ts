import { describe, expect, it } from "vitest";
import { COUPON, createWorld, PROMOTION, STORE, sale } from "../support/world.ts";

describe("two campaigns on one coupon", () => {
  it("do not save and restore each other's value: the base comes back in the end", async () => {
    const world = createWorld();
    await world.put(sale({ campaignId: "first", start: "2026-11-27T10:00", end: "2026-11-27T12:00" }));
    await world.put(sale({ campaignId: "second", start: "2026-11-27T11:00", end: "2026-11-27T13:00" }));

    await world.runTo("2026-11-27T12:30:00Z");
    expect(world.limit()).toBe("UNLIMITED");
    await world.runTo("2026-11-27T13:30:00Z");

    expect(world.limit()).toBe("NEW_CUSTOMER_ONLY");
  });

  it("the one that started later wins, and the earlier one's value comes back when it ends", async () => {
    const world = createWorld();
    await world.put(sale({ campaignId: "long", start: "2026-11-27T10:00", end: "2026-11-27T14:00" }));
    const coupons = [{ couponId: COUPON, applicationLimit: "REPEAT_CUSTOMER_ONLY" }];
    await world.put(sale({ campaignId: "short", start: "2026-11-27T11:00", end: "2026-11-27T12:00", coupons }));

    const seen: unknown[] = [];
    for (const time of ["10:30", "11:30", "12:30", "14:30"]) {
      await world.runTo(`2026-11-27T${time}:00Z`);
      seen.push(world.limit());
    }

    expect(seen).toEqual(["UNLIMITED", "REPEAT_CUSTOMER_ONLY", "UNLIMITED", "NEW_CUSTOMER_ONLY"]);
  });

  it("the higher priority wins whoever started later", async () => {
    const world = createWorld();
    await world.put(sale({ campaignId: "important", priority: 5, end: "2026-11-27T14:00" }));
    const coupons = [{ couponId: COUPON, applicationLimit: "REPEAT_CUSTOMER_ONLY" }];
    await world.put(sale({ campaignId: "later", start: "2026-11-27T11:00", end: "2026-11-27T12:00", coupons }));

    await world.runTo("2026-11-27T11:30:00Z");

    expect(world.limit()).toBe("UNLIMITED");
  });

  it("`afterwards` is taken from the one that left last, even if nobody was there to see the other leave", async () => {
    const world = createWorld();
    await world.put(sale({ campaignId: "winner", priority: 1, coupons: [{ couponId: COUPON, applicationLimit: "UNLIMITED" }] }));
    const coupons = [{ couponId: COUPON, applicationLimit: "UNLIMITED", afterwards: "REPEAT_CUSTOMER_ONLY" }];
    await world.put(sale({ campaignId: "outlasts", end: "2026-11-27T12:30", coupons }));
    await world.runTo("2026-11-27T10:30:00Z");

    await world.skipTo("2026-11-27T13:00:00Z");
    await world.runTo("2026-11-27T13:01:00Z");

    expect(world.limit()).toBe("REPEAT_CUSTOMER_ONLY");
  });
});

describe("two campaigns on one promotion", () => {
  it("share it where the weaker one's whole list begins second: all groups that the stronger does not name follow the list", async () => {
    const world = createWorld();
    const weaker = {
      campaignId: "weaker",
      priority: -1,
      start: "2026-11-27T11:00",
      promotions: [{ promotionId: PROMOTION, setGroups: [2] }],
    };
    await world.put(sale({ campaignId: "stronger", coupons: [], promotions: [{ promotionId: PROMOTION, addGroups: [2] }] }));
    await world.put(sale({ coupons: [], ...weaker }));

    await world.runTo("2026-11-27T11:01:00Z");
    expect(world.groups()).toEqual([2]);
    await world.runTo("2026-11-27T12:01:00Z");

    expect(world.groups()).toEqual([0, 1]);
  });

  it("add their groups side by side, and each takes out only its own", async () => {
    const world = createWorld();
    await world.put(sale({ campaignId: "first", coupons: [], promotions: [{ promotionId: PROMOTION, addGroups: [2, 3] }] }));
    const second = {
      coupons: [],
      promotions: [{ promotionId: PROMOTION, addGroups: [3, 4] }],
      start: "2026-11-27T11:00",
      end: "2026-11-27T13:00",
    };
    await world.put(sale({ campaignId: "second", ...second }));

    const seen: unknown[] = [];
    for (const time of ["10:30", "11:30", "12:30", "13:30"]) {
      await world.runTo(`2026-11-27T${time}:00Z`);
      seen.push(world.groups());
    }

    expect(seen).toEqual([
      [0, 1, 2, 3],
      [0, 1, 2, 3, 4],
      [0, 1, 3, 4],
      [0, 1],
    ]);
  });
});

describe("a campaign that is saved", () => {
  it("is told of the campaigns it overlaps with, and who will win", async () => {
    const world = createWorld();
    await world.put(sale({ campaignId: "first" }));
    const coupons = [{ couponId: COUPON, applicationLimit: "REPEAT_CUSTOMER_ONLY" }];

    await world.put(sale({ campaignId: "second", start: "2026-11-27T11:00", end: "2026-11-27T13:00", coupons }));

    expect((await world.status("second"))["warnings"]).toEqual([
      expect.stringMatching(/^overlaps with "Sale" on coupon \d+ from 2026-11-27 11:00:00 UTC/),
    ]);
  });

  it("is told that every window of it is past", async () => {
    const world = createWorld({ now: "2026-12-01T00:00:00Z" });

    await world.put(sale());

    expect(await world.status("sale")).toMatchObject({
      state: "ENDED",
      warnings: ["every window of this campaign is past: nothing will happen"],
    });
  });

  it.each([["quiet"], ["2026-11-27"]])(
    "is told that except takes away its windows although they are still to come (%s)",
    async (except) => {
      const world = createWorld();
      await world.put({ storeId: STORE, campaignId: "calendar#quiet", dates: ["2026-11-27"] });

      await world.put(sale({ except: [except] }));

      const warning = "except takes away every window that is left: nothing will happen";
      expect(await world.status("sale")).toMatchObject({ state: "ENDED", warnings: expect.arrayContaining([warning]) });
    },
  );

  it.each([
    [{}, 'its only window, 2026-11-27 10:00:00 UTC, falls into the freeze "quiet" (ignoreFreeze lets it start)'],
    [{ repeat: "FREQ=DAILY" }, 'its next window, 2026-11-27 10:00:00 UTC, falls into the freeze "quiet" (ignoreFreeze lets it start)'],
    [
      { repeat: "FREQ=DAILY;COUNT=1" },
      'its next window, 2026-11-27 10:00:00 UTC, falls into the freeze "quiet" (ignoreFreeze lets it start), and no later window starts either',
    ],
  ])("is told which of its windows a freeze keeps from starting, until that would have started (%o)", async (changes, warning) => {
    const world = createWorld();
    await world.put({ storeId: STORE, campaignId: "calendar#quiet", dates: ["2026-11-27"], freeze: true });

    await world.put(sale(changes));
    const before = (await world.status("sale"))["warnings"];
    await world.runTo("2026-11-27T15:00:00Z");
    await world.put(sale({ ...changes, note: "saved again" }));

    expect(before).toEqual([warning]);
    expect((await world.status("sale"))["warnings"]).not.toContain(warning);
  });

  it.each([
    [{}, "its only window, 2026-11-27 10:00:00 UTC, is skipped by ana: r"],
    [{ repeat: "FREQ=DAILY;COUNT=1" }, "its last window, 2026-11-27 10:00:00 UTC, is skipped by ana: r"],
  ])("is not called past because its window is skipped (%o)", async (changes, warning) => {
    const world = createWorld();

    await world.put(sale({ ...changes, override: { state: "off", until: "2026-11-27T12:00", reason: "r", by: "ana" } }));

    expect((await world.status("sale"))["warnings"]).toEqual([warning]);
  });

  it("is told that its only window is closed early", async () => {
    const world = createWorld();
    await world.put(sale());
    await world.runTo("2026-11-27T10:30:00Z");

    await world.put(sale({ override: { state: "off", until: "2026-11-27T12:00", reason: "sold out" } }));

    expect((await world.status("sale"))["warnings"]).toEqual(["its only window, 2026-11-27 10:00:00 UTC, is closed early: sold out"]);
  });

  it.each([
    ["skipped", { state: "off", until: "2026-11-27T12:00", reason: "r" }],
    ["forced on", { state: "on", until: "2026-11-27T12:00", reason: "r" }],
  ])("hears the same of who wins as the other one, after that is %s", async (how, override) => {
    const world = createWorld();
    const coupons = [{ couponId: COUPON, applicationLimit: "REPEAT_CUSTOMER_ONLY" }];
    await world.put(sale({ campaignId: "a", name: "A" }));
    await world.put(sale({ campaignId: "b", name: "B", coupons }));

    await world.put(sale({ campaignId: "a", name: "A", override }));

    const told = [await world.status("a"), await world.status("b")].map(({ warnings }) => JSON.stringify(warnings));
    for (const warnings of told) expect(warnings.includes('\\"A\\" wins, because it is forced on')).toBe(how === "forced on");
    for (const warnings of told) expect(warnings.includes("overlaps")).toBe(how === "forced on");
  });

  it("is told of a campaign that is forced on meanwhile, and not of one that is held off", async () => {
    const world = createWorld();
    const coupons = [{ couponId: COUPON, applicationLimit: "REPEAT_CUSTOMER_ONLY" }];
    const later = { start: "2027-01-01T10:00", end: "2027-01-01T12:00", coupons };
    const until = "2026-11-28T00:00";
    await world.put(sale({ ...later, campaignId: "on", name: "Forced", override: { state: "on", until, reason: "r" } }));
    await world.put(sale({ coupons, campaignId: "off", name: "Held", override: { state: "off", until, reason: "r" } }));

    await world.put(sale());

    expect((await world.status("sale"))["warnings"]).toEqual([
      'overlaps with "Forced" on coupon 162428889 from 2026-11-27 10:00:00 UTC until 2026-11-27 12:00:00 UTC: "Forced" wins, because it is forced on',
    ]);
  });

  it("hears no more of an overlap once that is over", async () => {
    const world = createWorld();
    const coupons = [{ couponId: COUPON, applicationLimit: "REPEAT_CUSTOMER_ONLY" }];
    await world.put(sale({ campaignId: "first", end: "2026-11-27T11:00" }));
    await world.put(sale({ campaignId: "second", end: "2026-11-27T14:00", coupons }));

    await world.runTo("2026-11-27T10:30:00Z");
    const during = (await world.status("second"))["warnings"];
    await world.runTo("2026-11-27T13:00:00Z");

    expect(during).toEqual([expect.stringContaining("overlaps with")]);
    expect((await world.status("second"))["warnings"]).toEqual([]);
  });

  it.each([
    ["removed", undefined, []],
    ["disabled", { enabled: false }, []],
    ["moved away", { start: "2026-11-28T10:00", end: "2026-11-28T12:00" }, []],
    ["moved", { start: "2026-11-27T11:00" }, [expect.stringContaining("from 2026-11-27 11:00:00 UTC until 2026-11-27 12:00:00 UTC")]],
  ])("is told of an overlap as it is once the other campaign is %s", async (_how, changes, expected) => {
    const world = createWorld();
    const coupons = [{ couponId: COUPON, applicationLimit: "REPEAT_CUSTOMER_ONLY" }];
    await world.put(sale({ campaignId: "first" }));
    await world.put(sale({ campaignId: "second", coupons }));

    if (changes === undefined) await world.remove("first");
    else await world.put(sale({ campaignId: "first", ...changes }));

    expect((await world.status("second"))["warnings"]).toEqual(expected);
  });
});
