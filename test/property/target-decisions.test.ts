import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { earliest, HOUR, type Instant, parseInstant, plus } from "../../lib/domain/instant.ts";
import type { Layer } from "../../lib/domain/layers/layer.ts";
import { decideTarget, nextBoundary, type TargetDecision } from "../../lib/domain/ledger/decide-target.ts";
import { EMPTY_LEDGER, isOpen, type Ledger } from "../../lib/domain/ledger/ledger.ts";
import type { LiveTarget } from "../../lib/domain/live.ts";
import { FROM, LIMITS, someInstant, targetWorld, UNTIL } from "../support/arbitrary-layers.ts";

interface Held {
  readonly live: LiveTarget;
  readonly ledger: Ledger;
}

function decide(layers: readonly Layer[], { live, ledger }: Held, at: Instant): TargetDecision {
  return decideTarget({ layers, live, ledger, at, missingGroups: new Set() });
}

/** What is there once a decision has been carried out. A refused one leaves everything as it was. */
function apply(held: Held, { change, ledgerAfter }: TargetDecision): Held {
  if (change.kind === "refused") return held;
  if (change.kind === "limit" && held.live.kind === "coupon")
    return { live: { ...held.live, applicationLimit: change.after }, ledger: ledgerAfter };
  if (change.kind === "groups" && held.live.kind === "promotion")
    return { live: { ...held.live, customerGroups: change.after }, ledger: ledgerAfter };
  return { ...held, ledger: ledgerAfter };
}

/** Every boundary between two instants, and every second look that a decision asks for, each decided and carried out. */
function runThrough(layers: readonly Layer[], start: Held, from: Instant, to: Instant): { readonly held: Held; readonly refused: boolean } {
  let held = start;
  let refused = false;
  let at: Instant | undefined = from;
  while (at !== undefined && at <= to) {
    const decision = decide(layers, held, at);
    refused ||= decision.change.kind === "refused";
    held = apply(held, decision);
    at = earliest(nextBoundary(layers, at), decision.recheckAt);
  }
  return { held, refused };
}

function valueIn(live: LiveTarget): unknown {
  return live.kind === "coupon" ? live.applicationLimit : new Set(live.customerGroups);
}

/** The value that a target comes to rest at: for a coupon `afterwards` may stand in for the base. */
function mayReturnTo(layers: readonly Layer[], base: LiveTarget): readonly unknown[] {
  const afterwards = layers.flatMap(({ ask }) => (ask.kind === "coupon" && ask.afterwards !== undefined ? [ask.afterwards] : []));
  return [valueIn(base), ...afterwards];
}

function startOf({ start }: Layer["windows"]): Instant {
  return start.kind === "local" ? parseInstant(`${start.dateTime}Z`) : start.at;
}

const atRest = { live: undefined, ledger: EMPTY_LEDGER };

describe("laws of a target's decision", () => {
  it("does not depend on the order of the layers", () => {
    fc.assert(
      fc.property(targetWorld, someInstant, fc.infiniteStream(fc.nat()), ({ layers, live }, at, chance) => {
        const shuffled = layers.map((layer) => ({ layer, key: chance.next().value })).toSorted((one, other) => one.key - other.key);

        const decision = decide(
          shuffled.map(({ layer }) => layer),
          { ...atRest, live },
          at,
        );

        expect(decision.change).toEqual(decide(layers, { ...atRest, live }, at).change);
        expect(decision.ledgerAfter).toEqual(decide(layers, { ...atRest, live }, at).ledgerAfter);
      }),
    );
  });

  it("carried out, leaves nothing to do", () => {
    fc.assert(
      fc.property(targetWorld, someInstant, someInstant, ({ layers, live }, one, other) => {
        const [earlier, later] = one < other ? [one, other] : [other, one];
        const { held } = runThrough(layers, { ...atRest, live }, FROM, earlier);
        const first = decide(layers, held, later);
        fc.pre(first.change.kind !== "refused");
        const done = apply(held, first);

        const second = decide(layers, done, later);

        expect(second.change).toEqual({ kind: "none" });
        expect(second.ledgerAfter).toEqual(done.ledger);
      }),
    );
  });

  it("gives the base back once all campaigns are over, and holds nothing", () => {
    fc.assert(
      fc.property(targetWorld, ({ layers, live }) => {
        const { held, refused } = runThrough(layers, { ...atRest, live }, FROM, UNTIL);
        fc.pre(!refused);

        expect(mayReturnTo(layers, live)).toContainEqual(valueIn(held.live));
        expect(isOpen(held.ledger)).toBe(false);
      }),
    );
  });

  it("comes to the same in the end however many boundaries nobody was there for", () => {
    fc.assert(
      fc.property(targetWorld, someInstant, ({ layers, live }, lastSeen) => {
        // A window that was missed as a whole has no say in what is returned to; one that was seen has.
        fc.pre(
          layers.every(({ ask, windows }) => ask.kind === "promotion" || ask.afterwards === undefined || startOf(windows) <= lastSeen),
        );
        const onTime = runThrough(layers, { ...atRest, live }, FROM, UNTIL);
        const until = runThrough(layers, { ...atRest, live }, FROM, lastSeen);
        fc.pre(!onTime.refused && !until.refused && isOpen(until.held.ledger));

        const late = apply(until.held, decide(layers, until.held, UNTIL));

        expect(valueIn(late.live)).toEqual(valueIn(onTime.held.live));
      }),
      { numRuns: 300 },
    );
  });

  it("returns in the end to what a person set while a campaign that yields held the coupon", () => {
    fc.assert(
      fc.property(targetWorld, someInstant, fc.constantFrom(...LIMITS), ({ layers, live }, editedAt, edited) => {
        fc.pre(live.kind === "coupon" && layers.every((layer) => layer.onManualEdit === "yield"));
        const before = runThrough(layers, { ...atRest, live }, FROM, editedAt).held;
        const written = before.ledger.cells.applicationLimit?.written;
        fc.pre(live.kind === "coupon" && written !== undefined && edited !== written);
        const changed = { ...before, live: { ...live, applicationLimit: edited } };

        const { held } = runThrough(layers, changed, editedAt, plus(UNTIL, HOUR));

        expect(mayReturnTo(layers, changed.live)).toContainEqual(valueIn(held.live));
        expect(isOpen(held.ledger)).toBe(false);
      }),
      { numRuns: 300 },
    );
  });
});
