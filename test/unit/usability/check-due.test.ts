import { describe, expect, it } from "vitest";
import { checkWantedSince } from "../../../lib/domain/usability/check-due.ts";
import { at, layer } from "../../support/layers.ts";

const SAVED = at("2026-11-20T09:00");

describe("since when a campaign's targets should have been looked at", () => {
  it.each([
    ["long before its window: since it was saved", "2026-11-26T09:59", SAVED],
    ["a day before: since then", "2026-11-26T10:00", at("2026-11-26T10:00")],
    ["half a day before: still since then", "2026-11-26T22:00", at("2026-11-26T10:00")],
    ["two hours before: since then", "2026-11-27T08:00", at("2026-11-27T08:00")],
    ["a minute before: still since then", "2026-11-27T09:59", at("2026-11-27T08:00")],
    ["as it begins: since it was saved", "2026-11-27T10:00", SAVED],
    ["in its window: since it was saved, for a switch has looked meanwhile", "2026-11-27T11:00", SAVED],
    ["after its last window: never", "2026-11-27T12:00", undefined],
  ])("%s", (_name, now, since) => {
    expect(checkWantedSince(layer(), SAVED, at(now))).toBe(since);
  });

  it("goes by the nearest window of many: twice for one a day", () => {
    const daily = layer({ repeat: "FREQ=DAILY" });
    const hours = Array.from({ length: 24 }, (_each, hour) => at(`2026-12-03T${String(hour).padStart(2, "0")}:30`));

    expect(new Set(hours.map((now) => checkWantedSince(daily, SAVED, now)))).toEqual(
      new Set([at("2026-12-02T10:00"), at("2026-12-03T08:00"), at("2026-12-03T10:00")]),
    );
  });

  it("is never for a campaign that is disabled, and goes by where an override ends", () => {
    const held = layer({ override: { state: "off", until: at("2026-11-27T11:00"), reason: "late" } });

    expect(checkWantedSince(layer({ enabled: false }), SAVED, at("2026-11-27T09:30"))).toBeUndefined();
    expect(checkWantedSince(held, SAVED, at("2026-11-27T09:30"))).toBe(at("2026-11-27T09:00"));
  });

  it("is since it was saved where that is later", () => {
    expect(checkWantedSince(layer(), at("2026-11-27T09:10"), at("2026-11-27T09:30"))).toBe(at("2026-11-27T09:10"));
  });

  it("is since it was saved for a campaign that is on for good, and for one that is forced on", () => {
    const forced = layer({ override: { state: "on", until: at("2026-11-21T00:00"), reason: "early" } });

    expect(checkWantedSince(layer({ end: undefined }), SAVED, at("2026-12-27T00:00"))).toBe(SAVED);
    expect(checkWantedSince(forced, SAVED, at("2026-11-20T12:00"))).toBe(SAVED);
  });
});
