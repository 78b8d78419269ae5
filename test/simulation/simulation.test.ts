import { describe, expect, it } from "vitest";
import { generatePlan } from "./plan/generate-plan.ts";
import { noFigures, plusFigures, runSeed } from "./run-seeds.ts";
import { simulate } from "./world/simulate.ts";

describe("the application, whatever goes wrong", () => {
  it("keeps every law over a hundred seeds", { timeout: 600_000 }, async () => {
    let figures = noFigures();

    for (let seed = 1; seed <= 100; seed += 1) figures = plusFigures(figures, await runSeed(seed));

    expect(figures.failures).toEqual([]);
    // Things did go wrong: deaths at every kind of moment, lost ticks and messages, refusals, stale reads, people's edits.
    expect(Object.keys(figures.counts).length).toBeGreaterThan(50);
  });

  it("runs the same way again from the same seed", async () => {
    for (const seed of [3, 7, 21]) {
      const [one, other] = [await simulate(generatePlan(seed)), await simulate(generatePlan(seed))];

      expect(other.digest).toBe(one.digest);
      expect(other.counts).toEqual(one.counts);
    }
  });
});
