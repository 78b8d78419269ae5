import { describe, expect, it } from "vitest";
import { reconcileMessage } from "../../lib/application/reconcile/reconcile-message.ts";
import { couponId, targetKey } from "../../lib/domain/identifiers.ts";
import { COUPON, createWorld, instantOf, PROMOTION, STORE, sale, TOKEN } from "../support/world.ts";

const KEY = targetKey({ kind: "coupon", id: couponId(String(COUPON)) });

describe("Ecwid's failures", () => {
  it.each(["before", "after"] as const)(
    "a reply lost %s the effect is read before it is written again, and the base is right",
    async (when) => {
      const world = createWorld();
      await world.put(sale());
      let lost = 1;
      world.ecwid.setFaults(({ method }) => {
        if (method !== "PUT" || lost === 0) return undefined;
        lost -= 1;
        return { kind: "drop", when };
      });

      await world.runTo("2026-11-27T10:05:00Z");
      expect(world.limit()).toBe("UNLIMITED");
      await world.runTo("2026-11-27T12:05:00Z");

      expect(world.limit()).toBe("NEW_CUSTOMER_ONLY");
      const puts = world.ecwid.log.requests().filter((request) => request.method === "PUT");
      expect(puts).toHaveLength(when === "before" ? 3 : 2);
    },
  );

  it("429 silences the whole store for as long as Ecwid says, and everything is done afterwards", async () => {
    const world = createWorld();
    await world.put(sale({ promotions: [{ promotionId: PROMOTION, addGroups: [2] }] }));
    let refused = 1;
    world.ecwid.setFaults(() => {
      if (refused === 0) return undefined;
      refused -= 1;
      return { kind: "status", status: 429, when: "before", retryAfter: "600" };
    });
    await world.runTo("2026-11-27T10:00:30Z");
    world.calls();

    await world.runTo("2026-11-27T10:09:30Z");
    expect(world.calls()).toEqual([]);
    await world.runTo("2026-11-27T10:12:00Z");

    expect(world.limit()).toBe("UNLIMITED");
    expect(world.groups()).toEqual([0, 1, 2]);
  });

  it("a dead token is called once, and everything is made good once the secret has changed", async () => {
    const world = createWorld();
    await world.put(sale({ promotions: [{ promotionId: PROMOTION, addGroups: [2] }] }));
    await world.runTo("2026-11-27T09:50:00Z");
    world.ecwid.edit.revokeTokens(STORE);
    world.calls();

    await world.runTo("2026-11-27T10:30:00Z");
    await world.sweep();
    expect(world.calls()).toHaveLength(1);
    world.ecwid.edit.tokens(STORE, [{ token: "secret_new", scopes: [...(world.ecwid.store(STORE).tokens[0]?.scopes ?? [])], dead: false }]);
    world.secrets.set(STORE, { token: "secret_new" });
    await world.sweep();
    await world.runTo("2026-11-27T10:31:00Z");

    expect(world.limit()).toBe("UNLIMITED");
    expect(world.groups()).toEqual([0, 1, 2]);
  });

  it("a suspended store is left alone, probed once an hour, and made good when it is back", async () => {
    const world = createWorld();
    await world.put(sale());
    await world.runTo("2026-11-27T09:50:00Z");
    world.ecwid.edit.store(STORE, { suspended: true });
    world.calls();

    await world.runTo("2026-11-27T11:00:00Z");
    expect(world.calls()).toHaveLength(1);
    await world.sweep();
    expect(world.calls()).toEqual(["GET /profile"]);
    world.ecwid.edit.store(STORE, { suspended: false });
    await world.runTo("2026-11-27T12:30:00Z");
    await world.sweep();
    await world.runTo("2026-11-27T12:31:00Z");

    expect(world.limit()).toBe("NEW_CUSTOMER_ONLY");
    expect((await world.state.readStore(STORE)).pause).toBeUndefined();
  });

  it("a coupon that is gone blocks itself alone, with a reason on the campaign", async () => {
    const world = createWorld();
    const coupons = [
      { couponId: 99, applicationLimit: "UNLIMITED" },
      { couponId: COUPON, applicationLimit: "UNLIMITED" },
    ];
    await world.put(sale({ coupons }));

    await world.runTo("2026-11-27T10:01:00Z");

    expect(world.limit()).toBe("UNLIMITED");
    expect((await world.status("sale"))["warnings"]).toEqual([expect.stringContaining("coupon 99: the store has none with this number")]);
  });

  it("a missing right pauses its kind of target and no other", async () => {
    const world = createWorld();
    await world.put(sale({ promotions: [{ promotionId: PROMOTION, addGroups: [2] }] }));
    world.ecwid.edit.tokens(STORE, [
      {
        token: TOKEN,
        scopes: ["read_store_profile", "read_discount_coupons", "update_discount_coupons", "read_promotion", "read_customers"],
        dead: false,
      },
    ]);

    await world.runTo("2026-11-27T10:01:00Z");

    expect(world.limit()).toBe("UNLIMITED");
    expect(world.groups()).toEqual([0, 1]);
    expect((await world.state.readStore(STORE)).pausedKinds.promotion?.code).toBe("SCOPE_MISSING");
  });

  it.each(["reject", "drop"] as const)(
    "a group that does not exist (Ecwid would %s it) is told of, and is never owned",
    async (unknownGroups) => {
      const world = createWorld({ settings: { unknownGroups } });
      await world.put(sale({ coupons: [], promotions: [{ promotionId: PROMOTION, addGroups: [2, 77] }] }));

      await world.runTo("2026-11-27T10:01:00Z");
      expect((await world.status("sale"))["warnings"]).toEqual([expect.stringContaining("customer group 77")]);
      await world.runTo("2026-11-27T12:05:00Z");

      expect(world.groups()).toEqual([0, 1]);
    },
  );

  it.each(["reject", "drop", "keep"] as const)(
    "putting back never blocks on a group that was deleted meanwhile (Ecwid would %s it)",
    async (unknownGroups) => {
      const world = createWorld({ settings: { unknownGroups } });
      await world.put(sale({ coupons: [], promotions: [{ promotionId: PROMOTION, removeGroups: [1] }] }));
      await world.runTo("2026-11-27T10:01:00Z");
      world.ecwid.edit.deleteGroup(STORE, 1);

      await world.runTo("2026-11-27T12:05:00Z");

      expect(world.groups()).toEqual(unknownGroups === "keep" ? [0, 1] : [0]);
      const targets = await world.state.targetsOf(STORE);
      expect(targets.map(({ ledger, block }) => [ledger.cells, block])).toEqual([[{}, undefined]]);
    },
  );

  it("a read-only promotion blocks with the words a marketer needs", async () => {
    const world = createWorld();
    world.ecwid.edit.store(STORE, { readOnlyPromotions: [String(PROMOTION)] });
    await world.put(sale({ coupons: [], promotions: [{ promotionId: PROMOTION, addGroups: [2] }] }));

    await world.runTo("2026-11-27T10:01:00Z");

    expect((await world.status("sale"))["warnings"]).toEqual([expect.stringContaining("Retail POS")]);
  });

  it("a worker that dies between write and commit leaves an intent, and the next one closes to the right base", async () => {
    const world = createWorld();
    await world.put(sale());
    const { writeTarget } = world.state;
    let deaths = 1;
    world.state.writeTarget = async (store, key, next, read) => {
      const isCommit = key === KEY && next.intent === undefined && next.attemptsBegun === 0 && Object.keys(next.ledger.cells).length > 0;
      if (isCommit && deaths > 0) {
        deaths -= 1;
        return new Promise(() => {});
      }
      return writeTarget(store, key, next, read);
    };
    await world.runTo("2026-11-27T10:00:00Z");
    expect(world.limit()).toBe("UNLIMITED");
    expect((await world.state.readTarget(STORE, KEY)).intent).toBeDefined();
    // The dead worker and its message are gone; only the due index knows.
    const next = { kind: "switch", storeId: STORE, instant: instantOf("2026-11-27T12:00:00Z"), targets: [KEY], relay: 0 } as const;

    await world.clock.advanceTo(next.instant);
    await reconcileMessage(world.reconciling, next, instantOf("2026-11-27T12:10:00Z"));

    expect(world.limit()).toBe("NEW_CUSTOMER_ONLY");
  });
});
