import type { LiveCoupon } from "../live.ts";
import { dateTroubles } from "./date-troubles.ts";
import type { Trouble, TroubleQuestion } from "./trouble.ts";
import { windowText } from "./windows-ahead.ts";

/** Those of Ecwid's values of a coupon's `status` with which nobody can use it (docs: get discount coupon). */
const UNUSABLE: Readonly<Record<string, string>> = { PAUSED: "paused", EXPIRED: "expired", USEDUP: "used up" };

/** @returns what in Ecwid keeps customers from using the coupon in the windows ahead: its status, or the dates between which it is valid. */
export function couponTroubles(live: LiveCoupon, question: TroubleQuestion): readonly Trouble[] {
  const [window] = question.windows;
  const name = `coupon ${live.code ?? live.name ?? live.id}`;
  const { status = "" } = live;
  const dates = dateTroubles({ name, from: live.launchDate, to: live.expirationDate, ends: "expires" }, question);
  const state = UNUSABLE[status];
  if (state === undefined) return dates;
  const message = `${name} is ${state} in Ecwid: as long as it is, ${windowText(window, question.timeZone)} changes nothing for customers`;
  // That it has expired is said once.
  const rest = status === "EXPIRED" ? dates.filter(({ code }) => code !== "ENDS_EARLY") : dates;
  return [{ code: status, window, message }, ...rest];
}
