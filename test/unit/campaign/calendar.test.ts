import { describe, expect, it } from "vitest";
import { type Calendar, type DayRange, datesOf, freezesOf } from "../../../lib/domain/campaign/calendar.ts";
import { calendarName, storeId } from "../../../lib/domain/identifiers.ts";
import type { Freeze } from "../../../lib/domain/windows/window-rule.ts";
import { at } from "../../support/layers.ts";

function calendar(days: readonly DayRange[], changes: Partial<Calendar> = {}): Calendar {
  return { storeId: storeId("1003"), name: calendarName("quiet"), days, freeze: true, ...changes };
}

const CHRISTMAS = { from: "2026-12-24", to: "2026-12-26" };
const SAVED = at("2026-12-01T00:00");

function span(from: string, to: string, since: string): Freeze {
  return { from: at(from), to: at(to), since: at(since) };
}

describe("the dates of a calendar", () => {
  it("are those of its ranges, first and last included, each once, in order", () => {
    const days = [CHRISTMAS, { from: "2026-12-23", to: "2026-12-24" }, { from: "2026-02-28", to: "2026-03-01" }];

    expect(datesOf(days)).toEqual(["2026-02-28", "2026-03-01", "2026-12-23", "2026-12-24", "2026-12-25", "2026-12-26"]);
  });

  it.each([
    ["first", { from: "2026-02-30", to: "2026-03-02" }],
    ["last", { from: "2026-02-27", to: "2026-02-30" }],
  ])("are none of a range whose %s date there is not", (_which, range) => {
    expect(datesOf([range])).toEqual([]);
    expect(freezesOf(calendar([range]), "UTC", [], SAVED)).toEqual([]);
  });
});

describe("the freezes of a calendar", () => {
  it("last from the first midnight to that after the last day, in its zone, since it was saved", () => {
    expect(freezesOf(calendar([CHRISTMAS]), "Europe/Berlin", [], SAVED)).toEqual([
      span("2026-12-23T23:00", "2026-12-26T23:00", "2026-12-01T00:00"),
    ]);
  });

  it("are none of one that freezes nothing", () => {
    expect(freezesOf(calendar([CHRISTMAS], { freeze: false }), "UTC", [], SAVED)).toEqual([]);
  });

  const days = (from: string, to: string) => calendar([{ from: `2026-12-${from}`, to: `2026-12-${to}` }]);
  const saved = (from: string, to: string, since: string) => span(`2026-12-${from}T00:00`, `2026-12-${to}T00:00`, since);

  it.each<[string, Calendar, readonly Freeze[], string, readonly Freeze[]]>([
    [
      "keep when they were first saved, however often they are saved again",
      days("10", "11"),
      [saved("10", "12", "2026-12-01T00:00")],
      "2026-12-11T00:00",
      [saved("10", "12", "2026-12-01T00:00")],
    ],
    [
      "are cut where days are added while they last: the old ones hold from before, the new ones from now",
      days("09", "12"),
      [saved("10", "12", "2026-12-01T00:00")],
      "2026-12-10T12:00",
      // What is added at the end has not begun, so it might as well have been saved with the rest.
      [saved("09", "10", "2026-12-10T12:00"), saved("10", "13", "2026-12-01T00:00")],
    ],
    [
      "are one where all was saved before it begins",
      days("10", "12"),
      [saved("10", "12", "2026-12-01T00:00")],
      "2026-12-12T00:00",
      [saved("10", "13", "2026-12-01T00:00")],
    ],
    [
      "are two where what is added has begun",
      days("10", "12"),
      [saved("10", "12", "2026-12-01T00:00")],
      "2026-12-12T00:01",
      [saved("10", "12", "2026-12-01T00:00"), saved("12", "13", "2026-12-12T00:01")],
    ],
    [
      "go by the earliest of several that held a day",
      days("10", "10"),
      [saved("09", "12", "2026-12-10T06:00"), saved("10", "11", "2026-12-10T03:00"), saved("10", "12", "2026-12-10T09:00")],
      "2026-12-10T12:00",
      [saved("10", "11", "2026-12-10T03:00")],
    ],
    [
      "are new where the old ones only touch them",
      days("10", "11"),
      [saved("08", "10", "2026-12-01T00:00"), saved("12", "14", "2026-12-01T00:00")],
      "2026-12-11T00:00",
      [saved("10", "12", "2026-12-11T00:00")],
    ],
    [
      "are new where the old ones only touch them, though they are saved once all is over",
      days("10", "11"),
      [saved("08", "10", "2026-12-01T00:00"), saved("12", "14", "2026-12-01T00:00")],
      "2026-12-15T00:00",
      [saved("10", "12", "2026-12-15T00:00")],
    ],
    [
      "are one where two old ones were saved together",
      days("10", "11"),
      [saved("10", "11", "2026-12-13T00:00"), saved("11", "12", "2026-12-13T00:00")],
      "2026-12-15T00:00",
      [saved("10", "12", "2026-12-13T00:00")],
    ],
    [
      "are cut at both ends of what lies within, in order",
      days("10", "14"),
      [saved("13", "14", "2026-12-05T00:00"), saved("11", "12", "2026-12-06T00:00")],
      "2026-12-14T12:00",
      [
        saved("10", "11", "2026-12-14T12:00"),
        saved("11", "12", "2026-12-06T00:00"),
        saved("12", "13", "2026-12-14T12:00"),
        saved("13", "14", "2026-12-05T00:00"),
        saved("14", "15", "2026-12-14T12:00"),
      ],
    ],
  ])("%s", (_rule, now, before, savedAt, freezes) => {
    expect(freezesOf(now, "UTC", before, at(savedAt))).toEqual(freezes);
  });
});
