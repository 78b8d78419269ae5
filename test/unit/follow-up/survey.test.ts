import { describe, expect, it } from "vitest";
import type { AlarmKind } from "../../../lib/application/alarms/alarm-kinds.ts";
import { aftermathOf, sufferingIn } from "../../../lib/application/follow-up/aftermath.ts";
import { survey } from "../../../lib/application/follow-up/survey.ts";
import type { StateTable, StoreState } from "../../../lib/application/ports/state-table.ts";
import { couponId, type StoreId, storeId, targetKey } from "../../../lib/domain/identifiers.ts";
import { HOUR, type Instant, plus } from "../../../lib/domain/instant.ts";
import { EMPTY_LEDGER } from "../../../lib/domain/ledger/ledger.ts";
import { at, layer } from "../../support/layers.ts";
import { COUPON, createWorld, STORE, sale, type World } from "../../support/world.ts";

const NOW = at("2026-11-27T09:00");
const KEY = targetKey({ kind: "coupon", id: couponId("7") });
const DEAD: Partial<StoreState> = { deadToken: { secretVersion: "v", since: NOW } };

async function stores(...ids: readonly string[]): Promise<World> {
  const world = createWorld();
  for (const id of ids) await world.state.writeStore(storeId(id), { timeZone: "UTC", pausedKinds: {}, ...DEAD }, 0);
  return world;
}

function surveyed(
  { clock, state, history }: World,
  kind: AlarmKind = "token-dead",
  changes: Partial<StateTable> = {},
  deadline: Instant = plus(NOW, HOUR),
) {
  return survey({ clock, state: { ...state, ...changes }, history }, kind, plus(NOW, -HOUR), deadline);
}

async function* listed(...ids: readonly string[]): AsyncGenerator<StoreId> {
  for (const id of ids) yield storeId(id);
}

describe("what is looked through for an alarm", () => {
  it("is every store where it is about stores", async () => {
    const found = await surveyed(await stores("1003", "1001", "1002"));

    expect(found.stores.map((each) => each.storeId)).toEqual(["1001", "1002", "1003"]);
    expect(found).toMatchObject({
      storeCount: 3,
      targetCount: 0,
      looked: 3,
      unread: 0,
      cut: undefined,
      isIndexUnread: false,
      stopped: undefined,
    });
  });

  it("is every store with something due within six hours where it is about everything, the most urgent first", async () => {
    const world = await stores("1", "2", "3", "4");
    const due = [
      ["3", 5 * HOUR],
      ["1", 4 * HOUR],
      ["2", 2 * HOUR],
      ["1", HOUR],
      ["2", 6 * HOUR],
      ["4", 7 * HOUR],
    ] as const;
    const asked: Instant[] = [];
    const order: string[] = [];
    const found = await surveyed(world, "tick-silent", {
      async *due(horizon) {
        asked.push(horizon);
        for (const [id, ms] of due) if (plus(NOW, ms) <= horizon) yield { storeId: storeId(id), target: KEY, dueAt: plus(NOW, ms) };
      },
      readStore: async (id) => {
        order.push(id);
        return world.state.readStore(id);
      },
    });

    expect(asked).toEqual([plus(NOW, 6 * HOUR)]);
    expect(order).toEqual(["1", "2", "3"]);
    expect(found).toMatchObject({ looked: 3, isIndexUnread: false });
  });

  it("is twenty thousand of what is due at most", async () => {
    let read = 0;
    await surveyed(await stores(), "tick-silent", {
      async *due() {
        for (; read < 30_000; read += 1) yield { storeId: STORE, target: KEY, dueAt: NOW };
      },
    });

    expect(read).toBe(19_999);
  });

  it("is every store where the index of what is due cannot be read", async () => {
    const found = await surveyed(await stores("1", "2"), "tick-silent", {
      // biome-ignore lint/correctness/useYield: it fails before there is anything to yield.
      async *due() {
        throw new Error("throttled");
      },
    });

    expect(found).toMatchObject({ looked: 2, isIndexUnread: true, cut: undefined });
  });

  it("is eight stores at a time", async () => {
    const world = await stores(...Array.from({ length: 20 }, (_each, index) => String(index + 1)));
    let underWay = 0;
    let most = 0;
    const looking = surveyed(world, "token-dead", {
      targetsOf: async (id) => {
        underWay += 1;
        most = Math.max(most, underWay);
        await world.clock.sleepUntil(plus(world.clock.now(), 1));
        underWay -= 1;
        return world.state.targetsOf(id);
      },
    });
    await world.clock.advanceBy(100);

    expect((await looking).looked).toBe(20);
    expect(most).toBe(8);
  });
});

