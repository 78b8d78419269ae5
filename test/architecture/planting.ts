/** A file that breaks one rule. Without the lines of `violation`, under `mendedPath` if it has one, the same file is fine. */
export interface Planting {
  readonly breaks: string;
  /** As Biome names it. */
  readonly rule: string;
  readonly path: string;
  readonly mendedPath?: string;
  readonly violation: string;
  readonly rest?: string;
}

export const FINE = "export const answer = 42;\n";

/** @returns the planted files, text per path. */
export function brokenFiles(plantings: readonly Planting[]): Readonly<Record<string, string>> {
  return Object.fromEntries(plantings.map(({ path, violation, rest = FINE }) => [path, violation + rest]));
}

/** @returns the same files without their violations. */
export function mendedFiles(plantings: readonly Planting[]): Readonly<Record<string, string>> {
  return Object.fromEntries(plantings.map(({ path, mendedPath = path, rest = FINE }) => [mendedPath, rest]));
}
