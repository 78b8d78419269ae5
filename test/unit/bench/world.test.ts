import { describe, expect, it } from "vitest";
import { createMemoryQueue } from "../../../lib/adapters/memory/queue.ts";
import type { StoreMessage } from "../../../lib/application/ports/dispatcher.ts";
import { couponId, storeId, targetKey } from "../../../lib/domain/identifiers.ts";
import { MINUTE, parseInstant, plus, SECOND } from "../../../lib/domain/instant.ts";
import { percentile, spreadInWords, spreadOf } from "../../bench/figures.ts";
import { answersTo } from "../../bench/world/boundaries.ts";
import { createEventClock } from "../../bench/world/event-clock.ts";
import { floorsOf, workersAt } from "../../bench/world/floors.ts";
import { DOCUMENTED, type Limits, PREPARED, QUEUES, RAISED } from "../../bench/world/limits.ts";
import { playInstant } from "../../bench/world/play-instant.ts";
import { playWave } from "../../bench/world/play-wave.ts";
import { createThroughput } from "../../bench/world/throughput.ts";
import { createWorkerHost } from "../../bench/world/worker-host.ts";
import { createRandom } from "../../simulation/world/random.ts";

const START = parseInstant("2026-11-27T10:00:00Z");

describe("the bench's clock", () => {
  it("wakes sleepers in the order of their instants, and of one instant first come first", async () => {
    const clock = createEventClock(START);
    const woken: string[] = [];
    const sleep = async (name: string, milliseconds: number) => {
      await clock.pause(milliseconds);
      woken.push(`${name} ${clock.now() - START}`);
    };

    for (const [name, milliseconds] of [
      ["c", 30],
      ["a", 10],
      ["d", 30],
      ["b", 20],
      ["e", 500],
    ] as const)
      void sleep(name, milliseconds);
    await clock.advanceTo(plus(START, 100));

    expect(woken).toEqual(["a 10", "b 20", "c 30", "d 30"]);
    expect(clock.now()).toBe(plus(START, 100));
  });
});

describe("a table's throughput", () => {
  it("has a second's worth in hand, and then lets through so many units a second", async () => {
    const clock = createEventClock(START);
    const limit = createThroughput(clock, 100);
    const done: number[] = [];

    for (let n = 0; n < 300; n += 1) void limit.take(1).then(() => done.push(clock.now() - START));
    await clock.drain();

    expect(done).toHaveLength(300);
    expect(done.filter((at) => at === 0)).toHaveLength(100);
    expect(done.at(-1)).toBe(2 * SECOND);
  });
});

describe("the workers", () => {
  it("are five at first and five more a second while messages wait", async () => {
    const clock = createEventClock(START);
    const queue = createMemoryQueue({ clock });
    const began: number[] = [];
    const work = async () => {
      began.push(clock.now() - START);
      await clock.pause(10 * MINUTE);
    };
    createWorkerHost({ clock, queue, limits: DOCUMENTED, random: createRandom(1), work });

    for (let n = 0; n < 60; n += 1) await queue.send(messageTo(n));
    await clock.advanceTo(plus(START, 5 * SECOND));

    expect(began.length).toBeGreaterThanOrEqual(25);
    expect(began.length).toBeLessThanOrEqual(30);
  });

  it("take an environment that becomes free before a new one is there", async () => {
    const clock = createEventClock(START);
    const queue = createMemoryQueue({ clock });
    const ended: number[] = [];
    const limits = { ...PREPARED, environmentsInTenSeconds: 10 };
    const work = async () => {
      await clock.pause(SECOND);
      ended.push(clock.now() - START);
    };
    createWorkerHost({ clock, queue, limits, random: createRandom(1), work });

    for (let n = 0; n < 20; n += 1) await queue.send(messageTo(n));
    await clock.drain();

    // Ten at once and one more a second: for new ones alone the last would begin after ten seconds.
    expect(ended).toHaveLength(20);
    expect(ended.at(-1)).toBeLessThan(4 * SECOND);
  });

  it("take no more messages in a second than their pollers ask for", async () => {
    const clock = createEventClock(START);
    const queue = createMemoryQueue({ clock });
    const began: number[] = [];
    const work = async () => void began.push(clock.now() - START);
    createWorkerHost({ clock, queue, limits: { ...PREPARED, receivesASecond: 10 }, random: createRandom(1), work });

    for (let n = 0; n < 40; n += 1) await queue.send(messageTo(n));
    await clock.drain();

    expect(began.at(-1)).toBeGreaterThan(3 * SECOND);
  });
});

