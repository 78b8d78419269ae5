import { expect, it } from "vitest";
import { DAY, HOUR, parseInstant, plus } from "../../../lib/domain/instant.ts";
import { lastEnd } from "../../../lib/domain/windows/last-end.ts";
import { nextChange } from "../../../lib/domain/windows/next-change.ts";
import { timetableOf } from "../../../lib/domain/windows/timetable.ts";
import type { WindowRule } from "../../../lib/domain/windows/window-rule.ts";

function rule(start: string, end: string, timeZone: string, repeat: string): WindowRule {
  return { start: { kind: "local", dateTime: start }, end: { kind: "local", dateTime: end }, timeZone, repeat, except: [] };
}

it("a window that opens where one page of a timetable ends and the next begins is not passed over", () => {
  const nightly = rule("2026-11-01T00:00", "2026-11-01T00:30", "UTC", "FREQ=DAILY");
  const noons = Array.from({ length: 800 }, (_each, index) => plus(parseInstant("2026-11-01T12:00Z"), index * DAY));
  const timetable = timetableOf(nightly);

  const changes = noons.map((noon) => timetable.changeAfter(noon));

  expect(changes).toEqual(noons.map((noon) => plus(noon, 12 * HOUR)));
  expect(nextChange(nightly, noons[0] ?? parseInstant("2026-11-01T12:00Z"))).toBe(changes[0]);
});

it("the last end is the latest on the time line, though one that is later on the wall comes before it where the clocks go forward", () => {
  // Ends at 02:30, which is 03:30 on 8 March, and at 03:10.
  const morning = rule("2026-03-01T01:10", "2026-03-01T02:30", "America/New_York", "FREQ=DAILY;BYHOUR=1;BYMINUTE=10,50");

  const ends = ["03:15", "03:29", "03:30", "03:40"].map((time) => lastEnd(morning, parseInstant(`2026-03-08T${time}-04:00`)));

  expect(ends).toEqual(["03:10", "03:10", "03:30", "03:30"].map((time) => parseInstant(`2026-03-08T${time}-04:00`)));
});
