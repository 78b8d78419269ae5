import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../lib/domain/live.ts";
import { createWorld, STORE, sale } from "../support/world.ts";

function calendar(changes: JsonObject = {}) {
  return { storeId: STORE, campaignId: "calendar#holidays", dates: ["2026-11-28"], ...changes };
}

/** On from 10:00 to 12:00 of each day, from 27 November 2026 on. */
const DAILY: JsonObject = { repeat: "FREQ=DAILY", except: ["holidays", "2026-11-30"] };

async function openAt(world: ReturnType<typeof createWorld>, day: number): Promise<boolean> {
  await world.runTo(`2026-11-${day}T11:00:00Z`);
  return world.limit() === "UNLIMITED";
}

describe("a named calendar", () => {
  it("takes its dates out of the campaigns that name it, beside dates of their own", async () => {
    const world = createWorld();
    await world.put(calendar());
    await world.put(sale(DAILY));

    const open = [];
    for (const day of [27, 28, 29, 30]) open.push(await openAt(world, day));

    expect(open).toEqual([true, false, true, false]);
    expect((await world.status("calendar#holidays"))["state"]).toBe("ACTIVE");
  });

  it("that is edited recompiles what uses it, and nothing else", async () => {
    const world = createWorld();
    await world.put(calendar());
    await world.put(sale(DAILY));
    await world.put(sale({ campaignId: "other", priority: -1, start: "2027-01-01T10:00", end: "2027-01-01T12:00" }));
    world.events.length = 0;

    await world.put(calendar({ dates: ["2026-11-29/2026-11-30"] }));

    const compiled = world.events.flatMap((event) => (event.kind === "compiled" ? [event.campaignId] : []));
    expect(compiled.toSorted()).toEqual(["calendar#holidays", "sale"]);
    expect([await openAt(world, 28), await openAt(world, 29)]).toEqual([true, false]);
  });

  it("that does not exist is a problem of the campaign, which is whole again once it does", async () => {
    const world = createWorld();
    await world.put(sale(DAILY));
    expect(await world.status("sale")).toMatchObject({ state: "INVALID", problems: [{ path: "except[0]" }] });

    await world.put(calendar());

    expect(await world.status("sale")).toMatchObject({ state: "SCHEDULED", problems: [] });
  });

  it("that is deleted leaves the campaigns that name it on their last good dates, with a problem", async () => {
    const world = createWorld();
    await world.put(calendar());
    await world.put(sale(DAILY));

    await world.remove("calendar#holidays");

    expect(await world.status("sale")).toMatchObject({ state: "SCHEDULED", problems: [{ path: "except[0]" }] });
    expect(await openAt(world, 28)).toBe(false);
  });

  it.each<readonly [JsonObject, string]>([
    [{ dates: ["christmas"] }, "dates[0]"],
    [{ dates: ["2026-12-26/2026-12-24"] }, "dates[0]"],
    [{ dates: "2026-12-25" }, "dates"],
    [{ dates: ["2026-01-01/2029-12-31"] }, "dates"],
    [{ freezes: true }, "freezes"],
    [{ freeze: "yes" }, "freeze"],
    [{ timeZone: "Europe/Berln" }, "timeZone"],
  ])("that somebody broke (%o) keeps its last good dates and says what is wrong", async (change, path) => {
    const world = createWorld();
    await world.put(calendar());
    await world.put(sale(DAILY));

    await world.put(calendar(change));

    expect(await world.status("calendar#holidays")).toMatchObject({ state: "ACTIVE", problems: [{ path }] });
    expect(await openAt(world, 28)).toBe(false);
  });

  it("whose name is no good is told of, and stops nothing", async () => {
    const world = createWorld();

    await world.put(calendar({ campaignId: "calendar#2026-12-25" }));
    await world.put(sale());

    expect(world.events).toContainEqual(expect.objectContaining({ kind: "input-refused", where: expect.stringContaining("2026-12-25") }));
    expect(await openAt(world, 27)).toBe(true);
  });
});

