import { describe, expect, it } from "vitest";
import type { Campaign } from "../../../lib/domain/campaign/campaign.ts";
import { describeCampaign } from "../../../lib/domain/campaign/campaign-status.ts";
import type { Override } from "../../../lib/domain/layers/layer.ts";
import type { Freeze } from "../../../lib/domain/windows/window-rule.ts";
import { at } from "../../support/layers.ts";
import { campaign } from "./campaigns.ts";

const BEFORE = "2026-11-20T00:00";
const DURING = "2026-11-27T11:00";
const AFTER = "2026-11-27T12:00";
const DAILY = { repeat: "FREQ=DAILY" };

function describeAt(now: string, changes: Partial<Campaign> = {}, freezes: readonly Freeze[] = []) {
  return describeCampaign(campaign(changes), "UTC", at(now), { except: [], freezes });
}

function override(state: Override["state"], until: string, by?: string): { readonly override: Override } {
  return { override: { state, until: at(until), reason: "stock ran out", by } };
}

function freeze(from: string, to: string, more: Partial<Freeze> = {}): Freeze {
  return { from: at(from), to: at(to), since: at("2026-11-01T00:00"), ...more };
}

const LAST_WEEK = freeze("2026-11-26T00:00", "2026-12-01T00:00", { calendar: "quiet" });

describe("the state of a campaign", () => {
  const ON = { start: at("2026-11-27T10:00"), end: at("2026-11-27T12:00") };

  it.each<[string, string, Partial<Campaign>, object]>([
    ["is SCHEDULED before its window", BEFORE, {}, { state: "SCHEDULED", nextSwitch: at("2026-11-27T10:00"), warnings: [] }],
    ["is ACTIVE in it", DURING, {}, { state: "ACTIVE", activeWindow: ON, nextSwitch: at(AFTER), warnings: [] }],
    ["is ENDED after it", AFTER, {}, { state: "ENDED", nextSwitch: undefined, warnings: [] }],
    ["is SCHEDULED between two", AFTER, DAILY, { state: "SCHEDULED", nextSwitch: at("2026-11-28T10:00"), warnings: [] }],
    ["is DISABLED whenever it is disabled", DURING, { enabled: false }, { state: "DISABLED", nextSwitch: undefined, warnings: [] }],
    ["is ENDED without a target", DURING, { coupons: [] }, { state: "ENDED", warnings: ["no target is left in this campaign"] }],
  ])("%s", (_rule, now, changes, described) => {
    expect(describeAt(now, changes)).toEqual(described);
  });

  it("has no active window where it is forced on, for nobody wrote down since when", () => {
    const described = describeAt(BEFORE, override("on", "2026-11-21T00:00"));

    expect(described).toStrictEqual({
      state: "ACTIVE",
      nextSwitch: at("2026-11-21T00:00"),
      warnings: ["forced on until 2026-11-21 00:00:00 UTC: stock ran out"],
    });
  });

  it("warns of a change of the clocks, unless it is disabled", () => {
    const start = { kind: "local", dateTime: "2027-03-28T02:30" } as const;
    const end = { kind: "local", dateTime: "2027-03-28T05:00" } as const;
    const warnings = (changes: Partial<Campaign>) =>
      describeCampaign(campaign({ start, end, ...changes }), "Europe/Berlin", at(BEFORE)).warnings;

    expect(warnings({})).toEqual([expect.stringContaining("does not exist, because the clocks go forward then")]);
    expect(warnings({ enabled: false })).toEqual([]);
  });
});

describe("what an override is told to do", () => {
  it.each<[string, string, Partial<Campaign>, string]>([
    ["force on", BEFORE, override("on", "2026-11-21T00:00", "ana"), "forced on by ana until 2026-11-21 00:00:00 UTC: stock ran out"],
    ["hold off until a window is on", BEFORE, override("off", DURING), "held off: stock ran out; opens again at 2026-11-27 11:00:00 UTC"],
    [
      "hold off until none is",
      BEFORE,
      override("off", "2026-11-21T00:00", "ana"),
      "held off by ana: stock ran out; goes by its windows again at 2026-11-21 00:00:00 UTC",
    ],
    [
      "skip the only window",
      BEFORE,
      override("off", "2026-11-28T00:00", "ana"),
      "its only window, 2026-11-27 10:00:00 UTC, is skipped by ana: stock ran out",
    ],
    [
      "close the only window early",
      DURING,
      override("off", "2026-11-28T00:00"),
      "its only window, 2026-11-27 10:00:00 UTC, is closed early: stock ran out",
    ],
    [
      "close it early at its very start",
      "2026-11-27T10:00",
      override("off", "2026-11-28T00:00"),
      "its only window, 2026-11-27 10:00:00 UTC, is closed early: stock ran out",
    ],
    [
      "skip the last of a rule",
      BEFORE,
      { repeat: "FREQ=DAILY;COUNT=1", ...override("off", "2026-11-28T00:00") },
      "its last window, 2026-11-27 10:00:00 UTC, is skipped: stock ran out",
    ],
    [
      "hold off a campaign that is over",
      AFTER,
      override("off", "2026-11-28T00:00"),
      "held off: stock ran out; goes by its windows again at 2026-11-28 00:00:00 UTC",
    ],
  ])("%s", (_effect, now, changes, warning) => {
    expect(describeAt(now, changes).warnings).toEqual([warning]);
  });

  it.each<[string, string, Partial<Campaign>]>([
    ["once it has lapsed", "2026-11-28T00:00", { ...DAILY, ...override("off", "2026-11-28T00:00") }],
    ["of a campaign that is disabled", BEFORE, { enabled: false, ...override("off", "2026-11-28T00:00") }],
    ["that forces on a campaign that is disabled", BEFORE, { enabled: false, ...override("on", "2026-11-28T00:00") }],
  ])("is nothing %s", (_when, now, changes) => {
    expect(describeAt(now, changes).warnings).toEqual([]);
  });
});

