import { expect, it } from "vitest";
import { partsOf } from "../mutation/parts.ts";
import { sourceFiles } from "./source-tree.ts";

it("the mutants of every file of domain and application are tried in one part, and in one only", () => {
  const files = [...sourceFiles("lib/domain"), ...sourceFiles("lib/application")].map(({ path }) => path);

  const elsewhere = files.filter((file) => partsOf(file).length !== 1);

  expect(files.length).toBeGreaterThan(100);
  expect(elsewhere).toEqual([]);
});

it("a file of a folder that no part names is in none", () => {
  const parts = ["lib/application/planted/planted.ts", "lib/domain/windows/planted.ts", "lib/domain/planted.ts"].map(partsOf);

  expect(parts).toEqual([[], [], ["domain"]]);
});
