import { describe, expect, it } from "vitest";
import { compileRecord } from "../../../lib/application/compile/compile-record.ts";
import { recompileStore } from "../../../lib/application/compile/recompile-store.ts";
import type { StoreMessage } from "../../../lib/application/ports/dispatcher.ts";
import type { StoreState } from "../../../lib/application/ports/state-table.ts";
import { calendarName, campaignId, couponId, targetKey } from "../../../lib/domain/identifiers.ts";

import type { JsonObject } from "../../../lib/domain/live.ts";
import { at } from "../../support/layers.ts";
import { createWorld, type Record, STORE, sale, type World } from "../../support/world.ts";

const NOW = at("2026-11-27T09:00");
const FAR = { start: "2026-12-24T10:00", end: "2026-12-24T12:00" };
const SALE = { storeId: STORE, campaignId: "sale" };
const HOLIDAYS = { storeId: STORE, campaignId: "calendar#holidays" };
const { timeZone: _named, ...UNZONED } = sale(FAR);

function key(id: number) {
  return targetKey({ kind: "coupon", id: couponId(String(id)) });
}

function coupons(...ids: readonly number[]): JsonObject {
  return { coupons: ids.map((id) => ({ couponId: id, applicationLimit: "UNLIMITED" })) };
}

async function compiling(store: Partial<StoreState> = { timeZone: "UTC", profileReadAt: NOW }) {
  const world = createWorld();
  await world.state.writeStore(STORE, { pausedKinds: {}, ...store }, 0);
  const sent: StoreMessage[] = [];
  const dependencies = { ...world.compiling, dispatcher: { send: async (message: StoreMessage) => void sent.push(message) } };
  return {
    world,
    sent,
    dependencies,
    put: async (record: Record) => {
      await world.campaigns.put(record);
      return compileRecord(dependencies, record);
    },
  };
}

/** Ends the next compile before each step in turn, as a crash would, and says after which steps. */
async function interrupted(world: World, step: "putLayer" | "removeLayer" | "makeDue", work: () => Promise<unknown>): Promise<void> {
  const kept = world.state[step];
  Object.assign(world.state, { [step]: () => Promise.reject(new Error("the worker died")) });
  await expect(work()).rejects.toThrow("the worker died");
  Object.assign(world.state, { [step]: kept });
}

describe("a record whose own keys are no good", () => {
  it.each([
    [
      { storeId: "abc", campaignId: "sale" },
      'campaign "sale" of store "abc"',
      'a store id is a whole number such as "1003", a campaign id is letters, digits, ".", "_" and "-"; delete the record and put it under a good name',
    ],
    [
      { storeId: STORE, campaignId: "my sale" },
      'campaign "my sale" of store "1003"',
      'a store id is a whole number such as "1003", a campaign id is letters, digits, ".", "_" and "-"; delete the record and put it under a good name',
    ],
    [
      { storeId: "abc", campaignId: "calendar#x" },
      'calendar "x" of store "abc"',
      'a store id is a whole number such as "1003", a calendar\'s name is letters, digits, ".", "_" and "-" and begins with a letter; delete the record and put it under a good name',
    ],
    [
      { storeId: STORE, campaignId: "calendar#2026" },
      'calendar "2026" of store "1003"',
      'a store id is a whole number such as "1003", a calendar\'s name is letters, digits, ".", "_" and "-" and begins with a letter; delete the record and put it under a good name',
    ],
  ])("is told of and left: %o", async (hint, where, message) => {
    const { world, dependencies, sent } = await compiling();

    const changed = await compileRecord(dependencies, hint);

    expect(changed).toBe(false);
    expect(world.events).toEqual([{ kind: "input-refused", where, message }]);
    expect(sent).toEqual([]);
  });
});

