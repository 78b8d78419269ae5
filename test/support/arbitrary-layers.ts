import fc from "fast-check";
import { couponId, promotionId } from "../../lib/domain/identifiers.ts";
import { type Instant, MINUTE, plus } from "../../lib/domain/instant.ts";
import type { ApplicationLimit, Ask, Layer } from "../../lib/domain/layers/layer.ts";
import type { LiveTarget } from "../../lib/domain/live.ts";
import { at, layer } from "./layers.ts";

export const LIMITS: readonly ApplicationLimit[] = ["UNLIMITED", "NEW_CUSTOMER_ONLY", "REPEAT_CUSTOMER_ONLY"];
const GROUPS = [0, 1, 2, 3, 4, 5] as const;

/** Everything happens between these two instants, on whole minutes. */
export const FROM = at("2026-11-27T10:00");
export const UNTIL = at("2026-11-27T13:00");
const MINUTES = (UNTIL - FROM) / MINUTE;

const limit = fc.constantFrom(...LIMITS);
const couponAsk: fc.Arbitrary<Ask> = fc.record({
  kind: fc.constant("coupon" as const),
  applicationLimit: limit,
  afterwards: fc.option(limit, { nil: undefined }),
});

const groupIds = fc.subarray([...GROUPS]);
const changeAsk: fc.Arbitrary<Ask> = fc
  .record({ add: groupIds, remove: groupIds })
  .map(({ add, remove }) => ({ kind: "promotion", form: "change", add, remove: remove.filter((group) => !add.includes(group)) }));
const setAsk: fc.Arbitrary<Ask> = fc.subarray([...GROUPS], { minLength: 1 }).map((groups) => ({ kind: "promotion", form: "set", groups }));

function wallClock(minute: number): string {
  return `2026-11-27T${String(10 + Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;
}

function layers(ask: fc.Arbitrary<Ask>): fc.Arbitrary<readonly Layer[]> {
  const one = fc.record({
    ask,
    start: fc.integer({ min: 1, max: MINUTES - 20 }),
    length: fc.integer({ min: 1, max: 60 }),
    priority: fc.integer({ min: -1, max: 1 }),
    policy: fc.constantFrom("yield" as const, "enforce" as const),
  });
  return fc.array(one, { maxLength: 4 }).map((setups) =>
    setups.map(({ start, length, ...setup }, index) => {
      const end = wallClock(Math.min(start + length, MINUTES - 5));
      return layer({ ...setup, id: `campaign-${index}`, start: wallClock(start), end });
    }),
  );
}

/** A target with layers over it, and what is live before any of them. */
export interface TargetWorld {
  readonly layers: readonly Layer[];
  readonly live: LiveTarget;
}

const couponWorld: fc.Arbitrary<TargetWorld> = fc
  .record({ layers: layers(couponAsk), base: limit })
  .map(({ layers: over, base }) => ({ layers: over, live: { kind: "coupon", id: couponId("7"), applicationLimit: base } }));

const promotionWorld: fc.Arbitrary<TargetWorld> = fc
  .record({ layers: layers(fc.oneof(changeAsk, setAsk)), base: fc.subarray([...GROUPS], { minLength: 1 }) })
  .map(({ layers: over, base }) => ({
    layers: over,
    live: { kind: "promotion", id: promotionId("8"), triggers: { customerGroups: base }, customerGroups: base },
  }));

/** Coupons and promotions alike. */
export const targetWorld: fc.Arbitrary<TargetWorld> = fc.oneof(couponWorld, promotionWorld);

/** An instant of the worlds above, on a whole minute. */
export const someInstant: fc.Arbitrary<Instant> = fc.integer({ min: 0, max: MINUTES }).map((minute) => plus(FROM, minute * MINUTE));
