import { describe, expect, it } from "vitest";
import { couponId, targetKey } from "../../../lib/domain/identifiers.ts";
import { overlapsOf } from "../../../lib/domain/layers/overlaps.ts";
import { at, groupsAsk, layer } from "../../support/layers.ts";

const TARGET = targetKey({ kind: "coupon", id: couponId("7") });
const NOW = at("2026-11-01T00:00");

function overlapWarnings(...asked: Parameters<typeof overlapsOf>): readonly string[] {
  return overlapsOf(...asked).map(({ message }) => message);
}

describe("warnings of overlaps", () => {
  const sale = layer({ id: "sale" });

  it("say when, with whom, who wins and why", () => {
    const later = layer({ id: "later", start: "2026-11-27T11:00", end: "2026-11-27T13:00", limit: "REPEAT_CUSTOMER_ONLY" });

    expect(overlapWarnings(sale, TARGET, [sale, later], NOW)).toEqual([
      'overlaps with "later" on coupon 7 from 2026-11-27 11:00:00 UTC until 2026-11-27 12:00:00 UTC: "later" wins, because its window starts later',
    ]);
  });

  it("name the id as the reason only where both start together, or both are forced on", () => {
    const override = { state: "on", until: at("2026-11-28T00:00"), reason: "r" } as const;
    const twin = layer({ id: "twin", limit: "REPEAT_CUSTOMER_ONLY" });
    const forced = [layer({ id: "sale", override }), layer({ id: "twin", limit: "REPEAT_CUSTOMER_ONLY", override })] as const;

    expect(overlapWarnings(sale, TARGET, [twin], NOW)).toEqual([
      expect.stringContaining('"twin" wins, because both start together, and its campaign id, twin, is the greater'),
    ]);
    expect(overlapWarnings(forced[0], TARGET, [forced[1]], NOW)).toEqual([
      expect.stringMatching(/ now until 2026-11-28 00:00:00 UTC: "twin" wins, because both are forced on, and its campaign id, twin, is/),
    ]);
  });

  it("say that one that is forced on wins over one that is not, and when it meets one that is to come", () => {
    const forced = layer({ id: "forced", override: { state: "on", until: at("2026-12-01T00:00"), reason: "r" } });
    const other = layer({ id: "other", limit: "REPEAT_CUSTOMER_ONLY" });

    const messages = [overlapWarnings(forced, TARGET, [other], NOW), overlapWarnings(other, TARGET, [forced], NOW)].flat();

    const outcome = 'from 2026-11-27 10:00:00 UTC until 2026-11-27 12:00:00 UTC: "forced" wins, because it is forced on';
    expect(messages).toEqual([`overlaps with "other" on coupon 7 ${outcome}`, `overlaps with "forced" on coupon 7 ${outcome}`]);
  });

  it("say only that it is now where one that is forced on meets one that is under way, for nobody wrote down since when", () => {
    const forced = layer({ id: "forced", override: { state: "on", until: at("2026-12-01T00:00"), reason: "r" } });
    const other = layer({ id: "other", limit: "REPEAT_CUSTOMER_ONLY" });
    const during = at("2026-11-27T11:00");

    const messages = [overlapWarnings(forced, TARGET, [other], during), overlapWarnings(other, TARGET, [forced], during)].flat();

    const outcome = 'now until 2026-11-27 12:00:00 UTC: "forced" wins, because it is forced on';
    expect(messages).toEqual([`overlaps with "other" on coupon 7 ${outcome}`, `overlaps with "forced" on coupon 7 ${outcome}`]);
  });

  it("look past windows that only touch, and past those that are over before the other begins", () => {
    const daily = layer({ id: "daily", repeat: "FREQ=DAILY", start: "2026-11-20T10:00", end: "2026-11-20T12:00" });
    const limit = "REPEAT_CUSTOMER_ONLY";
    const touching = layer({
      id: "touching",
      repeat: "FREQ=DAILY;INTERVAL=3;BYHOUR=11,12",
      start: "2026-11-20T12:00",
      end: "2026-11-20T12:30",
      limit,
    });
    const after = layer({ id: "after", start: "2026-11-22T11:00", end: "2026-11-22T13:00", limit });

    expect(overlapWarnings(daily, TARGET, [touching], NOW)).toEqual([expect.stringContaining("from 2026-11-23 11:00:00 UTC until")]);
    expect(overlapWarnings(daily, TARGET, [after], NOW)).toEqual([expect.stringContaining("from 2026-11-22 11:00:00 UTC until")]);
  });

  it("read the same before an overlap and during it", () => {
    const later = layer({ id: "later", start: "2026-11-27T11:00", end: "2026-11-27T13:00", limit: "REPEAT_CUSTOMER_ONLY" });

    expect(overlapWarnings(sale, TARGET, [later], at("2026-11-27T11:20"))).toEqual(overlapWarnings(sale, TARGET, [later], NOW));
  });

  it("know that a higher priority wins whoever starts later", () => {
    const weak = layer({ id: "weak", priority: -1, start: "2026-11-27T11:00", limit: "REPEAT_CUSTOMER_ONLY" });

    expect(overlapWarnings(sale, TARGET, [weak], NOW)).toEqual([expect.stringContaining('"sale" wins, because its priority is higher')]);
  });

  it("tell of the first of many, and of one that has no end", () => {
    const daily = layer({
      id: "daily",
      repeat: "FREQ=DAILY",
      start: "2026-11-20T11:00",
      end: "2026-11-20T11:30",
      limit: "REPEAT_CUSTOMER_ONLY",
    });
    const endless = layer({ id: "endless", start: "2026-11-10T00:00", end: undefined, limit: "NEW_CUSTOMER_ONLY" });

    expect(overlapWarnings(endless, TARGET, [daily], NOW)).toEqual([
      expect.stringContaining("from 2026-11-20 11:00:00 UTC until 2026-11-20 11:30:00 UTC"),
    ]);
    expect(overlapWarnings(endless, TARGET, [layer({ id: "other", start: "2026-11-12T00:00", end: undefined })], NOW)).toEqual([
      expect.stringContaining("from 2026-11-12 00:00:00 UTC:"),
    ]);
  });

  it.each([
    ["one that asks for the same", layer({ id: "same" })],
    [
      "one that is on at another time",
      layer({ id: "after", start: "2026-11-27T12:00", end: "2026-11-27T13:00", limit: "REPEAT_CUSTOMER_ONLY" }),
    ],
    ["one that is disabled", layer({ id: "off", enabled: false, limit: "REPEAT_CUSTOMER_ONLY" })],
    ["itself", layer({ id: "sale", limit: "REPEAT_CUSTOMER_ONLY" })],
  ])("say nothing of %s", (_what, other) => {
    expect(overlapWarnings(sale, TARGET, [other], NOW)).toEqual([]);
  });

  it("look at the groups that both name", () => {
    const adds = layer({ id: "adds", ask: groupsAsk([1, 2]) });

    expect(overlapWarnings(adds, TARGET, [layer({ id: "other", ask: groupsAsk([3], [4]) })], NOW)).toEqual([]);
    expect(overlapWarnings(adds, TARGET, [layer({ id: "takes", ask: groupsAsk([], [2]) })], NOW)).toHaveLength(1);
    expect(overlapWarnings(adds, TARGET, [layer({ id: "sets", ask: { kind: "promotion", form: "set", groups: [1] } })], NOW)).toHaveLength(
      1,
    );
  });
});
