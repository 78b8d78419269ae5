import type { Planting } from "./planting.ts";

const branches = Array.from({ length: 8 }, (_, index) => `  if (one > ${index} && two > ${index}) return ${index};\n`).join("");
const unionType = 'type Side = "left" | "right";\n';

/** Rules about how code is written, wherever it stands. */
export const HABITS: readonly Planting[] = [
  ...['import { z } from "zod";', 'import z from "zod";'].map((statement, index) => ({
    breaks: statement,
    rule: "style/noRestrictedImports",
    path: `lib/application/record/planted-zod-${index}.ts`,
    violation: `${statement}\nexport const schema = z.string();\n`,
  })),
  {
    breaks: "zod's heavy form in a function",
    rule: "style/noRestrictedImports",
    path: "functions/compile/planted-zod.ts",
    violation: 'import { z } from "zod";\nexport const schema = z.string();\n',
  },
  {
    breaks: "a file name in another case",
    rule: "style/useFilenamingConvention",
    path: "lib/domain/plantedCase.ts",
    mendedPath: "lib/domain/planted-case.ts",
    violation: "",
  },
  { breaks: "any", rule: "suspicious/noExplicitAny", path: "lib/domain/planted-any.ts", violation: "export type Planted = any;\n" },
  {
    breaks: "a non-null assertion",
    rule: "style/noNonNullAssertion",
    path: "lib/domain/planted-bang.ts",
    violation: "export const first = (all: readonly number[]) => all[0]!.toString();\n",
  },
  {
    breaks: "a cast",
    rule: "nursery/noUnsafeTypeAssertion",
    path: "lib/domain/planted-cast.ts",
    violation: 'export const named = (text: string) => text as "a";\n',
    rest: "export const one = [1] as const;\n",
  },
  { breaks: "a default export", rule: "style/noDefaultExport", path: "lib/domain/planted-default.ts", violation: "export default 1;\n" },
  { breaks: "an enum", rule: "style/noEnum", path: "lib/domain/planted-enum.ts", violation: "export enum Side { Left }\n" },
  {
    breaks: "a parameter property",
    rule: "style/noParameterProperties",
    path: "lib/domain/planted-property.ts",
    violation: "export class Planted { constructor(readonly one: number) {} }\n",
  },
  {
    breaks: "an import without extension",
    rule: "correctness/useImportExtensions",
    path: "lib/domain/planted-extension.ts",
    violation: 'import "./planted-any";\n',
  },
  {
    breaks: "a barrel",
    rule: "performance/noBarrelFile",
    path: "lib/domain/planted-barrel.ts",
    violation: 'export { instant } from "./instant.ts";\n',
  },
  {
    breaks: "a development dependency in what is deployed",
    rule: "correctness/noUndeclaredDependencies",
    path: "lib/adapters/memory/planted-development.ts",
    violation: 'import "dynalite";\n',
  },
  {
    breaks: "a promise nobody waits for",
    rule: "nursery/noFloatingPromises",
    path: "lib/application/planted-floating.ts",
    violation: "export function start(): void {\n  work();\n}\n",
    rest: "export async function work(): Promise<void> {\n  await Promise.resolve();\n}\n",
  },
  {
    breaks: "a switch that forgets a case",
    rule: "nursery/useExhaustiveSwitchCases",
    path: "lib/domain/planted-switch.ts",
    violation: `${unionType}export function planted(side: Side): number {\n  switch (side) {\n    case "left":\n      return 1;\n    default:\n      return 2;\n  }\n}\n`,
  },
  {
    breaks: "a function too complex to follow",
    rule: "complexity/noExcessiveCognitiveComplexity",
    path: "lib/domain/planted-complex.ts",
    violation: `export function planted(one: number, two: number): number {\n${branches}  return one;\n}\n`,
  },
  {
    breaks: "a function over 50 lines",
    rule: "complexity/noExcessiveLinesPerFunction",
    path: "lib/domain/planted-long.ts",
    violation: `export function planted(all: number[]): void {\n${"  all.push(1);\n".repeat(51)}}\n`,
  },
  {
    breaks: "a file over 250 lines",
    rule: "style/noExcessiveLinesPerFile",
    path: "lib/domain/planted-lines.ts",
    violation: Array.from({ length: 251 }, (_, index) => `export const line${index} = ${index};\n`).join(""),
  },
  {
    breaks: "a thrown string",
    rule: "style/useThrowOnlyError",
    path: "lib/domain/planted-throw.ts",
    violation: 'export function planted(): never {\n  throw "planted";\n}\n',
  },
  {
    breaks: "a skipped test",
    rule: "suspicious/noSkippedTests",
    path: "test/unit/planted-skip.test.ts",
    violation: 'import { it } from "vitest";\nit.skip("planted", () => {});\n',
  },
  {
    breaks: "a focused test",
    rule: "suspicious/noFocusedTests",
    path: "test/unit/planted-focus.test.ts",
    violation: 'import { it } from "vitest";\nit.only("planted", () => {});\n',
  },
];
