import { describe, expect, it } from "vitest";
import { MINUTE } from "../../../lib/domain/instant.ts";
import { sale } from "../../support/world.ts";
import { createDesk } from "./desk.ts";

const SAID = "Doorman is stopped since 2026-11-27 09:00:01 UTC, by ana: wrong prices";
const STOPPED = { since: "2026-11-27T09:00:01Z", by: "ana", reason: "wrong prices" };

async function haltedDesk() {
  const desk = createDesk();
  await desk.world.put(sale());
  const halted = await desk.run(["halt", "--reason", "wrong prices", "--by", "ana"]);
  return { desk, halted };
}

describe("doorman halt", () => {
  it("stops Doorman, and says who, when, why, and how to go on", async () => {
    const { desk, halted } = await haltedDesk();

    expect(halted).toMatchObject({ code: 0, err: "" });
    expect(halted.out).toBe(`${SAID}\nWhat it holds stays as it is in Ecwid, and what falls due stays due. To go on: doorman resume\n`);
    expect((await desk.world.state.readSystem()).stopped).toMatchObject({ reason: "wrong prices", by: "ana" });
  });

  it("leaves it with whoever was first", async () => {
    const { desk } = await haltedDesk();

    const again = await desk.run(["halt", "--reason", "the same", "--json"]);

    expect(again.json()).toEqual({ ok: true, effect: "unchanged", stopped: STOPPED });
  });

  it("asks why, and has a Doorman to stop", async () => {
    const desk = createDesk();

    expect(await desk.run(["halt"])).toMatchObject({ code: 2, err: expect.stringContaining("--reason") });
    expect(await desk.run(["halt", "--reason", " "])).toMatchObject({ code: 2, err: expect.stringContaining("--reason") });
    expect(await desk.run(["halt", "--reason", "x", "--folder", "."])).toMatchObject({
      code: 2,
      err: expect.stringContaining("nothing runs in a folder"),
    });
  });

  it.each([[["plan"]], [["why", "coupon:162428889"]], [["store", "list"]]])(
    "is said first by %j, to people and to machines",
    async (words) => {
      const { desk } = await haltedDesk();

      const text = await desk.run(words);
      const json = (await desk.run([...words, "--json"])).json();

      expect(text.out.startsWith(`${SAID}\nNothing is switched, and nothing put back, until somebody says: doorman resume\n\n`)).toBe(true);
      expect(Array.isArray(json) ? json[0] : json).toHaveProperty("stopped", STOPPED);
    },
  );

  it("is why no look is answered", async () => {
    const { desk } = await haltedDesk();
    await desk.world.clock.advanceBy(MINUTE);

    const checked = await desk.run(["store", "check", "1003"]);

    expect(checked).toMatchObject({ code: 1, err: `doorman: ${SAID}\n` });
  });
});

describe("doorman resume", () => {
  it("lets Doorman go on, and says what it was stopped for", async () => {
    const { desk } = await haltedDesk();

    const resumed = await desk.run(["resume"]);
    const again = await desk.run(["resume"]);
    const plan = await desk.run(["plan"]);

    expect(resumed.out).toMatch(/^Doorman goes on; it was stopped since 2026-11-27 09:00:01 UTC, by ana: wrong prices\n/);
    expect(again.out).toBe("Doorman is not stopped\n");
    expect(plan.out).not.toContain("stopped");
  });

  it("knows little of a switch that was thrown by hand", async () => {
    const { desk } = await haltedDesk();
    const { version, ...system } = await desk.world.state.readSystem();
    await desk.world.state.writeSystem({ ...system, stopped: { reason: "no reason was given" } }, version);

    const resumed = await desk.run(["resume", "--json"]);

    expect(resumed.json()).toEqual({ ok: true, effect: "resumed", was: { since: null, by: null, reason: "no reason was given" } });
  });
});
