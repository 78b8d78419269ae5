import { generatePlan } from "./plan/generate-plan.ts";
import { simulate } from "./world/simulate.ts";

/** What a stretch of seeds came to. */
export interface Figures {
  readonly seeds: number;
  readonly counts: Readonly<Record<string, number>>;
  readonly failures: readonly { readonly seed: number; readonly invariant: string; readonly text: string }[];
}

/** @returns nothing yet. */
export function noFigures(): Figures {
  return { seeds: 0, counts: {}, failures: [] };
}

/** @returns both together. */
export function plusFigures(one: Figures, other: Figures): Figures {
  const counts = { ...one.counts };
  for (const [what, count] of Object.entries(other.counts)) counts[what] = (counts[what] ?? 0) + count;
  return { seeds: one.seeds + other.seeds, counts, failures: [...one.failures, ...other.failures] };
}

/** @returns what came of one seed. */
export async function runSeed(seed: number): Promise<Figures> {
  const { violations, counts } = await simulate(generatePlan(seed));
  const [first] = violations;
  const failures = first === undefined ? [] : [{ seed, invariant: first.invariant, text: JSON.stringify(first) }];
  return { seeds: 1, counts: Object.fromEntries(counts), failures };
}
