import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createSystemClock } from "../../lib/adapters/system/clock.ts";
import { DAY, type Instant, parseInstant, plus } from "../../lib/domain/instant.ts";
import { createVirtualClock } from "../support/virtual-clock.ts";

const noon = parseInstant("2026-11-27T12:00:00Z");

describe("the virtual clock", () => {
  it("stands still until it is moved, and never moves back", async () => {
    const clock = createVirtualClock(noon);
    const before = clock.now();

    await clock.advanceBy(1500);
    await clock.advanceTo(noon);

    expect([before, clock.now()]).toEqual([noon, plus(noon, 1500)]);
  });

  it("wakes sleepers in the order of their instants, each at its own, those of one instant as they came", async () => {
    const clock = createVirtualClock(noon);
    const woken: [string, Instant][] = [];
    const sleep = async (name: string, milliseconds: number) => {
      await clock.sleepUntil(plus(noon, milliseconds));
      woken.push([name, clock.now()]);
    };
    const sleepers = [sleep("late", 30), sleep("early", 10), sleep("late too", 30), sleep("past", -1)];
    const next = clock.nextWakeAt();

    await clock.advanceBy(29);
    const byThen = [...woken];
    await clock.advanceBy(1);
    await Promise.all(sleepers);

    expect(next).toBe(plus(noon, 10));
    expect(byThen.map(([name]) => name)).toEqual(["past", "early"]);
    expect(woken).toEqual([
      ["past", noon],
      ["early", plus(noon, 10)],
      ["late", plus(noon, 30)],
      ["late too", plus(noon, 30)],
    ]);
    expect(clock.nextWakeAt()).toBeUndefined();
  });

  it("wakes in one move a sleeper that goes to sleep again", async () => {
    const clock = createVirtualClock(noon);
    const laps: Instant[] = [];
    const run = async () => {
      for (let lap = 1; lap <= 3; lap += 1) {
        await clock.sleepUntil(plus(noon, lap * 10));
        laps.push(clock.now());
      }
    };

    const running = run();
    await clock.advanceBy(100);
    await running;

    expect(laps).toEqual([plus(noon, 10), plus(noon, 20), plus(noon, 30)]);
  });
});

describe("the machine's clock", () => {
  beforeEach(() => {
    vi.useFakeTimers({ now: noon, toFake: ["Date", "setTimeout"] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  const sleepOf = (at: Instant) => {
    const sleep = {
      isOver: false,
      promise: createSystemClock()
        .sleepUntil(at)
        .then(() => {
          sleep.isOver = true;
        }),
    };
    return sleep;
  };

  it("tells the machine's time in whole milliseconds", () => {
    expect(createSystemClock().now()).toBe(noon);
  });

  it("does not sleep for an instant that has passed", async () => {
    await createSystemClock().sleepUntil(noon);

    expect(vi.getTimerCount()).toBe(0);
  });

  it("sleeps until the instant, also one further off than a timer reaches", async () => {
    const sleep = sleepOf(plus(noon, 60 * DAY));

    await vi.advanceTimersByTimeAsync(60 * DAY - 1);
    const isOverBefore = sleep.isOver;
    await vi.advanceTimersByTimeAsync(1);
    await sleep.promise;

    expect([isOverBefore, sleep.isOver]).toEqual([false, true]);
  });

  it("goes on sleeping when the machine's time was set back meanwhile", async () => {
    const sleep = sleepOf(plus(noon, 1000));

    await vi.advanceTimersByTimeAsync(500);
    vi.setSystemTime(noon);
    await vi.advanceTimersByTimeAsync(999);
    const isOverBefore = sleep.isOver;
    await vi.advanceTimersByTimeAsync(1);
    await sleep.promise;

    expect([isOverBefore, sleep.isOver]).toEqual([false, true]);
  });
});