describe("a campaign that is compiled", () => {
  it("lays its layers, makes its targets due now and sends them, and is told in full", async () => {
    const { world, sent, put } = await compiling();

    const changed = await put(sale({ ...FAR, ...coupons(2, 1) }));

    expect(changed).toBe(true);
    expect(sent).toEqual([
      { kind: "switch", storeId: STORE, instant: NOW, targets: [key(1), key(2)], relay: 0 },
      { kind: "look", storeId: STORE, instant: NOW, relay: 0, only: "unchecked", because: "campaign sale was saved" },
    ]);
    expect(await world.state.layersOf(STORE, key(1))).toMatchObject([{ campaignId: "sale", windows: { timeZone: "UTC" } }]);
    expect((await world.state.readTarget(STORE, key(1))).dueAt).toBe(NOW);
    expect(world.events).toEqual([
      {
        kind: "compiled",
        ...SALE,
        state: "SCHEDULED",
        problems: [],
        warnings: [],
        nextSwitchAt: at("2026-12-24T10:00"),
        timeZone: "UTC",
      },
    ]);
    expect((await world.status("sale"))["state"]).toBe("SCHEDULED");
  });

  it("asks for no look where there is nothing ahead to look for", async () => {
    const { sent, put } = await compiling();

    await put(sale({ enabled: false }));

    expect(sent.map(({ kind }) => kind)).toEqual(["switch"]);
  });

  it.each([
    ["was never asked for", {}, 0],
    ["was asked for and is none", { profileReadAt: NOW }, 1],
  ])("asks for the store's zone, and is told of only where that %s", async (_what, store, told) => {
    const { world, sent, put } = await compiling(store);

    await put(UNZONED);

    const because = "campaign sale was saved, and the store's time zone is not known";
    expect(sent).toEqual([{ kind: "look", storeId: STORE, instant: NOW, relay: 0, only: "unchecked", because }]);
    expect(world.events.filter(({ kind }) => kind === "compiled")).toHaveLength(told);
  });

  it("is not told as waiting where it names a zone and the store was never read", async () => {
    const { world, put } = await compiling({});

    await put(sale(FAR));

    expect(world.events).toHaveLength(1);
  });

  it("is left alone while nothing has changed, but for its status", async () => {
    const { world, sent, put, dependencies } = await compiling();
    await put(sale());
    sent.length = 0;
    world.events.length = 0;
    await world.clock.advanceTo(at("2026-11-27T13:00"));

    const changed = await compileRecord(dependencies, SALE);

    expect(changed).toBe(false);
    expect([sent, world.events]).toEqual([[], []]);
    expect((await world.status("sale"))["state"]).toBe("ENDED");
  });

  it("does nothing where there is neither a record nor a copy", async () => {
    const { world, sent, dependencies } = await compiling();

    const changed = await compileRecord(dependencies, SALE);

    expect(changed).toBe(false);
    expect([sent, world.events]).toEqual([[], []]);
  });

  it("gives back targets that it loses, once their layers are gone", async () => {
    const { world, sent, put } = await compiling();
    await put(sale({ ...FAR, ...coupons(1, 2) }));
    sent.length = 0;

    await put(sale({ ...FAR, ...coupons(2, 3) }));

    expect(sent[0]).toMatchObject({ targets: [key(1), key(2), key(3)] });
    const laid = await Promise.all([1, 2, 3].map(async (id) => (await world.state.layersOf(STORE, key(id))).length));
    expect(laid).toEqual([0, 1, 1]);
    expect((await world.state.readCampaign(STORE, campaignId("sale")))?.targets).toEqual([key(2), key(3)]);
  });

  it.each(["putLayer", "makeDue"] as const)("finds all its targets, old and new, after a death at %s", async (step) => {
    const { world, sent, put, dependencies } = await compiling();
    await put(sale({ ...FAR, ...coupons(1, 2) }));
    await interrupted(world, step, () => put(sale({ ...FAR, ...coupons(2, 3) })));
    const copy = await world.state.readCampaign(STORE, campaignId("sale"));
    sent.length = 0;

    const changed = await compileRecord(dependencies, SALE);

    expect(copy).toMatchObject({ targets: [key(1), key(2), key(3)], fingerprint: "" });
    expect(changed).toBe(true);
    expect(sent[0]).toMatchObject({ targets: [key(1), key(2), key(3)] });
    expect(await world.state.layersOf(STORE, key(1))).toEqual([]);
  });

  it("that is gone takes its layers away and gives its targets back", async () => {
    const { world, sent, put, dependencies } = await compiling();
    await put(sale({ ...FAR, ...coupons(2, 1) }));
    await world.campaigns.remove(STORE, "sale");
    sent.length = 0;

    const changed = await compileRecord(dependencies, SALE);

    expect(changed).toBe(true);
    expect(sent).toEqual([{ kind: "switch", storeId: STORE, instant: NOW, targets: [key(1), key(2)], relay: 0 }]);
    expect(await world.state.layersOf(STORE, key(1))).toEqual([]);
    expect(await world.state.readCampaign(STORE, campaignId("sale"))).toBeUndefined();
  });

  it("gives up after ten rounds in which somebody else was faster, and says so", async () => {
    const { world, put } = await compiling();
    let rounds = 0;
    world.state.writeCampaign = async () => {
      rounds += 1;
      return false;
    };

    await expect(put(sale())).rejects.toThrow("campaign sale of store 1003 was written 10 times while it was being compiled");

    expect(rounds).toBe(10);
  });

  it("begins again where somebody wrote while its layers were laid, and finds those", async () => {
    const { world, put, sent } = await compiling();
    const { writeCampaign } = world.state;
    let writes = 0;
    world.state.writeCampaign = async (store, id, copy, version) => {
      writes += 1;
      if (writes !== 2) return writeCampaign(store, id, copy, version);
      await world.campaigns.put(sale({ ...FAR, ...coupons(5) }));
      await world.state.removeCampaign(store, id, version);
      return false;
    };

    await put(sale({ ...FAR, ...coupons(1) }));

    expect(await world.state.layersOf(STORE, key(1))).toEqual([]);
    expect(await world.state.layersOf(STORE, key(5))).toHaveLength(1);
    expect(sent.filter(({ kind }) => kind === "switch")).toMatchObject([{ targets: [key(1)] }, { targets: [key(1), key(5)] }]);
    expect(world.events.filter(({ kind }) => kind === "compiled")).toHaveLength(1);
  });
});

