import { describe, expect, it } from "vitest";
import { activeWindow } from "../../../lib/domain/windows/active-window.ts";
import type { WindowRule } from "../../../lib/domain/windows/window-rule.ts";
import { windowsBetween } from "../../../lib/domain/windows/windows-between.ts";
import { at, ruleOf, windowOf } from "./rules.ts";

/** The windows of a daily rule that overlap one UTC stretch. */
function daily(timeZone: string, start: string, end: string, from: string, to: string) {
  const rule: WindowRule = ruleOf(start, end, { timeZone, repeat: "FREQ=DAILY" });
  return windowsBetween(rule, at(from), at(to), 100);
}

describe("windows where the clocks change", () => {
  it.each([
    {
      name: "a start in the spring gap of New York moves forward by the hour that is missing",
      got: () => daily("America/New_York", "2026-03-06T02:30", "2026-03-06T05:00", "2026-03-08T05:00Z", "2026-03-09T04:00Z"),
      expected: [windowOf("2026-03-08T07:30Z", "2026-03-08T09:00Z")],
    },
    {
      name: "an end in the spring gap of New York moves forward by the hour that is missing",
      got: () => daily("America/New_York", "2026-03-06T00:30", "2026-03-06T02:30", "2026-03-08T05:00Z", "2026-03-09T04:00Z"),
      expected: [windowOf("2026-03-08T05:30Z", "2026-03-08T07:30Z")],
    },
    {
      name: "a start in the autumn fold of New York means the first time",
      got: () => daily("America/New_York", "2026-10-30T01:30", "2026-10-30T03:00", "2026-11-01T04:00Z", "2026-11-02T05:00Z"),
      expected: [windowOf("2026-11-01T05:30Z", "2026-11-01T08:00Z")],
    },
    {
      name: "an end in the autumn fold of New York means the first time",
      got: () => daily("America/New_York", "2026-10-30T00:00", "2026-10-30T01:30", "2026-11-01T04:00Z", "2026-11-02T05:00Z"),
      expected: [windowOf("2026-11-01T04:00Z", "2026-11-01T05:30Z")],
    },
    {
      name: "a window that the gap leaves without length is skipped, and only that one",
      got: () => daily("America/New_York", "2026-03-07T02:30", "2026-03-07T03:30", "2026-03-07T05:00Z", "2026-03-10T04:00Z"),
      expected: [windowOf("2026-03-07T07:30Z", "2026-03-07T08:30Z"), windowOf("2026-03-09T06:30Z", "2026-03-09T07:30Z")],
    },
    {
      name: "a window from 18:00 to 22:00 closes at 22:00 on the wall on both sides of the change",
      got: () => daily("Europe/Berlin", "2026-03-28T18:00", "2026-03-28T22:00", "2026-03-28T00:00Z", "2026-03-30T00:00Z"),
      expected: [windowOf("2026-03-28T17:00Z", "2026-03-28T21:00Z"), windowOf("2026-03-29T16:00Z", "2026-03-29T20:00Z")],
    },
    {
      name: "a window across midnight and across the change has the hours that the wall shows",
      got: () => daily("America/New_York", "2026-03-06T22:00", "2026-03-07T06:00", "2026-03-08T02:00Z", "2026-03-08T12:00Z"),
      expected: [windowOf("2026-03-08T03:00Z", "2026-03-08T10:00Z")],
    },
    {
      name: "Lord Howe's gap is half an hour",
      got: () => daily("Australia/Lord_Howe", "2026-10-02T02:15", "2026-10-02T03:00", "2026-10-03T14:00Z", "2026-10-04T13:00Z"),
      expected: [windowOf("2026-10-03T15:45Z", "2026-10-03T16:00Z")],
    },
    {
      name: "Lord Howe's fold is half an hour",
      got: () => daily("Australia/Lord_Howe", "2026-04-03T01:45", "2026-04-03T02:15", "2026-04-04T13:30Z", "2026-04-05T13:30Z"),
      expected: [windowOf("2026-04-04T14:45Z", "2026-04-04T15:45Z")],
    },
    {
      name: "the day that Samoa left out becomes the next, which is one window and not two",
      got: () => daily("Pacific/Apia", "2011-12-28T10:00", "2011-12-28T12:00", "2011-12-29T00:00Z", "2012-01-01T00:00Z"),
      expected: [
        windowOf("2011-12-29T20:00Z", "2011-12-29T22:00Z"),
        windowOf("2011-12-30T20:00Z", "2011-12-30T22:00Z"),
        windowOf("2011-12-31T20:00Z", "2011-12-31T22:00Z"),
      ],
    },
    {
      name: "Casablanca goes back for Ramadan",
      got: () => daily("Africa/Casablanca", "2026-02-13T02:30", "2026-02-13T04:00", "2026-02-15T00:00Z", "2026-02-16T00:00Z"),
      expected: [windowOf("2026-02-15T01:30Z", "2026-02-15T04:00Z")],
    },
    {
      name: "Casablanca goes forward after Ramadan",
      got: () => daily("Africa/Casablanca", "2026-03-20T02:30", "2026-03-20T04:00", "2026-03-22T00:00Z", "2026-03-23T00:00Z"),
      expected: [windowOf("2026-03-22T02:30Z", "2026-03-22T03:00Z")],
    },
    {
      name: "Tehran left out midnight while it changed its clocks",
      got: () => daily("Asia/Tehran", "2022-03-20T00:00", "2022-03-20T06:00", "2022-03-21T20:00Z", "2022-03-22T19:00Z"),
      expected: [windowOf("2022-03-21T20:30Z", "2022-03-22T01:30Z")],
    },
    {
      name: "Tehran has changed its clocks no more since 2023",
      got: () => daily("Asia/Tehran", "2023-03-20T00:00", "2023-03-20T06:00", "2023-03-21T20:00Z", "2023-03-22T19:00Z"),
      expected: [windowOf("2023-03-21T20:30Z", "2023-03-22T02:30Z")],
    },
    {
      name: "Kathmandu is five hours and three quarters ahead",
      got: () => daily("Asia/Kathmandu", "2026-05-01T18:00", "2026-05-01T22:00", "2026-05-02T00:00Z", "2026-05-03T00:00Z"),
      expected: [windowOf("2026-05-02T12:15Z", "2026-05-02T16:15Z")],
    },
    {
      name: "St John's is half an hour off, and left out the first minute after midnight until 2011",
      got: () => daily("America/St_Johns", "2010-03-12T00:30", "2010-03-12T02:00", "2010-03-14T03:00Z", "2010-03-15T02:00Z"),
      expected: [windowOf("2010-03-14T04:00Z", "2010-03-14T04:30Z")],
    },
  ])("$name", ({ got, expected }) => {
    expect(got()).toEqual(expected);
  });

  it("a window with one moment in a gap covers the instant it was moved to and not the one before", () => {
    const rule = ruleOf("2026-03-06T02:30", "2026-03-06T05:00", { repeat: "FREQ=DAILY" });

    const before = activeWindow(rule, at("2026-03-08T07:29:59.999Z"));
    const first = activeWindow(rule, at("2026-03-08T07:30Z"));

    expect(before).toBeUndefined();
    expect(first).toEqual(windowOf("2026-03-08T07:30Z", "2026-03-08T09:00Z"));
  });

  it("of two windows that the gap puts in reverse order, the one that started later on the time line names it", () => {
    // Positions 2 and 3 of 02:10, 02:30, 03:10 and 03:30. On that day 02:30 is moved to 03:30, which is after 03:10.
    const rule = ruleOf("2026-03-06T02:30", "2026-03-06T04:30", { repeat: "FREQ=DAILY;BYHOUR=2,3;BYMINUTE=10,30;BYSETPOS=2,3" });

    const active = activeWindow(rule, at("2026-03-08T08:00Z"));
    const listed = windowsBetween(rule, at("2026-03-08T05:00Z"), at("2026-03-09T04:00Z"), 100);
    const firstListed = windowsBetween(rule, at("2026-03-08T05:00Z"), at("2026-03-09T04:00Z"), 1);

    expect(active).toEqual(windowOf("2026-03-08T07:30Z", "2026-03-08T08:30Z"));
    expect(listed).toEqual([windowOf("2026-03-08T07:10Z", "2026-03-08T09:10Z"), windowOf("2026-03-08T07:30Z", "2026-03-08T08:30Z")]);
    expect(firstListed).toEqual([windowOf("2026-03-08T07:10Z", "2026-03-08T09:10Z")]);
  });
});
