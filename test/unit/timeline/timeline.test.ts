import { describe, expect, it } from "vitest";
import { campaignId, couponId, promotionId, windowId } from "../../../lib/domain/identifiers.ts";
import { DAY, formatInstant, plus } from "../../../lib/domain/instant.ts";
import type { Layer } from "../../../lib/domain/layers/layer.ts";
import { EMPTY_LEDGER } from "../../../lib/domain/ledger/ledger.ts";
import { AS_FOUND, type TargetOutlook } from "../../../lib/domain/timeline/forecast.ts";
import { segmentsOf } from "../../../lib/domain/timeline/segments.ts";
import { nextSwitches, timelineOf } from "../../../lib/domain/timeline/timeline.ts";
import { at, groupsAsk, layer } from "../../support/layers.ts";

const FROM = at("2026-11-27T00:00");

function coupon(layers: readonly Layer[], id = "7"): TargetOutlook {
  return { target: { kind: "coupon", id: couponId(id) }, layers, ledger: EMPTY_LEDGER, from: FROM };
}

const weekly = layer({ repeat: "FREQ=WEEKLY" });

/** Each segment as `from/to value`. */
function told(outlook: TargetOutlook, from: string, to: string, limit = 100) {
  const { segments, complete } = timelineOf(outlook, at(from), at(to), limit);
  const lines = segments.map((each) => `${formatInstant(each.from)}/${each.to && formatInstant(each.to)} ${each.cells[0]?.value}`);
  return { lines, complete };
}

describe("the timeline of a span", () => {
  it("tells what holds from when to when, the first segment from the span's beginning and the last to where it does end", () => {
    expect(told(coupon([weekly]), "2026-11-27T11:00", "2026-12-04T11:00")).toEqual({
      complete: true,
      lines: [
        "2026-11-27T11:00:00Z/2026-11-27T12:00:00Z UNLIMITED",
        `2026-11-27T12:00:00Z/2026-12-04T10:00:00Z ${AS_FOUND}`,
        "2026-12-04T10:00:00Z/2026-12-04T12:00:00Z UNLIMITED",
      ],
    });
  });

  it("ends with a segment without end where nothing ever changes again", () => {
    expect(told(coupon([layer()]), "2026-11-27T11:00", "2026-12-04T11:00").lines).toEqual([
      "2026-11-27T11:00:00Z/2026-11-27T12:00:00Z UNLIMITED",
      `2026-11-27T12:00:00Z/undefined ${AS_FOUND}`,
    ]);
  });

  it("keeps the earliest segments where there are more than asked for, and says so", () => {
    expect(told(coupon([weekly]), "2026-11-27T11:00", "2026-12-04T11:00", 2)).toMatchObject({ complete: false, lines: { length: 2 } });
    expect(told(coupon([weekly]), "2026-11-27T11:00", "2026-12-04T11:00", 3)).toMatchObject({ complete: true, lines: { length: 3 } });
  });

  it("is half-open, and empty where the span is", () => {
    expect(told(coupon([layer()]), "2026-11-27T09:00", "2026-11-27T10:00").lines).toHaveLength(1);
    expect(told(coupon([layer()]), "2026-11-27T09:00", "2026-11-27T10:01").lines).toHaveLength(2);
    expect(told(coupon([layer()]), "2026-11-27T10:00", "2026-11-27T10:00")).toEqual({ lines: [], complete: true });
  });

  it("has nothing to tell of a span before the ledger's instant, and begins there in one that reaches across it", () => {
    expect(told(coupon([layer()]), "2026-11-01T00:00", "2026-11-27T00:00")).toEqual({ lines: [], complete: true });
    expect(told(coupon([layer()]), "2026-11-01T00:00", "2026-11-27T10:00").lines).toEqual([
      `2026-11-27T00:00:00Z/2026-11-27T10:00:00Z ${AS_FOUND}`,
    ]);
  });

  it("makes one segment of boundaries at which nothing about the cells changes", () => {
    const other = layer({ id: "other", start: "2026-11-27T10:30", end: "2026-11-27T11:30", ask: groupsAsk([]) });
    const whole = { ...layer({ ask: groupsAsk([5]) }) };
    const outlook = { ...coupon([whole, other]), target: { kind: "promotion", id: promotionId("8") } } as const;

    expect(told(outlook, "2026-11-27T10:00", "2026-11-27T12:00").lines).toEqual(["2026-11-27T10:00:00Z/2026-11-27T12:00:00Z in"]);
  });

  it("makes one segment of boundaries at which nobody wins, and at which the same ones lose", () => {
    const silent = layer({ id: "silent", start: "2026-11-27T10:30", end: "2026-11-27T11:30", ask: groupsAsk([]) });
    const target = { kind: "promotion", id: promotionId("8") } as const;
    const known = { "group:5": "in" } as const;
    const winner = layer({ ask: groupsAsk([5]), priority: 1 });
    const loser = layer({ id: "loser", ask: groupsAsk([5]) });

    expect(told({ ...coupon([silent]), target, known }, "2026-11-27T10:00", "2026-11-27T12:00").lines).toHaveLength(1);
    expect(told({ ...coupon([winner, loser, silent]), target }, "2026-11-27T10:00", "2026-11-27T12:00").lines).toHaveLength(1);
  });

  it("is cut after a thousand boundaries at which nothing changes, so that whoever walks on can stop", () => {
    const silent = layer({ repeat: "FREQ=DAILY", ask: groupsAsk([]) });
    const target = { kind: "promotion", id: promotionId("8") } as const;

    const [first] = segmentsOf({ ...coupon([silent]), target, known: { "group:5": "in" }, from: at("2026-11-27T10:00") });

    expect(first?.to).toBe(plus(at("2026-11-27T12:00"), 500 * DAY));
  });

  it("makes a segment of each window, though one follows on the other and asks for the same", () => {
    const daily = layer({ start: "2026-11-27T00:00", end: "2026-11-28T00:00", repeat: "FREQ=DAILY" });

    expect(told(coupon([daily]), "2026-11-27T00:00", "2026-11-29T00:00").lines).toEqual([
      "2026-11-27T00:00:00Z/2026-11-28T00:00:00Z UNLIMITED",
      "2026-11-28T00:00:00Z/2026-11-29T00:00:00Z UNLIMITED",
    ]);
  });

  it("makes two segments where only the base changes: a value in doubt is believed to be a person's", () => {
    const window = windowId(campaignId("sale"), "2026-11-27T10:00:00Z");
    const cell = { base: "NEW_CUSTOMER_ONLY", written: "UNLIMITED", window, policy: "yield", standIn: false, heldAt: FROM } as const;
    const ledger = { cells: { applicationLimit: cell }, yielded: {} };
    const outlook = { ...coupon([layer()]), ledger, known: { applicationLimit: "REPEAT_CUSTOMER_ONLY" }, from: at("2026-11-27T12:00") };

    expect(told(outlook, "2026-11-27T12:00", "2026-11-27T13:00").lines).toEqual([
      "2026-11-27T12:00:00Z/2026-11-27T12:01:00Z REPEAT_CUSTOMER_ONLY",
      "2026-11-27T12:01:00Z/undefined REPEAT_CUSTOMER_ONLY",
    ]);
  });

  it("makes two segments where only the loser changes", () => {
    const loser = layer({ id: "loser", start: "2026-11-27T11:00", end: "2026-11-27T13:00", priority: -1 });

    expect(told(coupon([layer(), loser]), "2026-11-27T10:00", "2026-11-27T12:00").lines).toEqual([
      "2026-11-27T10:00:00Z/2026-11-27T11:00:00Z UNLIMITED",
      "2026-11-27T11:00:00Z/2026-11-27T12:00:00Z UNLIMITED",
    ]);
  });
});

