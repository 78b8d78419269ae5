import { expect, it } from "vitest";
import { undocumentedFunctions } from "./docstrings.ts";
import { sourceFiles } from "./source-tree.ts";

it("every exported function of lib says what it means", () => {
  const files = sourceFiles("lib");

  const undocumented = files.flatMap(undocumentedFunctions);

  expect(files.length).toBeGreaterThan(10);
  expect(undocumented).toEqual([]);
});

it("a function without a docstring is found, in whichever form it is written", () => {
  const text = [
    "/** Documented. */",
    "export function documented(): void {}",
    "export function bare(): void {}",
    "export async function waiting(): Promise<void> {}",
    "export const arrow = (one: number): number => one;",
    "export const typed: Rule = (one) => one;",
    "export const generic = <Value>(value: Value) => value;",
    "// A remark is not a docstring.",
    "export function* remarked(): Generator<number> {}",
    "/** Documented over",
    " * two lines. */",
    "export const fine = async (one: number) => one;",
    "function own(): void {}",
    "export const LIMIT = 3;",
    "export const LIMITS = [own(1), own(2)];",
  ].join("\n");

  const undocumented = undocumentedFunctions({ path: "lib/planted.ts", text });

  expect(undocumented).toEqual(["bare", "waiting", "arrow", "typed", "generic", "remarked"].map((name) => `lib/planted.ts: ${name}`));
});