describe("what is left out", () => {
  it("is a store in which nothing is behind the alarm, which was read all the same", async () => {
    const world = await stores("1");
    await world.state.writeStore(storeId("2"), { timeZone: "UTC", pausedKinds: {} }, 0);

    expect(await surveyed(world)).toMatchObject({ looked: 2, unread: 0, storeCount: 1 });
  });

  it("is what there is no time for", async () => {
    const world = await stores("1", "2");

    const [late, intime] = [await surveyed(world, "token-dead", {}, NOW), await surveyed(world, "token-dead", {}, plus(NOW, 1))];

    expect(late).toMatchObject({ looked: 0, cut: "time", stores: [] });
    expect(intime).toMatchObject({ looked: 2, cut: undefined });
  });

  it("is a store that cannot be read, and no other", async () => {
    const world = await stores("1", "2", "3");

    const found = await surveyed(world, "token-dead", {
      campaignsOf: async (id) => (id === "2" ? Promise.reject(new Error("broken")) : world.state.campaignsOf(id)),
    });

    expect(found.stores.map((each) => each.storeId)).toEqual(["1", "3"]);
    expect(found).toMatchObject({ looked: 3, unread: 1, storeCount: 2 });
  });

  it("is what comes after the list of stores has broken off", async () => {
    const world = await stores("1", "2");

    const found = await surveyed(world, "token-dead", {
      async *stores() {
        yield storeId("1");
        throw new Error("throttled");
      },
    });

    expect(found).toMatchObject({ looked: 1, cut: "unreadable", storeCount: 1 });
  });

  it("is what lies beyond five thousand stores, and beyond a hundred of those that are told", async () => {
    const world = await stores();
    const ids = Array.from({ length: 5_001 }, (_each, index) => String(index + 1));

    const found = await surveyed(world, "token-dead", {
      stores: () => listed(...ids),
      readStore: async () => ({ timeZone: "UTC", pausedKinds: {}, version: 1, ...DEAD }),
      calendarsOf: async () => [],
      campaignsOf: async () => [],
      targetsOf: async () => [],
    });

    expect(found).toMatchObject({ looked: 5_000, cut: "many", storeCount: 5_000 });
    expect(found.stores).toHaveLength(100);
  });

  it("is not a store where customers get something wrong, as long as there is room for such", async () => {
    const world = await stores(...Array.from({ length: 100 }, (_each, index) => String(index + 1)), "999");
    await world.put(sale({ storeId: "999", start: "2026-11-27T08:00" }));

    const found = await surveyed(world);

    expect(found).toMatchObject({ storeCount: 101, targetCount: 1 });
    expect(found.stores.map((each) => each.storeId).slice(0, 3)).toEqual(["999", "1", "10"]);
    expect(found.stores).toHaveLength(100);
  });
});

describe("that somebody has stopped Doorman", () => {
  const stopped = { reason: "wrong prices", since: NOW };

  it("is told", async () => {
    const world = await stores();
    await world.state.writeSystem({ deadAnswers: [], stopped }, 0);

    expect((await surveyed(world)).stopped).toEqual(stopped);
  });

  it("is not known where that cannot be read", async () => {
    const found = await surveyed(await stores(), "token-dead", { readSystem: async () => Promise.reject(new Error("throttled")) });

    expect(found.stopped).toBeUndefined();
  });
});

describe("how those stand now that people were told of", () => {
  async function suffering() {
    const world = createWorld();
    await world.put(sale());
    await world.state.putLayer(STORE, KEY, layer());
    await world.state.writeTarget(STORE, KEY, { ledger: EMPTY_LEDGER, attemptsBegun: 0, failuresInARow: 0, warnings: [] }, 0);
    return world;
  }

  it("is read of each again, with its name, and of no other", async () => {
    const { state } = await suffering();

    const found = await aftermathOf(state, [`1003/coupon#${COUPON}`], NOW);

    expect(found).toMatchObject([
      {
        storeId: "1003",
        timeZone: "UTC",
        causes: [],
        records: [],
        targets: [{ key: `coupon#${COUPON}`, name: `coupon WELCOME10 (${COUPON})`, causes: [] }],
      },
    ]);
    expect(found[0]?.targets[0]?.prospect.next?.at).toBe(at("2026-11-27T10:00"));
    expect((await aftermathOf(state, ["1003/coupon#7"], NOW))[0]?.targets).toMatchObject([{ name: "coupon 7" }]);
  });

  it("is in UTC where no zone is known", async () => {
    const { state } = createWorld();

    expect(await aftermathOf(state, ["1003/coupon#7"], NOW)).toEqual([
      { storeId: "1003", timeZone: "UTC", causes: [], records: [], targets: [] },
    ]);
  });

  it("leaves out a store that cannot be read", async () => {
    const { state } = await suffering();
    const broken = {
      ...state,
      readStore: async (id: StoreId) => (id === "1004" ? Promise.reject(new Error("broken")) : state.readStore(id)),
    };

    const found = await aftermathOf(broken, ["1004/coupon#7", "1003/coupon#7"], NOW);

    expect(found.map((each) => each.storeId)).toEqual(["1003"]);
  });

  it("is asked of twenty-five at most", () => {
    const target = (index: number) => ({
      key: targetKey({ kind: "coupon", id: couponId(String(index + 1)) }),
      name: "n",
      causes: [],
      prospect: { should: { cells: [], campaigns: [] }, wrong: [], next: undefined },
    });
    const stored = (id: string, count: number) => ({
      storeId: storeId(id),
      timeZone: "UTC",
      causes: [],
      records: [],
      targets: Array.from({ length: count }, (_each, index) => target(index)),
    });
    const found = { stores: [stored("1", 2), stored("2", 30)], storeCount: 2, targetCount: 32, looked: 2, unread: 0, isIndexUnread: false };

    const keys = sufferingIn(found);

    expect(keys).toHaveLength(25);
    expect(keys.slice(0, 3)).toEqual(["1/coupon#1", "1/coupon#2", "2/coupon#1"]);
  });
});
