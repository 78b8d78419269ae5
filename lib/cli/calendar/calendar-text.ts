import { ICalCalendar, ICalCalendarMethod, type ICalEventData, ICalEventStatus, ICalEventTransparency } from "ical-generator";
import { formatInstant, type Instant } from "../../domain/instant.ts";
import { shownAt } from "../text/moments.ts";
import { cellText, targetName } from "../text/names.ts";
import { plain } from "../text/plain.ts";
import type { CalendarEntry, Effect } from "./entries.ts";

/** A calendar's entry has one line for each target; more are only counted. */
const MOST_LINES = 30;

/**
 * @param now DTSTAMP: when this was worked out.
 * @returns an iCalendar file (RFC 5545): UTF-8, lines folded at 75 octets, instants in UTC, UIDs that stay the same.
 */
export function calendarText(entries: readonly CalendarEntry[], now: Instant): string {
  const calendar = new ICalCalendar({
    name: "Doorman: discounts",
    method: ICalCalendarMethod.PUBLISH,
    prodId: { company: "Doorman", product: "plan", language: "EN" },
  });
  for (const entry of entries) calendar.createEvent(eventOf(entry, now));
  // The library leaves the last line open.
  return `${calendar.toString()}\r\n`;
}

function eventOf(entry: CalendarEntry, now: Instant): ICalEventData {
  const { storeId, window, timeZone, startsAt, endsAt, shownTo } = entry;
  const stretches = entry.effects.flatMap((effect) => effect.stretches);
  const isWholly = stretches.every(({ because }) => because === "");
  const isInVain = stretches.every(({ because }) => because !== "");
  const summary = `${isInVain ? "No effect: " : ""}${entry.campaignName}: ${changeOf(entry)}${endsAt === undefined ? " (no end set)" : ""}`;
  const lines = [
    `Store ${storeId}, times of ${timeZone}.`,
    `From ${shownAt(startsAt, timeZone)} ${endsAt === undefined ? `on, with no end set: it is shown up to ${shownAt(shownTo, timeZone)}, where this plan ends` : `to ${shownAt(endsAt, timeZone)}`}.`,
    ...(entry.isForced ? ["Forced on by an override; since when is not known, so it is shown from when it is known."] : []),
    ...entry.effects.slice(0, MOST_LINES).flatMap((effect) => effectLines(effect, timeZone)),
    ...(entry.effects.length > MOST_LINES ? [`and ${entry.effects.length - MOST_LINES} more coupons and promotions`] : []),
    `Priority ${entry.priority}. As of ${shownAt(now, timeZone)}, if nobody edits anything.`,
  ];
  return {
    id: `${window}.${storeId}@doorman.invalid`,
    stamp: formatInstant(now),
    start: formatInstant(startsAt),
    end: formatInstant(shownTo),
    summary: lineOf(summary),
    description: lines.map(lineOf).join("\n"),
    status: isWholly ? ICalEventStatus.CONFIRMED : ICalEventStatus.TENTATIVE,
    // A sale keeps nobody busy.
    transparency: ICalEventTransparency.TRANSPARENT,
    categories: [{ name: "Doorman" }, { name: `Store ${storeId}` }, ...(isWholly ? [] : [{ name: "Overlap" }])],
  };
}

/** `UNLIMITED`, or `2 coupons, 1 promotion`. */
function changeOf({ effects }: CalendarEntry): string {
  const [only] = effects;
  if (only !== undefined && effects.length === 1) return asksText(only);
  const count = (kind: "coupon" | "promotion") => effects.filter(({ known }) => known.outlook.target.kind === kind).length;
  const counted = (["coupon", "promotion"] as const).flatMap((kind) => {
    const number = count(kind);
    return number === 0 ? [] : [`${number} ${kind}${number === 1 ? "" : "s"}`];
  });
  return counted.join(", ");
}

function asksText({ asks }: Effect): string {
  return asks.map(({ cell, value }) => cellText(cell, value)).join(", ");
}

function effectLines(effect: Effect, timeZone: string): readonly string[] {
  const { known, asks, stretches } = effect;
  const bases = [...new Set(asks.map(({ base }) => base))].join(", ");
  const head = `- ${targetName(known.key, known.label)}: ${asksText(effect)}; without any campaign: ${bases}`;
  const exceptions = stretches
    .filter(({ because }) => because !== "")
    .map(({ from, to, because }) => {
      const until = to === undefined ? "" : ` to ${shownAt(to, timeZone)}`;
      return `  ${shownAt(from, timeZone)}${until}: ${because}`;
    });
  return [head, ...exceptions];
}

/** Half of a pair of surrogates cannot be written in UTF-8. */
function lineOf(text: string): string {
  return plain(text).toWellFormed();
}
