import { describe, expect, it } from "vitest";
import type { Notice } from "../../lib/application/ports/notices.ts";
import { storeId } from "../../lib/domain/identifiers.ts";
import { MINUTE, SECOND } from "../../lib/domain/instant.ts";
import { alarmEvent, createFollowedUp, type FollowedUp } from "../support/follow-up.ts";
import { berlin, blackFriday } from "../support/incidents/scenes.ts";
import { COUPON, createWorld, PROMOTION, STORE, sale, TOKEN, type World } from "../support/world.ts";

/** A store whose token is dead, with its campaign on since 10:00 in Berlin. */
async function deadToken(): Promise<World> {
  const world = berlin();
  await world.sweep();
  await world.put(blackFriday());
  await world.runTo("2026-11-27T08:50:00Z");
  world.ecwid.edit.revokeTokens(STORE);
  await world.runTo("2026-11-27T09:02:00Z");
  return world;
}

const statesOf = ({ notices }: FollowedUp) => notices.map(({ attributes }) => attributes["state"]);
const textOf = ({ notices }: FollowedUp) => notices.map(({ text }) => text).join("\n");

describe("an incident", () => {
  it("is one message for a doubled event, also where both come at the same moment", async () => {
    const world = await deadToken();
    const told = createFollowedUp(world);
    const event = alarmEvent("token-dead", "ALARM", world.clock.now());

    await Promise.all([told.hand(event), told.hand(event), told.hand(event)]);
    await told.hand(event);

    expect(statesOf(told)).toEqual(["opened"]);
    expect(await world.state.readIncident("token-dead")).toMatchObject({ told: "opened", alarm: "on", times: 1 });
  });

  it("is closed with one short message that names what was opened and how long it took", async () => {
    const world = await deadToken();
    const told = createFollowedUp(world);
    await told.alarm("token-dead", "ALARM");
    world.ecwid.edit.tokens(STORE, [{ token: "secret_new", scopes: ["read_store_profile"], dead: false }]);
    world.secrets.set(STORE, { token: "secret_new" });
    await world.clock.advanceBy(72 * MINUTE);
    await world.sweep();

    await told.alarm("token-dead", "OK");
    await told.alarm("token-dead", "OK");

    const [, closing] = told.notices;
    expect(told.notices).toHaveLength(2);
    expect(closing?.subject).toMatch(/^\[Doorman\] Over: Store 1003: Ecwid refuses the token/);
    expect(closing?.text).toMatch(/^Over after 1 h 12 min\. It was: Store 1003: Ecwid refuses the token/);
    expect(closing?.text.split("\n").length).toBeLessThan(15);
    expect(closing?.attributes["incident"]).toBe(told.notices[0]?.attributes["incident"]);
  });

  it.each([
    { by: "Doorman", byHand: {}, says: "closes them then by itself." },
    { by: "a person", byHand: { applicationLimit: "UNLIMITED" }, says: "If you opened it by hand meanwhile, close it by hand after" },
  ])("ends with what holds now, and who closes what $by opened", async ({ byHand, says }) => {
    const world = await deadToken();
    const told = createFollowedUp(world);
    await told.alarm("token-dead", "ALARM");
    world.ecwid.edit.coupon(STORE, COUPON, byHand);
    const scopes = ["read_store_profile", "read_discount_coupons", "update_discount_coupons", "read_promotion", "update_promotion"];
    world.ecwid.edit.tokens(STORE, [{ token: "secret_new", scopes: [...scopes, "read_customers"], dead: false }]);
    world.secrets.set(STORE, { token: "secret_new" });
    await world.sweep();
    await world.clock.advanceBy(5 * MINUTE);

    await told.alarm("token-dead", "OK");

    const closing = told.notices.at(-1)?.text.replaceAll("\n", " ");
    expect(closing).toContain("open for the campaign until 2026-11-27 22:00 Europe/Berlin");
    expect(closing).toContain(says);
  });

  it("is not told as over where the cause still stands: no sweep may have looked", async () => {
    const world = await deadToken();
    const told = createFollowedUp(world);
    await told.alarm("token-dead", "ALARM");
    await world.clock.advanceBy(5 * MINUTE);

    await told.alarm("token-dead", "OK");

    expect(told.notices[1]?.subject).toMatch(/^\[Doorman\] Still broken: Store 1003/);
    expect(told.notices[1]?.text).toContain("WHAT YOU CAN DO IN ECWID\n1. As the owner of store 1003");
  });

  it("that flaps ten times within half an hour is four messages", async () => {
    const world = await deadToken();
    const told = createFollowedUp(world);

    for (let times = 0; times < 10; times += 1) {
      await told.alarm("token-dead", "ALARM");
      await world.clock.advanceBy(2 * MINUTE);
      await told.alarm("token-dead", "OK");
      await world.clock.advanceBy(MINUTE);
      await told.settle();
    }
    const during = statesOf(told);
    await world.clock.advanceBy(15 * MINUTE);
    await told.settle();
    await told.settle();

    expect(during).toEqual(["opened", "closed", "again"]);
    expect(statesOf(told)).toEqual(["opened", "closed", "again", "closed"]);
    expect(told.notices[2]?.text).toContain("It is back: people were told that it was over.");
  });

  it("is nothing where the alarm has no data", async () => {
    const told = createFollowedUp(createWorld());

    await told.alarm("tick-silent", "INSUFFICIENT_DATA");

    expect(told.notices).toEqual([]);
    expect(await told.dependencies.state.incidents()).toEqual([]);
  });

  it("asks for a look where the cause may be gone, and only there", async () => {
    const world = await deadToken();
    const told = createFollowedUp(world);
    world.ecwid.edit.tokens(STORE, [{ token: "secret_new", scopes: ["read_store_profile"], dead: false }]);
    world.secrets.set(STORE, { token: "secret_new" });

    await told.alarm("token-dead", "ALARM");
    await world.settle();

    expect((await world.state.readStore(STORE)).deadToken).toBeUndefined();
    const [people] = world.events.filter((event) => event.kind === "people-told");
    expect(people).toMatchObject({ alarm: "token-dead", chapter: "opened", stores: 1, looks: 1 });
  });
});

