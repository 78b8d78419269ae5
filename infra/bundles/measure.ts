import { readdirSync } from "node:fs";
import { join } from "node:path";
import { build, type Metafile } from "esbuild";
import { bundleOptions, REPOSITORY } from "./bundling.ts";

/** The repository's own code, beside the packages. */
export const OWN = "Doorman itself";

/** What one function's bundle weighs, in bytes. */
export interface Bundle {
  readonly name: string;
  readonly bytes: number;
  /** By package, heaviest first. What esbuild adds around them belongs to none. */
  readonly packages: readonly (readonly [name: string, bytes: number])[];
  /** The files of the repository that are in it. */
  readonly ownFiles: readonly string[];
}

/** @returns the functions there are, by name. */
export function functionNames(): readonly string[] {
  const folders = readdirSync(join(REPOSITORY, "functions"), { recursive: true, withFileTypes: true });
  return folders
    .filter(({ name }) => name === "handler.ts")
    .map(({ parentPath }) => parentPath.slice(parentPath.lastIndexOf("/") + 1))
    .toSorted();
}

/** @returns the package a bundled file belongs to: `@scope/name` or `name`. */
function packageOf(file: string): string {
  const inModules = file.lastIndexOf("node_modules/");
  if (inModules < 0) return OWN;
  const [first = "", second = ""] = file.slice(inModules + "node_modules/".length).split("/");
  return first.startsWith("@") ? `${first}/${second}` : first;
}

function weightsOf(inputs: Metafile["outputs"][string]["inputs"]): Bundle["packages"] {
  const weights = new Map<string, number>();
  for (const [file, { bytesInOutput }] of Object.entries(inputs)) {
    weights.set(packageOf(file), (weights.get(packageOf(file)) ?? 0) + bytesInOutput);
  }
  return [...weights].filter(([, bytes]) => bytes > 0).toSorted(([, one], [, other]) => other - one);
}

/** Bundles a function as CDK does, without writing it anywhere. */
export async function measure(name: string): Promise<Bundle> {
  const { metafile } = await build({ ...bundleOptions(join("functions", name, "handler.ts"), "index.mjs"), write: false, metafile: true });
  const output = metafile.outputs["index.mjs"];
  if (output === undefined) throw new Error(`esbuild made no bundle of ${name}`);
  const ownFiles = Object.keys(output.inputs).filter((file) => packageOf(file) === OWN);
  return { name, bytes: output.bytes, packages: weightsOf(output.inputs), ownFiles };
}
