import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../lib/domain/live.ts";
import { COUPON, createWorld, instantOf, PROMOTION, STORE, sale } from "../support/world.ts";

const BROKEN: readonly (readonly [string, JsonObject])[] = [
  ["no name", { name: "" }],
  ["a start that is no time", { start: "next friday" }],
  ["an end before the start", { end: "2026-11-27T09:00" }],
  ["a zone that does not exist", { timeZone: "Europe/Berln" }],
  ["a rule that is no rule", { repeat: "every friday" }],
  ["an exception that is no date", { except: ["christmas"] }],
  ["a limit that Ecwid does not have", { coupons: [{ couponId: COUPON, applicationLimit: "EVERYBODY" }] }],
  ["a coupon code for an id", { coupons: [{ couponId: "WELCOME10", applicationLimit: "UNLIMITED" }] }],
  [
    "the same coupon twice",
    {
      coupons: [
        { couponId: COUPON, applicationLimit: "UNLIMITED" },
        { couponId: COUPON, applicationLimit: "NEW_CUSTOMER_ONLY" },
      ],
    },
  ],
  ["a misspelt field", { pirority: 3 }],
  ["a priority in words", { priority: "high" }],
  ["an override without a reason", { override: { state: "on", until: "2026-11-27T20:00" } }],
  ["coupons that are no list", { coupons: "162428889" }],
  ["enabled in words", { enabled: "yes" }],
];

describe("a record that somebody broke", () => {
  it.each(BROKEN)("%s: the last good version keeps running, and the record says what is wrong", async (_what, change) => {
    const world = createWorld();
    await world.put(sale());
    await world.runTo("2026-11-27T10:30:00Z");

    await world.put(sale(change));
    const status = await world.status("sale");
    expect(status["state"]).toBe("ACTIVE");
    expect(status["problems"]).not.toEqual([]);
    expect(world.limit()).toBe("UNLIMITED");
    await world.runTo("2026-11-27T12:30:00Z");

    expect(world.limit()).toBe("NEW_CUSTOMER_ONLY");
  });

  it.each(BROKEN)("%s: one that never was good is INVALID, and a good one beside it goes on", async (_what, change) => {
    const world = createWorld();
    await world.put(sale({ campaignId: "broken", ...change }));
    await world.put(sale({ campaignId: "good" }));

    await world.runTo("2026-11-27T10:30:00Z");

    expect((await world.status("broken"))["state"]).toBe("INVALID");
    expect((await world.status("good"))["state"]).toBe("ACTIVE");
    expect(world.limit()).toBe("UNLIMITED");
  });

  it("runs again from its new text once it is mended", async () => {
    const world = createWorld();
    await world.put(sale({ start: "soon" }));

    await world.put(sale());
    await world.runTo("2026-11-27T10:30:00Z");

    expect(await world.status("sale")).toMatchObject({ state: "ACTIVE", problems: [] });
    expect(world.limit()).toBe("UNLIMITED");
  });

  it.each<readonly [string, JsonObject]>([
    ["`enabled: false`", { enabled: false }],
    ["an override off", { override: { state: "off", until: "2026-11-28T12:00", reason: "stock ran out" } }],
    ["a target that is no longer in the list", { coupons: [] }],
  ])("still obeys what stops: %s", async (_what, stop) => {
    const world = createWorld();
    await world.put(sale());
    await world.runTo("2026-11-27T10:30:00Z");

    await world.put(sale({ start: "broken as well", ...stop }));

    expect(world.limit()).toBe("NEW_CUSTOMER_ONLY");
  });
});