describe("a freeze", () => {
  it("keeps windows of every campaign from starting, and lets what is open close on time", async () => {
    const world = createWorld();
    await world.put(sale({ repeat: "FREQ=DAILY" }));
    await world.runTo("2026-11-27T11:00:00Z");

    await world.put(calendar({ dates: ["2026-11-27/2026-11-28"], freeze: true }));

    expect(world.limit()).toBe("UNLIMITED");
    await world.runTo("2026-11-27T12:00:00Z");
    expect(world.limit()).toBe("NEW_CUSTOMER_ONLY");
    expect([await openAt(world, 28), await openAt(world, 29)]).toEqual([false, true]);
  });

  it("does not hold for a campaign that ignores it with a reason, nor for one that is forced on", async () => {
    const world = createWorld();
    await world.put(calendar({ dates: ["2026-11-27"], freeze: true }));
    await world.put(sale({ ignoreFreeze: "agreed with the owner", end: "2026-11-27T10:30" }));
    await world.put(
      sale({
        campaignId: "forced",
        override: { state: "on", until: "2026-11-27T13:00", reason: "agreed" },
        start: "2026-12-01T10:00",
        end: "2026-12-01T11:00",
      }),
    );

    expect(world.limit()).toBe("UNLIMITED");
    await world.remove("forced");
    expect(world.limit()).toBe("NEW_CUSTOMER_ONLY");
    await world.runTo("2026-11-27T10:15:00Z");

    expect(world.limit()).toBe("UNLIMITED");
  });

  it("goes by the store's own zone where it names none", async () => {
    const world = createWorld();
    world.ecwid.edit.store(STORE, { timeZone: "America/New_York" });
    await world.put(calendar({ dates: ["2026-11-28"], freeze: true }));
    await world.put(sale({ repeat: "FREQ=DAILY;BYHOUR=4,10", start: "2026-11-28T04:00", end: "2026-11-28T05:00" }));

    await world.runTo("2026-11-28T04:30:00Z");
    expect(world.limit()).toBe("UNLIMITED");
    await world.runTo("2026-11-28T10:30:00Z");
    expect(world.limit()).toBe("NEW_CUSTOMER_ONLY");
    await world.runTo("2026-11-29T04:30:00Z");
    expect(world.limit()).toBe("NEW_CUSTOMER_ONLY");
    await world.runTo("2026-11-29T10:30:00Z");

    expect(world.limit()).toBe("UNLIMITED");
  });

  it.each([
    ["made longer", ["2026-11-27/2026-11-30"]],
    ["made shorter", ["2026-11-27/2026-11-28"]],
    ["joined by days of its own", ["2026-11-27/2026-11-29", "2026-12-24"]],
    ["written as single days", ["2026-11-27", "2026-11-28", "2026-11-29"]],
    ["begun earlier", ["2026-11-25/2026-11-29"]],
  ])("that is %s while it holds goes on keeping shut what it kept from starting", async (_how, dates) => {
    const world = createWorld();
    await world.put(calendar({ dates: ["2026-11-27/2026-11-29"], freeze: true }));
    await world.put(sale({ end: "2026-11-30T12:00" }));
    await world.runTo("2026-11-28T11:00:00Z");

    await world.put(calendar({ dates, freeze: true }));
    await world.runTo("2026-11-28T11:05:00Z");

    expect(world.limit()).toBe("NEW_CUSTOMER_ONLY");
    expect(await world.status("sale")).toMatchObject({ state: "ENDED" });
  });

  it("that is made longer lets close on time what began in the days added", async () => {
    const world = createWorld({ now: "2026-11-28T09:00:00Z" });
    await world.put(calendar({ dates: ["2026-11-26/2026-11-27"], freeze: true }));
    await world.put(sale({ start: "2026-11-28T10:00", end: "2026-11-28T12:00" }));
    await world.runTo("2026-11-28T11:00:00Z");

    await world.put(calendar({ dates: ["2026-11-26/2026-11-28"], freeze: true }));

    expect(world.limit()).toBe("UNLIMITED");
    await world.runTo("2026-11-28T12:00:00Z");
    expect(world.limit()).toBe("NEW_CUSTOMER_ONLY");
  });

  it("that is lifted lets the next window start", async () => {
    const world = createWorld();
    await world.put(calendar({ dates: ["2026-11-27/2026-11-30"], freeze: true }));
    await world.put(sale({ repeat: "FREQ=DAILY" }));
    expect(await openAt(world, 27)).toBe(false);

    await world.remove("calendar#holidays");

    expect(await openAt(world, 28)).toBe(true);
  });
});
