import { describe, expect, it } from "vitest";
import type { StoreMessage } from "../../lib/application/ports/dispatcher.ts";
import { reconcileMessage } from "../../lib/application/reconcile/reconcile-message.ts";
import { couponId, targetKey } from "../../lib/domain/identifiers.ts";
import { plus, SECOND } from "../../lib/domain/instant.ts";
import { COUPON, createWorld, instantOf, STORE, sale } from "../support/world.ts";

const KEY = targetKey({ kind: "coupon", id: couponId(String(COUPON)) });

function message(utc: string): StoreMessage {
  return { kind: "switch", storeId: STORE, instant: instantOf(utc), targets: [KEY], relay: 0 };
}

function deliver(world: ReturnType<typeof createWorld>, utc: string): Promise<void> {
  return reconcileMessage(world.reconciling, message(utc), plus(world.clock.now(), 120 * SECOND));
}

describe("a message", () => {
  it("delivered twice switches once", async () => {
    const world = createWorld();
    await world.put(sale());
    await world.runTo("2026-11-27T10:00:10Z");
    world.calls();

    await deliver(world, "2026-11-27T10:00:00Z");

    expect(world.calls()).toEqual([]);
    expect(world.limit()).toBe("UNLIMITED");
  });

  it("delivered late, after the window's end, opens nothing", async () => {
    const world = createWorld({ ticks: false });
    await world.put(sale());
    await world.skipTo("2026-11-27T12:30:00Z");

    await deliver(world, "2026-11-27T10:00:00Z");

    expect(world.limit()).toBe("NEW_CUSTOMER_ONLY");
    expect(world.events.filter((event) => event.kind === "switched")).toEqual([]);
  });

  it("delivered late, inside the window, opens it and says how late", async () => {
    const world = createWorld({ ticks: false });
    await world.put(sale());
    await world.skipTo("2026-11-27T10:20:00Z");

    await deliver(world, "2026-11-27T10:00:00Z");

    expect(world.limit()).toBe("UNLIMITED");
    expect(world.events.filter((event) => event.kind === "switched")).toMatchObject([{ latenessMs: 20 * 60 * SECOND }]);
  });

  it("delivered before its instant waits for it", async () => {
    const world = createWorld({ ticks: false });
    await world.put(sale());
    await world.skipTo("2026-11-27T09:59:57Z");

    const working = deliver(world, "2026-11-27T10:00:00Z");
    await world.clock.advanceTo(instantOf("2026-11-27T09:59:59.999Z"));
    expect(world.limit()).toBe("NEW_CUSTOMER_ONLY");
    await world.clock.advanceTo(instantOf("2026-11-27T10:00:00Z"));
    await working;

    expect(world.limit()).toBe("UNLIMITED");
  });

  it("for a target that is not due, or that nobody knows, makes no call", async () => {
    const world = createWorld({ ticks: false });
    await world.put(sale());
    world.calls();

    await deliver(world, "2026-11-27T09:00:00Z");
    await reconcileMessage(
      world.reconciling,
      { ...message("2026-11-27T09:00:00Z"), targets: [targetKey({ kind: "coupon", id: couponId("99") })] } as StoreMessage,
      instantOf("2026-11-27T10:00:00Z"),
    );

    expect(world.calls()).toEqual([]);
  });
});

describe("a tick", () => {
  it("after an outage over a whole window opens nothing and leaves the base", async () => {
    const world = createWorld();
    await world.put(sale());
    await world.skipTo("2026-11-27T13:00:00Z");

    await world.runTo("2026-11-27T13:05:00Z");

    expect(world.limit()).toBe("NEW_CUSTOMER_ONLY");
  });

  it("after an outage over the end closes at once", async () => {
    const world = createWorld();
    await world.put(sale());
    await world.runTo("2026-11-27T11:00:00Z");
    await world.skipTo("2026-11-27T15:00:00Z");

    await world.runTo("2026-11-27T15:00:05Z");

    expect(world.limit()).toBe("NEW_CUSTOMER_ONLY");
  });
});
