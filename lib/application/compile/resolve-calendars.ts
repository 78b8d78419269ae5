import { datesOf, type ResolvedCalendars } from "../../domain/campaign/calendar.ts";
import { type Campaign, calendarsNamed, withoutCalendars } from "../../domain/campaign/campaign.ts";
import type { Problem } from "../../domain/campaign/status.ts";
import type { CalendarName } from "../../domain/identifiers.ts";
import { failure, type Result, success } from "../../domain/result.ts";
import type { CalendarCopy } from "../ports/state-table.ts";

export type NamedCalendar = { readonly name: CalendarName } & CalendarCopy;

/**
 * @param calendars all calendars of the store.
 * @returns what the campaign's `except` and the store's freezes come to, or what is wrong with the calendars it names.
 */
export function resolveCalendars(campaign: Campaign, calendars: readonly NamedCalendar[]): Result<ResolvedCalendars, readonly Problem[]> {
  const known = new Map(calendars.map((copy) => [copy.name, copy.calendar]));
  const unknown = calendarsNamed(campaign).filter((name) => known.get(name) === undefined);
  if (unknown.length > 0) {
    return failure(
      unknown.map((name) => ({
        path: `except[${campaign.except.indexOf(name)}]`,
        message: `there is no calendar "${name}" in this store that can be used: put one with campaignId "calendar#${name}", or write the dates here`,
      })),
    );
  }
  const named = calendarsNamed(campaign).flatMap((name) => known.get(name)?.days ?? []);
  const except = [...new Set([...withoutCalendars(campaign).except, ...datesOf(named)])].toSorted();
  return success({ except, freezes: calendars.flatMap(({ name, freezes }) => freezes.map((freeze) => ({ ...freeze, calendar: name }))) });
}
