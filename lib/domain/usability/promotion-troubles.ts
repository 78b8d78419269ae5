import type { LivePromotion } from "../live.ts";
import { dateTroubles } from "./date-troubles.ts";
import type { Trouble, TroubleQuestion } from "./trouble.ts";
import { readWeeklyHours, shareOf } from "./weekly-hours.ts";
import { beginsAt, windowText } from "./windows-ahead.ts";

function hoursTrouble(name: string, live: LivePromotion, question: TroubleQuestion, storeTimeZone: string): Trouble | undefined {
  const { windows, at, timeZone } = question;
  const [first] = windows;
  const hours = readWeeklyHours(live.triggers);
  if (hours === undefined) return undefined;
  if (hours === "unreadable") {
    const message = `${name} has weekly hours of its own in Ecwid that could not be read: compare them with the campaign's windows`;
    return { code: "HOURS_UNREADABLE", window: first, message };
  }
  for (const window of windows) {
    const share = shareOf(hours, beginsAt(window, at), window.endsAt, storeTimeZone);
    if (share === "all") continue;
    const holds = `${name} holds in Ecwid only at certain hours (${hours.text}, if that is the clock of ${storeTimeZone}: Ecwid does not say)`;
    const effect = share === "none" ? "changes nothing for customers" : "changes nothing for customers outside them";
    return { code: "HOURS", window, message: `${holds}: ${windowText(window, timeZone)} ${effect}` };
  }
  return undefined;
}

/**
 * @param storeTimeZone in which a promotion's weekly hours most likely are: Ecwid does not document it, so the message says so.
 * @returns what in Ecwid keeps customers from having the promotion in the windows ahead: that it is disabled, its dates, its weekly hours.
 */
export function promotionTroubles(live: LivePromotion, question: TroubleQuestion, storeTimeZone: string): readonly Trouble[] {
  const [window] = question.windows;
  const name = `promotion ${live.name ?? live.id}`;
  const { startDate, endDate } = live.triggers;
  const message = `${name} is disabled in Ecwid: as long as it is, ${windowText(window, question.timeZone)} changes nothing for customers`;
  const hours = hoursTrouble(name, live, question, storeTimeZone);
  return [
    ...(live.enabled === false ? [{ code: "DISABLED", window, message }] : []),
    ...dateTroubles({ name, from: startDate, to: endDate, ends: "ends" }, question),
    ...(hours === undefined ? [] : [hours]),
  ];
}
