import { describe, expect, it } from "vitest";
import type { StoreMessage } from "../../../lib/application/ports/dispatcher.ts";
import type { SweepPlace } from "../../../lib/application/ports/state-table.ts";
import { runSweep } from "../../../lib/application/sweep/run-sweep.ts";
import { type KnownStore, NOTHING_STANDS, standingOf } from "../../../lib/application/sweep/standing.ts";
import { strayLayers } from "../../../lib/application/sweep/stray-layers.ts";
import { campaignId, couponId, storeId, targetKey } from "../../../lib/domain/identifiers.ts";
import { HOUR, plus } from "../../../lib/domain/instant.ts";
import { EMPTY_LEDGER } from "../../../lib/domain/ledger/ledger.ts";
import { heldCoupon } from "../../support/held-coupon.ts";
import { at, layer } from "../../support/layers.ts";
import { createWorld, STORE, sale, type World } from "../../support/world.ts";

const NOW = at("2026-11-27T09:00");
const [ONE, TWO] = ["1", "2"].map((id) => targetKey({ kind: "coupon", id: couponId(id) })) as [never, never];
const IDLE = { ledger: EMPTY_LEDGER, attemptsBegun: 0, failuresInARow: 0, warnings: [] } as const;

async function swept(world: World): Promise<readonly StoreMessage[]> {
  const sent: StoreMessage[] = [];
  world.events.length = 0;
  await runSweep({ ...world.compiling, dispatcher: { send: async (message) => void sent.push(message) } }, plus(world.clock.now(), HOUR));
  return sent;
}

const completed = (world: World) => world.events.filter(({ kind }) => kind === "sweep-completed");

describe("a sweep while Doorman is stopped", () => {
  it.each<readonly [string, SweepPlace | undefined, boolean]>([
    ["is complete where the last was", undefined, true],
    ["is not where the last was not, and keeps its place", { phase: "stores", store: storeId("5") }, false],
  ])("does nothing, tells nothing of what stands, and %s", async (_what, sweptUpTo, isComplete) => {
    const world = createWorld();
    await world.campaigns.put(sale());
    await world.state.writeSystem({ deadAnswers: [], stopped: { reason: "wrong prices" }, sweptUpTo }, 0);

    const sent = await swept(world);

    expect(sent).toEqual([]);
    expect(completed(world)).toEqual([{ kind: "sweep-completed", asOf: NOW, records: 0, recompiled: 0, looks: 0, isComplete }]);
    expect((await world.state.readSystem()).sweptUpTo).toEqual(sweptUpTo);
  });

  it("tells what stands where it is not stopped", async () => {
    const world = createWorld();

    await swept(world);

    expect(completed(world)).toMatchObject([{ standing: NOTHING_STANDS }]);
  });
});

it("a sweep keeps the last store of the records, though only one of the others is left", async () => {
  const world = createWorld();
  await world.campaigns.put(sale({ storeId: "1" }));
  await world.state.writeStore(storeId("9"), { timeZone: "UTC", pausedKinds: {} }, 0);
  let calls = 0;
  // Asked once by the sweep itself, then before each store.
  const now = () => {
    calls += 1;
    return calls <= 2 ? NOW : plus(NOW, HOUR);
  };

  await runSweep({ ...world.compiling, clock: { ...world.clock, now }, dispatcher: { send: async () => {} } }, plus(NOW, HOUR));

  expect((await world.state.readSystem()).sweptUpTo).toEqual({ phase: "records", store: "1" });
});

