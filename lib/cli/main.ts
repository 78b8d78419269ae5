import { enableCompileCache } from "node:module";
import { join } from "node:path";

// Most of what a short command takes is the reading of its own modules. What has been read once is kept beside the packages: a folder that all
// users of the machine may write to, Node's own choice, could be filled by another of them.
enableCompileCache(join(import.meta.dirname, "..", "..", "node_modules", ".cache", "doorman"));

await import("./start.ts");
