import type { AlarmKind } from "../../../lib/application/alarms/alarm-kinds.ts";
import { runTick } from "../../../lib/application/dispatch/run-tick.ts";
import { couponId, targetKey } from "../../../lib/domain/identifiers.ts";
import { MINUTE, plus, SECOND } from "../../../lib/domain/instant.ts";
import type { JsonObject } from "../../../lib/domain/live.ts";
import { COUPON, createWorld, instantOf, PROMOTION, type Record, STORE, TOKEN, type World } from "../world.ts";

/** Something that goes wrong, made to happen in the running application. */
export interface Scene {
  readonly title: string;
  /** In a sentence, for the documentation. */
  readonly happened: string;
  readonly alarm: AlarmKind;
  play(): Promise<World>;
}

const TICK_MS = 150 * SECOND;

/** A store in Berlin on the morning of Black Friday. */
export function berlin(): World {
  return createWorld({
    now: "2026-11-27T06:00:00Z",
    stores: [
      {
        storeId: STORE,
        timeZone: "Europe/Berlin",
        tokens: [TOKEN],
        coupons: [{ id: COUPON, code: "WELCOME10", applicationLimit: "NEW_CUSTOMER_ONLY" }],
        promotions: [{ id: PROMOTION, name: "Early access", triggers: { subtotal: 25, customerGroups: [0, 1] } }],
        groups: [
          { id: 1, name: "Regulars" },
          { id: 2, name: "VIP" },
        ],
      },
    ],
  });
}

/** 10:00 to 22:00 in Berlin is 09:00 to 21:00 in UTC. */
export function blackFriday(changes: JsonObject = {}): Record {
  return {
    storeId: STORE,
    campaignId: "black-friday",
    name: "Black Friday",
    start: "2026-11-27T10:00",
    end: "2026-11-27T22:00",
    coupons: [{ couponId: String(COUPON), applicationLimit: "UNLIMITED" }],
    promotions: [{ promotionId: String(PROMOTION), addGroups: [2] }],
    ...changes,
  };
}

async function prepared(until = "2026-11-27T08:50:00Z"): Promise<World> {
  const world = berlin();
  await world.sweep();
  await world.put(blackFriday());
  await world.runTo(until);
  return world;
}

/** Moves time on with ticks and workers that may fail, as Lambda's do without anybody being thrown at. */
async function failingTo({ clock, compiling }: World, utc: string): Promise<void> {
  for (const until = instantOf(utc); clock.now() < until; ) {
    void runTick(compiling, plus(clock.now(), TICK_MS)).catch(() => undefined);
    await clock.advanceBy(Math.min(MINUTE, until - clock.now()));
  }
}

/** In the order in which the documentation shows them. */
export const SCENES: readonly Scene[] = [
  {
    title: "A store's token is revoked",
    happened: "At 09:50 the app was uninstalled in Ecwid admin; at 10:00 the window began.",
    alarm: "token-dead",
    async play() {
      const world = await prepared();
      world.ecwid.edit.revokeTokens(STORE);
      await world.runTo("2026-11-27T09:02:00Z");
      return world;
    },
  },
  {
    title: "A coupon is deleted",
    happened: "At 09:50 somebody deleted the coupon in Ecwid admin; at 10:00 the window began.",
    alarm: "targets-blocked",
    async play() {
      const world = await prepared();
      world.ecwid.edit.removeCoupon(STORE, COUPON);
      await world.runTo("2026-11-27T09:02:00Z");
      return world;
    },
  },
  {
    title: "The store's plan is downgraded",
    happened: "At 09:50 the store went to a plan without promotions; at 10:00 the window began.",
    alarm: "switches-failing",
    async play() {
      const world = await prepared();
      world.ecwid.edit.store(STORE, { missingFeatures: ["ADVANCED_DISCOUNTS"] });
      await world.runTo("2026-11-27T09:02:00Z");
      return world;
    },
  },
  {
    title: "Ecwid is down for an hour",
    happened: "From 09:55 on Ecwid answered every request with status 503; at 10:00 the window began.",
    alarm: "switches-failing",
    async play() {
      const world = await prepared("2026-11-27T08:55:00Z");
      world.ecwid.setFaults(() => ({ kind: "status", status: 503, when: "before" }));
      await world.runTo("2026-11-27T09:10:00Z");
      return world;
    },
  },
  {
    title: "A customer group is deleted",
    happened: "At 07:30 somebody deleted the group VIP, which the campaign opens the promotion to; at 08:10 Doorman looked ahead.",
    alarm: "trouble-ahead",
    async play() {
      const world = await prepared("2026-11-27T06:30:00Z");
      world.ecwid.edit.deleteGroup(STORE, 2);
      await world.runTo("2026-11-27T07:10:00Z");
      await world.sweep();
      await world.runTo("2026-11-27T07:12:00Z");
      return world;
    },
  },
  {
    title: "A record is broken",
    happened: "At 09:50 somebody saved the campaign with an end that is no time, and a misspelt field.",
    alarm: "records-invalid",
    async play() {
      const world = await prepared();
      await world.put(blackFriday({ end: "27 November, late", prioritty: 5 }));
      await world.runTo("2026-11-27T08:52:00Z");
      return world;
    },
  },
  {
    title: "A poison message",
    happened: "At 10:00 two workers died over the coupon, one after the other.",
    alarm: "dead-letters",
    async play() {
      const world = await prepared();
      const poisoned = targetKey({ kind: "coupon", id: couponId(String(COUPON)) });
      const { record } = world.history;
      world.history.record = async (entry) => {
        if (entry.target === poisoned) throw new Error("the worker died");
        return record(entry);
      };
      await failingTo(world, "2026-11-27T09:05:00Z");
      return world;
    },
  },
  {
    title: "The table is throttled",
    happened: "From 09:55 on DynamoDB refused to read the index that says what is due; at 10:00 the window began.",
    alarm: "functions-failing",
    async play() {
      const world = await prepared("2026-11-27T08:55:00Z");
      // biome-ignore lint/correctness/useYield: it fails before there is anything to yield.
      world.state.due = async function* () {
        throw new Error("ProvisionedThroughputExceededException");
      };
      await failingTo(world, "2026-11-27T09:03:00Z");
      return world;
    },
  },
  {
    title: "The clock of the tick stands still",
    happened: "After 09:55 no tick came to its end any more; at 10:00 the window began.",
    alarm: "tick-silent",
    async play() {
      const world = await prepared("2026-11-27T08:55:00Z");
      await world.clock.advanceTo(instantOf("2026-11-27T09:01:00Z"));
      return world;
    },
  },
  {
    title: "The rule is disabled",
    happened: "At 07:05 somebody disabled the rule that starts Doorman every minute.",
    alarm: "tick-silent",
    async play() {
      const world = await prepared("2026-11-27T06:05:00Z");
      await world.clock.advanceTo(instantOf("2026-11-27T06:11:00Z"));
      return world;
    },
  },
];