describe("a campaign that is compiled again", () => {
  it("tells still of the campaigns it overlaps with", async () => {
    const { world, put, dependencies } = await compiling();
    await put(sale({ ...FAR, campaignId: "other", name: "Other", ...coupons(1) }));
    await put(sale({ ...FAR, coupons: [{ couponId: 1, applicationLimit: "REPEAT_CUSTOMER_ONLY" }] }));
    const before = (await world.status("sale"))["warnings"];

    await compileRecord(dependencies, SALE);

    expect(before).toEqual([expect.stringContaining('overlaps with "Other"')]);
    expect((await world.status("sale"))["warnings"]).toEqual(before);
  });

  it("is taken away in the end though somebody was faster once", async () => {
    const { world, put, dependencies } = await compiling();
    await put(sale({ ...FAR, ...coupons(1) }));
    await world.campaigns.remove(STORE, "sale");
    const { removeCampaign } = world.state;
    let isFirst = true;
    world.state.removeCampaign = async (store, id, version) => {
      if (!isFirst) return removeCampaign(store, id, version);
      isFirst = false;
      return false;
    };

    const changed = await compileRecord(dependencies, SALE);

    expect(changed).toBe(true);
    expect(await world.state.readCampaign(STORE, campaignId("sale"))).toBeUndefined();
  });
});

