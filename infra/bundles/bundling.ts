import { join } from "node:path";
import type { BuildOptions } from "esbuild";

export const REPOSITORY = join(import.meta.dirname, "..", "..");

const NOTHING = "./functions/stand-ins/nothing.ts";

/** How a function is bundled: by CDK for the stack, and by the script that says what is in a bundle. */
export const BUNDLING = {
  target: "node24",
  // ES modules first, since only they can be shaken; some packages have nothing but CommonJS, which asks for a `require` that a module lacks.
  mainFields: ["module", "main"],
  banner: "import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);",
  minify: true,
  // Names survive the minifier, so a stack trace in the log still says which function. A source map would say which line, but it more than doubles
  // the archive and makes a cold start, which may stand in front of a switch, an eighth slower (measured on Node 24 with the SDK inside).
  keepNames: true,
  /** What is left out or loaded in another way, by what stands in for it, as a path from the repository's root. */
  standIns: {
    // Lambda gives credentials as variables. 110 KB.
    "@aws-sdk/credential-provider-node": "./lib/adapters/system/credentials-in-variables.ts",
    // Only calls that stream events load it, and no function makes one. 16 KB.
    "@smithy/core/event-streams": NOTHING,
    // fetch-blob, and with it node-fetch, asks for it where Node has no web streams of its own; Node 18 and later do. 74 KB.
    "web-streams-polyfill/dist/ponyfill.es2018.js": NOTHING,
    // An import of it loads all of Node's own fetch too, a sixth of reconcile's cold start (docs/performance.md); what stands in for it does not.
    "node:http": "./functions/stand-ins/http.ts",
  },
} as const;

/**
 * @param entryPoint as a path from the repository's root. @param outfile as a path from there, or absolute.
 * @param standIns what is left out, unless told otherwise as in BUNDLING.
 * @returns what esbuild is told where it bundles as CDK does.
 */
export function bundleOptions(entryPoint: string, outfile: string, standIns: Readonly<Record<string, string>> = BUNDLING.standIns) {
  const { target, mainFields, banner, minify, keepNames } = BUNDLING;
  return {
    absWorkingDir: REPOSITORY,
    entryPoints: [entryPoint],
    outfile,
    bundle: true,
    platform: "node",
    format: "esm",
    target,
    mainFields: [...mainFields],
    banner: { js: banner },
    minify,
    keepNames,
    alias: { ...standIns },
    logLevel: "warning",
  } satisfies BuildOptions;
}
