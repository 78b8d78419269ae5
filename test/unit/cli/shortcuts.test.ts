import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../../lib/domain/live.ts";
import { STORE, sale } from "../../support/world.ts";
import { createDesk, type Desk } from "./desk.ts";

const DAILY = { repeat: "FREQ=DAILY", start: "2026-11-20T10:00", end: "2026-11-20T12:00" };
const BEFORE = "2026-11-27T09:00:00Z";
const DURING = "2026-11-27T11:00:00Z";

async function deskWith(changes: JsonObject, now: string): Promise<Desk> {
  const desk = createDesk({ now });
  await desk.world.put(sale({ ...changes, extra: "left alone" }));
  await desk.world.campaigns.put(sale({ ...changes, note: "left alone" }));
  return desk;
}

async function record(desk: Desk): Promise<JsonObject> {
  return (await desk.world.campaigns.get(STORE, "sale"))?.item ?? {};
}

describe("shortcuts through the override", () => {
  it.each([
    [
      "pause with an end",
      DAILY,
      DURING,
      ["pause", "sale", "--until", "2026-11-28T12:00", "--reason", "stock", "--by", "ana"],
      { state: "off", until: "2026-11-28T12:00", reason: "stock", by: "ana" },
    ],
    [
      "override on",
      DAILY,
      BEFORE,
      ["override", "sale", "on", "--until", "2026-11-27T14:00-05:00", "--reason", "flash"],
      { state: "on", until: "2026-11-27T14:00-05:00", reason: "flash" },
    ],
    [
      "override off",
      DAILY,
      BEFORE,
      ["override", "sale", "off", "--until", "2026-11-28 12:00", "--reason", "x"],
      { state: "off", until: "2026-11-28T12:00", reason: "x" },
    ],
    [
      "pause for a while",
      DAILY,
      "2026-11-27T09:00:00Z",
      ["pause", "sale", "--until", "2m", "--reason", "x"],
      { state: "off", until: "2026-11-27T09:02:01Z", reason: "x" },
    ],
    [
      "override until a day",
      DAILY,
      BEFORE,
      ["override", "sale", "on", "--until", "2026-11-28", "--reason", "x"],
      { state: "on", until: "2026-11-28T00:00", reason: "x" },
    ],
    ["skip", DAILY, BEFORE, ["skip", "sale"], { state: "off", until: "2026-11-27T12:00:00Z", reason: "skipped once" }],
    [
      "extend by a duration",
      DAILY,
      DURING,
      ["extend", "sale", "1h30m"],
      { state: "on", until: "2026-11-27T13:30:00Z", reason: "extended" },
    ],
    [
      "extend to a time",
      DAILY,
      DURING,
      ["extend", "sale", "2026-11-27T15:00"],
      { state: "on", until: "2026-11-27T15:00:00Z", reason: "extended" },
    ],
    ["end", DAILY, DURING, ["end", "sale", "--reason", "sold out"], { state: "off", until: "2026-11-27T12:00:00Z", reason: "sold out" }],
  ])("%s changes the override alone", async (_name, changes, now, words, override) => {
    const desk = await deskWith(changes, now);
    const before = await record(desk);

    const { code, err } = await desk.run(["campaign", ...words]);

    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(await record(desk)).toEqual({ ...before, override });
  });

  it("places until in the campaign's own zone to say when it is", async () => {
    const desk = await deskWith({ ...DAILY, timeZone: "America/New_York" }, DURING);

    const { out } = await desk.run(["campaign", "pause", "sale", "--until", "2026-11-28T12:00", "--reason", "x"]);

    expect(out).toContain("campaign sale is held off until 2026-11-28 12:00:00 America/New_York");
    expect(out).toMatch(/next switch 2026-11-29 10:00:00 America\/New_York; held off: x; goes by its windows again/);
  });

  it("end takes an override on away where no window stands behind it", async () => {
    const desk = await deskWith({ ...DAILY, override: { state: "on", until: "2026-11-27T20:00Z", reason: "x" } }, "2026-11-27T13:00:00Z");

    const { out } = await desk.run(["campaign", "end", "sale"]);

    expect(out).toContain("is no longer forced on");
    expect(await record(desk)).not.toHaveProperty("override");
  });

  it.each([
    ["skip while it is on", DAILY, DURING, ["skip", "sale"], /it is on now: use end to close it early/],
    ["skip without a window ahead", {}, "2026-11-28T09:00:00Z", ["skip", "sale"], /no window ahead/],
    ["skip of a window without end", { end: undefined }, BEFORE, ["skip", "sale"], /no end: use pause/],
    ["extend while it is off", DAILY, BEFORE, ["extend", "sale", "2h"], /it is not on now/],
    ["extend to before its end", DAILY, DURING, ["extend", "sale", "2026-11-27T11:30"], /is on until 2026-11-27 12:00:00 UTC as it is/],
    ["end while it is off", DAILY, BEFORE, ["end", "sale"], /it is not on now/],
    ["end of a paused one", { ...DAILY, enabled: false }, DURING, ["end", "sale"], /it is paused: resume it first/],
    [
      "override of a paused one",
      { ...DAILY, enabled: false },
      DURING,
      ["override", "sale", "on", "--until", "2026-11-28T12:00", "--reason", "x"],
      /it is paused: resume it first/,
    ],
    [
      "skip of one held off",
      { ...DAILY, override: { state: "off", until: "2026-11-28T00:00Z", reason: "x" } },
      BEFORE,
      ["skip", "sale"],
      /held off until 2026-11-28 00:00:00 UTC already/,
    ],
    ["an end in the past", DAILY, DURING, ["pause", "sale", "--until", "2026-11-27T10:59", "--reason", "x"], /--until has passed/],
    ["a broken record", { start: "soon" }, DURING, ["end", "sale"], /put its record right first: start: "soon"/],
  ])("refuses %s in one sentence", async (_name, changes, now, words, message) => {
    const desk = createDesk({ now });
    await desk.world.put(JSON.parse(JSON.stringify(sale(changes as JsonObject))));
    const before = await record(desk);

    const { code, err } = await desk.run(["campaign", ...words]);

    expect(code).toBe(1);
    expect(err).toMatch(/^doorman: campaign sale was left as it is: .*\n$/);
    expect(err).toMatch(message);
    expect(await record(desk)).toEqual(before);
  });
});

