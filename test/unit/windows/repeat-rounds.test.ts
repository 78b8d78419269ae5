import { describe, expect, it } from "vitest";
import { createRounds } from "../../../lib/domain/windows/repeat-rounds.ts";
import { createSelectDays } from "../../../lib/domain/windows/selected-days.ts";
import { formatWallDay, parseWallClock, parseWallDay } from "../../../lib/domain/windows/wall-clock.ts";

function day(text: string): number {
  return parseWallDay(text) ?? Number.NaN;
}

describe("the rounds of a rule", () => {
  it.each([
    ["DAILY", 5, 2, "2027-01-01", "2027-01-31"],
    ["WEEKLY", 2, 2, "2026-12-21", "2026-12-27"],
    ["MONTHLY", 2, 2, "2027-03-01", "2027-03-31"],
    ["YEARLY", 3, 2, "2032-01-01", "2032-12-31"],
  ] as const)("%s every %d: round %d is from %s to %s", (frequency, interval, round, first, last) => {
    const { firstDay, lastDay, roundOf } = createRounds({ frequency, interval, lists: {} }, day("2026-11-27"));

    expect([firstDay(round), lastDay(round)].map(formatWallDay)).toEqual([first, last]);
    expect([day(first), day(last)].map(roundOf)).toEqual([round, round]);
    expect(roundOf(day(first) - 1)).toBe(round - 1);
  });

  it("have their last day looked at too, where it is the first of a month", () => {
    const parts = { frequency: "WEEKLY", interval: 1, lists: {}, byDay: ["SU"] } as const;

    const selected = createSelectDays(parts, parseWallClock("2026-10-01T12:00") ?? 0)(day("2026-10-26"), day("2026-11-01"));

    expect(selected.map(formatWallDay)).toEqual(["2026-11-01"]);
  });
});

describe("a search gives up once the calendar has come round", () => {
  it.each([
    ["DAILY", 1, 4_800],
    ["DAILY", 79, 4_800 * 79],
    ["DAILY", 21, 4_800],
    ["WEEKLY", 1, 20_871],
    ["WEEKLY", 2, 20_871],
    ["WEEKLY", 3, 6_957],
    ["MONTHLY", 5, 960],
    ["MONTHLY", 7, 4_800],
    ["YEARLY", 3, 400],
    ["YEARLY", 4, 100],
  ] as const)("%s every %d: after %d rounds", (frequency, interval, cycle) => {
    expect(createRounds({ frequency, interval, lists: {} }, 0).cycle).toBe(cycle);
  });
});
