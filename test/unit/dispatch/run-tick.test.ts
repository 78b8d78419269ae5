import { describe, expect, it } from "vitest";
import { releasesOf, runTick } from "../../../lib/application/dispatch/run-tick.ts";
import type { StoreMessage } from "../../../lib/application/ports/dispatcher.ts";
import { type DueTarget, EMPTY_SYSTEM } from "../../../lib/application/ports/state-table.ts";
import type { TelemetryEvent } from "../../../lib/application/ports/telemetry.ts";
import { couponId, storeId, type TargetKey, targetKey } from "../../../lib/domain/identifiers.ts";
import { formatInstant, type Instant, parseInstant, plus, SECOND } from "../../../lib/domain/instant.ts";
import { createVirtualClock } from "../../support/virtual-clock.ts";

const STORE = storeId("1003");
const END = "2026-11-27T10:02:30Z";

function key(id: number): TargetKey {
  return targetKey({ kind: "coupon", id: couponId(String(id)) });
}

function due(utc: string, id = 1, store = STORE): DueTarget {
  return { storeId: store, target: key(id), dueAt: parseInstant(utc) };
}

function targetsOf(message: object): readonly TargetKey[] {
  return "targets" in message ? (message.targets as readonly TargetKey[]) : [];
}

describe("what a tick releases", () => {
  const asOf = parseInstant("2026-11-27T10:00:42Z");

  it("is one message per store and instant, with its targets in order", () => {
    const other = storeId("1004");
    const entries = [
      due("2026-11-27T10:01:00Z", 2),
      due("2026-11-27T10:01:00Z", 1),
      due("2026-11-27T10:01:30Z", 1),
      due("2026-11-27T10:01:00Z", 1, other),
    ];

    const releases = releasesOf(entries, asOf);

    expect(releases.map(({ storeId: store, instant, ...rest }) => [store, formatInstant(instant), targetsOf(rest)])).toEqual([
      ["1003", "2026-11-27T10:01:00Z", [key(1), key(2)]],
      ["1004", "2026-11-27T10:01:00Z", [key(1)]],
      ["1003", "2026-11-27T10:01:30Z", [key(1)]],
    ]);
  });

  it("puts everything overdue under its own minute, so that a second tick of the minute says the same", () => {
    const entries = [due("2026-11-26T08:00:00Z", 1), due("2026-11-27T09:59:59Z", 2)];

    const first = releasesOf(entries, asOf);

    expect(first).toMatchObject([{ instant: parseInstant("2026-11-27T10:00:00Z"), targets: [key(1), key(2)] }]);
    expect(releasesOf(entries, parseInstant("2026-11-27T10:00:59Z"))).toEqual(first);
  });

  it("names at most 50 targets in a message", () => {
    const entries = Array.from({ length: 120 }, (_each, index) => due("2026-11-27T10:01:00Z", index + 1));

    const releases = releasesOf(entries, asOf);

    expect(releases.map((release) => targetsOf(release).length)).toEqual([50, 50, 20]);
    expect(new Set(releases.flatMap(targetsOf)).size).toBe(120);
  });

  it("lets what narrows go first where a store has several messages for one instant", () => {
    const entries = [
      ...Array.from({ length: 60 }, (_each, index) => due("2026-11-27T10:01:00Z", index + 1)),
      due("2026-11-27T10:01:00Z", 1, storeId("1004")),
      due("2026-11-27T10:01:30Z", 1),
    ];

    const releases = releasesOf(entries, asOf);

    expect(releases.map((release) => "narrowingFirst" in release && release.narrowingFirst)).toEqual([true, true, false, false]);
  });

  it("counts no look among the messages of an instant, and asks none to let others go first", () => {
    const look = { storeId: STORE, dueAt: parseInstant("2026-11-27T10:01:00Z") };
    const many = Array.from({ length: 60 }, (_each, index) => due("2026-11-27T10:01:00Z", index + 1));

    const [beside, among] = [releasesOf([look, due("2026-11-27T10:01:00Z")], asOf), releasesOf([look, ...many], asOf)];

    expect(beside.map((release) => "narrowingFirst" in release)).toEqual([false, false]);
    expect(among.map((release) => [release.kind, "narrowingFirst" in release])).toEqual([
      ["look", false],
      ["switch", true],
      ["switch", true],
    ]);
  });

  it("lets what narrows go first over all stores where more are due at one instant than are worked at once", () => {
    const stores = (count: number) =>
      Array.from({ length: count }, (_each, index) => due("2026-11-27T10:01:00Z", 1, storeId(String(2_000 + index))));

    const [few, many] = [releasesOf(stores(500), asOf), releasesOf(stores(501), asOf)];

    expect(few.some((release) => "narrowingFirst" in release)).toBe(false);
    expect(many.every((release) => "narrowingFirst" in release)).toBe(true);
  });

  it("counts on as many stores at once as it is told", () => {
    const entries = Array.from({ length: 30 }, (_each, index) => due("2026-11-27T10:01:00Z", 1, storeId(String(2_000 + index))));

    const [enough, tooFew] = [releasesOf(entries, asOf, 30), releasesOf(entries, asOf, 29)];

    expect(enough.some((release) => "narrowingFirst" in release)).toBe(false);
    expect(tooFew.every((release) => "narrowingFirst" in release)).toBe(true);
  });

  it("is one message where 50 targets fill it", () => {
    const entries = Array.from({ length: 50 }, (_each, index) => due("2026-11-27T10:01:00Z", index + 1));

    const releases = releasesOf(entries, asOf);

    expect(releases).toHaveLength(1);
  });

  it("is a message of its own for a look", () => {
    const look = { storeId: STORE, dueAt: parseInstant("2026-11-27T10:01:00Z") };

    const releases = releasesOf([look, due("2026-11-27T10:01:00Z")], asOf);

    expect(releases.map(({ kind }) => kind)).toEqual(["look", "switch"]);
    expect(releases[0]).toEqual({ kind: "look", storeId: STORE, instant: look.dueAt, because: "an earlier look had to wait", relay: 0 });
  });
});

