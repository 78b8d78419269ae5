import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { campaignOfWindow, couponId, promotionId, type Target, targetKey } from "../../lib/domain/identifiers.ts";
import { formatInstant, type Instant, MINUTE, parseInstant, plus } from "../../lib/domain/instant.ts";
import type { CellKey, CellValue } from "../../lib/domain/ledger/ledger.ts";
import type { JsonObject } from "../../lib/domain/live.ts";
import { AS_FOUND, forecastAt, type TargetOutlook } from "../../lib/domain/timeline/forecast.ts";
import { LIMITS } from "../support/arbitrary-layers.ts";
import { COUPON, createWorld, PROMOTION, type Record, STORE, sale, type World } from "../support/world.ts";

const TARGETS: readonly Target[] = [
  { kind: "coupon", id: couponId(String(COUPON)) },
  { kind: "promotion", id: promotionId(String(PROMOTION)) },
];
/** Campaigns are put before the first minute, and everything is over after the last. */
const BEGIN = parseInstant("2026-11-27T09:10:00Z");
const MINUTES = 60;

function time(minute: number): string {
  return formatInstant(plus(BEGIN, minute * MINUTE)).slice(0, "2026-11-27T09:10".length);
}

const limit = fc.constantFrom(...LIMITS);
/** Group 0 is never taken out, so that no list is ever left empty, which only Ecwid's own list could tell. */
const groups = fc.subarray([2, 3, 4, 5], { minLength: 1 });

const setup = fc.record({
  start: fc.integer({ min: 1, max: MINUTES - 20 }),
  length: fc.integer({ min: 1, max: 18 }),
  daily: fc.boolean(),
  priority: fc.integer({ min: -1, max: 1 }),
  enforce: fc.boolean(),
  applicationLimit: fc.option(limit, { nil: undefined }),
  afterwards: fc.option(limit, { nil: undefined }),
  groups: fc.option(fc.record({ form: fc.constantFrom("addGroups", "removeGroups", "setGroups"), groups }), { nil: undefined }),
  forced: fc.option(fc.record({ state: fc.constantFrom("on", "off"), until: fc.integer({ min: 1, max: MINUTES }) }), { nil: undefined }),
});

function recordOf(each: typeof setup extends fc.Arbitrary<infer Setup> ? Setup : never, index: number): Record {
  const { start, length, daily, priority, enforce, applicationLimit, afterwards, forced } = each;
  const coupon = { couponId: String(COUPON), applicationLimit: applicationLimit ?? "UNLIMITED", ...(afterwards && { afterwards }) };
  const promotions: JsonObject[] =
    each.groups === undefined ? [] : [{ promotionId: String(PROMOTION), [each.groups.form]: each.groups.groups }];
  return sale({
    campaignId: `campaign-${index}`,
    start: time(start),
    end: time(start + length),
    ...(daily && { repeat: "FREQ=DAILY" }),
    priority,
    onManualEdit: enforce ? "enforce" : "yield",
    coupons: applicationLimit === undefined && promotions.length > 0 ? [] : [coupon],
    promotions,
    ...(forced && { override: { state: forced.state, until: time(forced.until), reason: "a test" } }),
  });
}

/** What the CLI knows: what Doorman keeps of a target, and nothing of Ecwid. */
async function outlookOf(world: World, target: Target): Promise<TargetOutlook> {
  const key = targetKey(target);
  const [layers, { ledger }] = [await world.state.layersOf(STORE, key), await world.state.readTarget(STORE, key)];
  return { target, layers, ledger, from: world.clock.now() };
}

function live(world: World, cell: CellKey): CellValue {
  if (cell === "applicationLimit") return String(world.limit());
  const present = world.groups();
  return Array.isArray(present) && present.includes(Number(cell.slice("group:".length))) ? "in" : "out";
}

interface Asked {
  readonly outlook: TargetOutlook;
  /** What was live when the forecast was asked for, and what it calls "as found". */
  readonly found: ReadonlyMap<CellKey, CellValue>;
}

async function ask(world: World, target: Target): Promise<Asked> {
  const outlook = await outlookOf(world, target);
  return { outlook, found: new Map(forecastAt(outlook, outlook.from).cells.map(({ cell }) => [cell, live(world, cell)])) };
}

async function expectForetold(world: World, { outlook, found }: Asked, at: Instant): Promise<void> {
  const { ledger } = await world.state.readTarget(STORE, targetKey(outlook.target));
  for (const { cell, value, winner } of forecastAt(outlook, at).cells) {
    expect({ cell, value: live(world, cell) }).toEqual({ cell, value: value === AS_FOUND ? found.get(cell) : value });
    const held = ledger.cells[cell];
    // A group that is out already while a whole list leaves it out is not held: Ecwid's list does not name it.
    if (held === undefined && live(world, cell) === "out" && winner?.value === "out") continue;
    expect({ cell, winner: winner?.campaignId }).toEqual({ cell, winner: held && campaignOfWindow(held.window) });
  }
}

describe("a forecast made beforehand", () => {
  it("is what the reconcile brings about, and its winner the campaign that the ledger then names", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(setup, { minLength: 1, maxLength: 4 }),
        fc.integer({ min: 0, max: MINUTES }),
        fc.array(fc.integer({ min: 0, max: 24 * 60 }), { minLength: 4, maxLength: 4 }),
        async (setups, askedAfter, probes) => {
          const world = createWorld({ now: "2026-11-27T09:00:00Z" });
          for (const [index, each] of setups.entries()) await world.put(recordOf(each, index));
          await world.runTo(`${time(askedAfter)}:30Z`);
          const asked = await Promise.all(TARGETS.map((target) => ask(world, target)));

          for (const minute of [askedAfter, ...probes.map((probe) => askedAfter + (probe % 90))].toSorted((one, other) => one - other)) {
            const at = parseInstant(`${time(minute)}:30Z`);
            await world.runTo(formatInstant(at));
            // An empty list of groups is refused by what Ecwid holds, which no forecast knows.
            fc.pre(!world.events.some((event) => event.kind === "attempt-failed"));
            for (const each of asked) await expectForetold(world, each, at);
          }
        },
      ),
      { numRuns: 60 },
    );
  });
});
