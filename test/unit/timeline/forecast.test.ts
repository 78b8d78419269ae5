import { describe, expect, it } from "vitest";
import { campaignId, couponId, promotionId, windowId } from "../../../lib/domain/identifiers.ts";
import type { Layer } from "../../../lib/domain/layers/layer.ts";
import type { CellLedger } from "../../../lib/domain/ledger/ledger.ts";
import { EMPTY_LEDGER, type Ledger } from "../../../lib/domain/ledger/ledger.ts";
import { AS_FOUND, forecastAt, type TargetOutlook } from "../../../lib/domain/timeline/forecast.ts";
import { at, groupsAsk, layer } from "../../support/layers.ts";

const FROM = at("2026-11-27T09:00");
const SALE_WINDOW = windowId(campaignId("sale"), "2026-11-27T10:00:00Z");

function coupon(layers: readonly Layer[], rest: Partial<TargetOutlook> = {}): TargetOutlook {
  return { target: { kind: "coupon", id: couponId("7") }, layers, ledger: EMPTY_LEDGER, from: FROM, ...rest };
}

function promotion(layers: readonly Layer[], rest: Partial<TargetOutlook> = {}): TargetOutlook {
  return { ...coupon(layers, rest), target: { kind: "promotion", id: promotionId("8") } };
}

function held(changes: Partial<CellLedger> = {}): CellLedger {
  return {
    base: "NEW_CUSTOMER_ONLY",
    written: "UNLIMITED",
    window: SALE_WINDOW,
    policy: "yield",
    standIn: false,
    heldAt: at("2026-11-27T10:00"),
    ...changes,
  };
}

const heldBySale: Ledger = { cells: { applicationLimit: held() }, yielded: {} };
const yieldedBySale: Ledger = { ...heldBySale, yielded: { applicationLimit: [SALE_WINDOW] } };

describe("what a cell will hold", () => {
  it("is as found where nobody has looked and no campaign asks, until the first window", () => {
    const forecast = forecastAt(coupon([layer()]), FROM);

    expect(forecast).toMatchObject({ at: FROM, nextChangeAt: at("2026-11-27T10:00") });
    expect(forecast.cells).toMatchObject([
      { cell: "applicationLimit", value: AS_FOUND, base: AS_FOUND, winner: undefined, losers: [], gaveWay: false },
    ]);
    expect(forecast.cells[0]?.reason).toBe("no campaign asks for anything");
  });

  it("is what the campaign asks for in its window, with the campaign named, and why", () => {
    const forecast = forecastAt(coupon([layer()]), at("2026-11-27T11:00"));

    expect(forecast.nextChangeAt).toBe(at("2026-11-27T12:00"));
    expect(forecast.cells).toEqual([
      {
        cell: "applicationLimit",
        value: "UNLIMITED",
        base: AS_FOUND,
        winner: {
          campaignId: "sale",
          campaignName: "sale",
          window: SALE_WINDOW,
          value: "UNLIMITED",
          priority: 0,
          startedAt: at("2026-11-27T10:00"),
          endsAt: at("2026-11-27T12:00"),
        },
        losers: [],
        gaveWay: false,
        reason: '"sale" is on until 2026-11-27 12:00:00 UTC',
      },
    ]);
  });

  it("is the base again after the window, and nothing changes any more", () => {
    const forecast = forecastAt(coupon([layer()]), at("2026-11-28T00:00"));

    expect(forecast).toMatchObject({ nextChangeAt: undefined, cells: [{ value: AS_FOUND, winner: undefined, reason: '"sale" is over' }] });
  });

  it("is what was found to be live, where somebody looked", () => {
    const known = { applicationLimit: "REPEAT_CUSTOMER_ONLY" };
    const outlook = coupon([layer()], { known });

    expect(forecastAt(outlook, at("2026-11-27T11:00")).cells).toMatchObject([{ value: "UNLIMITED", base: "REPEAT_CUSTOMER_ONLY" }]);
    expect(forecastAt(outlook, at("2026-11-27T12:00")).cells).toMatchObject([{ value: "REPEAT_CUSTOMER_ONLY" }]);
  });

  it("is `afterwards` of the campaign that left last, not of one that left before it", () => {
    const first = layer({ id: "first", afterwards: "REPEAT_CUSTOMER_ONLY" });
    const last = layer({ id: "last", start: "2026-11-27T11:00", end: "2026-11-27T13:00", afterwards: "NEW_CUSTOMER_ONLY" });

    expect(forecastAt(coupon([first, last]), at("2026-11-27T14:00")).cells).toMatchObject([{ value: "NEW_CUSTOMER_ONLY" }]);
    expect(forecastAt(coupon([first]), at("2026-11-27T14:00")).cells).toMatchObject([{ value: "REPEAT_CUSTOMER_ONLY" }]);
  });

  it("comes from the ledger where a campaign holds the cell already", () => {
    const outlook = coupon([layer()], { ledger: heldBySale, from: at("2026-11-27T10:30") });

    expect(forecastAt(outlook, at("2026-11-27T11:00")).cells).toMatchObject([{ value: "UNLIMITED", base: "NEW_CUSTOMER_ONLY" }]);
    expect(forecastAt(outlook, at("2026-11-27T12:00")).cells).toMatchObject([{ value: "NEW_CUSTOMER_ONLY", winner: undefined }]);
  });

  it("changes next when its value does, not when one that loses comes or goes", () => {
    const weak = layer({ id: "weak", priority: -1, limit: "NEW_CUSTOMER_ONLY", start: "2026-11-27T10:30", end: "2026-11-27T11:30" });

    const forecast = forecastAt(coupon([layer(), weak]), at("2026-11-27T11:00"));

    expect(forecast).toMatchObject({ nextEventAt: at("2026-11-27T11:30"), nextChangeAt: at("2026-11-27T12:00") });
  });

  it("changes next at the first of several windows ahead", () => {
    const daily = layer({ repeat: "FREQ=DAILY;COUNT=3" });

    expect(forecastAt(coupon([daily]), FROM).nextChangeAt).toBe(at("2026-11-27T10:00"));
    expect(forecastAt(coupon([daily]), at("2026-11-27T11:00")).nextChangeAt).toBe(at("2026-11-27T12:00"));
  });

  it("has no next change where for ever only those that lose come and go", () => {
    const forEver = layer({ end: undefined });
    const weekly = layer({ id: "weak", priority: -1, start: "2026-11-27T10:30", end: "2026-11-27T11:30", repeat: "FREQ=WEEKLY" });

    const forecast = forecastAt(coupon([forEver, weekly]), at("2026-11-27T11:00"));

    expect(forecast).toMatchObject({ nextEventAt: at("2026-11-27T11:30"), nextChangeAt: undefined });
  });

  it("does not reach back before what the ledger tells", () => {
    expect(forecastAt(coupon([layer()]), at("2026-11-01T00:00")).at).toBe(FROM);
  });
});

