import { describe, expect, it } from "vitest";
import { compileCampaign } from "../../lib/application/compile/compile-campaign.ts";
import type { EcwidGateway, EcwidStore } from "../../lib/application/ports/ecwid-gateway.ts";
import { couponId, promotionId, targetKey } from "../../lib/domain/identifiers.ts";
import { success } from "../../lib/domain/result.ts";
import { COUPON, createWorld, instantOf, PROMOTION, STORE, sale } from "../support/world.ts";

const KEY = targetKey({ kind: "coupon", id: couponId(String(COUPON)) });
const PKEY = targetKey({ kind: "promotion", id: promotionId(String(PROMOTION)) });

function wrapGateway(world: ReturnType<typeof createWorld>, change: (store: EcwidStore) => Partial<EcwidStore>): void {
  const inner = world.reconciling.ecwid;
  const ecwid: EcwidGateway = {
    open: (id, token) => {
      const s = inner.open(id, token);
      return { ...s, ...change(s) };
    },
  };
  Object.assign(world.reconciling, { ecwid });
}

describe("F1 a block drops the intent", () => {
  it.each([400, 403, 404])("a read-back refused with %s does not lose the base", async (status) => {
    const world = createWorld();
    await world.put(sale());
    let puts = 0;
    let refused = 1;
    world.ecwid.setFaults(({ method }) => {
      if (method === "PUT") puts += 1;
      if (method !== "GET" || puts === 0 || refused === 0) return undefined;
      refused -= 1;
      return { kind: "status", status, when: "before", errorCode: status === 404 ? "DISCOUNT_COUPON_NOT_FOUND" : "SOMETHING_NEW" };
    });
    await world.runTo("2026-11-27T12:30:00Z");
    await world.runTo("2026-11-27T13:30:00Z");
    expect(world.limit()).toBe("NEW_CUSTOMER_ONLY");
  });
  it("a read refused before an interrupted write is taken up does not lose the base", async () => {
    const world = createWorld();
    await world.put(sale());
    let puts = 0;
    let refused = 0;
    world.ecwid.setFaults(({ method }) => {
      if (method === "PUT") {
        puts += 1;
        return puts === 1 ? { kind: "drop", when: "after" } : undefined;
      }
      if (method === "GET" && puts === 1 && refused === 0) {
        refused += 1;
        return { kind: "status", status: 400, when: "before" };
      }
      return undefined;
    });
    await world.runTo("2026-11-27T13:30:00Z");
    expect(world.limit()).toBe("NEW_CUSTOMER_ONLY");
  });
});

describe("F2 reads race with a compile", () => {
  const stopBetweenTheReads = (world: ReturnType<typeof createWorld>) => {
    const { readTarget } = world.state;
    let once = true;
    // The query of layers is answered before the marketer's stop is compiled, the get of the target after it (a retry of the SDK is enough).
    world.state.readTarget = async (store, key) => {
      if (once) {
        once = false;
        await world.campaigns.put(sale({ enabled: false }));
        await world.clock.sleepUntil(instantOf(new Date(world.clock.now() + 50).toISOString()));
        await compileCampaign(world.reconciling as never, { storeId: STORE, campaignId: "sale" });
      }
      return readTarget(store, key);
    };
  };
  it("a stop that is compiled between a look's two reads is not lost", async () => {
    const world = createWorld();
    await world.put(sale({ note: "first, so that the store's zone is known" }));
    await world.put(sale());
    await world.runTo("2026-11-27T10:30:00Z");
    stopBetweenTheReads(world);
    await world.sweep();
    await world.runTo("2026-11-27T11:50:00Z");
    expect(world.limit()).toBe("NEW_CUSTOMER_ONLY");
  });
  it("a stop that is compiled between a waiting worker's two reads, seconds before the boundary, is not lost", async () => {
    const world = createWorld();
    await world.put(sale());
    await world.runTo("2026-11-27T09:59:50Z");
    stopBetweenTheReads(world);
    await world.runTo("2026-11-27T11:50:00Z");
    expect(world.limit()).toBe("NEW_CUSTOMER_ONLY");
  });
});

