import { describe, expect, it } from "vitest";
import type { Layer } from "../../../lib/domain/layers/layer.ts";
import { missedWindows } from "../../../lib/domain/layers/missed-windows.ts";
import { at, layer } from "../../support/layers.ts";

const nothing = { last: [], count: 0 };

function starts(layers: readonly Layer[], after: string, until: string): readonly number[] {
  return missedWindows(layers, at(after), at(until)).last.map(({ startsAt }) => startsAt);
}

describe("windows that came and went between two decisions", () => {
  it("is the one that lies wholly between them", () => {
    const found = missedWindows([layer()], at("2026-11-27T09:00"), at("2026-11-27T12:00"));

    const window = { startsAt: at("2026-11-27T10:00"), endsAt: at("2026-11-27T12:00") };
    expect(found).toEqual({ last: [{ campaignId: "sale", campaignName: "sale", ...window }], count: 1 });
  });

  it.each([
    ["that is still on", "2026-11-27T09:00", "2026-11-27T11:59"],
    ["that was on already", "2026-11-27T10:00", "2026-11-27T13:00"],
    ["that is to come", "2026-11-27T08:00", "2026-11-27T09:00"],
    ["that was over before", "2026-11-27T12:00", "2026-11-28T12:00"],
  ])("is none %s", (_name, after, until) => {
    expect(missedWindows([layer()], at(after), at(until))).toEqual(nothing);
  });

  it("is none of a campaign that is disabled, and none of one without an end", () => {
    const shut = [layer({ enabled: false }), layer({ end: undefined })];

    expect(missedWindows(shut, at("2026-11-01T00:00"), at("2026-12-01T00:00"))).toEqual(nothing);
  });

  it("is none that an override kept shut, but those after it has lapsed", () => {
    const daily = layer({
      repeat: "FREQ=DAILY",
      override: { state: "off", until: at("2026-11-29T11:00"), reason: "stock ran out" },
    });

    expect(starts([daily], "2026-11-27T00:00", "2026-12-01T00:00")).toEqual([at("2026-11-30T10:00")]);
  });

  it("is none that a freeze kept from starting", () => {
    const sale = layer();
    const freeze = { from: at("2026-11-27T00:00"), to: at("2026-11-28T00:00"), since: at("2026-11-01T00:00") };
    const frozen = { ...sale, windows: { ...sale.windows, freezes: [freeze] } };

    expect(missedWindows([frozen], at("2026-11-01T00:00"), at("2026-12-01T00:00"))).toEqual(nothing);
  });

  it("counts them all and keeps the last hundred, in order over all campaigns", () => {
    const daily = layer({ id: "daily", repeat: "FREQ=DAILY", start: "2026-01-01T08:00", end: "2026-01-01T09:00" });
    const weekly = layer({ id: "weekly", repeat: "FREQ=WEEKLY", start: "2026-01-01T10:00", end: "2026-01-03T10:00" });

    const { last, count } = missedWindows([weekly, daily], at("2026-01-01T00:00"), at("2026-12-31T23:00"));

    expect(count).toBe(365 + 52);
    expect(last).toHaveLength(100);
    expect(last.map(({ startsAt }) => startsAt)).toEqual(last.map(({ startsAt }) => startsAt).toSorted((one, other) => one - other));
    expect(last.at(-1)?.startsAt).toBe(at("2026-12-31T08:00"));
    expect(last.filter(({ campaignId }) => campaignId === "weekly")).toHaveLength(12);
  });

  it("counts each once, those too that start where one stretch that is read ends and the next begins", () => {
    const daily = layer({ repeat: "FREQ=DAILY", start: "2026-01-01T10:00", end: "2026-01-01T12:00" });

    expect(missedWindows([daily], at("2026-01-01T10:00"), at("2026-03-02T00:00")).count).toBe(59);
  });

  it("looks no further back than the history is kept", () => {
    const yearly = layer({ repeat: "FREQ=YEARLY", start: "2020-06-01T10:00", end: "2020-06-01T12:00" });

    expect(starts([yearly], "2020-01-01T00:00", "2026-08-01T00:00")).toEqual([at("2026-06-01T10:00")]);
  });
});
