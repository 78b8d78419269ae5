import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { couponId, promotionId, type Target, targetKey } from "../../lib/domain/identifiers.ts";
import { earliest, HOUR, type Instant, plus } from "../../lib/domain/instant.ts";
import type { Layer } from "../../lib/domain/layers/layer.ts";
import { decideTarget, nextBoundary, type TargetDecision } from "../../lib/domain/ledger/decide-target.ts";
import { type CellKey, type CellValue, EMPTY_LEDGER, type Ledger } from "../../lib/domain/ledger/ledger.ts";
import type { LiveTarget } from "../../lib/domain/live.ts";
import { AS_FOUND, type CellOutlook, forecastAt, type TargetOutlook } from "../../lib/domain/timeline/forecast.ts";
import { nextSwitches, type Switch, timelineOf } from "../../lib/domain/timeline/timeline.ts";
import { FROM, LIMITS, someInstant, type TargetWorld, targetWorld, UNTIL } from "../support/arbitrary-layers.ts";

const LAST = plus(UNTIL, 24 * HOUR);
const GROUPS = [0, 1, 2, 3, 4, 5];
type Cells = Partial<Record<CellKey, CellValue>>;

interface Reached {
  readonly at: Instant;
  readonly live: LiveTarget;
  readonly ledger: Ledger;
}

function cellsOf(live: LiveTarget): Cells {
  if (live.kind === "coupon") return { applicationLimit: live.applicationLimit };
  return Object.fromEntries(GROUPS.map((group) => [`group:${group}`, live.customerGroups?.includes(group) ? "in" : "out"]));
}

function targetOf({ live }: TargetWorld): Target {
  return live.kind === "coupon" ? { kind: "coupon", id: couponId("7") } : { kind: "promotion", id: promotionId("8") };
}

function apply({ live }: Reached, { change, ledgerAfter }: TargetDecision): Pick<Reached, "live" | "ledger"> {
  fc.pre(change.kind !== "refused");
  if (change.kind === "limit" && live.kind === "coupon") return { live: { ...live, applicationLimit: change.after }, ledger: ledgerAfter };
  if (change.kind === "groups" && live.kind === "promotion")
    return { live: { ...live, customerGroups: change.after }, ledger: ledgerAfter };
  return { live, ledger: ledgerAfter };
}

/** What the reconcile's own decision leads to, at each boundary and each second look from `start` to `to`. */
function stepThrough(layers: readonly Layer[], start: Reached, to: Instant): readonly Reached[] {
  const reached: Reached[] = [];
  let held = start;
  let at: Instant | undefined = start.at;
  while (at !== undefined && at <= to) {
    const decision = decideTarget({ layers, live: held.live, ledger: held.ledger, at, missingGroups: new Set() });
    held = { at, ...apply(held, decision) };
    reached.push(held);
    at = earliest(nextBoundary(layers, at), decision.recheckAt);
  }
  return reached;
}

/** A world that runs until some instant, at which a person may set another value. */
const runs = fc.record({ world: targetWorld, from: someInstant, edited: fc.option(fc.nat(), { nil: undefined }) });

function run({ world, from, edited }: typeof runs extends fc.Arbitrary<infer Run> ? Run : never) {
  const begun = stepThrough(world.layers, { at: FROM, live: world.live, ledger: EMPTY_LEDGER }, from).at(-1);
  const { live, ledger } = begun ?? { live: world.live, ledger: EMPTY_LEDGER };
  const start = { at: from, live: edited === undefined ? live : editedBy(live, edited), ledger };
  return { ...world, start, outlook: outlookOf(world, start, cellsOf(start.live)) };
}

function editedBy(live: LiveTarget, chance: number): LiveTarget {
  if (live.kind === "coupon") return { ...live, applicationLimit: LIMITS[chance % LIMITS.length] ?? "UNLIMITED" };
  const chosen = GROUPS.filter((group) => ((chance % 63) + 1) & (1 << group));
  return { ...live, customerGroups: chosen };
}

function outlookOf(world: TargetWorld, { at, ledger }: Reached, known: Cells | undefined): TargetOutlook {
  return { target: targetOf(world), layers: world.layers, ledger, from: at, ...(known !== undefined && { known }) };
}

function valuesOf(cells: readonly CellOutlook[]): Cells {
  return Object.fromEntries(cells.map(({ cell, value }) => [cell, value]));
}

