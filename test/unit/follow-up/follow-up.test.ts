import { describe, expect, it } from "vitest";
import type { Incident } from "../../../lib/application/ports/incident.ts";
import { MINUTE } from "../../../lib/domain/instant.ts";
import { createFollowedUp } from "../../support/follow-up.ts";
import { at } from "../../support/layers.ts";
import { COUPON, createWorld, STORE, sale, type World } from "../../support/world.ts";

const NOW = at("2026-11-27T09:00");
const KIND = "token-dead";
const OPEN: Incident = { alarm: "on", changedAt: NOW, openedAt: NOW, times: 1, told: "nothing" };

/** A store whose token is refused, with a campaign that opens within the hour. */
async function dead(): Promise<World> {
  const world = createWorld();
  await world.put(sale());
  const { version, ...store } = await world.state.readStore(STORE);
  await world.state.writeStore(STORE, { ...store, deadToken: { secretVersion: "v", since: NOW } }, version);
  world.events.length = 0;
  return world;
}

const people = (world: World) => world.events.filter(({ kind }) => kind === "people-told");

describe("what is written down once people know", () => {
  it("is what they were told, what is behind it, and at first who suffers", async () => {
    const world = await dead();
    const told = createFollowedUp(world);

    await told.alarm(KIND, "ALARM");

    const { version: _counted, ...incident } = (await world.state.readIncident(KIND)) ?? { version: 0 };
    expect(incident).toEqual({
      ...OPEN,
      changedAt: world.clock.now(),
      openedAt: world.clock.now(),
      told: "opened",
      headline: expect.stringContaining("Store 1003"),
      known: [`${STORE}  TOKEN_REJECTED`],
      surveyedAt: world.clock.now(),
      suffered: [`${STORE}/coupon#${COUPON}`],
      tellingSince: undefined,
    });
  });

  it("leaves who suffered first as it was, when the alarm comes back", async () => {
    const world = await dead();
    const before: Incident = { ...OPEN, alarm: "off", told: "closed", suffered: ["1003/coupon#7"] };
    await world.state.writeIncident(KIND, before, 0);
    await world.clock.advanceBy(MINUTE);

    await createFollowedUp(world).alarm(KIND, "ALARM");

    expect(await world.state.readIncident(KIND)).toMatchObject({ told: "again", suffered: ["1003/coupon#7"] });
  });
});

describe("looks", () => {
  it("are asked for when an incident opens, and not when it is over", async () => {
    const world = await dead();
    const told = createFollowedUp(world, { dispatcher: { send: async () => {} } });

    await told.alarm(KIND, "ALARM");
    await world.clock.advanceBy(MINUTE);
    await told.alarm(KIND, "OK");

    expect(people(world)).toMatchObject([
      { chapter: "opened", looks: 1 },
      { chapter: "closed", looks: 0 },
    ]);
  });

  it("that cannot be asked for keep nobody from being told", async () => {
    const world = await dead();
    const told = createFollowedUp(world, { dispatcher: { send: async () => Promise.reject(new Error("the queue is down")) } });

    await told.alarm(KIND, "ALARM");

    expect(told.complaints).toEqual(["looks could not be asked for"]);
    expect(people(world)).toMatchObject([{ chapter: "opened", looks: 0 }]);
  });
});

describe("how those stand that people were told of", () => {
  const readsOf = async (before: Incident) => {
    const world = await dead();
    await world.state.writeIncident(KIND, before, 0);
    await world.clock.advanceBy(MINUTE);
    let reads = 0;
    const { campaignsOf } = world.state;
    world.state.campaignsOf = async (store) => {
      reads += 1;
      return campaignsOf(store);
    };
    await createFollowedUp(world, { dispatcher: { send: async () => {} } }).alarm(KIND, before.alarm === "on" ? "OK" : "ALARM");
    return reads;
  };

  it("is read at the end, and only then", async () => {
    const suffered = [`${STORE}/coupon#${COUPON}`];

    expect(await readsOf({ ...OPEN, told: "opened", suffered })).toBe(2);
    expect(await readsOf({ ...OPEN, told: "opened" })).toBe(1);
    expect(await readsOf({ ...OPEN, alarm: "off", told: "closed", suffered })).toBe(1);
  });
});

describe("where an incident cannot be written down", () => {
  it("people are told that it has opened", async () => {
    const world = await dead();
    const state = { ...world.state, readIncident: () => Promise.reject(new Error("throttled")) };
    const told = createFollowedUp(world, { state, dispatcher: { send: async () => {} } });

    await told.alarm(KIND, "ALARM");

    expect(told.notices[0]?.attributes).toMatchObject({ state: "opened" });
    expect(people(world)).toMatchObject([{ chapter: "opened", alarm: KIND, stores: 1 }]);
  });
});
