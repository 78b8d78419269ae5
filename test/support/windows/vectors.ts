import { readFileSync } from "node:fs";
import type { Answer, AskedRule } from "./asked-rule.ts";

/** A rule and what dateutil and zoneinfo say of it at some instants. */
export interface Vector extends AskedRule {
  readonly at: readonly Answer[];
}

export const VECTOR_KINDS = ["single", "daily", "weekly", "monthly", "yearly"] as const;

/** @returns the vectors that test/fixtures/windows/generate.py wrote, one a line. */
export function readVectors(kind: (typeof VECTOR_KINDS)[number]): readonly Vector[] {
  const text = readFileSync(new URL(`../../fixtures/windows/${kind}.jsonl`, import.meta.url), "utf8");
  return text
    .trimEnd()
    .split("\n")
    .map((line): Vector => JSON.parse(line));
}
