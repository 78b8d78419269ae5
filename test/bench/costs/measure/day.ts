import { DAY, HOUR, type Instant, MINUTE, parseInstant, plus } from "../../../../lib/domain/instant.ts";
import type { EventKind, SWITCHES } from "../events.ts";
import type { Invocation } from "./invocation.ts";
import { TICK_OFFSET_MS } from "./latencies.ts";
import { campaignOf, MEASURED, storeOf } from "./scene.ts";
import { createStage, type Stage } from "./stage.ts";

/** What is told apart while the days are played; `events.ts` has what is made of it. */
export type Happening = Exclude<EventKind, "boundary" | "sweep-anyway" | "sweep-store"> | "sweep";

/** The invocations of what happened in three days, by what it was. */
export interface Day {
  readonly invocations: Readonly<Record<Happening, readonly Invocation[]>>;
  readonly storedBytes: Awaited<ReturnType<Stage["storedBytes"]>>;
}

const BEGINS = parseInstant("2026-11-27T07:00:00Z");

/** Friday to Sunday: what opens and closes when (`scene.ts`). */
const SWITCHED: Readonly<Record<(typeof SWITCHES)[number], string>> = {
  "coupon-opens": "2026-11-27T10:00:00Z",
  "coupon-closes": "2026-11-27T18:00:00Z",
  "pair-opens": "2026-11-28T02:00:00Z",
  "pair-closes": "2026-11-28T06:00:00Z",
  "promotion-opens": "2026-11-29T10:00:00Z",
  "promotion-closes": "2026-11-29T18:00:00Z",
};

interface DayOptions {
  readonly endpoint: string;
  readonly stores: number;
  readonly campaignsAStore: number;
  readonly isCounting: boolean;
}

/** Plays the three days on a stage of its own. */
export async function playDay(options: DayOptions): Promise<Day> {
  const stage = await createStage({ ...options, start: BEGINS });
  const { clock } = stage;
  const goTo = (at: Instant) => clock.advanceTo(at);
  const ticked = (minute: Instant) => goTo(plus(minute, TICK_OFFSET_MS)).then(() => stage.tick());

  /** The tick that sees a boundary coming, the one in its minute and all that follows. */
  async function boundary(at: Instant): Promise<readonly Invocation[]> {
    await goTo(plus(at, -2 * MINUTE));
    stage.taken();
    await ticked(plus(at, -MINUTE));
    await stage.settle();
    await ticked(at);
    await stage.settle();
    return stage.taken();
  }
  async function swept(utc: string): Promise<readonly Invocation[]> {
    await goTo(parseInstant(utc));
    stage.taken();
    await stage.sweep();
    await stage.settle();
    return stage.taken();
  }
  async function idle(utc: string): Promise<readonly Invocation[]> {
    await goTo(parseInstant(utc));
    stage.taken();
    await ticked(parseInstant(utc));
    await stage.settle();
    return stage.taken();
  }
  async function edited(utc: string): Promise<readonly Invocation[]> {
    await goTo(parseInstant(utc));
    stage.taken();
    const { id } = storeOf(0, 0);
    await stage.campaigns.put({ ...campaignOf(id, Number(MEASURED.edited.slice(-3))), note: "agreed with finance, and with sales" });
    await stage.settle();
    return stage.taken();
  }

  // What has just been saved is looked at; pre-flight of the coupon's window.
  await swept("2026-11-27T08:07:00Z");
  const idleMinute = await idle("2026-11-27T08:30:00Z");
  const couponOpens = await boundary(parseInstant(SWITCHED["coupon-opens"]));
  // The pair's window has come within a day meanwhile: its pre-flight goes along with this one.
  await swept("2026-11-27T11:07:00Z");
  const look = await swept("2026-11-27T12:07:00Z");
  const edit = await edited("2026-11-27T13:00:00Z");
  const couponCloses = await boundary(parseInstant(SWITCHED["coupon-closes"]));
  const pairOpens = await boundary(parseInstant(SWITCHED["pair-opens"]));
  await swept("2026-11-28T03:07:00Z");
  const pairLook = await swept("2026-11-28T04:07:00Z");
  const pairCloses = await boundary(parseInstant(SWITCHED["pair-closes"]));
  await swept("2026-11-28T07:07:00Z");
  // The promotion's window has come within a day.
  const preFlight = await swept("2026-11-28T10:07:00Z");
  const sweep = await swept("2026-11-28T11:07:00Z");
  await swept("2026-11-29T09:07:00Z");
  const promotionOpens = await boundary(parseInstant(SWITCHED["promotion-opens"]));
  await swept("2026-11-29T17:07:00Z");
  const promotionCloses = await boundary(parseInstant(SWITCHED["promotion-closes"]));
  const storedBytes = await stage.storedBytes();
  stage.close();
  return {
    storedBytes,
    invocations: {
      "idle-minute": idleMinute,
      sweep,
      "coupon-opens": couponOpens,
      "coupon-closes": couponCloses,
      "promotion-opens": promotionOpens,
      "promotion-closes": promotionCloses,
      "pair-opens": pairOpens,
      "pair-closes": pairCloses,
      edit,
      look,
      "look-pair": pairLook,
      "pre-flight": preFlight,
    },
  };
}

/**
 * Plays two sweeps over stores that have just been set up, an hour apart. @returns the second one, and the looks that the first asked for: all stores at once.
 */
export async function playSweeps(
  options: DayOptions,
): Promise<{ readonly sweep: readonly Invocation[]; readonly crowd: readonly Invocation[] }> {
  const stage = await createStage({ ...options, start: BEGINS });
  await stage.clock.advanceTo(plus(BEGINS, DAY + 7 * MINUTE));
  stage.taken();
  await stage.sweep();
  await stage.settle();
  const crowd = stage.taken().filter(({ name }) => name !== "sweep");
  await stage.clock.advanceTo(plus(BEGINS, DAY + HOUR + 7 * MINUTE));
  await stage.sweep();
  await stage.settle();
  const sweep = stage.taken();
  stage.close();
  return { sweep, crowd };
}
