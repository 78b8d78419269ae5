import { readdirSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { type Findings, lint } from "./lint-sandbox.ts";
import { ADAPTERS, PERMITTED, PLANTINGS } from "./planted-violations.ts";
import { brokenFiles, mendedFiles } from "./planting.ts";
import { ROOT } from "./source-tree.ts";

describe("the linter", () => {
  let broken: Findings;
  let mended: Findings;
  let permitted: Findings;

  beforeAll(async () => {
    broken = await lint(brokenFiles(PLANTINGS));
    mended = await lint(mendedFiles(PLANTINGS));
    permitted = await lint(PERMITTED);
  });

  it.each(PLANTINGS)("refuses, and accepts the same file without: $breaks", ({ path, mendedPath = path, rule }) => {
    expect(broken.get(path) ?? []).toContain(rule);
    expect(mended.get(mendedPath)).toBeUndefined();
  });

  it.each(Object.keys(PERMITTED))("lets %s do what only such a place may", (path) => {
    expect(permitted.get(path)).toBeUndefined();
  });

  it("refuses a circle, even of types", async () => {
    const circle = {
      "lib/domain/one.ts": 'import type { Two } from "./two.ts";\nexport interface One {\n  readonly two: Two;\n}\n',
      "lib/domain/two.ts": 'import type { One } from "./one.ts";\nexport interface Two {\n  readonly one: One;\n}\n',
    };
    const chain = { ...circle, "lib/domain/two.ts": "export interface Two {\n  readonly one: number;\n}\n" };

    const [inCircle, inChain] = [await lint(circle), await lint(chain)];

    expect(inCircle.get("lib/domain/one.ts")).toContain("suspicious/noImportCycles");
    expect(inChain).toEqual(new Map());
  });
});

it("every adapter of the tree is one that the linter keeps apart from the others", () => {
  const folders = readdirSync(`${ROOT}/lib/adapters`).toSorted();

  expect(folders).toEqual(ADAPTERS);
});

it("every planted file has a path of its own", () => {
  expect(new Set(PLANTINGS.map(({ path }) => path)).size).toBe(PLANTINGS.length);
});
