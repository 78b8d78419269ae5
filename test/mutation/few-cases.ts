import fc, { type IRawProperty, type Parameters } from "fast-check";

/** Stands in for fast-check while mutants are tried: the laws on few cases, always the same, and no search for the smallest that fails. */
const MOST_CASES = Number(process.env["MUTATION_CASES"] ?? 5);

function assertFew<Values>(property: IRawProperty<Values>, parameters: Parameters<Values> = {}): unknown {
  const numRuns = Math.min(parameters.numRuns ?? MOST_CASES, MOST_CASES);
  return fc.assert(property, { seed: 1, ...parameters, numRuns, endOnFailure: true });
}

// biome-ignore lint/performance/noBarrelFile: every other name is the package's own
// biome-ignore lint/performance/noReExportAll: the same
export * from "fast-check";
export const assert = assertFew;
// biome-ignore lint/style/noDefaultExport: the package has one
export default { ...fc, assert };
