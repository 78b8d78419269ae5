import { describe, expect, it } from "vitest";
import { formatInstant, parseInstant } from "../../../lib/domain/instant.ts";
import { activeWindow } from "../../../lib/domain/windows/active-window.ts";
import { lastEnd } from "../../../lib/domain/windows/last-end.ts";
import { nextChange } from "../../../lib/domain/windows/next-change.ts";
import type { Freeze, WindowRule } from "../../../lib/domain/windows/window-rule.ts";
import { windowsBetween } from "../../../lib/domain/windows/windows-between.ts";

const at = parseInstant;
const SAVED_LONG_AGO = at("2026-01-01T00:00Z");

function freeze(from: string, to: string, since = SAVED_LONG_AGO): Freeze {
  return { from: at(from), to: at(to), since };
}

/** From 18:00 to 22:00 each day, in UTC. */
function evenings(freezes: readonly Freeze[], changes: Partial<WindowRule> = {}): WindowRule {
  const [start, end] = ["2026-12-01T18:00", "2026-12-01T22:00"].map((dateTime) => ({ kind: "local", dateTime }) as const);
  if (start === undefined) throw new TypeError();
  return { start, end, timeZone: "UTC", repeat: "FREQ=DAILY", except: [], freezes, ...changes };
}

function starts(rule: WindowRule, from: string, to: string): readonly string[] {
  return windowsBetween(rule, at(from), at(to), 100).map(({ startsAt }) => formatInstant(startsAt));
}

describe("a freeze", () => {
  const CHRISTMAS = freeze("2026-12-24T00:00Z", "2026-12-27T00:00Z");

  it("keeps windows from starting inside it, and those beside it as they are", () => {
    expect(starts(evenings([CHRISTMAS]), "2026-12-22T00:00Z", "2026-12-29T00:00Z")).toEqual([
      "2026-12-22T18:00:00Z",
      "2026-12-23T18:00:00Z",
      "2026-12-27T18:00:00Z",
      "2026-12-28T18:00:00Z",
    ]);
  });

  it("is half-open: a window may start at its very end, not at its very beginning", () => {
    const exact = freeze("2026-12-24T18:00Z", "2026-12-26T18:00Z");

    expect(starts(evenings([exact]), "2026-12-24T00:00Z", "2026-12-27T00:00Z")).toEqual(["2026-12-26T18:00:00Z"]);
  });

  it("lets a window that is open when it begins close on time", () => {
    const inTheMiddle = freeze("2026-12-24T20:00Z", "2026-12-26T00:00Z");
    const rule = evenings([inTheMiddle]);

    expect(activeWindow(rule, at("2026-12-24T21:00Z"))).toEqual({ startsAt: at("2026-12-24T18:00Z"), endsAt: at("2026-12-24T22:00Z") });
    expect(nextChange(rule, at("2026-12-24T21:00Z"))).toBe(at("2026-12-24T22:00Z"));
  });

  it("holds only from when it was saved: what had started by then closes on time", () => {
    const savedLate = freeze("2026-12-24T00:00Z", "2026-12-27T00:00Z", at("2026-12-25T19:00Z"));

    expect(starts(evenings([savedLate]), "2026-12-24T00:00Z", "2026-12-28T00:00Z")).toEqual([
      "2026-12-24T18:00:00Z",
      "2026-12-25T18:00:00Z",
      "2026-12-27T18:00:00Z",
    ]);
  });

  it("is passed over in both directions, however long it is and however fine the rule", () => {
    const year = freeze("2026-12-10T00:00Z", "2027-12-10T00:00Z");
    const rule = evenings([year], {
      repeat: "FREQ=DAILY;BYHOUR=0,6,12,18;BYMINUTE=0,30",
      end: { kind: "local", dateTime: "2026-12-01T18:10" },
    });

    expect(nextChange(rule, at("2027-01-01T00:00Z"))).toBe(at("2027-12-10T00:00Z"));
    expect(lastEnd(rule, at("2027-11-01T00:00Z"))).toBe(at("2026-12-09T18:40Z"));
    expect(activeWindow(rule, at("2027-06-01T18:05Z"))).toBeUndefined();
  });

  it("holds from the very instant at which it was saved", () => {
    const savedThen = freeze("2026-12-24T00:00Z", "2026-12-26T00:00Z", at("2026-12-24T18:00Z"));

    expect(starts(evenings([savedThen]), "2026-12-24T00:00Z", "2026-12-26T00:00Z")).toEqual([]);
  });

  it("gives way to the next one without a window between them, in both directions", () => {
    const rule = evenings([CHRISTMAS, freeze("2026-12-27T00:00Z", "2026-12-29T00:00Z"), freeze("2026-12-29T00:00Z", "2026-12-30T00:00Z")]);

    expect(nextChange(rule, at("2026-12-25T00:00Z"))).toBe(at("2026-12-30T18:00Z"));
    expect(lastEnd(rule, at("2026-12-30T00:00Z"))).toBe(at("2026-12-23T22:00Z"));
  });

  it("does not mind a window that the clocks leave without length", () => {
    const [start, end] = [
      { kind: "local", dateTime: "2026-03-28T02:30" } as const,
      { kind: "local", dateTime: "2026-03-28T03:00" } as const,
    ];
    const rule = evenings([CHRISTMAS], { start, end, timeZone: "Europe/Berlin", repeat: "FREQ=DAILY" });

    expect(starts(rule, "2026-03-28T00:00Z", "2026-03-31T00:00Z")).toEqual(["2026-03-28T01:30:00Z", "2026-03-30T00:30:00Z"]);
  });

  it("takes the one window of a campaign that does not repeat", () => {
    expect(
      activeWindow(evenings([freeze("2026-12-01T00:00Z", "2026-12-02T00:00Z")], { repeat: undefined }), at("2026-12-01T19:00Z")),
    ).toBeUndefined();
  });
});
