import { describe, expect, it } from "vitest";
import type { ReconcileDependencies } from "../../lib/application/reconcile/dependencies.ts";
import { readOnlyStore } from "../../lib/application/reconcile/read-only-store.ts";
import { couponId, storeId, targetKey } from "../../lib/domain/identifiers.ts";
import { EMPTY_LEDGER } from "../../lib/domain/ledger/ledger.ts";
import { COUPON, createWorld, PROMOTION, STORE, sale, type World, type WorldOptions } from "../support/world.ts";

const TARGET = targetKey({ kind: "coupon", id: couponId(String(COUPON)) });

/** A world in shadow mode, and what deploys the other mode. */
function shadowWorld(options: WorldOptions = {}): { readonly world: World; readonly deploy: (mode: "live" | "shadow") => void } {
  const world = createWorld(options);
  const reconciling: { isShadow?: boolean | undefined } & ReconcileDependencies = world.reconciling;
  const deploy = (mode: "live" | "shadow") => {
    Object.assign(reconciling, { isShadow: mode === "shadow" });
  };
  deploy("shadow");
  return { world, deploy };
}

const writesOf = (world: World) => world.ecwid.log.requests().filter(({ method }) => method !== "GET");
const told = (world: World) =>
  world.events.flatMap((event) =>
    event.kind === "would-switch" || event.kind === "switched" ? [`${event.kind} ${event.before} → ${event.after}`] : [],
  );
const history = async (world: World) =>
  (await world.history.of(STORE, TARGET, 20, world.clock.now())).map(({ kind, before, after }) => [kind, before, after]);

describe("in shadow mode", () => {
  it("a whole window of a coupon and a promotion is decided and told, and nothing is written to Ecwid", async () => {
    const { world } = shadowWorld();
    await world.put(sale({ promotions: [{ promotionId: String(PROMOTION), addGroups: [3] }] }));

    await world.runTo("2026-11-27T12:05:00Z");

    expect(writesOf(world)).toEqual([]);
    expect(told(world)).toEqual([
      "would-switch NEW_CUSTOMER_ONLY → UNLIMITED",
      "would-switch groups 0, 1 → groups 0, 1, 3",
      "would-switch UNLIMITED → NEW_CUSTOMER_ONLY",
      "would-switch groups 0, 1, 3 → groups 0, 1",
    ]);
    expect(await history(world)).toEqual([
      ["would-switch", "UNLIMITED", "NEW_CUSTOMER_ONLY"],
      ["would-switch", "NEW_CUSTOMER_ONLY", "UNLIMITED"],
    ]);
    expect(await world.state.readTarget(STORE, TARGET)).toMatchObject({ ledger: EMPTY_LEDGER, shadow: undefined });
  });

  it("the ledger never believes that Doorman wrote, and the campaign's status says what would be", async () => {
    const { world } = shadowWorld();
    await world.put(sale());

    await world.runTo("2026-11-27T11:00:00Z");

    const { ledger, shadow } = await world.state.readTarget(STORE, TARGET);
    expect(ledger).toEqual(EMPTY_LEDGER);
    expect(shadow?.pretence).toEqual({ found: "NEW_CUSTOMER_ONLY", shown: "UNLIMITED" });
    expect((await world.status("sale"))["warnings"]).toEqual([
      "coupon WELCOME10 (162428889): would hold UNLIMITED, but Doorman is in shadow mode and writes nothing to Ecwid",
    ]);
  });

  it("is told once, however often it is looked at", async () => {
    const { world } = shadowWorld();
    await world.put(sale());
    await world.runTo("2026-11-27T10:10:00Z");

    await world.sweep();
    await world.runTo("2026-11-27T11:10:00Z");
    await world.sweep();

    expect(told(world)).toEqual(["would-switch NEW_CUSTOMER_ONLY → UNLIMITED"]);
  });

  it("a person's edit counts as it would have: the window gives way", async () => {
    const { world } = shadowWorld();
    await world.put(sale());
    await world.runTo("2026-11-27T10:10:00Z");
    world.ecwid.edit.coupon(STORE, COUPON, { applicationLimit: "REPEAT_CUSTOMER_ONLY" });

    await world.sweep();
    await world.runTo("2026-11-27T10:15:00Z");
    await world.runTo("2026-11-27T12:05:00Z");

    expect(writesOf(world)).toEqual([]);
    expect(told(world)).toEqual(["would-switch NEW_CUSTOMER_ONLY → UNLIMITED"]);
    expect(world.limit()).toBe("REPEAT_CUSTOMER_ONLY");
  });

  it("a write would be refused, did anything get as far", async () => {
    const { world } = shadowWorld();
    const token = await world.reconciling.tokens.read(STORE);
    if (!token.ok) throw new Error("the store has a token");

    const store = readOnlyStore(world.reconciling.ecwid.open(storeId(STORE), token.value.token));

    await expect(store.writeApplicationLimit(couponId(String(COUPON)), "UNLIMITED")).rejects.toThrow(/shadow mode, which writes nothing/);
  });
});

