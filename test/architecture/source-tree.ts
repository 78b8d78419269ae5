import { globSync, readFileSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

export interface SourceFile {
  /** From the root of the repository, with `/`. */
  readonly path: string;
  readonly text: string;
}

/** @returns every TypeScript file of the repository's folders named. */
export function sourceFiles(...folders: readonly string[]): readonly SourceFile[] {
  return globSync(
    folders.map((folder) => `${folder}/**/*.ts`),
    { cwd: ROOT },
  )
    .map((path) => ({ path: path.replaceAll("\\", "/"), text: readFileSync(`${ROOT}/${path}`, "utf8") }))
    .toSorted((one, other) => one.path.localeCompare(other.path));
}