describe("a record that changes in the middle of its window", () => {
  it("stops within seconds when it is disabled, and starts again when it is enabled", async () => {
    const world = createWorld();
    await world.put(sale());
    await world.runTo("2026-11-27T10:30:00Z");

    await world.put(sale({ enabled: false }));
    expect(world.limit()).toBe("NEW_CUSTOMER_ONLY");
    expect((await world.status("sale"))["state"]).toBe("DISABLED");
    await world.put(sale());

    expect(world.limit()).toBe("UNLIMITED");
  });

  it("gives the base back when it is deleted", async () => {
    const world = createWorld();
    await world.put(sale({ promotions: [{ promotionId: PROMOTION, addGroups: [2] }] }));
    await world.runTo("2026-11-27T10:30:00Z");

    await world.remove("sale");

    expect(world.limit()).toBe("NEW_CUSTOMER_ONLY");
    expect(world.groups()).toEqual([0, 1]);
    expect(await world.state.campaignsOf(STORE)).toEqual([]);
  });

  it("gives the base of a target back that is removed from it, and leaves the others open", async () => {
    const world = createWorld();
    await world.put(sale({ promotions: [{ promotionId: PROMOTION, addGroups: [2] }] }));
    await world.runTo("2026-11-27T10:30:00Z");

    await world.put(sale({ promotions: [] }));

    expect(world.groups()).toEqual([0, 1]);
    expect(world.limit()).toBe("UNLIMITED");
  });

  it("is held off by an override, and opens again by itself when that lapses", async () => {
    const world = createWorld();
    await world.put(sale());
    await world.runTo("2026-11-27T10:30:00Z");

    await world.put(sale({ override: { state: "off", until: "2026-11-27T11:00", reason: "stock ran out", by: "ana" } }));
    expect(world.limit()).toBe("NEW_CUSTOMER_ONLY");
    expect((await world.status("sale"))["warnings"]).toEqual([expect.stringContaining("opens again at 2026-11-27 11:00:00 UTC")]);
    await world.runTo("2026-11-27T11:00:00Z");

    expect(world.limit()).toBe("UNLIMITED");
  });

  it("is forced on outside its window, and closes by itself when that lapses", async () => {
    const world = createWorld();

    await world.put(sale({ override: { state: "on", until: "2026-11-27T09:30", reason: "early birds" } }));
    expect(world.limit()).toBe("UNLIMITED");
    await world.runTo("2026-11-27T09:30:00Z");

    expect(world.limit()).toBe("NEW_CUSTOMER_ONLY");
  });

  it("ends at its new end when that is moved, and at once when the new end is past", async () => {
    const world = createWorld();
    await world.put(sale());
    await world.runTo("2026-11-27T10:30:00Z");

    await world.put(sale({ end: "2026-11-27T11:00" }));
    await world.runTo("2026-11-27T11:00:00Z");
    expect(world.limit()).toBe("NEW_CUSTOMER_ONLY");
    await world.put(sale({ end: "2026-11-27T12:00" }));
    expect(world.limit()).toBe("UNLIMITED");
    await world.put(sale({ end: "2026-11-27T10:45" }));

    expect(world.limit()).toBe("NEW_CUSTOMER_ONLY");
  });

  it("writes the other value when what it asks for is changed", async () => {
    const world = createWorld();
    await world.put(sale());
    await world.runTo("2026-11-27T10:30:00Z");

    await world.put(sale({ coupons: [{ couponId: COUPON, applicationLimit: "REPEAT_CUSTOMER_ONLY" }] }));
    expect(world.limit()).toBe("REPEAT_CUSTOMER_ONLY");
    await world.runTo("2026-11-27T12:30:00Z");

    expect(world.limit()).toBe("NEW_CUSTOMER_ONLY");
  });
});

describe("the store's own time zone", () => {
  it("is asked of Ecwid where the campaign names none, and the campaign then runs in it", async () => {
    const world = createWorld();
    world.ecwid.edit.store(STORE, { timeZone: "America/New_York" });
    const { timeZone: _left, ...record } = sale({ start: "2026-11-27T05:00", end: "2026-11-27T07:00" });

    await world.put(record);
    expect(await world.status("sale")).toMatchObject({ state: "SCHEDULED", problems: [], nextSwitch: "2026-11-27T10:00:00Z" });
    await world.runTo("2026-11-27T10:00:00Z");

    expect(world.limit()).toBe("UNLIMITED");
  });

  it("is never guessed: without one anywhere the record says so", async () => {
    const world = createWorld();
    world.ecwid.edit.store(STORE, { timeZone: null });
    const { timeZone: _left, ...record } = sale();

    await world.put(record);

    expect(await world.status("sale")).toMatchObject({ state: "INVALID", problems: [{ path: "timeZone" }] });
  });

  it("moves only windows that have not begun when it changes", async () => {
    const world = createWorld();
    const { timeZone: _left, ...record } = sale({ repeat: "FREQ=DAILY" });
    await world.put(record);
    await world.runTo("2026-11-27T10:30:00Z");
    world.ecwid.edit.store(STORE, { timeZone: "America/New_York" });
    await world.sweep();

    expect((await world.status("sale"))["warnings"]).toEqual([expect.stringContaining("America/New_York")]);
    await world.runTo("2026-11-27T11:59:00Z");
    expect(world.limit()).toBe("UNLIMITED");
    await world.runTo("2026-11-27T12:10:00Z");
    expect(world.limit()).toBe("NEW_CUSTOMER_ONLY");
    await world.sweep();

    expect((await world.status("sale"))["nextSwitch"]).toBe("2026-11-27T15:00:00Z");
    expect(instantOf("2026-11-27T15:00:00Z")).toBeGreaterThan(world.clock.now());
  });
});