describe("an alarm that stays on", () => {
  const blockedWorld = async () => {
    const ids = ["1003", "1004"].map(storeId);
    const coupons = [{ id: COUPON, code: "WELCOME10", applicationLimit: "NEW_CUSTOMER_ONLY" }];
    const world = createWorld({ stores: ids.map((id) => ({ storeId: id, timeZone: "UTC", tokens: [`secret_of_${id}`], coupons })) });
    for (const id of ids) {
      world.secrets.set(id, { token: `secret_of_${id}` });
      await world.campaigns.put(sale({ storeId: id, end: "2026-11-27T20:00", ...(id === "1004" && { start: "2026-11-27T10:30" }) }));
    }
    await world.sweep();
    await world.runTo("2026-11-27T09:50:00Z");
    for (const id of ids) world.ecwid.edit.removeCoupon(id, COUPON);
    await world.runTo("2026-11-27T10:02:00Z");
    return world;
  };

  it("is looked at once an hour, and what has come to be behind it is told, once", async () => {
    const world = await blockedWorld();
    const told = createFollowedUp(world);
    await told.alarm("targets-blocked", "ALARM");

    for (const minute of ["10:17", "10:32", "10:47", "11:02", "11:17", "12:05", "13:20"]) {
      await world.runTo(`2026-11-27T${minute}:00Z`);
      await told.settle();
    }

    expect(statesOf(told)).toEqual(["opened", "more"]);
    expect(told.notices[1]?.subject).toMatch(/^\[Doorman\] More: Stores 1003, 1004: 2 coupons cannot be switched/);
    expect(told.notices[1]?.text).toContain("New since the last message: coupon WELCOME10 (162428889) of store 1004.");
  });

  it("is not looked at again where nothing stands, or once it is off", async () => {
    const world = await blockedWorld();
    const told = createFollowedUp(world);
    await told.alarm("tick-silent", "ALARM");
    await told.alarm("targets-blocked", "ALARM");
    await world.runTo("2026-11-27T10:10:00Z");
    await told.alarm("targets-blocked", "OK");

    await world.runTo("2026-11-27T12:00:00Z");
    await told.settle();

    expect(statesOf(told)).toEqual(["opened", "opened", "closed"]);
  });
});

