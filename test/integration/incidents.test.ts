import { describe, expect, it } from "vitest";
import { createFollowedUp } from "../support/follow-up.ts";
import { SCENES } from "../support/incidents/scenes.ts";

describe("scenes", () => {
  it.each(SCENES)("$title", async ({ alarm, play }) => {
    const world = await play();
    const told = createFollowedUp(world);
    await told.alarm(alarm, "ALARM");
    for (const n of told.notices)
      console.log(`SUBJECT ${n.subject}\n${n.text}\n${JSON.stringify(n.attributes)}\n${told.complaints.join()}`);
    expect(told.notices).toHaveLength(1);
  });
});
