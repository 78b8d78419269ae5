import { describe, expect, it } from "vitest";
import { parseCampaignRecord } from "../../../lib/application/record/parse-campaign-record.ts";
import { sale } from "../../support/world.ts";

function warningsOf(timeZone: string): readonly string[] {
  const parsed = parseCampaignRecord(sale({ timeZone }), undefined);
  return parsed.kind === "broken" ? parsed.problems.map(({ message }) => message) : parsed.warnings;
}

describe("a time zone without summer time", () => {
  it.each([
    ["EST", "timeZone: EST has no summer time; America/New_York has"],
    ["est", "timeZone: est has no summer time; America/New_York has"],
    ["MST", "timeZone: MST has no summer time; America/Denver has"],
    ["GMT", "timeZone: GMT has no summer time; Europe/London has"],
    ["HST", "timeZone: HST has no summer time: if a place is meant, write it, such as Pacific/Honolulu"],
    ["Etc/GMT+5", "timeZone: Etc/GMT+5 is always UTC-05:00, without summer time: if a place is meant, write it, such as America/New_York"],
    [
      "Etc/GMT-10",
      "timeZone: Etc/GMT-10 is always UTC+10:00, without summer time: if a place is meant, write it, such as America/New_York",
    ],
  ])("is told of: %s", (timeZone, warning) => {
    expect(warningsOf(timeZone)).toEqual([warning]);
  });

  it.each(["UTC", "CET", "PRC", "America/New_York", "America/Phoenix", "EST5EDT", "Etc/UTC"])("is not suspected in %s", (timeZone) => {
    expect(warningsOf(timeZone)).toEqual([]);
  });
});