describe("a message that cannot be sent", () => {
  it("stays owed: the error is passed on, the event tried again, and nothing is lost or told twice", async () => {
    const world = await deadToken();
    const sent: Notice[] = [];
    let failures = 2;
    const publish = async (notice: Notice) => {
      failures -= 1;
      if (failures >= 0) throw new Error("SNS is down");
      sent.push(notice);
    };
    const told = createFollowedUp(world, { notices: { publish } });
    const event = alarmEvent("token-dead", "ALARM", world.clock.now());

    await expect(told.hand(event)).rejects.toThrow("SNS is down");
    await expect(told.hand(event)).rejects.toThrow("SNS is down");
    await told.hand(event);
    await told.hand(event);

    expect(sent).toHaveLength(1);
  });

  it("is sent by the next quarter of an hour where every try was in vain, with its end behind it", async () => {
    const world = await deadToken();
    const sent: Notice[] = [];
    let isDown = true;
    const publish = async (notice: Notice) => {
      if (isDown) throw new Error("SNS is down");
      sent.push(notice);
    };
    const told = createFollowedUp(world, { notices: { publish } });

    await expect(told.alarm("token-dead", "ALARM")).rejects.toThrow("SNS is down");
    await world.clock.advanceBy(MINUTE);
    await expect(told.alarm("token-dead", "OK")).rejects.toThrow("SNS is down");
    await expect(told.settle()).rejects.toThrow("1 incidents could not be told");
    isDown = false;
    await told.settle();
    await told.settle();

    expect(sent.map(({ attributes }) => attributes["state"])).toEqual(["opened", "closed"]);
  });

  it("is sent by another run once the one that had begun it has died", async () => {
    const world = await deadToken();
    const told = createFollowedUp(world);
    const now = world.clock.now();
    await world.state.writeIncident(
      "token-dead",
      { alarm: "on", changedAt: now, openedAt: now, times: 1, told: "nothing", tellingSince: now },
      0,
    );

    await world.clock.advanceBy(119 * SECOND);
    await told.settle();
    const early = told.notices.length;
    await world.clock.advanceBy(SECOND);
    await told.settle();

    expect([early, told.notices.length]).toEqual([0, 1]);
  });

  it("is told what came meanwhile: an end that arrives while the opening is told follows it", async () => {
    const world = await deadToken();
    const opened = world.clock.now();
    const sent: Notice[] = [];
    const told: FollowedUp = createFollowedUp(world, {
      notices: {
        publish: async (notice) => {
          sent.push(notice);
          if (sent.length === 1) await told.hand(alarmEvent("token-dead", "OK", (opened + MINUTE) as typeof opened));
        },
      },
    });

    await told.alarm("token-dead", "ALARM");

    expect(sent.map(({ attributes }) => attributes["state"])).toEqual(["opened", "closed"]);
  });
});

