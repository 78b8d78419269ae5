import { describe, expect, it } from "vitest";
import type { Instant } from "../../../lib/domain/instant.ts";
import { activitiesAt, activityOf, coveringWindows, leftAt, nextBoundaryOf } from "../../../lib/domain/layers/activity.ts";
import type { Layer, Override } from "../../../lib/domain/layers/layer.ts";
import { at, layer } from "../../support/layers.ts";

const WINDOW = "sale@2026-11-27T10:00:00Z";

function forced(state: Override["state"], until: string): { readonly override: Override } {
  return { override: { state, until: at(until), reason: "stock ran out" } };
}

describe("what makes a layer active", () => {
  it("is its window, named after its start", () => {
    expect(activityOf(layer(), at("2026-11-27T10:00"))).toEqual({
      layer: layer(),
      window: WINDOW,
      startedAt: at("2026-11-27T10:00"),
      endsAt: at("2026-11-27T12:00"),
    });
  });

  it("is the override that forces it on, named after when it lapses, within its window and outside", () => {
    const open = layer(forced("on", "2026-11-27T11:00"));

    for (const now of ["2026-11-20T00:00", "2026-11-27T10:30"]) {
      expect(activityOf(open, at(now))).toEqual({
        layer: open,
        window: "sale@forced-until-2026-11-27T11:00:00Z",
        startedAt: "forced",
        endsAt: at("2026-11-27T11:00"),
      });
    }
  });

  it.each([
    ["it is disabled", layer({ enabled: false })],
    ["it is disabled, whatever an override says", layer({ enabled: false, ...forced("on", "2026-11-28T00:00") })],
    ["it is held off", layer(forced("off", "2026-11-28T00:00"))],
    ["its window is over", layer({ end: "2026-11-27T11:00" })],
  ])("is nothing where %s", (_why, shut) => {
    expect(activityOf(shut, at("2026-11-27T11:00"))).toBeUndefined();
  });

  it("is the window again from the instant at which an override lapses", () => {
    const held = layer(forced("off", "2026-11-27T11:00"));

    expect(activityOf(held, at("2026-11-27T11:00"))?.window).toBe(WINDOW);
  });
});

describe("the strongest of several", () => {
  const NOW = at("2026-11-27T11:30");
  const ids = (layers: readonly Layer[]) => activitiesAt(layers, NOW).map((each) => each.layer.campaignId);
  const plain = layer({ id: "plain" });
  const later = layer({ id: "later", start: "2026-11-27T11:00" });
  const open = layer({ id: "open", ...forced("on", "2026-11-28T00:00") });
  const other = layer({ id: "other", ...forced("on", "2026-11-28T00:00") });
  const high = layer({ id: "high", priority: 1 });

  it.each([
    ["priority goes before all else", [high, open]],
    ["being forced on counts as having started last", [open, later]],
    ["a later start goes before a greater id", [later, plain]],
    ["the greater id goes before the lesser where they start together", [plain, layer({ id: "flat" })]],
    ["and where both are forced on", [other, open]],
    ["all of it at once", [high, other, open, later, plain]],
  ])("%s, in whatever order they are given", (_rule, strongestFirst) => {
    const expected = strongestFirst.map(({ campaignId }) => campaignId);

    expect(ids(strongestFirst)).toEqual(expected);
    expect(ids(strongestFirst.toReversed())).toEqual(expected);
  });
});

describe("the next boundary of a layer", () => {
  it.each<[string, Layer, string, string | undefined]>([
    ["is the start of its window", layer(), "2026-11-20T00:00", "2026-11-27T10:00"],
    ["then its end", layer(), "2026-11-27T10:00", "2026-11-27T12:00"],
    ["then none", layer(), "2026-11-27T12:00", undefined],
    ["is none while it is disabled", layer({ enabled: false }), "2026-11-20T00:00", undefined],
    ["is when being forced on lapses, in a window", layer(forced("on", "2026-11-27T11:00")), "2026-11-27T10:30", "2026-11-27T11:00"],
    ["or after all windows", layer(forced("on", "2026-12-01T00:00")), "2026-11-20T00:00", "2026-12-01T00:00"],
    [
      "is when being held off lapses, if a window is on then",
      layer(forced("off", "2026-11-27T11:00")),
      "2026-11-20T00:00",
      "2026-11-27T11:00",
    ],
    ["is the next start if none is", layer(forced("off", "2026-11-25T00:00")), "2026-11-20T00:00", "2026-11-27T10:00"],
    ["is none if all are over by then", layer(forced("off", "2026-11-27T12:00")), "2026-11-20T00:00", undefined],
  ])("%s", (_rule, asked, now, boundary) => {
    expect(nextBoundaryOf(asked, at(now))).toBe(boundary && at(boundary));
  });
});

describe("the windows that cover an instant", () => {
  it.each<[string, Layer, readonly string[]]>([
    ["are the one that is on", layer(), [WINDOW]],
    ["are the one that would be, were the campaign not disabled", layer({ enabled: false }), [WINDOW]],
    ["or not held off", layer(forced("off", "2026-11-28T00:00")), [WINDOW]],
    [
      "are the forced one and the one beneath it",
      layer(forced("on", "2026-11-28T00:00")),
      ["sale@forced-until-2026-11-28T00:00:00Z", WINDOW],
    ],
    [
      "are the forced one alone where none is beneath it",
      layer({ start: "2026-11-27T11:30", ...forced("on", "2026-11-28T00:00") }),
      ["sale@forced-until-2026-11-28T00:00:00Z"],
    ],
    ["are none before the first", layer({ start: "2026-11-27T11:30" }), []],
  ])("%s", (_rule, asked, windows) => {
    expect(coveringWindows(asked, at("2026-11-27T11:00"))).toEqual(windows);
  });
});

describe("when a layer last stopped being active", () => {
  const NOW: Instant = at("2026-11-28T00:00");

  it.each<[string, Layer, Instant | undefined]>([
    ["is when its window ended", layer(), at("2026-11-27T12:00")],
    ["is never before it has ended", layer({ end: "2026-11-29T00:00" }), undefined],
    ["is now if it is disabled, for nobody wrote down when that was done", layer({ enabled: false }), NOW],
    ["is now if it is held off", layer(forced("off", "2026-11-28T00:01")), NOW],
    ["is when its window ended, if it was held off until now", layer(forced("off", "2026-11-28T00:00")), at("2026-11-27T12:00")],
    ["is when being forced on lapsed, if that was later", layer(forced("on", "2026-11-27T18:00")), at("2026-11-27T18:00")],
    ["or is now", layer(forced("on", "2026-11-28T00:00")), NOW],
    ["is when its window ended, if that was later", layer(forced("on", "2026-11-27T11:00")), at("2026-11-27T12:00")],
    ["or if it is forced on still", layer(forced("on", "2026-11-28T00:01")), at("2026-11-27T12:00")],
    [
      "is when being forced on lapsed, if no window has ended",
      layer({ end: undefined, ...forced("on", "2026-11-27T09:00") }),
      at("2026-11-27T09:00"),
    ],
  ])("%s", (_rule, asked, left) => {
    expect(leftAt(asked, NOW)).toBe(left);
  });
});