describe("a calendar that is compiled", () => {
  it("is compiled in the end though somebody was faster once its users were", async () => {
    const { world, put } = await compiling();
    const { writeCalendar } = world.state;
    let writes = 0;
    world.state.writeCalendar = async (store, name, copy, version) => {
      writes += 1;
      return writes === 2 ? false : writeCalendar(store, name, copy, version);
    };

    const changed = await put({ ...HOLIDAYS, dates: ["2026-12-24"] });

    expect(changed).toBe(true);
    expect(writes).toBe(4);
    expect((await copyOf(world))?.fingerprint).not.toBe("");
  });

  const NO_ZONE =
    'a calendar that freezes needs a time zone to know when its days begin, and the store\'s own is not known yet; Doorman is asking Ecwid for it. To go ahead at once, add for example "timeZone": "Europe/Berlin"';

  async function copyOf(world: World) {
    return world.state.readCalendar(STORE, calendarName("holidays"));
  }

  it("is kept, told in full, and written onto its record", async () => {
    const { world, put, sent } = await compiling();

    const changed = await put({ ...HOLIDAYS, dates: ["2026-12-24"] });

    expect(changed).toBe(true);
    expect(world.events).toEqual([{ kind: "compiled", ...HOLIDAYS, state: "ACTIVE", problems: [], warnings: [] }]);
    expect(await copyOf(world)).toMatchObject({ freezes: [], problems: [], compiledAt: NOW, version: 2 });
    expect((await copyOf(world))?.fingerprint).not.toBe("");
    expect(await world.status(HOLIDAYS.campaignId)).toEqual({
      state: "ACTIVE",
      problems: [],
      warnings: [],
      compiledAt: "2026-11-27T09:00:00Z",
    });
    expect(sent).toEqual([]);
  });

  it("is left alone while nothing has changed", async () => {
    const { world, put, dependencies } = await compiling();
    await put({ ...HOLIDAYS, dates: ["2026-12-24"] });
    world.events.length = 0;

    const changed = await compileRecord(dependencies, HOLIDAYS);

    expect(changed).toBe(false);
    expect(world.events).toEqual([]);
    expect((await copyOf(world))?.version).toBe(2);
  });

  it("does nothing where there is neither a record nor a copy", async () => {
    const { world, dependencies } = await compiling();

    const changed = await compileRecord(dependencies, HOLIDAYS);

    expect(changed).toBe(false);
    expect(world.events).toEqual([]);
  });

  it("is INVALID where it never was good", async () => {
    const { world, put } = await compiling();

    await put({ ...HOLIDAYS, dates: "2026-12-24" });

    expect(await world.status(HOLIDAYS.campaignId)).toMatchObject({ state: "INVALID", problems: [{ path: "dates" }] });
    expect(await copyOf(world)).toMatchObject({ calendar: undefined, freezes: [] });
  });

  it("freezes days in its own zone, before the store's", async () => {
    const { world, put } = await compiling();

    await put({ ...HOLIDAYS, dates: ["2026-12-24"], freeze: true, timeZone: "Asia/Tokyo" });
    const own = (await copyOf(world))?.freezes;
    await put({ ...HOLIDAYS, dates: ["2026-12-24"], freeze: true });

    expect(own).toEqual([{ from: at("2026-12-23T15:00"), to: at("2026-12-24T15:00"), since: NOW }]);
    expect((await copyOf(world))?.freezes[0]).toMatchObject({ to: at("2026-12-25T00:00") });
  });

  it("that freezes waits for the store's zone, and asks for it", async () => {
    const { world, put, sent } = await compiling({});

    await put({ ...HOLIDAYS, dates: ["2026-12-24"], freeze: true });

    expect(await world.status(HOLIDAYS.campaignId)).toMatchObject({ state: "INVALID", problems: [{ path: "timeZone", message: NO_ZONE }] });
    expect(sent).toEqual([{ kind: "look", storeId: STORE, instant: NOW, because: "the store's time zone is not known", relay: 0 }]);
  });

  it("that freezes nothing needs no zone", async () => {
    const { world, put } = await compiling({});

    await put({ ...HOLIDAYS, dates: ["2026-12-24"] });

    expect(await world.status(HOLIDAYS.campaignId)).toMatchObject({ state: "ACTIVE", problems: [] });
  });

  it("that somebody broke keeps what it froze", async () => {
    const { world, put } = await compiling();
    await put({ ...HOLIDAYS, dates: ["2026-12-24"], freeze: true });
    const before = await copyOf(world);

    await put({ ...HOLIDAYS, dates: "2026-12-24", freeze: true });

    expect(await copyOf(world)).toMatchObject({ calendar: before?.calendar, freezes: before?.freezes, problems: [{ path: "dates" }] });
    expect((await world.status(HOLIDAYS.campaignId))["state"]).toBe("ACTIVE");
  });

  describe("concerns", () => {
    async function concerned(before: JsonObject | undefined, after: JsonObject | undefined) {
      const { world, put, dependencies } = await compiling();
      await put(sale({ ...FAR, except: ["holidays"] }));
      await put(sale({ ...FAR, campaignId: "other", ...coupons(5) }));
      await put(sale({ ...FAR, campaignId: "broken", except: ["elsewhere"], ...coupons(6) }));
      await put(sale({ ...FAR, campaignId: "misnamed", name: "", ...coupons(7) }));
      if (before !== undefined) await put({ ...HOLIDAYS, ...before });
      const asked: string[] = [];
      const { get } = world.campaigns;
      world.campaigns.get = (store, id) => {
        asked.push(id);
        return get(store, id);
      };
      if (after === undefined) await world.campaigns.remove(STORE, HOLIDAYS.campaignId);
      else await world.campaigns.put({ ...HOLIDAYS, ...after });
      await compileRecord(dependencies, HOLIDAYS);
      return asked.filter((id) => id !== HOLIDAYS.campaignId).toSorted();
    }

    const DATES = { dates: ["2026-12-24"] };
    const FREEZE = { ...DATES, freeze: true };
    const ALL = ["broken", "misnamed", "other", "sale"];

    it.each([
      ["those that name it, or whose except is broken", undefined, DATES, ["broken", "sale"]],
      ["those that name it, when it goes", DATES, undefined, ["broken", "sale"]],
      ["all of them where it freezes", undefined, FREEZE, ALL],
      ["all of them where it froze", FREEZE, DATES, ALL],
      ["all of them where it froze and goes", FREEZE, undefined, ALL],
    ])("%s", async (_who, before, after, expected) => {
      const asked = await concerned(before, after);

      expect(asked).toEqual(expected);
    });
  });

  it("counts as not compiled until all that use it are", async () => {
    const { world, put, dependencies } = await compiling();
    await put(sale({ ...FAR, except: ["holidays"] }));
    const { get } = world.campaigns;
    world.campaigns.get = (store, id) => (id === "sale" ? Promise.reject(new Error("throttled")) : get(store, id));

    await expect(put({ ...HOLIDAYS, dates: ["2026-12-24"] })).rejects.toThrow("throttled");
    world.campaigns.get = get;

    expect((await copyOf(world))?.fingerprint).toBe("");
    expect(await compileRecord(dependencies, HOLIDAYS)).toBe(true);
    expect((await world.status("sale"))["problems"]).toEqual([]);
  });

  it("that is gone is taken away", async () => {
    const { world, put, dependencies } = await compiling();
    await put({ ...HOLIDAYS, dates: ["2026-12-24"] });
    await world.campaigns.remove(STORE, HOLIDAYS.campaignId);

    const changed = await compileRecord(dependencies, HOLIDAYS);

    expect(changed).toBe(true);
    expect(await copyOf(world)).toBeUndefined();
  });

  it.each([
    ["writeCalendar", { dates: ["2026-12-25"] }],
    ["removeCalendar", undefined],
  ] as const)("gives up after ten rounds in which somebody else was faster, and says so (%s)", async (step, next) => {
    const { world, put, dependencies } = await compiling();
    await put({ ...HOLIDAYS, dates: ["2026-12-24"] });
    if (next === undefined) await world.campaigns.remove(STORE, HOLIDAYS.campaignId);
    else await world.campaigns.put({ ...HOLIDAYS, ...next });
    let rounds = 0;
    world.state[step] = async () => {
      rounds += 1;
      return false;
    };

    const compiled = compileRecord(dependencies, HOLIDAYS);

    await expect(compiled).rejects.toThrow("calendar holidays of store 1003 was written 10 times while it was being compiled");
    expect(rounds).toBe(10);
  });
});

