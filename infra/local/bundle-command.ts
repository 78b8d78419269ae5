import { join } from "node:path";
import { build } from "esbuild";

/**
 * Writes the `doorman` command into a folder as a handful of modules, of which `start.mjs` starts it.
 *
 * @param root of the repository. @throws whatever keeps the bundler from it.
 */
export async function bundleCommand(root: string, folder: string): Promise<void> {
  await build({
    entryPoints: [join(root, "lib", "cli", "start.ts")],
    outdir: folder,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    splitting: true,
    platform: "node",
    format: "esm",
    target: "node24",
    mainFields: ["module", "main"],
    keepNames: true,
    // Some packages have nothing but CommonJS, which asks for a `require` that a module lacks.
    banner: { js: "import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);" },
    logLevel: "silent",
  });
}
