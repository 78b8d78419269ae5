import ICAL from "ical.js";
import type { Instant } from "../../lib/domain/instant.ts";
import { parseInstant } from "../../lib/domain/instant.ts";

/** An entry of a calendar as another program reads it. */
export interface ReadEntry {
  readonly uid: string;
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  readonly summary: string;
  readonly description: string;
  readonly status: string;
  readonly categories: readonly string[];
  readonly stamp: Instant;
}

/** @returns the entries of an iCalendar text, as ical.js reads them. */
export function readCalendar(text: string): readonly ReadEntry[] {
  const calendar = new ICAL.Component(ICAL.parse(text));
  return calendar.getAllSubcomponents("vevent").map((component) => {
    const event = new ICAL.Event(component);
    const textOf = (name: string) => String(component.getFirstPropertyValue(name));
    return {
      uid: event.uid,
      startsAt: instantOf(event.startDate),
      endsAt: instantOf(event.endDate),
      summary: event.summary,
      description: event.description,
      status: textOf("status"),
      categories: component.getAllProperties("categories").flatMap((property) => property.getValues().map(String)),
      stamp: parseInstant(textOf("dtstamp")),
    };
  });
}

/** A time without a zone would be read on the wall of whoever reads it. */
function instantOf(time: ICAL.Time): Instant {
  if (time.zone !== ICAL.Timezone.utcTimezone) throw new TypeError(`${time.toString()} is not in UTC`);
  return parseInstant(time.toString());
}
