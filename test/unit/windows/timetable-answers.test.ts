import { describe, expect, it } from "vitest";
import { DAY, HOUR, type Instant, instant, MINUTE, plus } from "../../../lib/domain/instant.ts";
import { activeWindow } from "../../../lib/domain/windows/active-window.ts";
import { lastEnd } from "../../../lib/domain/windows/last-end.ts";
import { nextChange } from "../../../lib/domain/windows/next-change.ts";
import { timetableOf } from "../../../lib/domain/windows/timetable.ts";
import type { WindowRule } from "../../../lib/domain/windows/window-rule.ts";
import { windowsBetween } from "../../../lib/domain/windows/windows-between.ts";
import { at, ruleOf, windowOf } from "./rules.ts";

const FROM = at("2026-01-01T00:00Z");

/** Rules whose windows fill pages of each length, and such as have none. */
function rules(): readonly (readonly [string, WindowRule])[] {
  const daily = { repeat: "FREQ=DAILY", timeZone: "UTC" };
  return [
    ["one window", ruleOf("2026-03-01T10:00", "2026-03-01T12:00", { timeZone: "UTC" })],
    ["one without an end", ruleOf("2026-03-01T10:00", undefined, { timeZone: "UTC" })],
    ["two hours each day", ruleOf("2026-02-01T10:00", "2026-02-01T12:00", daily)],
    ["windows that touch", ruleOf("2026-02-01T00:00", "2026-02-02T00:00", daily)],
    ["windows over windows", ruleOf("2026-02-01T10:00", "2026-02-04T11:00", daily)],
    ["a window of months, each month", ruleOf("2026-02-01T10:00", "2026-05-04T11:00", { repeat: "FREQ=MONTHLY", timeZone: "UTC" })],
    ["ten a day", ruleOf("2026-02-01T00:00", "2026-02-01T00:30", { ...daily, repeat: "FREQ=DAILY;BYHOUR=0,2,4,6,8,10,12,14,16,18" })],
    [
      "one every hour, over one another",
      ruleOf("2026-02-01T00:00", "2026-02-01T03:30", {
        ...daily,
        repeat: `FREQ=DAILY;BYHOUR=${Array.from({ length: 24 }, (_each, hour) => hour).join(",")}`,
      }),
    ],
    ["four hundred at once", ruleOf("2025-01-01T00:00", "2026-03-01T00:30", daily)],
    ["windows that never end", ruleOf("2026-02-01T00:00", undefined, { ...daily, repeat: "FREQ=WEEKLY" })],
    ["nights in Berlin", ruleOf("2026-02-01T22:30", "2026-02-02T02:30", { ...daily, timeZone: "Europe/Berlin" })],
    ["few that end", ruleOf("2026-02-01T10:00", "2026-02-01T12:00", { ...daily, repeat: "FREQ=WEEKLY;COUNT=3" })],
  ];
}

function expectSame(rule: WindowRule, asked: readonly Instant[]): void {
  const timetable = timetableOf(rule);

  const answers = asked.map((each) => [timetable.activeAt(each), timetable.changeAfter(each), timetable.endedBy(each)]);

  expect(answers).toEqual(asked.map((each) => [activeWindow(rule, each), nextChange(rule, each), lastEnd(rule, each)]));
}

describe("a timetable answers as the rule does when it is asked afresh", () => {
  it.each(rules())("%s: forwards, backwards, and to and fro", (_what, rule) => {
    const steps = Array.from({ length: 40 }, (_each, step) => plus(FROM, step * 5 * DAY + 90 * MINUTE));
    const nearby = Array.from({ length: 30 }, (_each, step) => plus(at("2026-03-03T22:00Z"), step * 10 * MINUTE));

    expectSame(rule, [...steps, ...steps.toReversed(), ...nearby, plus(FROM, 300 * DAY), ...nearby.toReversed()]);
  });

  it.each(rules())("%s: at each start and end, and beside it, from change to change", (_what, rule) => {
    const changes: Instant[] = [];
    for (let next = nextChange(rule, FROM); next !== undefined && changes.length < 60; next = nextChange(rule, next)) changes.push(next);

    expectSame(
      rule,
      changes.flatMap((change) => [plus(change, -1), change, plus(change, 1)]),
    );
  });

  it.each(rules())("%s: where one page ends and the next begins", (_what, rule) => {
    const edges = [512 * DAY, 64 * DAY, 16 * DAY, DAY].map((length) => instant(Math.ceil(at("2026-03-10T00:00Z") / length) * length));

    for (const edge of edges) {
      const beside = [-HOUR, -1, 0, 1, HOUR].map((off) => plus(edge, off));
      expectSame(rule, [...beside, ...beside, ...beside, ...beside.toReversed()]);
    }
  });
});

