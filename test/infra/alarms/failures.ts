import type { AlarmKind } from "../../../lib/application/alarms/alarm-kinds.ts";
import { plus, SECOND } from "../../../lib/domain/instant.ts";
import { COUPON, STORE, sale, TOKEN } from "../../support/world.ts";
import type { RunningFunctions } from "./running-functions.ts";

/** Something that goes wrong on the 27th of November 2026; times are `HH:MM` in UTC. */
export interface Failure {
  readonly kind: AlarmKind;
  readonly name: string;
  /** Makes it happen, and mends it where it can be mended. */
  readonly play: (functions: RunningFunctions, runTo: (time: string) => Promise<void>) => Promise<void>;
  /** When it goes wrong: up to then nothing rings. */
  readonly from: string;
  /** By when the alarm has to ring. */
  readonly ringsBy: string;
  /** Until when it must go on ringing, without a break. */
  readonly standsUntil?: string;
  /** By when it has to be quiet again. */
  readonly quietBy?: string;
  /** Other alarms that ring with it, at least where AWS is slow, and ought to. */
  readonly also?: readonly AlarmKind[];
}

const THROTTLED_TABLE = new Error("the table is throttled");

/** What the functions do without any of it: a sale each hour from :00 to :20 in one store, and one all day in the other. */
export const HOURLY_SALE = sale({ repeat: "FREQ=DAILY;BYHOUR=8,9,10,11,12", start: "2026-11-27T08:00", end: "2026-11-27T08:20" });

