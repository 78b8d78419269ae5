import { describe, expect, it } from "vitest";
import { circles, forbiddenImports, importsOf, isOwnFile } from "./import-graph.ts";
import { sourceFiles } from "./source-tree.ts";

const tree = sourceFiles("lib", "functions", "infra");
const graph = tree.map(importsOf);

describe("the real tree", () => {
  it("is read whole: every relative import leads to a file that was read", () => {
    const known = new Set(tree.map(({ path }) => path));

    const lost = graph.flatMap(({ imports }) => imports.filter(isOwnFile).filter(({ target }) => !known.has(target)));

    expect(lost).toEqual([]);
    expect(graph.flatMap(({ imports }) => imports.filter(isOwnFile)).length).toBeGreaterThan(tree.length);
  });

  it("has its arrows pointing inward", () => {
    expect(forbiddenImports(graph)).toEqual([]);
  });

  it("has no circles", () => {
    expect(circles(graph)).toEqual([]);
  });
});

describe("reading imports", () => {
  it("finds every form of import, and which of them are types alone", () => {
    const text = [
      'import "./effect.ts";',
      'import * as z from "zod";',
      "import {",
      "  one,",
      "  type Two,",
      '} from "../other.ts";',
      'import type { Three } from "./three.ts";',
      'export { four } from "./four.ts";',
      'export type { Five } from "./five.ts";',
      'export * from "./six.ts";',
      'const seven = await import("./seven.ts");',
      '// import { z } from "commented";',
      'export const eight = "from \\"nowhere\\"";',
    ].join("\n");

    const { imports } = importsOf({ path: "lib/domain/windows/planted.ts", text });

    expect(imports).toEqual([
      { target: "lib/domain/windows/effect.ts", typeOnly: false },
      { target: "zod", typeOnly: false },
      { target: "lib/domain/other.ts", typeOnly: false },
      { target: "lib/domain/windows/three.ts", typeOnly: true },
      { target: "lib/domain/windows/four.ts", typeOnly: false },
      { target: "lib/domain/windows/five.ts", typeOnly: true },
      { target: "lib/domain/windows/six.ts", typeOnly: false },
      { target: "lib/domain/windows/seven.ts", typeOnly: false },
    ]);
  });
});

describe("the arrows", () => {
  it.each([
    ["lib/domain/a.ts", "lib/application/b.ts"],
    ["lib/domain/a.ts", "lib/adapters/system/b.ts"],
    ["lib/application/a.ts", "lib/adapters/dynamo/b.ts"],
    ["lib/application/a.ts", "functions/compile/environment.ts"],
    ["lib/adapters/dynamo/a.ts", "lib/adapters/system/b.ts"],
    ["lib/adapters/dynamo/a.ts", "functions/compile/container.ts"],
    ["lib/adapters/dynamo/a.ts", "lib/cli/b.ts"],
    ["lib/cli/a.ts", "functions/compile/container.ts"],
    ["lib/cli/a.ts", "infra/local/b.ts"],
    ["functions/compile/a.ts", "infra/local/b.ts"],
    ["functions/compile/a.ts", "lib/cli/b.ts"],
    ["infra/local/a.ts", "infra/doorman-stack.ts"],
    ["infra/a.ts", "infra/local/b.ts"],
    ["infra/a.ts", "lib/cli/b.ts"],
    ["lib/elsewhere/a.ts", "lib/domain/b.ts"],
    ["lib/application/a.ts", "test/support/b.ts"],
  ])("refuse that %s imports %s, even its types", (file, target) => {
    const refused = forbiddenImports([{ file, imports: [{ target, typeOnly: true }] }]);

    expect(refused).toHaveLength(1);
    expect(refused[0]).toContain(`${file} imports ${target}: `);
  });

  it("let infra import types from functions, and nothing else of theirs", () => {
    const types = { file: "infra/a.ts", imports: [{ target: "functions/compile/environment.ts", typeOnly: true }] };
    const values = { file: "infra/a.ts", imports: [{ target: "functions/compile/environment.ts", typeOnly: false }] };

    expect(forbiddenImports([types])).toEqual([]);
    expect(forbiddenImports([values])).toEqual([
      "infra/a.ts imports functions/compile/environment.ts: infra may import only types from functions",
    ]);
  });

  it.each([
    ["lib/domain/windows/a.ts", "lib/domain/instant.ts"],
    ["lib/application/a.ts", "lib/domain/instant.ts"],
    ["lib/adapters/dynamo/a.ts", "lib/adapters/dynamo/b.ts"],
    ["lib/adapters/dynamo/a.ts", "lib/application/ports/clock.ts"],
    ["lib/cli/a.ts", "lib/adapters/dynamo/b.ts"],
    ["functions/compile/a.ts", "lib/adapters/dynamo/b.ts"],
    ["infra/local/a.ts", "functions/compile/handler.ts"],
    ["infra/local/a.ts", "lib/adapters/memory/b.ts"],
    ["infra/a.ts", "temporal-polyfill"],
  ])("let %s import %s", (file, target) => {
    expect(forbiddenImports([{ file, imports: [{ target, typeOnly: false }] }])).toEqual([]);
  });
});

describe("circles", () => {
  it("are found however long, and through types", () => {
    const planted = [
      { file: "lib/domain/a.ts", imports: [{ target: "lib/domain/b.ts", typeOnly: false }] },
      { file: "lib/domain/b.ts", imports: [{ target: "lib/domain/c.ts", typeOnly: true }] },
      { file: "lib/domain/c.ts", imports: [{ target: "lib/domain/a.ts", typeOnly: false }] },
    ];

    expect(circles(planted)).toEqual(["lib/domain/a.ts → lib/domain/b.ts → lib/domain/c.ts → lib/domain/a.ts"]);
    expect(circles(planted.slice(0, 2))).toEqual([]);
  });
});