describe("a tick", () => {
  async function tick(now: string, entries: readonly DueTarget[], deadline = "2026-11-27T10:02:30Z", stopped?: string) {
    const clock = createVirtualClock(parseInstant(now));
    const sent: (readonly [string, StoreMessage])[] = [];
    const asked: Instant[] = [];
    const events: TelemetryEvent[] = [];
    const running = runTick(
      {
        clock,
        state: {
          readSystem: async () => ({ ...EMPTY_SYSTEM, version: 0, ...(stopped !== undefined && { stopped: { reason: stopped } }) }),
          async *due(horizon) {
            asked.push(horizon);
            yield* entries.filter(({ dueAt }) => dueAt <= horizon);
          },
        },
        dispatcher: { send: async (message) => void sent.push([formatInstant(clock.now()), message]) },
        telemetry: { emit: (event) => events.push(event) },
      },
      parseInstant(deadline),
    );
    await clock.advanceTo(parseInstant("2026-11-27T10:10:00Z"));
    await running;
    return { sent, asked, events };
  }

  it("answers for everything due before the next minute is over, wherever in its minute it comes", async () => {
    const early = await tick("2026-11-27T10:00:00Z", []);
    const late = await tick("2026-11-27T10:00:59.999Z", []);

    expect(early.asked).toEqual([parseInstant("2026-11-27T10:01:59.999Z")]);
    expect(late.asked).toEqual(early.asked);
  });

  it("releases each message three seconds before its instant, overdue ones at once", async () => {
    const entries = [due("2026-11-27T09:00:00Z"), due("2026-11-27T10:00:20Z"), due("2026-11-27T10:01:40Z"), due("2026-11-27T10:02:00Z")];

    const { sent } = await tick("2026-11-27T10:00:00Z", entries);

    expect(sent.map(([at]) => at)).toEqual(["2026-11-27T10:00:00Z", "2026-11-27T10:00:17Z", "2026-11-27T10:01:37Z"]);
  });

  it("releases the messages of a crowded instant earlier, before a quiet one's if need be", async () => {
    const crowd = (count: number) =>
      Array.from({ length: count }, (_each, index) => due("2026-11-27T10:01:01Z", 1, storeId(String(2_000 + index))));
    const quiet = due("2026-11-27T10:01:00Z");

    const [few, many] = [
      await tick("2026-11-27T10:00:00Z", [quiet, ...crowd(15)]),
      await tick("2026-11-27T10:00:00Z", [quiet, ...crowd(16)]),
    ];

    expect(new Set(few.sent.map(([at]) => at))).toEqual(new Set(["2026-11-27T10:00:57Z", "2026-11-27T10:00:58Z"]));
    expect(many.sent.slice(0, 16).every(([at]) => at === "2026-11-27T10:00:56.5Z" || at === "2026-11-27T10:00:56.500Z")).toBe(true);
    expect(many.sent.at(-1)?.[0]).toBe("2026-11-27T10:00:57Z");
  });

  it("has many messages on their way at once, so that a slow queue delays no store behind others", async () => {
    const clock = createVirtualClock(parseInstant("2026-11-27T10:00:00Z"));
    const entries = Array.from({ length: 500 }, (_each, index) => due("2026-11-27T10:01:00Z", 1, storeId(String(2_000 + index))));
    const arrived: Instant[] = [];
    const send = async () => {
      await clock.sleepUntil(plus(clock.now(), 10));
      arrived.push(clock.now());
    };
    const state = {
      readSystem: async () => ({ ...EMPTY_SYSTEM, version: 0 }),
      async *due() {
        yield* entries;
      },
    };

    const running = runTick({ clock, state, dispatcher: { send }, telemetry: { emit: () => undefined } }, parseInstant(END));
    await clock.advanceTo(parseInstant("2026-11-27T10:02:00Z"));
    await running;

    expect(arrived).toHaveLength(500);
    expect(arrived.at(-1)).toBe(parseInstant("2026-11-27T10:00:55.600Z"));
  });

  it("sends the others where one cannot be sent, and says so", async () => {
    const clock = createVirtualClock(parseInstant("2026-11-27T10:01:00Z"));
    const sent: string[] = [];
    const send = async ({ storeId: store }: StoreMessage) => {
      if (store === STORE) throw new Error("throttled");
      sent.push(store);
    };
    const state = {
      readSystem: async () => ({ ...EMPTY_SYSTEM, version: 0 }),
      async *due() {
        yield* [due("2026-11-27T10:00:00Z"), due("2026-11-27T10:00:00Z", 1, storeId("1004"))];
      },
    };

    const running = runTick({ clock, state, dispatcher: { send }, telemetry: { emit: () => undefined } }, parseInstant(END));

    await expect(running).rejects.toThrow("1 of the tick's messages could not be sent");
    expect(sent).toEqual(["1004"]);
  });

  it("leaves to the next tick what its own end would cut off, and tells of its work", async () => {
    const { sent, events } = await tick(
      "2026-11-27T10:00:00Z",
      [due("2026-11-27T10:00:20Z"), due("2026-11-27T10:01:40Z")],
      "2026-11-27T10:01:00Z",
    );

    expect(sent).toHaveLength(1);
    expect(events).toEqual([{ kind: "tick-completed", asOf: parseInstant("2026-11-27T10:00:00Z"), due: 2, released: 1 }]);
  });

  it.each([
    ["2026-11-27T10:00:22.001Z", 1],
    ["2026-11-27T10:00:22Z", 0],
  ])("releases a message until five seconds before its own end (%s), and not then", async (deadline, count) => {
    const { sent } = await tick("2026-11-27T10:00:00Z", [due("2026-11-27T10:00:20Z")], deadline);

    expect(sent).toHaveLength(count);
  });

  it.each([
    ["2026-11-27T10:00:05.001Z", 1],
    ["2026-11-27T10:00:05Z", 0],
  ])("releases what is overdue until five seconds before its own end (%s), and not then", async (deadline, count) => {
    const { sent } = await tick("2026-11-27T10:00:00Z", [due("2026-11-27T09:00:00Z")], deadline);

    expect(sent).toHaveLength(count);
  });

  it("counts what is due while Doorman is stopped, completes, and releases nothing", async () => {
    const { sent, events } = await tick("2026-11-27T10:00:00Z", [due("2026-11-27T09:00:00Z")], undefined, "wrong prices");

    expect(sent).toEqual([]);
    expect(events).toEqual([
      { kind: "tick-completed", asOf: parseInstant("2026-11-27T10:00:00Z"), due: 1, released: 0, stopped: "wrong prices" },
    ]);
  });

  it("gets on with a backlog until its time is nearly over, several messages at a time, and completes all the same", async () => {
    const clock = createVirtualClock(parseInstant("2026-11-27T10:00:00Z"));
    const events: TelemetryEvent[] = [];
    let underWay = 0;
    let most = 0;
    const stores = Array.from({ length: 6_000 }, (_each, index) => due("2026-11-27T08:00:00Z", 1, storeId(String(5_000 + index))));
    const send = async () => {
      underWay += 1;
      most = Math.max(most, underWay);
      await clock.sleepUntil(plus(clock.now(), 2 * SECOND));
      underWay -= 1;
    };

    const running = runTick(
      {
        clock,
        state: {
          readSystem: async () => ({ ...EMPTY_SYSTEM, version: 0 }),
          async *due() {
            yield* stores;
          },
        },
        dispatcher: { send },
        telemetry: { emit: (event) => events.push(event) },
      },
      parseInstant("2026-11-27T10:02:30Z"),
    );
    await clock.advanceTo(parseInstant("2026-11-27T10:02:30Z"));
    await running;

    expect(most).toBe(50);
    expect(events).toEqual([expect.objectContaining({ kind: "tick-completed", due: 6_000 })]);
    const [completed] = events;
    const released = completed?.kind === "tick-completed" ? completed.released : 0;
    expect(released).toBeGreaterThan(3_400);
    expect(released).toBeLessThan(3_800);
  });
});
