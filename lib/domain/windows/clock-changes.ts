import { type Instant, instant } from "../instant.ts";
import { offsetSpellAt } from "./zone-offsets.ts";

/** The clocks of a zone are put forward or back. */
export interface ClockChange {
  readonly at: Instant;
  /** By how many milliseconds: above zero forward (the day is shorter), below zero back (the day is longer). */
  readonly shift: number;
}

/**
 * @param timeZone IANA name. @throws RangeError if there is no such zone.
 * @returns the changes of the zone's clocks in `[from, to)`, in order.
 */
export function clockChanges(timeZone: string, from: Instant, to: Instant): readonly ClockChange[] {
  const changes: ClockChange[] = [];
  let spell = offsetSpellAt(from - 1, timeZone);
  while (spell.to < to) {
    // A spell may be cut off where nothing changes.
    const next = offsetSpellAt(spell.to, timeZone);
    if (next.offset !== spell.offset) changes.push({ at: instant(spell.to), shift: next.offset - spell.offset });
    spell = next;
  }
  return changes;
}