describe("a store whose zone has changed", () => {
  it("has its calendars, and those of its campaigns compiled anew that are read in it", async () => {
    const { world, put, dependencies } = await compiling({});
    await put(UNZONED);
    await put(sale({ ...FAR, campaignId: "zoned" }));
    await put({ ...HOLIDAYS, dates: ["2026-12-20"], freeze: true });
    const { version, ...store } = await world.state.readStore(STORE);
    await world.state.writeStore(STORE, { ...store, timeZone: "UTC", profileReadAt: NOW }, version);
    world.events.length = 0;
    const asked: string[] = [];
    const { get } = world.campaigns;
    world.campaigns.get = (id, campaign) => {
      asked.push(campaign);
      return get(id, campaign);
    };

    await recompileStore(dependencies, STORE);
    const first = asked[0];

    expect(first).toBe(HOLIDAYS.campaignId);
    expect(await world.status("sale")).toMatchObject({ state: "SCHEDULED", problems: [] });
    expect(await world.status(HOLIDAYS.campaignId)).toMatchObject({ state: "ACTIVE", problems: [] });
  });

  it("leaves campaigns with a zone of their own alone, and takes up those whose text has none any more", async () => {
    const { put, dependencies, world } = await compiling({ timeZone: "UTC", profileReadAt: NOW });
    await put(UNZONED);
    await put(sale({ ...FAR, campaignId: "zoned" }));
    const { version, ...store } = await world.state.readStore(STORE);
    await world.state.writeStore(STORE, { ...store, timeZone: "Asia/Tokyo" }, version);

    const asked: string[] = [];
    const { get } = world.campaigns;
    world.campaigns.get = (id, campaign) => {
      asked.push(campaign);
      return get(id, campaign);
    };

    await recompileStore(dependencies, STORE);
    const recompiled = [...asked];

    expect(recompiled).toEqual(["sale"]);
    expect((await world.status("sale"))["nextSwitch"]).toBe("2026-12-24T01:00:00Z");
    expect((await world.status("zoned"))["nextSwitch"]).toBe("2026-12-24T10:00:00Z");
  });
});
