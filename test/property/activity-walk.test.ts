import fc from "fast-check";
import { expect, it } from "vitest";
import { activitiesAt } from "../../lib/domain/layers/activity.ts";
import { createActivityWalk } from "../../lib/domain/layers/activity-walk.ts";
import { nextBoundary } from "../../lib/domain/ledger/decide-target.ts";
import { someInstant, targetWorld } from "../support/arbitrary-layers.ts";

it("a walk gives at each instant what asking every layer afresh gives", () => {
  fc.assert(
    fc.property(targetWorld, fc.array(someInstant, { minLength: 1, maxLength: 30 }), ({ layers }, instants) => {
      const stepAt = createActivityWalk(layers);

      for (const at of instants.toSorted((one, other) => one - other)) {
        const step = stepAt(at);

        expect(step.activities).toEqual(activitiesAt(layers, at));
        expect(step.nextBoundary).toBe(nextBoundary(layers, at));
      }
    }),
    { numRuns: 500 },
  );
});