describe("who wins and who loses", () => {
  const weak = layer({ id: "weak", limit: "NEW_CUSTOMER_ONLY" });
  const late = layer({ id: "late", limit: "REPEAT_CUSTOMER_ONLY", start: "2026-11-27T10:30" });
  const strong = layer({ id: "strong", priority: 5, start: "2026-11-27T10:15", end: "2026-11-27T11:00" });
  const outlook = coupon([weak, late, strong]);

  it.each([
    { time: "2026-11-27T10:00", winner: "weak", losers: [] },
    { time: "2026-11-27T10:15", winner: "strong", losers: ["weak"] },
    { time: "2026-11-27T10:45", winner: "strong", losers: ["late", "weak"] },
    { time: "2026-11-27T11:00", winner: "late", losers: ["weak"] },
  ])("at $time $winner wins over $losers", ({ time, winner, losers }) => {
    const [cell] = forecastAt(outlook, at(time)).cells;

    expect(cell?.winner?.campaignId).toBe(winner);
    expect(cell?.losers.map((loser) => loser.campaignId)).toEqual(losers);
  });

  it("a campaign that is forced on counts as started last, and one that is held off does not count until it lapses", () => {
    const until = at("2026-11-27T11:00");
    const forced = { ...weak, override: { state: "on", until, reason: "now" } } as const;
    const off = { ...late, override: { state: "off", until, reason: "stock ran out" } } as const;

    const before = forecastAt(coupon([forced, off]), at("2026-11-27T10:45"));
    const after = forecastAt(coupon([forced, off]), until);

    expect(before.cells).toMatchObject([{ winner: { campaignId: "weak", startedAt: "forced", endsAt: until }, losers: [] }]);
    expect(before.cells[0]?.reason).toBe('"weak" is forced on by an override (now)');
    expect(after.cells).toMatchObject([{ winner: { campaignId: "late" }, losers: [{ campaignId: "weak" }] }]);
  });

  it("a disabled campaign neither wins nor loses", () => {
    expect(forecastAt(coupon([layer({ enabled: false })]), at("2026-11-27T11:00")).cells).toMatchObject([
      { winner: undefined, losers: [] },
    ]);
  });
});