describe("what bounds a wave from below", () => {
  it("is the store with the most replies, or Ecwid's pace, and all replies shared out among the workers", () => {
    const limits = { ...PREPARED, workers: { atFirst: 10, perMinute: 0, most: 10 } };
    const loads = Array.from({ length: 100 }, () => ({ requests: 4, milliseconds: SECOND }));

    const plain = floorsOf(loads, limits);
    const paced = floorsOf([{ requests: 25, milliseconds: SECOND }], limits);

    expect(plain).toEqual({ storeMs: SECOND, storeBy: "replies in series", workersMs: 10 * SECOND });
    expect(paced).toMatchObject({ storeMs: 3 * SECOND, storeBy: "Ecwid's pace" });
  });

  it("has the workers that there can be: five more a second from four and a half before, and environments as they come", () => {
    expect(workersAt(DOCUMENTED, 0)).toBe(27.5);
    expect(workersAt(DOCUMENTED, 10 * SECOND)).toBe(77.5);
    const ofOneQueue: Limits = { ...PREPARED, workers: { atFirst: 2_000, perMinute: 1_000, most: 2_000 } };
    expect(workersAt(ofOneQueue, 0)).toBe(1_450);
    expect(workersAt(ofOneQueue, 10 * SECOND)).toBe(2_000);
  });

  it("has as many of them for each queue as for one", () => {
    expect(workersAt(QUEUES, 0)).toBe(6 * 27.5);
    expect(workersAt(QUEUES, 60 * SECOND)).toBe(900);
    expect(workersAt(RAISED, 0)).toBe(6_000);
  });
});

function messageTo(n: number): StoreMessage {
  const target = targetKey({ kind: "coupon", id: couponId("1") });
  return { kind: "switch", storeId: storeId(String(1_001 + n)), instant: START, targets: [target], relay: 0 };
}

describe("a boundary", () => {
  it("is answered by the first write from then until its target's next boundary", () => {
    const place = { storeId: storeId("1001"), target: targetKey({ kind: "coupon", id: couponId("1") }) };
    const boundaries = [0, 10, 20].map((minutes) => ({ ...place, at: plus(START, minutes * MINUTE) }));
    const written = [plus(START, 300), plus(START, 20 * MINUTE + 700)].map((at) => ({ ...place, at }));

    const answers = answersTo(boundaries, written);

    expect(answers.map(({ latenessMs }) => latenessMs)).toEqual([300, undefined, 700]);
  });
});

describe("Doorman in the bench", () => {
  it("switches every store of one instant, the same for the same seed", async () => {
    const [late, again] = [await playInstant(DOCUMENTED, 5, 1), await playInstant(DOCUMENTED, 5, 1)];

    expect(late).toHaveLength(5);
    expect(again).toEqual(late);
  });

  it("switches everything of a wave, and not faster than the floor", async () => {
    const wave = await playWave({ limits: DOCUMENTED, distribution: "skewed", stores: 10, switches: 200, seed: 1 });

    expect(wave.missing).toBe(0);
    expect(wave.drainMs).toBeGreaterThan(wave.floors.storeMs);
    expect(wave.drainMs).toBeGreaterThan(wave.floors.workersMs);
  });
});

it("percentiles are values that were there", () => {
  const values = [5, 1, 4, 2, 3];

  expect([0.5, 0.99, 1].map((share) => percentile(values, share))).toEqual([3, 5, 5]);
  expect(spreadInWords(spreadOf(values))).toBe("3 (1–5)");
  expect(spreadInWords(spreadOf([2, 2]))).toBe("2");
});
