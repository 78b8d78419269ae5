import type * as FastCheck from "fast-check";
import { vi } from "vitest";

/** Set up for mutants only: the laws of test/property on so many cases, always the same ones, without a search for the smallest that fails. */
const MOST_CASES = Number(process.env["MUTATION_CASES"] ?? 40);

vi.mock("fast-check", async (importOriginal) => {
  const { default: all } = await importOriginal<typeof FastCheck>();
  const assert: typeof all.assert = (property, parameters) =>
    all.assert(property, {
      seed: 1,
      ...parameters,
      numRuns: Math.min(parameters?.numRuns ?? MOST_CASES, MOST_CASES),
      endOnFailure: true,
    });
  const few = { ...all, assert };
  return { ...few, default: few };
});
