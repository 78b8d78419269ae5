import { describe, expect, it } from "vitest";
import { HOUR, MINUTE, parseInstant } from "../../../lib/domain/instant.ts";
import { clockChanges } from "../../../lib/domain/windows/clock-changes.ts";

const YEAR = [parseInstant("2026-01-01T00:00:00Z"), parseInstant("2027-01-01T00:00:00Z")] as const;

describe("the changes of a zone's clocks", () => {
  it.each([
    ["America/New_York", "2026-03-08T07:00:00Z", HOUR, "2026-11-01T06:00:00Z"],
    ["Europe/Berlin", "2026-03-29T01:00:00Z", HOUR, "2026-10-25T01:00:00Z"],
    ["Australia/Lord_Howe", "2026-04-04T15:00:00Z", -30 * MINUTE, "2026-10-03T15:30:00Z"],
  ])("in %s are two a year, forward and back", (zone, first, shift, second) => {
    expect(clockChanges(zone, ...YEAR)).toEqual([
      { at: parseInstant(first), shift },
      { at: parseInstant(second), shift: -shift },
    ]);
  });

  it("are none where the clocks stay, for however long", () => {
    expect(clockChanges("Asia/Tokyo", YEAR[0], parseInstant("2036-01-01T00:00:00Z"))).toEqual([]);
    expect(clockChanges("UTC", ...YEAR)).toEqual([]);
  });

  it("are of the span that holds its beginning and not its end", () => {
    const at = parseInstant("2026-11-01T06:00:00Z");

    expect(clockChanges("America/New_York", at, parseInstant("2026-11-02T00:00:00Z"))).toHaveLength(1);
    expect(clockChanges("America/New_York", parseInstant("2026-10-31T00:00:00Z"), at)).toEqual([]);
  });

  it("are all of a decade", () => {
    expect(clockChanges("Europe/Berlin", YEAR[0], parseInstant("2036-01-01T00:00:00Z"))).toHaveLength(20);
  });
});
