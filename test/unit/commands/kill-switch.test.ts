import { describe, expect, it } from "vitest";
import { resumeAll, stopAll } from "../../../lib/application/commands/kill-switch.ts";
import { at } from "../../support/layers.ts";
import { createWorld } from "../../support/world.ts";

const NOW = at("2026-11-27T10:00");
const STOP = { since: NOW, reason: "wrong prices", by: "ana" };
const OTHER = { since: NOW, reason: "a test" };

/** A table to which somebody else writes just before the first write that is asked for. */
function overtaken(stopped: typeof OTHER | undefined) {
  const { state } = createWorld();
  const { writeSystem } = state;
  let isFirst = true;
  state.writeSystem = async (system, version) => {
    if (isFirst) {
      isFirst = false;
      await writeSystem({ deadAnswers: [NOW], stopped }, version);
    }
    return writeSystem(system, version);
  };
  return state;
}

describe("stopping Doorman as a whole", () => {
  it("writes down who did it, and leaves all else as it was", async () => {
    const { state } = createWorld();
    await state.writeSystem({ deadAnswers: [NOW] }, 0);

    const before = await stopAll(state, STOP);

    expect(before).toBeUndefined();
    expect(await state.readSystem()).toEqual({ deadAnswers: [NOW], stopped: STOP, version: 2 });
  });

  it("changes nothing where somebody has done so already, and says who", async () => {
    const { state } = createWorld();
    await stopAll(state, STOP);

    const before = await stopAll(state, OTHER);

    expect(before).toEqual(STOP);
    expect((await state.readSystem()).stopped).toEqual(STOP);
  });

  it("is tried again where somebody else wrote meanwhile", async () => {
    const state = overtaken(undefined);

    const before = await stopAll(state, STOP);

    expect(before).toBeUndefined();
    expect(await state.readSystem()).toMatchObject({ deadAnswers: [NOW], stopped: STOP });
  });

  it("leaves it to somebody who was faster by a moment", async () => {
    const state = overtaken(OTHER);

    const before = await stopAll(state, STOP);

    expect(before).toEqual(OTHER);
    expect((await state.readSystem()).stopped).toEqual(OTHER);
  });
});

describe("letting Doorman go on", () => {
  it("says who had stopped it, and leaves all else as it was", async () => {
    const { state } = createWorld();
    await state.writeSystem({ deadAnswers: [NOW], stopped: STOP }, 0);

    const before = await resumeAll(state);

    expect(before).toEqual(STOP);
    expect(await state.readSystem()).toEqual({ deadAnswers: [NOW], version: 2 });
  });

  it("writes nothing where nobody had", async () => {
    const { state } = createWorld();

    const before = await resumeAll(state);

    expect(before).toBeUndefined();
    expect((await state.readSystem()).version).toBe(0);
  });

  it("is tried again where somebody else wrote meanwhile", async () => {
    const state = overtaken(STOP);
    await expect(state.writeSystem({ deadAnswers: [] }, 0)).resolves.toBe(false);

    const before = await resumeAll(state);

    expect(before).toEqual(STOP);
    expect(await state.readSystem()).toEqual({ deadAnswers: [NOW], version: 2 });
  });
});
