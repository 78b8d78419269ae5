import { describe, expect, it } from "vitest";
import { parseInstant } from "../../../lib/domain/instant.ts";
import type { Json } from "../../../lib/domain/live.ts";
import { readEcwidDate } from "../../../lib/domain/usability/ecwid-date.ts";
import { readWeeklyHours, shareOf } from "../../../lib/domain/usability/weekly-hours.ts";

function read(activeDays: Json, activeDayStartTime?: Json, activeDayEndTime?: Json) {
  const settings = {
    activeDays,
    ...(activeDayStartTime !== undefined && { activeDayStartTime }),
    ...(activeDayEndTime !== undefined && { activeDayEndTime }),
  };
  return readWeeklyHours({ recurring: true, recurrenceSettings: settings });
}

describe("weekly hours as Ecwid writes them", () => {
  it.each([
    [
      "all day unless times are given",
      ["MON", "SUN"],
      undefined,
      undefined,
      { days: new Set([0, 6]), from: 0, to: 86_400_000, text: "MON, SUN 00:00–24:00" },
    ],
    ["all day where they are null", ["TUE"], null, null, { from: 0, to: 86_400_000, text: "TUE 00:00–24:00" }],
    ["all day where they are empty", ["WED"], "", "", { from: 0, to: 86_400_000 }],
    ["to the second", ["THU"], "08:30:15", "18:00:01", { from: 30_615_000, to: 64_801_000, text: "THU 08:30:15–18:00:01" }],
    ["to midnight", ["FRI"], "00:00", "24:00", { from: 0, to: 86_400_000 }],
    ["to midnight where it is a minute before", ["SAT"], "12:00", "23:59", { from: 43_200_000, to: 86_400_000 }],
    ["to the second before that minute", ["SAT"], "12:00", "23:58:59", { to: 86_339_000 }],
  ])("are %s", (_what, days, from, to, hours) => {
    expect(read(days, from, to)).toMatchObject(hours);
  });

  it.each<[string, () => unknown]>([
    ["settings that are null", () => readWeeklyHours({ recurring: true, recurrenceSettings: null })],
    ["settings that are a list", () => readWeeklyHours({ recurring: true, recurrenceSettings: [] })],
    ["settings that are a text", () => readWeeklyHours({ recurring: true, recurrenceSettings: "MON" })],
    ["days that are no list", () => read("MON")],
    ["a time in a list", () => read(["MON"], ["08:00"])],
    ["a time after midnight", () => read(["MON"], "00:00", "24:30")],
    ["an end there is not", () => read(["MON"], "08:00", "25:00")],
    ["an end at the start", () => read(["MON"], "08:00", "08:00")],
    ["a time with more behind it", () => read(["MON"], "08:00:00Z")],
    ["a time with more before it", () => read(["MON"], " 08:00")],
  ])("are unreadable with %s", (_what, hours) => {
    expect(hours()).toBe("unreadable");
  });

  it("are none where nothing recurs", () => {
    expect([readWeeklyHours({}), readWeeklyHours({ recurring: "true" })]).toEqual([undefined, undefined]);
  });
});

describe("how much of a time lies in weekly hours", () => {
  const share = (days: readonly string[], from: string, to: string | undefined, zone: string, ...times: readonly string[]) => {
    const hours = read([...days], ...times);
    if (hours === undefined || hours === "unreadable") throw new TypeError("unreadable");
    return shareOf(hours, parseInstant(from), to === undefined ? undefined : parseInstant(to), zone);
  };

  it.each<["all" | "part" | "none", string, string | undefined, readonly string[]]>([
    ["all", "2026-11-27T10:00Z", "2026-11-27T12:00Z", ["10:00", "12:00"]],
    ["part", "2026-11-27T09:59:59Z", "2026-11-27T12:00Z", ["10:00", "12:00"]],
    ["all", "2026-11-27T10:00Z", "2026-11-27T11:00:30Z", ["10:00", "11:00:30"]],
    ["part", "2026-11-27T10:00Z", "2026-11-27T11:00:31Z", ["10:00", "11:00:30"]],
    ["none", "2026-11-27T12:00Z", "2026-11-27T13:00Z", ["10:00", "12:00"]],
    ["part", "2026-11-27T00:00Z", undefined, []],
  ])("is %s of %s to %s", (expected, from, to, times) => {
    expect(share(["FRI"], from, to, "UTC", ...times)).toBe(expected);
  });

  it("goes by the day that the wall shows, though the clocks then go back over midnight", () => {
    // At 00:01 of 7 November 2010 the clocks of Newfoundland were put back to 23:01 of the day before.
    expect(share(["SUN"], "2010-11-07T02:30Z", "2010-11-07T02:31Z", "America/St_Johns")).toBe("all");
  });
});

describe("a date as Ecwid writes it", () => {
  it.each<[string, Json | undefined, unknown]>([
    ["an instant", "2026-11-27 05:00:00 +0000", parseInstant("2026-11-27T05:00Z")],
    ["one with another offset", "2026-11-27 05:00:00 +05:30", parseInstant("2026-11-26T23:30Z")],
    ["a day, from its midnight on", "2026-11-27", parseInstant("2026-11-27T00:00Z")],
    ["none where there is none", undefined, undefined],
    ["none where it is null", null, undefined],
    ["none where it is empty", "", undefined],
    ["unreadable in a list", ["2026-11-27"], "unreadable"],
    ["unreadable where there is no such day", "2026-02-30", "unreadable"],
    ["unreadable with more behind it", "2026-11-27 05:00:00 +0000 ", "unreadable"],
    ["unreadable with more before it", " 2026-11-27", "unreadable"],
  ])("is %s", (_what, value, expected) => {
    expect(readEcwidDate(value)).toBe(expected);
  });
});
