import { describe, expect, it } from "vitest";
import { couponId, targetKey } from "../../lib/domain/identifiers.ts";
import { COUPON, createWorld, STORE, sale, type World } from "../support/world.ts";

const REPEAT_ONLY = [{ couponId: String(COUPON), applicationLimit: "REPEAT_CUSTOMER_ONLY" }];

async function reasonsOf({ history, clock }: World): Promise<readonly string[]> {
  const entries = await history.of(STORE, targetKey({ kind: "coupon", id: couponId(String(COUPON)) }), 10, clock.now());
  return entries.map(({ reason }) => reason);
}

describe("the reasons that the history gives", () => {
  it("name a deleted campaign as people did, and guess nothing", async () => {
    const world = createWorld();
    await world.put(sale({ campaignId: "enf", name: "Enforcer", onManualEdit: "enforce" }));
    await world.runTo("2026-11-27T10:30:00Z");

    await world.remove("enf");
    await world.runTo("2026-11-27T10:40:00Z");

    expect(await reasonsOf(world)).toContain('"Enforcer" asks for nothing here any more');
  });

  it("say of a change made while another campaign held the coupon just that", async () => {
    const world = createWorld();
    await world.put(sale());
    await world.put(sale({ campaignId: "rival", name: "Rival", start: "2026-11-27T11:00", priority: 5, coupons: REPEAT_ONLY }));
    await world.runTo("2026-11-27T10:58:00Z");
    world.ecwid.edit.coupon(STORE, COUPON, { applicationLimit: "NEW_CUSTOMER_ONLY" });
    await world.runTo("2026-11-27T11:10:00Z");

    expect(await reasonsOf(world)).toContainEqual(
      expect.stringMatching(
        /^somebody set NEW_CUSTOMER_ONLY in Ecwid while "Sale" held it, so that is the value to return to; "Rival" is on until/,
      ),
    );
  });
});