describe("the next switches", () => {
  it("are the changes of value over all targets, in order of time and then of target, with the campaigns behind them", () => {
    const later = layer({ id: "later", start: "2026-11-27T11:00", end: "2026-11-27T12:00" });

    const switches = nextSwitches([coupon([layer()], "8"), coupon([later], "7")], FROM, 10);

    expect(switches).toMatchObject([
      { at: at("2026-11-27T10:00"), target: { id: "8" }, before: AS_FOUND, after: "UNLIMITED", campaignIds: ["sale"] },
      { at: at("2026-11-27T11:00"), target: { id: "7" }, before: AS_FOUND, after: "UNLIMITED", campaignIds: ["later"] },
      { at: at("2026-11-27T12:00"), target: { id: "7" }, before: "UNLIMITED", after: AS_FOUND, campaignIds: ["later"] },
      { at: at("2026-11-27T12:00"), target: { id: "8" }, before: "UNLIMITED", after: AS_FOUND, campaignIds: ["sale"] },
    ]);
    expect(switches[3]?.reason).toBe('"sale" is over');
  });

  it("are as many as asked for, later than the instant given, and of the earliest though their target comes last", () => {
    const early = layer({ id: "early", start: "2026-11-27T09:00", end: "2026-11-27T09:30" });
    const outlooks = [coupon([weekly], "1"), coupon([weekly], "2"), coupon([early], "3")];

    expect(nextSwitches(outlooks, FROM, 3).map(({ target }) => target.id)).toEqual(["3", "3", "1"]);
    expect(nextSwitches(outlooks, at("2026-11-27T09:00"), 1)).toMatchObject([{ at: at("2026-11-27T09:30") }]);
    expect(nextSwitches([coupon([weekly], "8"), coupon([weekly], "7")], FROM, 1).map(({ target }) => target.id)).toEqual(["7"]);
    expect(nextSwitches(outlooks, FROM, 0)).toEqual([]);
  });

  it("name the campaign that takes over and the one it takes over from", () => {
    const stronger = layer({ id: "stronger", start: "2026-11-27T11:00", priority: 1, limit: "REPEAT_CUSTOMER_ONLY" });

    const [, second] = nextSwitches([coupon([layer(), stronger])], FROM, 2);

    expect(second).toMatchObject({ before: "UNLIMITED", after: "REPEAT_CUSTOMER_ONLY", campaignIds: ["stronger", "sale"] });
  });

  it("are told by cell where a target has several at once, whichever campaign they are of", () => {
    const target = { kind: "promotion", id: promotionId("8") } as const;
    const layers = [layer({ id: "one", ask: groupsAsk([12, 3]) }), layer({ id: "other", ask: groupsAsk([4]) })];

    const cells = nextSwitches([{ ...coupon(layers), target }], FROM, 4).map(({ cell }) => cell);

    expect(cells).toEqual(["group:3", "group:4", "group:12", "group:3"]);
  });

  it("are none where for ever only those that lose come and go", () => {
    const forEver = layer({ end: undefined });
    const loser = layer({ id: "loser", priority: -1, repeat: "FREQ=DAILY" });

    expect(nextSwitches([coupon([forEver, loser])], at("2026-11-27T10:00"), 1)).toEqual([]);
  });

  it("pass over boundaries that change no value", () => {
    const same = layer({ id: "same", start: "2026-11-27T11:00", end: "2026-11-27T11:30" });

    expect(nextSwitches([coupon([layer(), same])], FROM, 10)).toHaveLength(2);
  });
});
