import { posix } from "node:path";
import type { SourceFile } from "./source-tree.ts";

export interface Import {
  /** A path from the root of the repository, or a package's name. */
  readonly target: string;
  readonly typeOnly: boolean;
}

export interface ImportingFile {
  readonly file: string;
  readonly imports: readonly Import[];
}

type Layer = "domain" | "application" | "adapters" | "cli" | "functions" | "infra/local" | "infra";

/** Most specific first. */
const LAYERS: readonly (readonly [prefix: string, layer: Layer])[] = [
  ["lib/domain/", "domain"],
  ["lib/application/", "application"],
  ["lib/adapters/", "adapters"],
  ["lib/cli/", "cli"],
  ["functions/", "functions"],
  ["infra/local/", "infra/local"],
  ["infra/", "infra"],
];

const ARROWS: Readonly<Record<Layer, readonly Layer[]>> = {
  domain: ["domain"],
  application: ["domain", "application"],
  adapters: ["domain", "application", "adapters"],
  cli: ["domain", "application", "adapters", "cli"],
  functions: ["domain", "application", "adapters", "functions"],
  "infra/local": ["domain", "application", "adapters", "functions", "infra/local"],
  infra: ["domain", "application", "adapters", "functions", "infra"],
};

const STATEMENT =
  /^(?:import\s+(?<importType>type\s)?(?:[^"';]+?\sfrom\s+)?|export\s+(?<exportType>type\s)?(?:\*|\{[^}]*\})[^"';]*?from\s+)"(?<from>[^"]+)"/gm;
const EXPRESSION = /\bimport\(\s*"(?<from>[^"]+)"\s*\)/g;

/** @returns what a file imports, re-exports and loads on demand. */
export function importsOf({ path, text }: SourceFile): ImportingFile {
  const imports = [...text.matchAll(STATEMENT), ...text.matchAll(EXPRESSION)].map(({ groups = {} }) => ({
    target: targetOf(path, groups["from"] ?? ""),
    typeOnly: (groups["importType"] ?? groups["exportType"]) !== undefined,
  }));
  return { file: path, imports };
}

function targetOf(path: string, specifier: string): string {
  return specifier.startsWith(".") ? posix.join(posix.dirname(path), specifier) : specifier;
}

/** @returns whether an import names a file of the repository rather than a package. */
export function isOwnFile({ target }: Import): boolean {
  return target.endsWith(".ts");
}

/** @returns one sentence for each import against the arrows of ARCHITECTURE.md. */
export function forbiddenImports(files: readonly ImportingFile[]): readonly string[] {
  return files.flatMap(({ file, imports }) =>
    imports.filter(isOwnFile).flatMap((each) => {
      const objection = objectionTo(file, each);
      return objection === undefined ? [] : [`${file} imports ${each.target}: ${objection}`];
    }),
  );
}

function objectionTo(file: string, { target, typeOnly }: Import): string | undefined {
  const [from, to] = [layerOf(file), layerOf(target)];
  if (from === undefined) return `${file} is in no layer`;
  if (to === undefined) return `${target} is in no layer`;
  if (!ARROWS[from].includes(to)) return `${from} may not import ${to}`;
  if (from === "adapters" && to === "adapters" && adapterOf(file) !== adapterOf(target)) return "an adapter may not import another";
  if (from === "infra" && to === "functions" && !typeOnly) return "infra may import only types from functions";
  return undefined;
}

function layerOf(path: string): Layer | undefined {
  return LAYERS.find(([prefix]) => path.startsWith(prefix))?.[1];
}

function adapterOf(path: string): string | undefined {
  return path.split("/")[2];
}

/** @returns the circles among the files, each as `a → b → a`; imports of types count, since they tie files together as well. */
export function circles(files: readonly ImportingFile[]): readonly string[] {
  const importsByFile = new Map(files.map(({ file, imports }) => [file, imports.filter(isOwnFile).map(({ target }) => target)]));
  const done = new Set<string>();
  const walk = (file: string, trail: readonly string[]): readonly string[] => {
    if (trail.includes(file)) return [[...trail.slice(trail.indexOf(file)), file].join(" → ")];
    if (done.has(file)) return [];
    const found = (importsByFile.get(file) ?? []).flatMap((target) => walk(target, [...trail, file]));
    done.add(file);
    return found;
  };
  return files.flatMap(({ file }) => walk(file, []));
}
