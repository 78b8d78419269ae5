import { expect, it } from "vitest";
import { type SourceFile, sourceFiles } from "./source-tree.ts";

const MOST_LINES = 250;

function oversized(files: readonly SourceFile[]): readonly string[] {
  return files
    .map(({ path, text }) => ({ path, lines: text.trimEnd().split("\n").length }))
    .filter(({ lines }) => lines > MOST_LINES)
    .map(({ path, lines }) => `${path}: ${lines} lines`);
}

it("no file is longer than a reader can hold", () => {
  const files = sourceFiles("lib", "functions", "infra");

  expect(files.length).toBeGreaterThan(10);
  expect(oversized(files)).toEqual([]);
});

it("a longer file is found", () => {
  const [atLimit, overLimit] = [MOST_LINES, MOST_LINES + 1].map((lines) => "const line = 1;\n".repeat(lines));

  const found = oversized([
    { path: "lib/at-limit.ts", text: atLimit ?? "" },
    { path: "lib/over-limit.ts", text: overLimit ?? "" },
  ]);

  expect(found).toEqual(["lib/over-limit.ts: 251 lines"]);
});