describe("F3 two compiles of one campaign", () => {
  it("a compile overtaken by a deletion leaves no layer behind", async () => {
    const world = createWorld();
    const { putLayer } = world.state;
    let once = true;
    world.state.putLayer = async (...args) => {
      if (once) {
        once = false;
        // this compile (sweep, or after a zone was read) is slow; meanwhile the marketer deletes and the stream compiles that
        await world.campaigns.remove(STORE, "sale");
        await compileCampaign(world.reconciling as never, { storeId: STORE, campaignId: "sale" });
      }
      return putLayer(...args);
    };
    await world.put(sale());
    expect(await world.state.campaignsOf(STORE)).toEqual([]);
    await world.sweep();
    await world.runTo("2026-11-27T10:30:00Z");
    expect(await world.state.layersOf(STORE, KEY)).toEqual([]);
    expect(world.limit()).toBe("NEW_CUSTOMER_ONLY");
  });
  it("a compile overtaken by a newer one does not leave its old layer", async () => {
    const world = createWorld();
    await world.put(sale()); // the store's zone is known now
    const { putLayer } = world.state;
    let once = true;
    world.state.putLayer = async (...args) => {
      if (once) {
        once = false;
        await world.campaigns.put(sale({ enabled: false, note: "second edit" }));
        await compileCampaign(world.reconciling as never, { storeId: STORE, campaignId: "sale" });
      }
      return putLayer(...args);
    };
    await world.put(sale({ note: "first edit" }));
    expect((await world.status("sale"))["state"]).toBe("DISABLED");
    await world.sweep();
    await world.runTo("2026-11-27T10:30:00Z");
    expect(world.limit()).toBe("NEW_CUSTOMER_ONLY");
  });
});

describe("F4 a boundary that falls while the store is being opened", () => {
  it("is not skipped for a target that needed no call before it", async () => {
    const world = createWorld({ now: "2026-11-27T09:59:50Z" });
    const tokens = world.reconciling.tokens;
    Object.assign(world.reconciling, {
      tokens: {
        ...tokens,
        read: async (store: typeof STORE) => {
          await world.clock.sleepUntil(instantOf("2026-11-27T10:00:00.200Z"));
          return tokens.read(store);
        },
      },
    });
    // coupon 5 has something to do at once, the sale's coupon only at 10:00; saved at 09:59:59.9
    const ecwidCoupon = sale({
      coupons: [{ couponId: COUPON, applicationLimit: "UNLIMITED" }],
      promotions: [{ promotionId: PROMOTION, addGroups: [2] }],
    });
    await world.clock.advanceTo(instantOf("2026-11-27T09:59:58.900Z"));
    await world.campaigns.put(
      sale({ campaignId: "other", start: "2026-11-27T09:00", coupons: [], promotions: [{ promotionId: PROMOTION, addGroups: [3] }] }),
    );
    await compileCampaign({ ...world.reconciling, dispatcher: { send: async () => {} } } as never, { storeId: STORE, campaignId: "other" });
    await world.put(ecwidCoupon); // at 09:59:59.9: one message with both targets
    await world.runTo("2026-11-27T10:30:00Z");
    expect(world.groups()).toEqual([0, 1, 3, 2].toSorted((a, b) => a - b));
    expect(world.limit()).toBe("UNLIMITED");
  });
});

describe("F5 triggers lost", () => {
  const dropping = (world: ReturnType<typeof createWorld>, counts: { writes: number }, failRestore = false) =>
    wrapGateway(world, (s) => ({
      writeTriggers: async (id, triggers) => {
        counts.writes += 1;
        const groups = triggers["customerGroups"] as number[];
        if (groups.length === 3) {
          // Ecwid loses `subtotal` whenever a third group comes in
          world.ecwid.edit.promotion(STORE, PROMOTION, { triggers: { customerGroups: groups, subtotal: null } as never });
          return success(undefined);
        }
        if (failRestore && counts.writes === 2) return { ok: false, failure: { kind: "outcome-unknown", message: "500" } } as const;
        return s.writeTriggers(id, triggers);
      },
    }));
  it.each([{ end: "2026-11-27T20:00" }, { end: undefined }])(
    "is left alone until the next boundary, sweeps or not (%s)",
    async ({ end }) => {
      const world = createWorld();
      const counts = { writes: 0 };
      dropping(world, counts);
      const { end: _e, ...record } = sale({ coupons: [], promotions: [{ promotionId: PROMOTION, addGroups: [2] }] });
      await world.put((end === undefined ? record : { ...record, end }) as never);
      await world.runTo("2026-11-27T10:30:00Z");
      expect(counts.writes).toBe(2);
      expect((await world.state.readTarget(STORE, PKEY)).block?.code).toBe("TRIGGERS_LOST");
      await world.sweep();
      await world.runTo("2026-11-27T11:30:00Z");
      await world.sweep();
      await world.runTo("2026-11-27T12:30:00Z");
      expect(counts.writes).toBe(2);
    },
  );
  it("are restored although the first try to restore them fails", async () => {
    const world = createWorld();
    const counts = { writes: 0 };
    dropping(world, counts, true);
    await world.put(sale({ end: "2026-11-27T20:00", coupons: [], promotions: [{ promotionId: PROMOTION, addGroups: [2] }] }));
    await world.runTo("2026-11-27T10:30:00Z");
    expect(world.ecwid.promotion(STORE, PROMOTION)?.["triggers"]).toMatchObject({ subtotal: 25 });
  });
});
