import { describe, expect, it } from "vitest";
import { claim, note } from "../../../lib/application/follow-up/claim.ts";
import type { Incident } from "../../../lib/application/ports/incident.ts";
import { HOUR, MINUTE, plus } from "../../../lib/domain/instant.ts";
import { at } from "../../support/layers.ts";
import { createWorld } from "../../support/world.ts";

const NOW = at("2026-11-27T10:00");
const KIND = "token-dead";
const OPEN: Incident = { alarm: "on", changedAt: NOW, openedAt: NOW, times: 1, told: "nothing" };

async function known(incident: Incident | undefined, now = NOW) {
  const { state } = createWorld();
  if (incident !== undefined) await state.writeIncident(KIND, incident, 0);
  return { state, clock: { now: () => now } };
}

describe("taking upon oneself to tell", () => {
  it("writes down a new incident as being told", async () => {
    const parts = await known(undefined);

    const claimed = await claim(parts, KIND, { alarm: "on", at: NOW });

    expect(claimed).toEqual({ incident: { ...OPEN, tellingSince: NOW }, chapter: "opened" });
    expect(await parts.state.readIncident(KIND)).toEqual({ ...OPEN, tellingSince: NOW, version: 1 });
  });

  it("writes down an end of which nobody has to be told", async () => {
    const parts = await known(undefined);

    const claimed = await claim(parts, KIND, { alarm: "off", at: NOW });

    expect(claimed).toBeUndefined();
    expect(await parts.state.readIncident(KIND)).toEqual({ alarm: "off", changedAt: NOW, times: 0, told: "nothing", version: 1 });
  });

  it("is nothing where there is no incident, and nothing is written then", async () => {
    const parts = await known(undefined);

    expect(await claim(parts, KIND, undefined)).toBeUndefined();
    expect(await parts.state.readIncident(KIND)).toBeUndefined();
  });

  it("is nothing, and writes nothing, where people know already", async () => {
    const parts = await known({ ...OPEN, told: "opened" });

    expect(await claim(parts, KIND, { alarm: "on", at: NOW })).toBeUndefined();
    expect(await parts.state.readIncident(KIND)).toMatchObject({ version: 1 });
  });

  it.each([
    ["two minutes", 2 * MINUTE, "opened"],
    ["less", 2 * MINUTE - 1, undefined],
  ])("is left to whoever began to tell, unless that is %s ago", async (_how, ms, chapter) => {
    const parts = await known({ ...OPEN, tellingSince: plus(NOW, -ms) });

    expect((await claim(parts, KIND, undefined))?.chapter).toBe(chapter);
  });

  it("is of news where nothing is owed, once an hour, and not while a change is written down", async () => {
    const told = { ...OPEN, told: "opened", surveyedAt: plus(NOW, -HOUR) } as const;

    expect((await claim(await known(told), KIND, undefined))?.chapter).toBe("more");
    expect(await claim(await known({ ...told, changedAt: plus(NOW, -MINUTE) }), KIND, { alarm: "on", at: NOW })).toBeUndefined();
    expect(await claim(await known({ ...told, surveyedAt: plus(NOW, 1 - HOUR) }), KIND, undefined)).toBeUndefined();
  });

  it("is decided afresh where somebody else was faster", async () => {
    const parts = await known(OPEN);
    const { writeIncident } = parts.state;
    let isFirst = true;
    parts.state.writeIncident = async (kind, incident, version) => {
      if (isFirst) {
        isFirst = false;
        await writeIncident(kind, { ...OPEN, tellingSince: NOW }, version);
      }
      return writeIncident(kind, incident, version);
    };

    expect(await claim(parts, KIND, undefined)).toBeUndefined();
    expect(await parts.state.readIncident(KIND)).toMatchObject({ version: 2 });
  });
});

describe("writing down what people know", () => {
  it("gives up the claim, and keeps all else", async () => {
    const { state } = await known({ ...OPEN, tellingSince: NOW });

    await note({ state }, KIND, NOW, { told: "opened", headline: "h", tellingSince: undefined });

    expect(await state.readIncident(KIND)).toEqual({ ...OPEN, told: "opened", headline: "h", tellingSince: undefined, version: 2 });
  });

  it("does nothing where it has become another incident, or none", async () => {
    const { state } = await known({ ...OPEN, tellingSince: NOW });

    await note({ state }, KIND, plus(NOW, -HOUR), { told: "opened", tellingSince: undefined });
    await note({ state }, "tick-silent", NOW, { told: "opened", tellingSince: undefined });

    expect(await state.readIncident(KIND)).toMatchObject({ told: "nothing", version: 1 });
    expect(await state.readIncident("tick-silent")).toBeUndefined();
  });

  it("is tried again where somebody else writes meanwhile", async () => {
    const { state } = await known(OPEN);
    const { writeIncident } = state;
    let isFirst = true;
    state.writeIncident = async (kind, incident, version) => {
      if (isFirst) {
        isFirst = false;
        await writeIncident(kind, { ...OPEN, times: 2 }, version);
      }
      return writeIncident(kind, incident, version);
    };

    await note({ state }, KIND, NOW, { told: "opened", tellingSince: undefined });

    expect(await state.readIncident(KIND)).toMatchObject({ told: "opened", times: 2, version: 3 });
  });
});
