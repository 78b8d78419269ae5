import { describe, expect, it } from "vitest";
import { parseInstant } from "../../../lib/domain/instant.ts";
import { frozenStarts } from "../../../lib/domain/windows/frozen-starts.ts";
import type { Freeze, WindowRule } from "../../../lib/domain/windows/window-rule.ts";
import { windowsBetween } from "../../../lib/domain/windows/windows-between.ts";

const utc = (text: string) => parseInstant(`${text}:00Z`);
const FREEZE: Freeze = { from: utc("2026-11-26T00:00"), to: utc("2026-11-29T00:00"), since: utc("2026-10-01T00:00") };
const DAILY: WindowRule = {
  start: { kind: "local", dateTime: "2026-11-20T22:00" },
  end: { kind: "local", dateTime: "2026-11-21T02:00" },
  timeZone: "UTC",
  repeat: "FREQ=DAILY",
  except: ["2026-11-27"],
  freezes: [FREEZE],
};
const SPAN = [utc("2026-11-20T00:00"), utc("2026-12-10T00:00")] as const;

describe("the starts that a freeze skips", () => {
  it("are those within it: not what is open when it begins, and not what is left out anyway", () => {
    const starts = frozenStarts(DAILY, ...SPAN, 10);

    expect(starts.map(({ window }) => window.startsAt)).toEqual([utc("2026-11-26T22:00"), utc("2026-11-28T22:00")]);
    expect(starts.every(({ freeze }) => freeze === FREEZE)).toBe(true);
  });

  it("and the windows that there are make up all the windows without freezes", () => {
    const frozen = frozenStarts(DAILY, ...SPAN, 10).map(({ window }) => window);

    const all = [...windowsBetween(DAILY, ...SPAN, 100), ...frozen].toSorted((one, other) => one.startsAt - other.startsAt);
    expect(all).toEqual(windowsBetween({ ...DAILY, freezes: [] }, ...SPAN, 100));
  });

  it("are only those since the freeze was saved, and within the span", () => {
    const since = utc("2026-11-27T12:00");

    expect(frozenStarts({ ...DAILY, freezes: [{ ...FREEZE, since }] }, ...SPAN, 10)).toHaveLength(1);
    expect(frozenStarts(DAILY, utc("2026-11-27T00:00"), utc("2026-11-28T00:00"), 10)).toEqual([]);
  });

  it("are told once where freezes overlap, and of each freeze at most as many as asked for", () => {
    const both = { ...DAILY, except: [], freezes: [FREEZE, { ...FREEZE, from: utc("2026-11-28T00:00"), to: utc("2026-12-01T00:00") }] };

    expect(frozenStarts(both, ...SPAN, 10)).toHaveLength(5);
    expect(frozenStarts({ ...DAILY, except: [] }, ...SPAN, 2)).toHaveLength(2);
  });

  it("are at most as many as asked for, that at the freeze's very beginning among them", () => {
    const short = { ...DAILY, end: { kind: "local", dateTime: "2026-11-20T23:00" }, except: [] } as const;
    const from = utc("2026-11-26T22:00");

    const starts = frozenStarts({ ...short, freezes: [{ ...FREEZE, from }] }, ...SPAN, 2).map(({ window }) => window.startsAt);

    expect(starts).toEqual([from, utc("2026-11-27T22:00")]);
  });

  it("are none where nothing is frozen", () => {
    expect(frozenStarts({ ...DAILY, freezes: undefined }, ...SPAN, 10)).toEqual([]);
  });
});
