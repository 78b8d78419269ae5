import { describe, expect, it } from "vitest";
import { ALARM_KINDS } from "../../../lib/application/alarms/alarm-kinds.ts";
import { campaignsBehind, isUncertain, type TargetFinding } from "../../../lib/application/follow-up/findings.ts";
import { afterChange, chapterOwed, isNewsDue, QUIET_MS } from "../../../lib/application/follow-up/incident-course.ts";
import { UNKNOWN } from "../../../lib/application/follow-up/prospect.ts";
import type { Incident } from "../../../lib/application/ports/incident.ts";
import { campaignId, type TargetKey } from "../../../lib/domain/identifiers.ts";
import { HOUR, plus } from "../../../lib/domain/instant.ts";
import { at } from "../../support/layers.ts";

const NOW = at("2026-11-27T10:00");
const STANDING: Incident = { alarm: "on", changedAt: NOW, openedAt: NOW, times: 1, told: "opened", surveyedAt: plus(NOW, -HOUR) };

describe("an alarm that stands is looked at again", () => {
  it.each<readonly [string, Partial<Incident>, boolean]>([
    ["an hour after it was", {}, true],
    ["not earlier", { surveyedAt: plus(NOW, 1 - HOUR) }, false],
    ["also once it has come back", { told: "again" }, true],
    ["not while people do not know of it", { told: "nothing" }, false],
    ["not once people know that it is over", { told: "closed" }, false],
    ["not once it is off", { alarm: "off" }, false],
    ["not if nobody ever looked", { surveyedAt: undefined }, false],
  ])("%s", (_when, changes, expected) => {
    expect(isNewsDue("token-dead", { ...STANDING, ...changes }, NOW)).toBe(expected);
  });

  it("if it is of a kind that rings as long as something stands", () => {
    const kinds = ALARM_KINDS.filter((kind) => isNewsDue(kind, STANDING, NOW));

    expect(kinds.toSorted()).toEqual(["records-invalid", "switches-failing", "targets-blocked", "token-dead", "trouble-ahead"]);
  });
});

describe("an incident", () => {
  const over: Incident = { alarm: "off", changedAt: NOW, openedAt: plus(NOW, -HOUR), times: 4, told: "closed" };

  it.each<readonly [string, Partial<Incident>, number, number]>([
    ["is another one once people have known it over for more than a quarter of an hour", {}, QUIET_MS + 1, 1],
    ["is the same within that time", {}, QUIET_MS, 5],
    ["is the same where people have not been told that it is over", { told: "again" }, QUIET_MS + 1, 5],
    ["is the same where the alarm has not been off", { alarm: "on" }, QUIET_MS + 1, 4],
  ])("%s", (_what, changes, later, times) => {
    expect(afterChange({ ...over, ...changes }, { alarm: "on", at: plus(NOW, later) }).times).toBe(times);
  });

  it("that was only ever heard of as off has told nothing", () => {
    expect(afterChange(undefined, { alarm: "off", at: NOW })).toEqual({ alarm: "off", changedAt: NOW, times: 0, told: "nothing" });
  });

  it("that came back is told as over after a quarter of an hour of quiet", () => {
    const back: Incident = { ...over, told: "again" };

    expect([QUIET_MS - 1, QUIET_MS].map((ms) => chapterOwed(back, plus(NOW, ms)))).toEqual([undefined, "closed"]);
  });
});

describe("a coupon or promotion behind an alarm", () => {
  const named = (id: string) => ({ campaignId: campaignId(id), name: id });
  const finding = (prospect: Partial<TargetFinding["prospect"]>): TargetFinding => ({
    key: "coupon#7" as TargetKey,
    name: "n",
    causes: [],
    prospect: { should: { cells: [], campaigns: [] }, wrong: [], next: undefined, ...prospect },
  });
  const cell = "applicationLimit";

  it("is named with the campaigns that ask for something and those that it is held for, each once, or else with those to come", () => {
    const next = { at: NOW, spell: { cells: [], campaigns: [named("next")] } };
    const should = { cells: [], campaigns: [named("one")] };
    const wrong = [
      { cell, holds: "X", heldFor: named("two") },
      { cell, holds: "X", heldFor: named("one") },
      { cell, holds: "X" },
    ] as const;

    const names = [finding({ should, wrong, next }), finding({ next }), finding({})].map((each) =>
      campaignsBehind(each).map(({ name }) => name),
    );

    expect(names).toEqual([["one", "two"], ["next"], []]);
  });

  it("is uncertain where nobody knows of anything that is wrong with it whether it is so", () => {
    const known = { cell, holds: "X" } as const;
    const unknown = { cell, holds: UNKNOWN } as const;

    expect([[], [known], [known, unknown], [unknown]].map((wrong) => isUncertain(finding({ wrong })))).toEqual([false, false, false, true]);
  });
});
