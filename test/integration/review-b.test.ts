import { describe, expect, it } from "vitest";
import { couponId, promotionId, storeId, targetKey } from "../../lib/domain/identifiers.ts";
import { HOUR, MINUTE, plus, SECOND } from "../../lib/domain/instant.ts";
import { COUPON, createWorld, instantOf, PROMOTION, STORE, sale, TOKEN } from "../support/world.ts";

const KEY = targetKey({ kind: "coupon", id: couponId(String(COUPON)) });

describe("F6 a yield on a group", () => {
  it("survives an interruption of its window while another campaign holds the promotion", async () => {
    const world = createWorld();
    await world.put(
      sale({
        campaignId: "long",
        start: "2026-11-27T09:30",
        end: "2026-11-27T14:00",
        coupons: [],
        promotions: [{ promotionId: PROMOTION, addGroups: [3] }],
      }),
    );
    const short = (o = {}) => sale({ coupons: [], promotions: [{ promotionId: PROMOTION, addGroups: [2] }], ...o });
    await world.put(short());
    await world.runTo("2026-11-27T10:30:00Z");
    expect(world.groups()).toEqual([0, 1, 3, 2]);
    world.ecwid.edit.promotion(STORE, PROMOTION, { triggers: { customerGroups: [0, 1, 3] } });
    await world.sweep();
    await world.runTo("2026-11-27T10:40:00Z");
    await world.put(short({ override: { state: "off", until: "2026-11-27T11:30", reason: "check" } }));
    await world.runTo("2026-11-27T11:00:00Z");
    await world.sweep(); // the hourly look at what "long" holds
    await world.runTo("2026-11-27T11:45:00Z");
    expect(world.groups()).toEqual([0, 1, 3]);
  });
  it("of a campaign forced on survives that it is disabled and enabled again", async () => {
    const world = createWorld();
    const forced = {
      override: { state: "on", until: "2026-11-27T20:00", reason: "flash" },
      start: "2026-12-27T10:00",
      end: "2026-12-27T11:00",
    };
    await world.put(sale(forced));
    await world.runTo("2026-11-27T09:30:00Z");
    world.ecwid.edit.coupon(STORE, COUPON, { applicationLimit: "NEW_CUSTOMER_ONLY" });
    await world.sweep();
    await world.runTo("2026-11-27T09:40:00Z");
    expect(world.limit()).toBe("NEW_CUSTOMER_ONLY");
    await world.put(sale({ ...forced, enabled: false }));
    await world.put(sale(forced));
    await world.runTo("2026-11-27T09:50:00Z");
    expect(world.limit()).toBe("NEW_CUSTOMER_ONLY");
  });
});

describe("F8 a paused store", () => {
  it("is probed once an hour", async () => {
    const world = createWorld({ settings: { latencyMs: { from: 200, to: 200 } } });
    await world.put(sale());
    await world.runTo("2026-11-27T09:50:00Z");
    world.ecwid.edit.store(STORE, { suspended: true });
    await world.runTo("2026-11-27T10:06:59Z");
    const probes: number[] = [];
    for (const hour of ["11", "12", "13", "14", "15", "16"]) {
      await world.runTo(`2026-11-27T${hour}:06:59Z`);
      world.calls();
      await world.sweep();
      await world.clock.advanceBy(10 * SECOND);
      probes.push(world.calls().length);
    }
    expect(probes).toEqual([1, 1, 1, 1, 1, 1]);
  });
  it("comes back although its token may not read the profile", async () => {
    const world = createWorld();
    const scopes = ["read_discount_coupons", "update_discount_coupons", "read_promotion", "update_promotion", "read_customers"];
    world.ecwid.edit.tokens(STORE, [{ token: TOKEN, scopes, dead: false }]);
    await world.put(sale({ end: "2026-11-27T20:00" }));
    await world.runTo("2026-11-27T09:50:00Z");
    world.ecwid.edit.store(STORE, { suspended: true });
    await world.runTo("2026-11-27T10:05:00Z");
    world.ecwid.edit.store(STORE, { suspended: false });
    for (const hour of ["11", "12", "13", "14", "15", "16"]) {
      await world.runTo(`2026-11-27T${hour}:30:00Z`);
      await world.sweep();
    }
    await world.runTo("2026-11-27T18:30:00Z");
    expect(world.limit()).toBe("UNLIMITED");
  });
  it("shows the right state of a campaign whose window ends meanwhile", async () => {
    const world = createWorld();
    await world.put(sale());
    await world.runTo("2026-11-27T09:50:00Z");
    world.ecwid.edit.store(STORE, { suspended: true });
    await world.runTo("2026-11-27T12:30:00Z");
    await world.sweep();
    await world.runTo("2026-11-27T15:30:00Z");
    expect((await world.status("sale"))["state"]).toBe("ENDED");
  });
  it("measures the lateness of what it could not do from the boundary", async () => {
    const world = createWorld();
    await world.put(sale());
    await world.runTo("2026-11-27T10:30:00Z");
    world.ecwid.edit.store(STORE, { suspended: true });
    await world.sweep(); // the look finds out: held target loses dueAt
    await world.runTo("2026-11-27T12:30:00Z");
    world.ecwid.edit.store(STORE, { suspended: false });
    await world.sweep();
    await world.runTo("2026-11-27T12:35:00Z");
    const switched = world.events.filter((event) => event.kind === "switched");
    expect(world.limit()).toBe("NEW_CUSTOMER_ONLY");
    expect(switched.at(-1)?.latenessMs).toBeGreaterThan(29 * MINUTE);
  });
  it("makes everything due although the worker dies (or its write's answer is lost) just after it has reopened the store", async () => {
    const world = createWorld();
    await world.put(sale({ end: "2026-11-27T20:00" }));
    await world.runTo("2026-11-27T09:50:00Z");
    world.ecwid.edit.store(STORE, { suspended: true });
    await world.runTo("2026-11-27T10:30:00Z");
    world.ecwid.edit.store(STORE, { suspended: false });
    await world.runTo("2026-11-27T11:07:00Z");
    const { writeStore } = world.state;
    let once = true;
    world.state.writeStore = async (...a) => {
      const ok = await writeStore(...a);
      if (once && a[1].pause === undefined) {
        once = false;
        return false;
      }
      return ok;
    };
    await world.sweep();
    await world.runTo("2026-11-27T11:40:00Z");
    expect(world.limit()).toBe("UNLIMITED");
  });
});

