import { describe, expect, it } from "vitest";
import { createFollowUpWork } from "../../../functions/follow-up/follow-up-work.ts";
import { MINUTE, plus } from "../../../lib/domain/instant.ts";
import { alarmEvent, createFollowedUp } from "../../support/follow-up.ts";
import { createWorld } from "../../support/world.ts";

describe("the follow-up function", () => {
  it("follows up a change of an alarm, and by the clock tells what is still owed", async () => {
    const world = createWorld();
    const told = createFollowedUp(world);
    const work = createFollowUpWork(told.dependencies);
    const now = world.clock.now();
    const deadline = plus(now, 2 * MINUTE);
    await work(alarmEvent("tick-silent", "ALARM", now), deadline);
    const known = await world.state.readIncident("tick-silent");
    if (known === undefined) throw new Error("nothing was written down");
    const { version, ...incident } = known;
    await world.state.writeIncident("tick-silent", { ...incident, told: "nothing" }, version);

    await work({ version: "0", "detail-type": "Scheduled Event", source: "aws.events", detail: {} }, deadline);

    expect(told.notices.map(({ attributes }) => attributes["state"])).toEqual(["opened", "opened"]);
    expect(world.events.filter(({ kind }) => kind === "input-refused")).toEqual([]);
  });
});
