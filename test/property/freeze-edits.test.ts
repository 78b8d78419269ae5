import * as fc from "fast-check";
import { expect, it } from "vitest";
import { type Calendar, freezesOf } from "../../lib/domain/campaign/calendar.ts";
import { calendarName, storeId } from "../../lib/domain/identifiers.ts";
import { DAY, HOUR, type Instant, parseInstant, plus } from "../../lib/domain/instant.ts";
import { formatWallDay } from "../../lib/domain/windows/wall-clock.ts";
import type { Freeze } from "../../lib/domain/windows/window-rule.ts";

const FIRST = parseInstant("2026-10-01T00:00Z");
const DAYS = 40;
const day = (index: number) => formatWallDay(FIRST / DAY + index);

const version = fc.array(fc.record({ from: fc.nat(DAYS), length: fc.nat(5) }), { maxLength: 4 }).map((ranges): Calendar => {
  const days = ranges.map(({ from, length }) => ({ from: day(from), to: day(from + length) }));
  return { storeId: storeId("1003"), name: calendarName("quiet"), freeze: true, days };
});

function covers({ from, to }: Freeze, at: Instant): boolean {
  return from <= at && at < to;
}

function isFrozen(freezes: readonly Freeze[], at: Instant): boolean {
  return freezes.some((freeze) => covers(freeze, at) && at >= freeze.since);
}

it("what a freeze kept shut stays shut, and what had started goes on, however the calendar is edited", () => {
  const zones = fc.constantFrom("Europe/Berlin", "Australia/Lord_Howe", "America/Havana");
  const hours = Array.from({ length: (DAYS + 8) * 24 }, (_, hour) => plus(FIRST, (hour - 24) * HOUR));

  void fc.assert(
    fc.property(zones, version, version, fc.nat(DAYS * 24), (timeZone, before, after, hour) => {
      const now = plus(FIRST, hour * HOUR);
      const old = freezesOf(before, timeZone, [], FIRST);

      const edited = freezesOf(after, timeZone, old, now);

      const isMeant = (at: Instant) => edited.some((freeze) => covers(freeze, at)) && (isFrozen(old, at) || at >= now);
      expect(hours.filter((at) => isFrozen(edited, at) !== isMeant(at))).toEqual([]);
    }),
    { numRuns: 300 },
  );
});