describe("what a freeze is told to do", () => {
  const falls = "2026-11-27 10:00:00 UTC, falls into the freeze";

  it.each<[string, string, Partial<Campaign>, readonly Freeze[], string]>([
    ["keep the only window from starting", BEFORE, {}, [LAST_WEEK], `its only window, ${falls} "quiet" (ignoreFreeze lets it start)`],
    ["keep the next one from starting", BEFORE, DAILY, [LAST_WEEK], `its next window, ${falls} "quiet" (ignoreFreeze lets it start)`],
    [
      "keep all of a rule from starting",
      BEFORE,
      { repeat: "FREQ=DAILY;COUNT=2" },
      [freeze("2026-11-26T00:00", "2026-12-01T00:00")],
      `its next window, ${falls} (ignoreFreeze lets it start), and no later window starts either`,
    ],
    [
      "keep one from starting at its very first instant",
      BEFORE,
      {},
      [freeze("2026-11-27T10:00", "2026-11-27T10:01")],
      `its only window, ${falls} (ignoreFreeze lets it start)`,
    ],
    [
      "keep one from starting from the instant at which it was saved",
      BEFORE,
      {},
      [freeze("2026-11-26T00:00", "2026-12-01T00:00", { since: at("2026-11-27T10:00") })],
      `its only window, ${falls} (ignoreFreeze lets it start)`,
    ],
    [
      "be the second of two",
      BEFORE,
      {},
      [freeze("2026-11-21T00:00", "2026-11-22T00:00", { calendar: "other" }), LAST_WEEK],
      `its only window, ${falls} "quiet" (ignoreFreeze lets it start)`,
    ],
    [
      "keep the next one from starting while one is on",
      DURING,
      DAILY,
      [freeze("2026-11-28T00:00", "2026-11-29T00:00")],
      "its next window, 2026-11-28 10:00:00 UTC, falls into the freeze (ignoreFreeze lets it start)",
    ],
  ])("%s", (_effect, now, changes, freezes, warning) => {
    expect(describeAt(now, changes, freezes).warnings).toEqual([warning]);
  });

  it.each<[string, string, Partial<Campaign>, readonly Freeze[]]>([
    ["for a campaign that ignores it", BEFORE, { ignoreFreeze: "agreed" }, [LAST_WEEK]],
    ["for one that is disabled", BEFORE, { enabled: false }, [LAST_WEEK]],
    ["for a window that starts before it", BEFORE, {}, [freeze("2026-11-27T10:01", "2026-12-01T00:00")]],
    ["for one that starts as it ends", BEFORE, {}, [freeze("2026-11-26T00:00", "2026-11-27T10:00")]],
    ["for one that starts before it was saved", BEFORE, {}, [{ ...LAST_WEEK, since: at("2026-11-27T10:01") }]],
    ["for the last window, once it is on", "2026-11-27T10:00", {}, [freeze("2026-11-27T10:30", "2026-12-01T00:00")]],
    ["for a window that should have started by now", "2026-11-27T10:00", {}, [LAST_WEEK]],
    ["once it is over", "2026-11-26T00:00", {}, [freeze("2026-11-20T00:00", "2026-11-26T00:00")]],
  ])("is nothing %s", (_why, now, changes, freezes) => {
    expect(describeAt(now, changes, freezes).warnings).toEqual([]);
  });

  it("is not told of a window that comes while an override rules, which is told instead", () => {
    const [told, ...rest] = describeAt(BEFORE, { ...DAILY, ...override("off", "2026-11-27T10:01") }, [LAST_WEEK]).warnings;

    expect(told).toContain("held off");
    expect(rest).toEqual([]);
  });

  it("is told of a window that starts as an override lapses", () => {
    const { warnings } = describeAt(BEFORE, { ...DAILY, ...override("off", "2026-11-27T10:00") }, [LAST_WEEK]);

    expect(warnings).toEqual([expect.stringContaining("held off"), expect.stringContaining(`its next window, ${falls}`)]);
  });
});