describe("a window that gave way to a person", () => {
  it("leaves the person's value until it ends, and keeps it then", () => {
    const outlook = coupon([layer()], { ledger: yieldedBySale, from: at("2026-11-27T10:30") });

    const during = forecastAt(outlook, at("2026-11-27T11:00"));
    const after = forecastAt(outlook, at("2026-11-27T12:00"));

    expect(during.cells).toMatchObject([{ value: AS_FOUND, base: "NEW_CUSTOMER_ONLY", gaveWay: true, winner: { campaignId: "sale" } }]);
    expect(after.cells).toMatchObject([{ value: AS_FOUND, gaveWay: false, winner: undefined }]);
  });

  it("says the person's value where it was seen, and of one that nobody saw only that it is another", () => {
    const seen = { cells: { applicationLimit: held({ setByPerson: "REPEAT_CUSTOMER_ONLY" }) }, yielded: yieldedBySale.yielded };
    const reasonsFrom = (ledger: Ledger) =>
      ["2026-11-27T11:00", "2026-11-27T12:00"].map(
        (time) => forecastAt(coupon([layer()], { ledger, from: at("2026-11-27T10:30") }), at(time)).cells[0]?.reason,
      );

    expect(forecastAt(coupon([layer()], { ledger: seen, from: at("2026-11-27T10:30") }), at("2026-11-27T11:00")).cells).toMatchObject([
      { value: "REPEAT_CUSTOMER_ONLY", gaveWay: true },
    ]);
    expect(reasonsFrom(seen)).toEqual([
      'somebody set REPEAT_CUSTOMER_ONLY in Ecwid; "sale" gives way until its window ends',
      '"sale" is over, but somebody set REPEAT_CUSTOMER_ONLY in Ecwid: kept',
    ]);
    expect(reasonsFrom(yieldedBySale)).toEqual([
      'somebody set another value in Ecwid; "sale" gives way until its window ends',
      '"sale" is over, but somebody set another value in Ecwid: kept',
    ]);
  });

  it("does not bind the campaign's next window, which takes the person's value for the base", () => {
    const weekly = layer({ repeat: "FREQ=WEEKLY" });
    const outlook = coupon([weekly], { ledger: yieldedBySale, from: at("2026-11-27T10:30") });

    expect(forecastAt(outlook, at("2026-12-04T10:00")).cells).toMatchObject([{ value: "UNLIMITED", base: AS_FOUND, gaveWay: false }]);
    expect(forecastAt(outlook, at("2026-12-04T12:00")).cells).toMatchObject([{ value: AS_FOUND }]);
  });

  it("a group can only have been set to the other of its two values", () => {
    const window = windowId(campaignId("sale"), "2026-11-27T10:00:00Z");
    const ledger = { cells: { "group:3": held({ base: "out", written: "in", window }) }, yielded: { "group:3": [window] } } as const;
    const outlook = promotion([layer({ ask: groupsAsk([3]) })], { ledger, from: at("2026-11-27T10:30") });

    expect(forecastAt(outlook, at("2026-11-27T11:00")).cells).toMatchObject([{ cell: "group:3", value: "out", gaveWay: true }]);
  });

  it("is foretold from a value that somebody saw: doubted for a minute, then believed", () => {
    const from = at("2026-11-27T10:30");
    const known = { applicationLimit: "REPEAT_CUSTOMER_ONLY" };
    const outlook = coupon([layer()], { ledger: heldBySale, from, known });

    expect(forecastAt(outlook, from)).toMatchObject({ nextEventAt: at("2026-11-27T10:31"), cells: [{ gaveWay: false }] });
    expect(forecastAt(outlook, at("2026-11-27T10:31")).cells).toMatchObject([{ value: "REPEAT_CUSTOMER_ONLY", gaveWay: true }]);
  });

  it("goes by a doubt in the ledger as to what is live", () => {
    const doubt = { value: "REPEAT_CUSTOMER_ONLY", seenAt: at("2026-11-27T10:29") };
    const ledger = { cells: { applicationLimit: held({ doubt }) }, yielded: {} };
    const outlook = coupon([layer()], { ledger, from: at("2026-11-27T10:30") });

    expect(forecastAt(outlook, at("2026-11-27T10:30")).cells).toMatchObject([{ value: "REPEAT_CUSTOMER_ONLY", gaveWay: true }]);
  });
});

describe("the groups of a promotion", () => {
  it("are foretold where any campaign names them, in order of their ids", () => {
    const outlook = promotion([
      layer({ ask: groupsAsk([12], [3]) }),
      layer({ id: "later", start: "2026-11-27T11:00", ask: groupsAsk([4]) }),
    ]);

    const { cells } = forecastAt(outlook, at("2026-11-27T10:00"));

    expect(cells.map(({ cell, value }) => [cell, value])).toEqual([
      ["group:3", "out"],
      ["group:4", AS_FOUND],
      ["group:12", "in"],
    ]);
  });

  it("are all out but those listed while a campaign gives the whole list", () => {
    const whole = layer({ ask: { kind: "promotion", form: "set", groups: [3] } });
    const outlook = promotion([whole], { known: { "group:1": "in", "group:2": "out", "group:3": "out" } });

    const values = (time: string) => forecastAt(outlook, at(time)).cells.map(({ value }) => value);

    expect(values("2026-11-27T10:00")).toEqual(["out", "out", "in"]);
    expect(values("2026-11-27T12:00")).toEqual(["in", "out", "out"]);
  });
});
