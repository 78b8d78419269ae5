import { describe, expect, it } from "vitest";
import { couponId, targetKey } from "../../lib/domain/identifiers.ts";
import { COUPON, createWorld, STORE, sale, type World } from "../support/world.ts";

const KEY = targetKey({ kind: "coupon", id: couponId(String(COUPON)) });

async function told({ history, clock }: World) {
  const entries = await history.of(STORE, KEY, 10, clock.now());
  return entries.map(({ kind, reason, missedCount }) => ({ kind, reason, missedCount }));
}

describe("windows that came and went with nobody there", () => {
  it("are written down when somebody is there again, and nothing is switched for them", async () => {
    const world = createWorld();
    await world.put(sale());
    world.calls();

    await world.skipTo("2026-11-27T15:00:00Z");
    await world.runTo("2026-11-27T15:02:00Z");

    expect(await told(world)).toEqual([
      {
        kind: "missed",
        reason:
          'nothing could be switched from 2026-11-27T09:00:01Z to 2026-11-27T15:00:00Z: missed "Sale" of 2026-11-27T10:00:00Z to 2026-11-27T12:00:00Z',
        missedCount: 1,
      },
    ]);
    expect(world.calls()).toEqual([]);
    expect(world.events.filter(({ kind }) => kind === "missed")).toHaveLength(1);
  });

  it("are written down beside the switch that is late", async () => {
    const world = createWorld();
    await world.put(sale({ repeat: "FREQ=DAILY;BYHOUR=10,12,14", end: "2026-11-27T11:00" }));

    await world.skipTo("2026-11-27T14:30:00Z");
    await world.runTo("2026-11-27T14:32:00Z");

    const entries = await told(world);
    expect(entries.map(({ kind, missedCount }) => [kind, missedCount])).toEqual([
      ["missed", 2],
      ["switched", undefined],
    ]);
    expect(world.limit()).toBe("UNLIMITED");
  });

  it("are none of a campaign that was saved when they were over", async () => {
    const world = createWorld();
    await world.put(sale({ campaignId: "other", start: "2026-11-28T10:00", end: "2026-11-28T12:00" }));
    await world.skipTo("2026-11-27T13:00:00Z");

    await world.put(sale());
    await world.runTo("2026-11-27T13:05:00Z");

    expect(await told(world)).toEqual([]);
  });

  it("are none while every switch comes in time", async () => {
    const world = createWorld();
    await world.put(sale({ repeat: "FREQ=DAILY" }));

    await world.runTo("2026-11-28T13:00:00Z");

    const kinds = (await told(world)).map(({ kind }) => kind);
    expect(kinds).toEqual(["switched", "switched", "switched", "switched"]);
  });
});