describe("pause and resume", () => {
  it("pause without an end switches it off, and resume on again", async () => {
    const desk = await deskWith(DAILY, DURING);

    await desk.run(["campaign", "pause", "sale"]);
    expect(await record(desk)).toMatchObject({ enabled: false, note: "left alone" });
    const { code } = await desk.run(["campaign", "resume", "sale"]);

    expect(code).toBe(0);
    expect(await record(desk)).toMatchObject({ enabled: true, note: "left alone" });
  });

  it("a broken record can be paused all the same", async () => {
    const desk = createDesk();
    await desk.world.put(sale({ start: "soon" }));

    expect((await desk.run(["campaign", "pause", "sale"])).code).toBe(0);

    expect(await record(desk)).toMatchObject({ enabled: false, start: "soon" });
  });

  it("resume takes an override off away, and leaves one that says on", async () => {
    const off = await deskWith({ ...DAILY, override: { state: "off", until: "2026-11-28T00:00Z", reason: "x" } }, DURING);
    const on = await deskWith({ ...DAILY, override: { state: "on", until: "2026-11-28T00:00Z", reason: "x" } }, DURING);

    await off.run(["campaign", "resume", "sale"]);
    const { out } = await on.run(["campaign", "resume", "sale"]);

    expect(await record(off)).not.toHaveProperty("override");
    expect(out).toContain("is not paused, but forced on until 2026-11-28 00:00:00 UTC: campaign end closes it");
    expect(await record(on)).toHaveProperty("override.state", "on");
  });

  it("ends with 3 if somebody else wrote meanwhile", async () => {
    const desk = createDesk({ place: (place) => ({ ...place, campaigns: { ...place.campaigns, replace: async () => false } }) });
    await desk.world.put(sale());

    const { code, err } = await desk.run(["campaign", "pause", "sale"]);

    expect(code).toBe(3);
    expect(err).toBe("doorman: somebody else changed campaign sale meanwhile, so it was left as it is: try again\n");
  });
});
