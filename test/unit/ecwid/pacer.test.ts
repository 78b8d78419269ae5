import { describe, expect, it } from "vitest";
import { createPacer, DEFAULT_PACE, type Pace } from "../../../lib/adapters/ecwid/pacer.ts";
import { createStorePacers } from "../../../lib/adapters/ecwid/store-pacers.ts";
import { storeId } from "../../../lib/domain/identifiers.ts";
import { type Instant, parseInstant, plus } from "../../../lib/domain/instant.ts";
import { createVirtualClock, type VirtualClock } from "../../support/virtual-clock.ts";

const START = parseInstant("2026-11-27T05:00:00Z");

/** Asks `count` times at once and notes, in milliseconds from the start, when each was let through. */
function ask(clock: VirtualClock, pace: Pace, count: number): number[] {
  const pacer = createPacer(clock, pace);
  const admitted: number[] = [];
  for (let index = 0; index < count; index += 1) void pacer.admit().then(() => admitted.push(clock.now() - START));
  return admitted;
}

describe("a pacer", () => {
  it("lets eight requests through at once, and each further one a second after the eighth before it", async () => {
    const clock = createVirtualClock(START);
    const admitted = ask(clock, DEFAULT_PACE, 20);

    await clock.advanceBy(0);
    const atOnce = admitted.length;
    await clock.advanceBy(10_000);

    expect(atOnce).toBe(8);
    expect(admitted).toEqual([...Array(8).fill(0), ...Array(8).fill(1_000), ...Array(4).fill(2_000)]);
  });

  it("lets no more than 540 through in any minute and 8 in any second", async () => {
    const clock = createVirtualClock(START);
    const admitted = ask(clock, DEFAULT_PACE, 1_200);

    await clock.advanceBy(180_000);

    const most = (spanMs: number) => Math.max(...admitted.map((from) => admitted.filter((at) => at >= from && at < from + spanMs).length));
    expect(admitted).toHaveLength(1_200);
    expect([most(1_000), most(60_000)]).toEqual([8, 480]);
  });

  it("holds back at the limit of the minute where the second has room", async () => {
    const clock = createVirtualClock(START);
    const admitted = ask(clock, { perSecond: 8, perMinute: 10 }, 21);

    await clock.advanceBy(200_000);

    expect(admitted).toEqual([...Array(8).fill(0), 1_000, 1_000, ...Array(8).fill(60_000), 61_000, 61_000, 120_000]);
  });

  it("lets a request through at once after a pause", async () => {
    const clock = createVirtualClock(START);
    const pacer = createPacer(clock, { perSecond: 1, perMinute: 60 });
    await pacer.admit();
    await clock.advanceBy(1_000);

    await pacer.admit();

    expect(clock.now()).toBe(plus(START, 1_000));
  });

  it("is idle only while nothing that it let through counts", async () => {
    const clock = createVirtualClock(START);
    const pacer = createPacer(clock);

    const fresh = pacer.isIdle();
    await pacer.admit();
    const used = pacer.isIdle();
    await clock.advanceBy(60_000);

    expect([fresh, used, pacer.isIdle()]).toEqual([true, false, true]);
  });
});

describe("the pacers of stores", () => {
  it("are one a store, kept while they count and thrown away after", async () => {
    let now: Instant = START;
    const clock = { now: () => now, sleepUntil: async () => undefined };
    const pacerOf = createStorePacers(clock, DEFAULT_PACE);
    const first = pacerOf(storeId("1"));
    await first.admit();

    const other = pacerOf(storeId("2"));
    const again = pacerOf(storeId("1"));
    now = plus(START, 60_000);
    pacerOf(storeId("2"));

    expect(again).toBe(first);
    expect(other).not.toBe(first);
    expect(pacerOf(storeId("1"))).not.toBe(first);
  });
});