describe("the timeline is what the reconcile's decisions lead to", () => {
  it("at every boundary, where the live value is known, whatever a person set", () => {
    fc.assert(
      fc.property(runs, (running) => {
        const { layers, start, outlook } = run(running);
        const { segments } = timelineOf(outlook, start.at, LAST, 1_000);

        for (const { at, live } of stepThrough(layers, start, UNTIL)) {
          const segment = segments.findLast(({ from }) => from <= at);
          expect(valuesOf(segment?.cells ?? [])).toEqual(cellsOf(live));
        }
      }),
      { numRuns: 500 },
    );
  });

  it("at every boundary, where nobody has looked, but for what is as it was found", () => {
    fc.assert(
      fc.property(targetWorld, someInstant, (world, from) => {
        const begun = stepThrough(world.layers, { at: FROM, live: world.live, ledger: EMPTY_LEDGER }, from).at(-1);
        fc.pre(begun !== undefined);
        const start = { ...begun, at: from };
        const outlook = outlookOf(world, start, undefined);

        for (const { at, live } of stepThrough(world.layers, start, UNTIL)) {
          const actual = cellsOf(live);
          const asFound = cellsOf(start.live);
          for (const { cell, value } of forecastAt(outlook, at).cells)
            expect(value === AS_FOUND ? asFound[cell] : value).toBe(actual[cell]);
        }
      }),
      { numRuns: 500 },
    );
  });

  it("and names as winner the campaign that the reconcile's ledger holds the cell for", () => {
    fc.assert(
      fc.property(runs, (running) => {
        const { layers, start, outlook } = run(running);
        for (const { at, ledger } of stepThrough(layers, start, UNTIL)) {
          for (const { cell, winner, base } of forecastAt(outlook, at).cells) {
            const held = ledger.cells[cell];
            // A cell under doubt is still held for the window that is over.
            if (held === undefined || held.doubt !== undefined) continue;
            expect({ window: winner?.window, base }).toEqual({ window: held.window, base: held.base });
          }
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe("the ways to ask agree", () => {
  it("the forecast for an instant is the segment of the timeline that contains it", () => {
    fc.assert(
      fc.property(runs, someInstant, (running, at) => {
        const { outlook } = run(running);
        const asOf = at < outlook.from ? outlook.from : at;
        const { segments } = timelineOf(outlook, outlook.from, LAST, 1_000);

        const forecast = forecastAt(outlook, at);

        const containing = segments.find(({ from, to }) => from <= asOf && (to === undefined || asOf < to));
        const later = segments.find(
          ({ from, cells }) => from > asOf && cells.some(({ value }, index) => value !== containing?.cells[index]?.value),
        );
        const { nextChangeAt } = forecast;
        expect(forecast).toMatchObject({ at: asOf, cells: containing?.cells, nextEventAt: containing?.to });
        if (later === undefined) expect(nextChangeAt === undefined || nextChangeAt >= LAST).toBe(true);
        else expect(nextChangeAt).toBe(later.from);
      }),
      { numRuns: 300 },
    );
  });

  it("segments follow on each other without a gap, and differ from one to the next", () => {
    fc.assert(
      fc.property(runs, (running) => {
        const { outlook } = run(running);
        const { segments, complete } = timelineOf(outlook, outlook.from, LAST, 1_000);

        expect(complete).toBe(true);
        expect(segments[0]?.from).toBe(outlook.from);
        expect(segments.at(-1)?.to).toBeUndefined();
        segments.slice(1).forEach((segment, index) => {
          expect(segment.from).toBe(segments[index]?.to);
          expect(withoutReasons(segment.cells)).not.toEqual(withoutReasons(segments[index]?.cells ?? []));
        });
      }),
      { numRuns: 300 },
    );
  });

  it("the next switches are the changes of value between the segments of all targets", () => {
    fc.assert(
      fc.property(fc.array(runs, { maxLength: 3 }), fc.integer({ min: 1, max: 12 }), someInstant, (running, count, after) => {
        const outlooks = running.map(run).map(({ outlook }, index) => renamed(outlook, String(index + 1)));

        const switches = nextSwitches(outlooks, after, count);

        const expected = outlooks.flatMap(switchesBySegments).filter(({ at }) => at > after);
        expect(switches.map(plainly)).toEqual(expected.toSorted(inOrder).slice(0, count).map(plainly));
      }),
      { numRuns: 300 },
    );
  });
});

function withoutReasons(cells: readonly CellOutlook[]): readonly unknown[] {
  return cells.map(({ reason: _told, ...rest }) => rest);
}

function renamed(outlook: TargetOutlook, id: string): TargetOutlook {
  const target: Target =
    outlook.target.kind === "coupon" ? { kind: "coupon", id: couponId(id) } : { kind: "promotion", id: promotionId(id) };
  return { ...outlook, target };
}

function inOrder(one: Plain, other: Plain): number {
  return (
    one.at - other.at || (targetKey(one.target) < targetKey(other.target) ? -1 : targetKey(one.target) > targetKey(other.target) ? 1 : 0)
  );
}

type Plain = Pick<Switch, "at" | "target" | "cell" | "before" | "after">;

function plainly({ at, target, cell, before, after }: Plain): Plain {
  return { at, target, cell, before, after };
}

function switchesBySegments(outlook: TargetOutlook): readonly Plain[] {
  const { segments } = timelineOf(outlook, outlook.from, LAST, 1_000);
  return segments.slice(1).flatMap(({ from, cells }, index) => {
    const before = valuesOf(segments[index]?.cells ?? []);
    return cells.flatMap(({ cell, value }) =>
      before[cell] === value ? [] : [{ at: from, target: outlook.target, cell, before: before[cell] ?? "", after: value }],
    );
  });
}