describe("a sweep of one store", () => {
  it("compiles anew what was written since", async () => {
    const world = createWorld();
    await world.put(sale());
    await world.campaigns.put(sale({ name: "Another" }));

    await swept(world);

    expect(completed(world)).toMatchObject([{ recompiled: 1 }]);
    expect((await world.state.campaignsOf(STORE)).map(({ campaign }) => campaign?.name)).toEqual(["Another"]);
  });

  it("looks at a calendar once, and not again as at one without a record", async () => {
    const world = createWorld();
    await world.put({ storeId: STORE, campaignId: "calendar#quiet", dates: ["2026-12-24"] });
    const { readCalendar } = world.state;
    let reads = 0;
    world.state.readCalendar = async (store, name) => {
      reads += 1;
      return readCalendar(store, name);
    };

    await swept(world);

    expect(reads).toBe(1);
  });

  it("asks for a look where something would be held in shadow mode", async () => {
    const world = createWorld();
    await world.state.writeStore(STORE, { timeZone: "UTC", pausedKinds: {}, profileReadAt: NOW }, 0);
    await world.state.writeTarget(STORE, ONE, { ...IDLE, shadow: { ledger: EMPTY_LEDGER } }, 0);

    expect(await swept(world)).toMatchObject([{ because: "values that Doorman holds are compared with Ecwid once an hour" }]);
  });

  it("asks for a look where one of several campaigns waits for the store's zone", async () => {
    const { timeZone: _none, ...unzoned } = sale();
    const world = createWorld();
    await world.put(sale({ campaignId: "other", timeZone: "UTC", start: "2028-01-01T10:00", end: "2028-01-01T12:00" }));
    await world.put({ ...unzoned, campaignId: "unzoned" });
    const { version, ...store } = await world.state.readStore(STORE);
    await world.state.writeStore(STORE, { ...store, timeZone: undefined, profileReadAt: NOW }, version);
    const copies = await world.state.campaignsOf(STORE);
    for (const { campaignId: id, ...copy } of copies) {
      const read = await world.state.readCampaign(STORE, id);
      if (id === "unzoned")
        await world.state.writeCampaign(STORE, id, { ...copy, campaign: undefined, waitsForZone: true }, read?.version ?? 0);
    }
    world.campaigns.all = async function* () {};

    const sent = await swept(world);

    expect(sent).toMatchObject([{ because: "a campaign waits for the store's time zone" }]);
  });

  it("makes nothing due while the store is closed", async () => {
    const world = createWorld();
    const pause = { code: "X", reason: "x", since: NOW, probeAt: NOW };
    await world.state.writeStore(STORE, { timeZone: "UTC", pausedKinds: {}, pause }, 0);
    const made: string[] = [];
    world.state.makeDue = async (_store, target) => void made.push(target);

    await swept(world);

    expect(made).toEqual([]);
  });
});

describe("layers that no copy answers for", () => {
  const over = new Map([
    [ONE, [layer({ id: "one" }), layer({ id: "two" })]],
    [TWO, [layer({ id: "two" }), layer({ id: "gone" })]],
  ]);
  const copies = [
    { campaignId: campaignId("one"), targets: [ONE] },
    { campaignId: campaignId("two"), targets: [TWO] },
  ];

  it("are told by their campaign, with the targets that they are on", () => {
    expect([...strayLayers(over, copies)]).toEqual([
      ["two", [ONE]],
      ["gone", [TWO]],
    ]);
    expect([...strayLayers(over, [])]).toEqual([
      ["one", [ONE]],
      ["two", [ONE, TWO]],
      ["gone", [TWO]],
    ]);
  });
});

describe("what stands at a store that is closed", () => {
  const held = heldCoupon(NOW);
  const endless = layer({ start: "2026-11-27T08:00", end: undefined });
  const known = (rest: Partial<KnownStore>): KnownStore => ({
    store: { pausedKinds: {}, pause: { code: "X", reason: "x", since: NOW, probeAt: NOW } },
    targets: [],
    layers: new Map(),
    campaigns: [],
    calendars: [],
    ...rest,
  });

  it.each<readonly [string, Partial<KnownStore>, number]>([
    ["counts where a value is held that nobody asks for", { targets: [{ target: ONE, ...IDLE, ledger: held }] }, 1],
    ["counts where a campaign is on for good", { targets: [{ target: ONE, ...IDLE }], layers: new Map([[ONE, [endless]]]) }, 1],
    [
      "counts where that is so of one of several",
      {
        targets: [
          { target: ONE, ...IDLE },
          { target: TWO, ...IDLE, ledger: held },
        ],
      },
      1,
    ],
    ["does not count where none is asked for or held", { targets: [{ target: ONE, ...IDLE }] }, 0],
  ])("%s", (_what, rest, closedStores) => {
    expect(standingOf(known(rest), NOW)).toEqual({ ...NOTHING_STANDS, closedStores });
  });

  it("counts calendars that are broken, and no others", () => {
    const calendar = { freezes: [], fingerprint: "", problems: [], compiledAt: NOW } as const;
    const calendars = [calendar, calendar, { ...calendar, problems: [{ path: "dates", message: "m" }] }];

    expect(standingOf(known({ calendars }), NOW).brokenRecords).toBe(1);
  });
});