describe("F9 one campaign's missing group", () => {
  it("does not keep another campaign's groups from being put back", async () => {
    const world = createWorld();
    await world.put(
      sale({
        campaignId: "good",
        start: "2026-11-27T09:30",
        end: "2026-11-27T11:00",
        coupons: [],
        promotions: [{ promotionId: PROMOTION, addGroups: [2] }],
      }),
    );
    await world.put(
      sale({ campaignId: "bad", end: "2026-11-27T20:00", coupons: [], promotions: [{ promotionId: PROMOTION, addGroups: [77] }] }),
    );
    await world.runTo("2026-11-27T10:30:00Z");
    expect(world.groups()).toEqual([0, 1, 2]);
    await world.runTo("2026-11-27T13:30:00Z");
    expect(world.groups()).toEqual([0, 1]);
  });
});

describe("F10 the sweep", () => {
  it("goes on with other stores when one item cannot be read", async () => {
    const world = createWorld();
    await world.put(sale());
    await world.campaigns.put(sale({ campaignId: "bad" }));
    await world.campaigns.put(sale({ campaignId: "zz-missed-by-compile" }));
    const { readCampaign } = world.state;
    world.state.readCampaign = async (s, c) => {
      if (c === "bad") throw new Error("stored item cannot be read");
      return readCampaign(s, c);
    };
    await world.sweep().catch(() => {});
    const ids = (await world.state.campaignsOf(STORE)).map((c) => c.campaignId);
    expect(ids).toContain("zz-missed-by-compile");
  });
});

describe("F11 history", () => {
  it("has the switch whose read-back failed", async () => {
    const world = createWorld();
    await world.put(sale());
    let puts = 0,
      refused = 1;
    world.ecwid.setFaults(({ method }) => {
      if (method === "PUT") puts += 1;
      if (method !== "GET" || puts === 0 || refused === 0) return undefined;
      refused -= 1;
      return { kind: "status", status: 500, when: "before" };
    });
    await world.runTo("2026-11-27T10:30:00Z");
    expect(world.limit()).toBe("UNLIMITED");
    const entries = await world.history.of(STORE, KEY, 10, world.clock.now());
    expect(entries.map((e) => e.kind)).toContain("switched");
    expect(world.events.filter((e) => e.kind === "switched")).toHaveLength(1);
  });
});

describe("F13 dead tokens", () => {
  it("are not called more than ten times a minute in all, though all stores are due at one instant", async () => {
    const ids = Array.from({ length: 30 }, (_, i) => storeId(String(2000 + i)));
    const world = createWorld({
      stores: ids.map((id) => ({
        storeId: id,
        timeZone: "UTC",
        tokens: [],
        coupons: [{ id: COUPON, applicationLimit: "NEW_CUSTOMER_ONLY" }],
      })) as never,
    });
    for (const id of ids) {
      world.secrets.set(id, { token: `secret_dead_${id}` });
      await world.campaigns.put(sale({ storeId: id }));
    }
    await world.sweep().catch(() => {});
    await world.runTo("2026-11-27T10:00:30Z");
    const all = world.ecwid.log.requests();
    const perMinute = Object.values(Object.groupBy(all, ({ at }) => String(Math.floor(at / 60_000)))).map((each) => each?.length ?? 0);
    expect(all.length).toBeGreaterThan(0);
    expect(Math.max(...perMinute)).toBeLessThanOrEqual(10);
  });
});

describe("F14 a store without a token yet", () => {
  it("is served at its boundary when the token was put before it", async () => {
    const world = createWorld();
    world.secrets.delete(STORE);
    await world.put(sale({ campaignId: "now", start: "2026-11-27T09:00", end: "2026-11-27T09:30" }));
    await world.put(sale());
    await world.runTo("2026-11-27T09:20:00Z");
    world.secrets.set(STORE, { token: TOKEN });
    await world.runTo("2026-11-27T10:05:00Z");
    expect(world.limit()).toBe("UNLIMITED");
  });
  it("a zone look that fails once with 500 is tried again before an hour is over", async () => {
    const world = createWorld();
    let once = 1;
    world.ecwid.setFaults(({ resource }) =>
      resource === "profile" && once-- > 0 ? { kind: "status", status: 500, when: "before" } : undefined,
    );
    const { timeZone: _z, ...record } = sale();
    await world.put(record as never);
    await world.runTo("2026-11-27T10:05:00Z");
    expect(world.limit()).toBe("UNLIMITED");
  });
});