export const FAILURES: readonly Failure[] = [
  {
    kind: "tick-silent",
    name: "the rule is disabled",
    from: "07:30",
    ringsBy: "07:38",
    quietBy: "07:55",
    play: async ({ switches }, runTo) => {
      await runTo("07:30:30");
      switches.rule = false;
      await runTo("07:49:30");
      switches.rule = true;
      await runTo("08:30");
    },
  },
  {
    kind: "tick-silent",
    name: "ticks begin and do not end",
    from: "07:30",
    ringsBy: "07:38",
    also: ["functions-failing"],
    play: async ({ parts }, runTo) => {
      await runTo("07:30:30");
      parts.state.due = () => {
        throw THROTTLED_TABLE;
      };
      await runTo("07:55");
    },
  },
  {
    kind: "switch-late",
    name: "four ticks are lost where a window begins",
    from: "07:58",
    ringsBy: "08:07",
    quietBy: "08:22",
    play: async ({ switches }, runTo) => {
      await runTo("07:58:30");
      switches.rule = false;
      await runTo("08:02:30");
      switches.rule = true;
      await runTo("09:10");
    },
    also: ["tick-silent"],
  },
  {
    kind: "switch-late",
    name: "nobody takes messages from the queue",
    from: "07:58",
    ringsBy: "08:09",
    play: async ({ switches }, runTo) => {
      await runTo("07:58");
      switches.mapping = false;
      await runTo("08:18");
    },
  },
  {
    kind: "switches-failing",
    name: "Ecwid is down for half an hour",
    from: "07:59",
    ringsBy: "08:05",
    quietBy: "10:40",
    also: ["windows-missed"],
    play: async ({ ecwid }, runTo) => {
      await runTo("07:59");
      ecwid.setFaults(() => ({ kind: "status", status: 503, when: "before" }));
      await runTo("08:29");
      ecwid.setFaults(undefined);
      await runTo("11:10");
    },
  },
  {
    kind: "switches-failing",
    name: "a store's plan ends",
    from: "07:59",
    ringsBy: "08:04",
    standsUntil: "12:00",
    also: ["trouble-ahead"],
    play: async ({ ecwid }, runTo) => {
      await runTo("07:59");
      ecwid.edit.store(STORE, { suspended: true });
      await runTo("12:05");
    },
  },
  {
    kind: "windows-missed",
    name: "nobody works while a window passes",
    from: "07:58",
    ringsBy: "08:34",
    quietBy: "08:50",
    also: ["tick-silent"],
    play: async ({ switches }, runTo) => {
      await runTo("07:56:30");
      switches.rule = false;
      await runTo("08:29:30");
      switches.rule = true;
      await runTo("09:10");
    },
  },
  {
    kind: "token-dead",
    name: "a token is revoked, and replaced three hours later",
    from: "07:59",
    ringsBy: "08:04",
    standsUntil: "11:00",
    quietBy: "12:40",
    also: ["trouble-ahead", "switch-late", "windows-missed"],
    play: async ({ ecwid, secrets }, runTo) => {
      await runTo("07:59");
      ecwid.edit.revokeTokens(STORE);
      await runTo("11:00");
      const token = `${TOKEN}_new`;
      const [old] = ecwid.store(STORE).tokens;
      if (old === undefined) throw new TypeError("the store has no token");
      ecwid.edit.tokens(STORE, [{ ...old, token, dead: false }]);
      secrets.set(STORE, { token });
      await runTo("13:10");
    },
  },
  {
    kind: "targets-blocked",
    name: "a coupon is deleted in Ecwid, and its campaign stays",
    from: "07:50",
    ringsBy: "08:04",
    standsUntil: "12:00",
    play: async ({ ecwid }, runTo) => {
      await runTo("07:50");
      ecwid.edit.removeCoupon(STORE, COUPON);
      await runTo("12:05");
    },
  },
  {
    kind: "trouble-ahead",
    name: "a coupon is deleted before its window begins",
    from: "07:00",
    ringsBy: "07:12",
    standsUntil: "07:59",
    play: async ({ ecwid }, runTo) => {
      await runTo("07:00");
      ecwid.edit.removeCoupon(STORE, COUPON);
      await runTo("07:59");
    },
  },
  {
    kind: "records-invalid",
    name: "a record is broken, and mended three hours later",
    from: "07:30",
    ringsBy: "07:34",
    standsUntil: "10:30",
    quietBy: "12:10",
    play: async ({ put }, runTo) => {
      await runTo("07:30");
      await put({ ...HOURLY_SALE, prioritty: 3 });
      await runTo("10:30");
      await put(HOURLY_SALE);
      await runTo("12:40");
    },
  },
  {
    kind: "records-invalid",
    name: "a record is put under an id that cannot be one",
    from: "07:30",
    ringsBy: "07:34",
    standsUntil: "10:30",
    play: async ({ put }, runTo) => {
      await runTo("07:30");
      await put({ ...HOURLY_SALE, campaignId: "black friday" });
      await runTo("10:30");
    },
  },
  {
    kind: "dead-letters",
    name: "a message kills two workers",
    from: "07:59",
    ringsBy: "08:08",
    quietBy: "08:40",
    also: ["switch-late", "functions-failing"],
    play: async ({ parts, purge }, runTo) => {
      const { state } = parts;
      const { readTarget } = state;
      await runTo("07:59");
      state.readTarget = async () => {
        throw THROTTLED_TABLE;
      };
      await runTo("08:10");
      state.readTarget = readTarget;
      await runTo("08:30");
      purge();
      await runTo("08:59");
    },
  },
  {
    kind: "dead-letters",
    name: "the stream gives a record up",
    from: "07:30",
    ringsBy: "07:34",
    play: async ({ parts, put }, runTo) => {
      const { get } = parts.campaigns;
      await runTo("07:30");
      parts.campaigns.get = async () => {
        throw THROTTLED_TABLE;
      };
      await put({ ...HOURLY_SALE, note: "changed" });
      parts.campaigns.get = get;
      await runTo("08:05");
    },
  },
  {
    kind: "functions-failing",
    name: "a sweep fails",
    from: "07:06",
    ringsBy: "07:12",
    quietBy: "08:55",
    play: async ({ parts }, runTo) => {
      const { stores } = parts.state;
      await runTo("07:06:30");
      parts.state.stores = () => {
        throw THROTTLED_TABLE;
      };
      await runTo("07:08");
      parts.state.stores = stores;
      await runTo("09:15");
    },
  },
  {
    kind: "functions-throttled",
    name: "there is no room for ticks",
    from: "07:30",
    ringsBy: "07:36",
    quietBy: "07:55",
    play: async ({ switches }, runTo) => {
      await runTo("07:30:30");
      switches.throttled.add("dispatch");
      await runTo("07:32:30");
      switches.throttled.delete("dispatch");
      await runTo("08:30");
    },
  },
  {
    kind: "functions-slow",
    name: "writing the history takes two minutes",
    from: "07:59",
    ringsBy: "08:06",
    play: async ({ parts, clock }, runTo) => {
      const { record } = parts.history;
      await runTo("07:59");
      parts.history.record = async (entry) => {
        await clock.sleepUntil(plus(clock.now(), 112 * SECOND));
        return record(entry);
      };
      await runTo("08:10");
    },
  },
  {
    kind: "ecwid-throttling",
    name: "Ecwid answers 429 for a quarter of an hour",
    from: "07:59",
    ringsBy: "08:06",
    quietBy: "10:30",
    also: ["switch-late"],
    play: async ({ ecwid }, runTo) => {
      await runTo("07:59");
      ecwid.setFaults(() => ({ kind: "status", status: 429, when: "before", retryAfter: "30" }));
      await runTo("08:15");
      ecwid.setFaults(undefined);
      await runTo("10:50");
    },
  },
];