describe("where Doorman's own table does not answer", () => {
  it("people are told all the same, and that nobody can be named", async () => {
    const world = await deadToken();
    const down = () => Promise.reject(new Error("ProvisionedThroughputExceededException"));
    const state = new Proxy(world.state, { get: (_table, name) => (name === "due" || name === "stores" ? lost : down) });
    const told = createFollowedUp(world, { state });

    await told.alarm("functions-failing", "ALARM");

    expect(told.complaints).toEqual([expect.stringContaining("could not be written down")]);
    expect(textOf(told)).toContain("Doorman's own table could not be read, so nobody can be named here.");
    expect(textOf(told)).toContain("FOR WHOEVER LOOKS AFTER DOORMAN");
  });

  it("an end waits: it is tried again", async () => {
    const world = await deadToken();
    const told = createFollowedUp(world, { state: { ...world.state, readIncident: () => Promise.reject(new Error("throttled")) } });

    await expect(told.alarm("functions-failing", "OK")).rejects.toThrow("throttled");
    expect(told.notices).toEqual([]);
  });

  it("a store that cannot be read hides no other", async () => {
    const ids = ["1003", "1004", "1005"].map(storeId);
    const world = createWorld({ stores: ids.map((id) => ({ storeId: id, timeZone: "UTC" })) });
    for (const id of ids) {
      world.secrets.set(id, { token: "secret_dead" });
      await world.campaigns.put(sale({ storeId: id }));
    }
    await world.sweep();
    await world.runTo("2026-11-27T10:02:00Z");
    const { targetsOf } = world.state;
    const state = {
      ...world.state,
      targetsOf: async (id: (typeof ids)[number]) => (id === "1004" ? Promise.reject(new Error("broken")) : targetsOf(id)),
    };
    const told = createFollowedUp(world, { state });

    await told.alarm("token-dead", "ALARM");

    expect(told.notices[0]?.subject).toContain("Stores 1003, 1005");
    expect(textOf(told)).toContain("1 store could not be read, and may be affected too.");
  });
});

// biome-ignore lint/correctness/useYield: it fails before there is anything to yield.
async function* lost() {
  throw new Error("ProvisionedThroughputExceededException");
}

describe("a bad event", () => {
  it.each([
    ["garbage", "garbage"],
    ["another deployment's alarm", alarmEvent("token-dead", "ALARM", createWorld().clock.now(), "Doorman-test")],
    ["somebody else's alarm", { ...alarmEvent("token-dead", "ALARM", createWorld().clock.now()), detail: { alarmName: "cpu" } }],
  ])("gets one clear line and is not tried again: %s", async (_name, event) => {
    const world = createWorld();
    const told = createFollowedUp(world);

    await told.hand(event);

    expect(told.notices).toEqual([]);
    expect(world.events).toEqual([
      { kind: "input-refused", where: "the follow-up function's event", message: expect.stringMatching(/nothing was done\. /) },
    ]);
  });
});

