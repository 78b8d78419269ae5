import { describe, expect, it } from "vitest";
import { parseInstant } from "../../../lib/domain/instant.ts";
import { daylightSavingWarnings } from "../../../lib/domain/windows/daylight-saving-warnings.ts";
import type { WindowRule } from "../../../lib/domain/windows/window-rule.ts";

const WINTER = parseInstant("2026-12-01T00:00:00Z");
const SUMMER = parseInstant("2026-08-01T00:00:00Z");

function rule(start: string, end: string | undefined, repeat?: string, timeZone = "Europe/Berlin"): WindowRule {
  return {
    start: { kind: "local", dateTime: start },
    end: end === undefined ? undefined : { kind: "local", dateTime: end },
    timeZone,
    repeat,
    except: [],
  };
}

describe("warnings of boundaries where the clocks are changed", () => {
  it("name a start that does not exist, and where it is moved to", () => {
    expect(daylightSavingWarnings(rule("2026-11-01T02:30", "2026-11-01T04:00", "FREQ=DAILY"), WINTER)).toEqual([
      "the start at 2027-03-28T02:30 (a Sunday) does not exist, because the clocks go forward then: it is moved to 2027-03-28T03:30 (a Sunday)",
    ]);
  });

  it("name an end that comes twice", () => {
    expect(daylightSavingWarnings(rule("2026-10-24T20:00", "2026-10-25T02:15"), SUMMER)).toEqual([
      "the end at 2026-10-25T02:15 (a Sunday) comes twice, because the clocks go back then: the first one counts",
    ]);
  });

  it.each([
    ["boundaries beside the change", rule("2026-11-01T01:59", "2026-11-01T03:00", "FREQ=DAILY"), WINTER],
    ["a start as the clocks have gone forward", rule("2026-11-01T03:00", "2026-11-01T04:00", "FREQ=DAILY"), WINTER],
    ["a start as the clocks have gone back", rule("2026-08-01T03:00", "2026-08-01T04:00", "FREQ=DAILY"), SUMMER],
    ["an end of a window after UNTIL", rule("2026-11-01T20:00", "2026-11-02T02:30", "FREQ=DAILY;UNTIL=20270327T185959Z"), WINTER],
    ["a change that is past", rule("2026-10-24T20:00", "2026-10-25T02:15"), WINTER],
    ["a weekday on which the clocks stay", rule("2026-11-02T02:30", "2026-11-02T04:00", "FREQ=WEEKLY;BYDAY=MO"), WINTER],
    ["a zone that does not change its clocks", rule("2026-11-01T02:30", "2026-11-01T04:00", "FREQ=DAILY", "Asia/Kathmandu"), WINTER],
    ["no end at all", rule("2026-10-24T20:00", undefined), SUMMER],
  ])("say nothing of %s", (_what, quiet, at) => {
    expect(daylightSavingWarnings(quiet, at)).toEqual([]);
  });

  it("say that a window which is left without length does not happen", () => {
    expect(daylightSavingWarnings(rule("2026-11-01T02:30", "2026-11-01T03:00", "FREQ=DAILY"), WINTER)).toEqual([
      "the window from 2027-03-28T02:30 (a Sunday) to 2027-03-28T03:00 (a Sunday) does not happen: the clocks go forward then and leave it no length",
    ]);
  });

  it("say so too of one that ends as it is moved to begin", () => {
    expect(daylightSavingWarnings(rule("2026-11-01T02:30", "2026-11-01T03:30", "FREQ=DAILY"), WINTER)).toEqual([
      "the window from 2027-03-28T02:30 (a Sunday) to 2027-03-28T03:30 (a Sunday) does not happen: the clocks go forward then and leave it no length",
    ]);
  });

  it("say nothing of what comes after UNTIL", () => {
    const daily = "FREQ=DAILY;UNTIL=20270328T012959Z";

    expect(daylightSavingWarnings(rule("2026-11-01T02:30", "2026-11-01T04:00", daily), WINTER)).toEqual([]);
  });

  it.each([
    ["the start of a single window", rule("2028-03-26T02:30", "2028-03-26T04:00")],
    ["the end of a single window", rule("2026-12-24T00:00", "2028-03-26T02:30")],
    ["the first window of a rule", rule("2028-03-26T02:30", "2028-03-26T04:00", "FREQ=YEARLY")],
  ])("tell of %s at once, however far ahead it is", (_what, far) => {
    expect(daylightSavingWarnings(far, WINTER)).toEqual([expect.stringContaining("2028-03-26T02:30 (a Sunday) does not exist")]);
  });

  it("say nothing of a moment that carries an offset", () => {
    const fixed: WindowRule = {
      ...rule("2026-10-24T20:00", undefined),
      end: { kind: "fixed", at: parseInstant("2026-10-25T02:15:00+02:00") },
    };

    expect(daylightSavingWarnings(fixed, SUMMER)).toEqual([]);
  });

  it("say nothing of a start that carries an offset, but of its repetitions on the wall", () => {
    const start = { kind: "fixed", at: parseInstant("2026-10-25T02:15:00+02:00") } as const;
    const once: WindowRule = { ...rule("", "2026-10-25T04:00"), start };

    expect(daylightSavingWarnings(once, SUMMER)).toEqual([]);
    expect(daylightSavingWarnings({ ...once, repeat: "FREQ=DAILY" }, SUMMER)).toEqual([
      expect.stringContaining("the start at 2026-10-25T02:15 (a Sunday) comes twice"),
      expect.stringContaining("the start at 2027-03-28T02:15 (a Sunday) does not exist"),
    ]);
  });

  it("say so of the end of a repeated window that carries an offset", () => {
    const end = { kind: "fixed", at: parseInstant("2026-10-24T02:15:00+02:00") } as const;

    expect(daylightSavingWarnings({ ...rule("2026-10-23T20:00", undefined, "FREQ=DAILY;COUNT=3"), end }, SUMMER)).toEqual([
      expect.stringContaining("the end at 2026-10-25T02:15 (a Sunday) comes twice"),
    ]);
  });

  it("know changes that are not a whole hour", () => {
    expect(daylightSavingWarnings(rule("2026-09-01T02:10", "2026-09-01T05:00", "FREQ=DAILY", "Australia/Lord_Howe"), SUMMER)).toEqual([
      expect.stringContaining("2026-10-04T02:10 (a Sunday) does not exist"),
    ]);
  });
});
