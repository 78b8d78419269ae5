import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { ROOT } from "./source-tree.ts";

const BIOME = join(ROOT, "node_modules", "@biomejs", "biome", "bin", "biome");

/** The rules that fired as errors, without their `lint/` prefix, per path. */
export type Findings = ReadonlyMap<string, readonly string[]>;

interface Report {
  readonly summary: { readonly errors: number; readonly unchanged: number };
  readonly diagnostics: readonly { readonly severity: string; readonly category: string; readonly location: { readonly path: string } }[];
}

/**
 * Lints files with the repository's own biome.json, in a folder of the same shape outside the working tree.
 * @param files text per path from the root of the repository.
 */
export async function lint(files: Readonly<Record<string, string>>): Promise<Findings> {
  const folder = await mkdtemp(join(tmpdir(), "doorman-lint-"));
  try {
    for (const name of ["biome.json", "package.json"]) await cp(join(ROOT, name), join(folder, name));
    for (const [path, text] of Object.entries(files)) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), text);
    }
    return findingsOf(await report(folder), Object.keys(files).length);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Biome exits with an error when it finds one, which is no failure here; an unreadable report is. */
function report(folder: string): Promise<Report> {
  return new Promise((resolve, reject) => {
    const args = [BIOME, "lint", "--reporter=json", "--max-diagnostics=none"];
    execFile(process.execPath, args, { cwd: folder, maxBuffer: 64 * 1024 * 1024 }, (failure, stdout, stderr) => {
      try {
        resolve(JSON.parse(stdout));
      } catch (cause) {
        reject(new Error(`Biome gave no report: ${stderr}`, { cause: failure ?? cause }));
      }
    });
  });
}

function findingsOf({ summary, diagnostics }: Report, fileCount: number): Findings {
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  if (summary.unchanged < fileCount) throw new Error(`Biome read ${summary.unchanged} of ${fileCount} files`);
  if (summary.errors !== errors.length) throw new Error(`Biome counts ${summary.errors} errors and names ${errors.length}`);
  return new Map(
    Object.entries(Object.groupBy(errors, ({ location }) => location.path)).map(([path, found = []]) => [
      path,
      [...new Set(found.map(({ category }) => category.replace("lint/", "")))],
    ]),
  );
}