describe("what is behind an alarm", () => {
  it("is read from the history for windows that were missed", async () => {
    const world = createWorld();
    await world.put(sale());
    await world.skipTo("2026-11-27T15:00:00Z");
    await world.runTo("2026-11-27T15:02:00Z");
    const told = createFollowedUp(world);

    await told.alarm("windows-missed", "ALARM");

    expect(told.notices[0]?.subject).toBe(
      "[Doorman] Store 1003: coupon WELCOME10 (162428889) was not switched for windows that are over now",
    );
    expect(textOf(told)).toContain('came and went without a switch: "Sale" from 2026-11-27 10:00 to 2026-11-27 12:00');
    expect(textOf(told)).toContain("npm run doorman -- history coupon:162428889 --store 1003 --aws");
  });

  it("is read from the history for switches that were late and from the table for those that still wait", async () => {
    const world = createWorld();
    await world.sweep();
    await world.put(sale({ promotions: [{ promotionId: PROMOTION, addGroups: [2] }] }));
    await world.runTo("2026-11-27T09:59:00Z");
    world.ecwid.setFaults(({ resource }) => (resource === "promotions" ? { kind: "status", status: 503, when: "before" } : undefined));
    await world.skipTo("2026-11-27T10:07:00Z");
    await world.runTo("2026-11-27T10:12:00Z");
    const told = createFollowedUp(world);

    await told.alarm("switch-late", "ALARM");

    expect(textOf(told)).toContain("it was switched 7 minutes late");
    expect(textOf(told)).toContain("it is not switched yet");
  });

  it("is wrong now where a window is on that customers do not notice", async () => {
    const world = createWorld();
    await world.put(sale());
    await world.runTo("2026-11-27T10:30:00Z");
    world.ecwid.edit.coupon(STORE, COUPON, { status: "PAUSED" });
    await world.sweep();
    const told = createFollowedUp(world);

    await told.alarm("trouble-ahead", "ALARM");

    expect(textOf(told)).toContain('Store 1003: "Sale" is in danger');
    expect(textOf(told)).toContain('Wrong now, until 2026-11-27 12:00 UTC: coupon WELCOME10 (162428889) ("Sale").');
  });

  it("says so where nothing of it is left", async () => {
    const told = createFollowedUp(createWorld());

    await told.alarm("token-dead", "ALARM");

    expect(told.notices[0]?.subject).toMatch(/accepts it again or has a new one by now$/);
    expect(told.notices[0]?.attributes).toMatchObject({ storeCount: "0" });
    expect(told.notices[0]?.attributes).not.toHaveProperty("stores");
  });

  it("says that somebody has stopped Doorman", async () => {
    const world = await deadToken();
    const { version, ...system } = await world.state.readSystem();
    await world.state.writeSystem({ ...system, stopped: { since: world.clock.now(), reason: "audit" } }, version);
    const told = createFollowedUp(world);

    await told.alarm("switches-failing", "ALARM");

    expect(textOf(told)).toContain("Doorman is stopped by hand since 2026-11-27 10:02 Europe/Berlin (2026-11-27 09:02 UTC):\naudit.");
  });

  it("is cut where there are more than a hundred stores, and says how many more there are", async () => {
    const world = createWorld({ stores: [] });
    for (let index = 0; index < 110; index += 1) {
      const id = storeId(String(5000 + index));
      await world.campaigns.put(sale({ storeId: id }));
    }
    await world.sweep();
    await world.runTo("2026-11-27T10:02:00Z");
    const told = createFollowedUp(world);

    await told.alarm("switches-failing", "ALARM");

    expect(told.notices[0]?.subject).toBe("[Doorman] 110 stores: discounts cannot be switched: there is no token");
    expect(textOf(told)).toContain("and 100 more stores");
    expect(Buffer.byteLength(textOf(told))).toBeLessThan(12_000);
    expect(told.notices[0]?.attributes["storeCount"]).toBe("110");
    expect(told.notices[0]?.attributes["stores"]).toHaveLength(25);
  });

  it("is cut where time runs out, and says so", async () => {
    const world = await deadToken();
    const readStore: typeof world.state.readStore = async (id) => {
      await world.clock.advanceBy(0);
      return world.state.readStore(id);
    };
    const told = createFollowedUp(world, { clock: { ...world.clock, now: tickingNow(world) }, state: { ...world.state, readStore } });

    await told.alarm("token-dead", "ALARM");

    expect(textOf(told)).toContain("Time ran out after 0 stores: there may be more than is listed here.");
  });
});

/** A clock on which every look takes a minute. */
function tickingNow({ clock }: World): World["clock"]["now"] {
  let looks = 0;
  return () => {
    looks += 1;
    return (clock.now() + looks * MINUTE) as ReturnType<World["clock"]["now"]>;
  };
}

describe("a token", () => {
  it("reaches no message, though Ecwid echoes it and people paste it into names and notes", async () => {
    const world = berlin();
    await world.sweep();
    await world.put(blackFriday({ name: `Black ${TOKEN}`, note: TOKEN }));
    world.ecwid.setFaults(() => ({
      kind: "status",
      status: 400,
      when: "before",
      body: JSON.stringify({ errorMessage: TOKEN, errorCode: TOKEN }),
    }));
    await world.runTo("2026-11-27T09:10:00Z");
    await world.put(blackFriday({ end: TOKEN, name: `Black ${TOKEN}` }));
    const told = createFollowedUp(world);

    for (const kind of ["targets-blocked", "switches-failing", "records-invalid", "trouble-ahead", "tick-silent", "switch-late"] as const) {
      await told.alarm(kind, "ALARM");
    }

    expect(told.notices).toHaveLength(6);
    expect(JSON.stringify(told.notices)).not.toContain(TOKEN);
    expect(JSON.stringify(await world.state.incidents())).not.toContain(TOKEN);
  });
});
