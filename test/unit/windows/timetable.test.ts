import { describe, expect, it } from "vitest";
import { type Instant, parseInstant } from "../../../lib/domain/instant.ts";
import { activeWindow } from "../../../lib/domain/windows/active-window.ts";
import { nextChange } from "../../../lib/domain/windows/next-change.ts";
import { timetableOf } from "../../../lib/domain/windows/timetable.ts";
import type { WindowRule } from "../../../lib/domain/windows/window-rule.ts";

const FROM = parseInstant("2026-01-01T00:00:00Z");
const MANY = 400;

function weekly(repeat: string, end = "2026-01-05T12:00"): WindowRule {
  const [start, until] = [{ kind: "local", dateTime: "2026-01-05T09:00" } as const, { kind: "local", dateTime: end } as const];
  return { start, end: until, timeZone: "Europe/Berlin", repeat, except: [] };
}

/** The boundaries from `FROM` on, each asked for at the one before. */
function boundaries(changeAfter: (after: Instant) => Instant | undefined): readonly Instant[] {
  const found: Instant[] = [];
  for (let at = changeAfter(FROM); at !== undefined && found.length < MANY; at = changeAfter(at)) found.push(at);
  return found;
}

describe("a rule that is asked again and again, from boundary to boundary", () => {
  it.each([
    ["a window a week", weekly("FREQ=WEEKLY;BYDAY=MO")],
    ["a window a month", weekly("FREQ=MONTHLY;BYDAY=1MO")],
    ["a window a year", weekly("FREQ=YEARLY")],
    ["a window a day", weekly("FREQ=DAILY")],
    ["several windows a day", weekly("FREQ=DAILY;BYHOUR=9,10,11,12,13,14,15,16", "2026-01-05T09:30")],
    ["windows that touch", weekly("FREQ=DAILY", "2026-01-06T09:00")],
    ["windows that overlap", weekly("FREQ=WEEKLY;BYDAY=MO", "2026-01-20T09:00")],
    ["a window that ends the rule", weekly("FREQ=WEEKLY;COUNT=30")],
  ])("gives the boundaries and windows that single questions give: %s", (_name, rule) => {
    const timetable = timetableOf(rule);

    const walked = boundaries((after) => timetable.changeAfter(after));

    expect(walked).toEqual(boundaries((after) => nextChange(rule, after)));
    expect(walked.map((at) => timetable.activeAt(at))).toEqual(walked.map((at) => activeWindow(rule, at)));
  });
});