describe("out of shadow mode", () => {
  it("the next window is switched as if shadow mode had never been", async () => {
    const { world, deploy } = shadowWorld();
    await world.put(sale({ repeat: "FREQ=DAILY" }));
    await world.runTo("2026-11-27T13:00:00Z");

    deploy("live");
    await world.runTo("2026-11-28T10:01:00Z");
    const opened = world.limit();
    await world.runTo("2026-11-28T12:01:00Z");

    expect(opened).toBe("UNLIMITED");
    expect(world.limit()).toBe("NEW_CUSTOMER_ONLY");
    expect(told(world)).toEqual([
      "would-switch NEW_CUSTOMER_ONLY → UNLIMITED",
      "would-switch UNLIMITED → NEW_CUSTOMER_ONLY",
      "switched NEW_CUSTOMER_ONLY → UNLIMITED",
      "switched UNLIMITED → NEW_CUSTOMER_ONLY",
    ]);
  });

  it("a window that is on is taken up by the next sweep, and what would have been held is forgotten", async () => {
    const { world, deploy } = shadowWorld();
    await world.put(sale());
    await world.runTo("2026-11-27T10:10:00Z");

    deploy("live");
    await world.sweep();
    await world.runTo("2026-11-27T10:12:00Z");
    const { ledger, shadow } = await world.state.readTarget(STORE, TARGET);
    const opened = world.limit();
    await world.runTo("2026-11-27T12:01:00Z");

    expect(opened).toBe("UNLIMITED");
    expect(shadow).toBeUndefined();
    expect(ledger.cells.applicationLimit).toMatchObject({ base: "NEW_CUSTOMER_ONLY", written: "UNLIMITED" });
    expect(world.limit()).toBe("NEW_CUSTOMER_ONLY");
    expect((await world.status("sale"))["warnings"]).toEqual([]);
  });

  it("what was held before shadow mode is put back after it, and not while it is on", async () => {
    const { world, deploy } = shadowWorld();
    deploy("live");
    await world.put(sale());
    await world.runTo("2026-11-27T11:00:00Z");

    deploy("shadow");
    await world.runTo("2026-11-27T12:30:00Z");
    const left = world.limit();
    deploy("live");
    await world.sweep();
    await world.runTo("2026-11-27T12:32:00Z");

    expect(left).toBe("UNLIMITED");
    expect(world.limit()).toBe("NEW_CUSTOMER_ONLY");
    expect(told(world)).toEqual([
      "switched NEW_CUSTOMER_ONLY → UNLIMITED",
      "would-switch UNLIMITED → NEW_CUSTOMER_ONLY",
      "switched UNLIMITED → NEW_CUSTOMER_ONLY",
    ]);
  });
});
