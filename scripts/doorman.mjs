// The `doorman` command, on Node 24 (`npm run doorman` starts it through with-node-24.mjs).
// Most of what a short command takes is the reading of its own modules, so they are bundled, and kept as compiled. Both are kept beside the packages: a
// folder that all users of the machine may write to, such as Node's own choice, could be filled by another of them.

import { enableCompileCache } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { bundledCommand } from "./bootstrap/bundled-command.mjs";

const root = join(import.meta.dirname, "..");
const cache = join(root, "node_modules", ".cache", "doorman");
enableCompileCache(cache);

await import(pathToFileURL(await moduleToStart()).href);

/** The sources do the same, only later: nobody should be kept from stopping a sale because a folder cannot be written to. */
async function moduleToStart() {
  try {
    return await bundledCommand(root, cache);
  } catch {
    return join(root, "lib", "cli", "start.ts");
  }
}