describe("the windows of a stretch", () => {
  const FEW = ruleOf("2026-02-01T10:00", "2026-02-03T12:00", { repeat: "FREQ=DAILY;COUNT=5", timeZone: "UTC" });
  const starts = (from: string, to: string, limit: number) =>
    windowsBetween(FEW, at(from), at(to), limit).map(({ startsAt }) => new Date(startsAt).toISOString().slice(8, 10));

  it.each([
    ["2026-01-01T00:00Z", "2026-03-01T00:00Z", 9, ["01", "02", "03", "04", "05"]],
    ["2026-01-01T00:00Z", "2026-03-01T00:00Z", 2, ["01", "02"]],
    ["2026-01-01T00:00Z", "2026-03-01T00:00Z", 0, []],
    ["2026-02-03T12:00Z", "2026-02-04T10:00Z", 9, ["02", "03"]],
    ["2026-02-03T11:59Z", "2026-02-04T10:01Z", 9, ["01", "02", "03", "04"]],
    ["2026-02-03T12:00Z", "2026-02-03T12:00Z", 9, []],
    ["2026-02-07T12:00Z", "2026-03-01T00:00Z", 9, []],
    ["2026-01-01T00:00Z", "2026-02-01T10:00Z", 9, []],
  ])("from %s to %s, at most %d", (from, to, limit, days) => {
    expect(starts(from, to, limit)).toEqual(days);
  });

  it("are all there, however close together or far apart they are", () => {
    const span = [at("2026-01-01T00:00Z"), at("2036-01-01T00:00Z")] as const;
    const count = (repeat: string) =>
      windowsBetween(ruleOf("2026-01-01T00:00", "2026-01-01T00:01", { repeat, timeZone: "UTC" }), ...span, 9_999).length;

    expect([count("FREQ=YEARLY"), count("FREQ=MONTHLY"), count("FREQ=DAILY"), count("FREQ=DAILY;BYHOUR=0,8;UNTIL=20300101")]).toEqual([
      10, 120, 3_652, 2_924,
    ]);
    expect(count("FREQ=YEARLY;BYMONTH=1;BYDAY=MO,TU,WE,TH,FR,SA,SU")).toBe(310);
  });
});

describe("windows that the clocks put into another order than the wall has them", () => {
  const rule = ruleOf("2026-03-08T02:30", "2026-03-08T03:40", { repeat: "FREQ=DAILY;BYHOUR=2,3;BYMINUTE=0,30;BYSETPOS=2,3;COUNT=2" });
  // At 02:00 the clocks go forward: what starts at 02:30 starts half an hour after what starts at 03:00.
  const [later, earlier] = [windowOf("2026-03-08T07:30Z", "2026-03-08T07:40Z"), windowOf("2026-03-08T07:00Z", "2026-03-08T08:10Z")];

  it("are on in the order of time", () => {
    const active = ["07:00", "07:29", "07:30", "07:39", "07:40", "08:09"].map((time) => activeWindow(rule, at(`2026-03-08T${time}Z`)));

    expect(active).toEqual([earlier, earlier, later, later, earlier, earlier]);
  });

  it("begin and end in the order of time", () => {
    expect(windowsBetween(rule, at("2026-03-08T00:00Z"), at("2026-03-09T00:00Z"), 9).slice(0, 2)).toEqual([earlier, later]);
    expect(windowsBetween(rule, at("2026-03-08T00:00Z"), at("2026-03-09T00:00Z"), 1)).toEqual([earlier]);
    expect(nextChange(rule, at("2026-03-08T06:00Z"))).toBe(at("2026-03-08T07:00Z"));
    expect(lastEnd(rule, at("2026-03-08T07:45Z"))).toBe(at("2026-03-08T07:40Z"));
    expect(lastEnd(rule, at("2026-03-08T08:10Z"))).toBe(at("2026-03-08T08:10Z"));
  });
});
