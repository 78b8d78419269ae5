import { describe, expect, it } from "vitest";
import type { Fault, Faults } from "../../infra/local/simulated-store/fault.ts";
import { couponId, targetKey } from "../../lib/domain/identifiers.ts";
import { COUPON, createWorld, STORE, sale } from "../support/world.ts";

const KEY = targetKey({ kind: "coupon", id: couponId(String(COUPON)) });

/** What goes wrong with the first write, and with the first read after it; everything else passes. */
function aroundTheFirstWrite({ write, readBack }: { readonly write?: Fault; readonly readBack: Fault }): Faults {
  let writes = 0;
  let isReadBack = false;
  return ({ method }) => {
    if (method === "PUT") {
      writes += 1;
      return writes === 1 ? write : undefined;
    }
    if (writes === 0 || isReadBack) return undefined;
    isReadBack = true;
    return readBack;
  };
}

describe("a write that nobody could read back", () => {
  it.each([
    [400, "SOMETHING_NEW"],
    [403, "SOMETHING_NEW"],
    [404, "DISCOUNT_COUPON_NOT_FOUND"],
  ])("because Ecwid answered %s does not pass for the base", async (status, errorCode) => {
    const world = createWorld();
    await world.put(sale());
    world.ecwid.setFaults(aroundTheFirstWrite({ readBack: { kind: "status", status, when: "before", errorCode } }));

    await world.runTo("2026-11-27T10:30:00Z");
    expect(world.limit()).toBe("UNLIMITED");
    await world.runTo("2026-11-27T13:30:00Z");

    expect(world.limit()).toBe("NEW_CUSTOMER_ONLY");
  });

  it("and whose own reply was lost does not pass for the base when the next read is refused", async () => {
    const world = createWorld();
    await world.put(sale());
    const write = { kind: "drop", when: "after" } as const;
    world.ecwid.setFaults(aroundTheFirstWrite({ write, readBack: { kind: "status", status: 400, when: "before" } }));

    await world.runTo("2026-11-27T10:30:00Z");
    expect(world.limit()).toBe("UNLIMITED");
    await world.runTo("2026-11-27T13:30:00Z");

    expect(world.limit()).toBe("NEW_CUSTOMER_ONLY");
  });

  it("and which no read showed after three tries does not pass for the base once it does show", async () => {
    const world = createWorld();
    await world.put(sale());
    let readsBehind = 5;
    let isLanded = false;
    world.ecwid.setFaults(({ method, resource }) => {
      if (method === "PUT") {
        // Taken, and seen by nobody until the reads have caught up; a repeat of it changes nothing.
        const first: Fault | undefined = isLanded ? { kind: "status", status: 200, when: "before", body: '{"updateCount":1}' } : undefined;
        isLanded = true;
        return first;
      }
      if (!isLanded || readsBehind === 0 || resource !== "discount_coupons") return undefined;
      readsBehind -= 1;
      return { kind: "stale" };
    });

    await world.runTo("2026-11-27T10:30:00Z");
    world.ecwid.setFaults(undefined);
    expect(world.limit()).toBe("UNLIMITED");
    await world.runTo("2026-11-27T13:30:00Z");

    expect(world.limit()).toBe("NEW_CUSTOMER_ONLY");
  });

  it("is not given up after a stale read when the campaign is stopped in the same moment: the base is put back", async () => {
    const world = createWorld({ chance: () => 0.99 });
    await world.put(sale());
    let isLanded = false;
    let readsBehind = 2;
    world.ecwid.setFaults(({ method, resource }) => {
      if (method === "PUT") isLanded = true;
      if (!isLanded || method === "PUT" || readsBehind === 0 || resource !== "discount_coupons") return undefined;
      readsBehind -= 1;
      return { kind: "stale" };
    });
    await world.runTo("2026-11-27T10:00:00Z");

    await world.put(sale({ enabled: false }));
    expect(world.limit()).toBe("UNLIMITED");
    await world.runTo("2026-11-27T10:03:00Z");

    expect(world.limit()).toBe("NEW_CUSTOMER_ONLY");
  });

  it("is told once and stands in the history as soon as it is known to have happened", async () => {
    const world = createWorld();
    await world.put(sale());
    world.ecwid.setFaults(aroundTheFirstWrite({ readBack: { kind: "status", status: 500, when: "before" } }));

    await world.runTo("2026-11-27T10:30:00Z");

    const entries = await world.history.of(STORE, KEY, 10, world.clock.now());
    const wanted = { kind: "switched", before: "NEW_CUSTOMER_ONLY", after: "UNLIMITED" };
    expect(entries).toMatchObject([wanted]);
    expect(world.events.filter((event) => event.kind === "switched")).toMatchObject([wanted]);
  });

  it("stands in the history once Ecwid has accepted it, even where a person has set something else before the next read", async () => {
    const world = createWorld();
    await world.put(sale());
    world.ecwid.setFaults(aroundTheFirstWrite({ readBack: { kind: "status", status: 400, when: "before" } }));
    await world.runTo("2026-11-27T10:10:00Z");
    expect(world.limit()).toBe("UNLIMITED");

    world.ecwid.edit.coupon(STORE, COUPON, { applicationLimit: "REPEAT_CUSTOMER_ONLY" });
    await world.runTo("2026-11-27T11:30:00Z");

    const entries = await world.history.of(STORE, KEY, 10, world.clock.now());
    const reason = expect.stringContaining("when it was next read, REPEAT_CUSTOMER_ONLY was there");
    expect(entries.filter(({ kind }) => kind === "switched")).toMatchObject([{ after: "UNLIMITED", reason }]);
    expect(world.limit()).toBe("REPEAT_CUSTOMER_ONLY");
  });
});
