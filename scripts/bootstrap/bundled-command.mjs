import { createHash } from "node:crypto";
import { existsSync, readdirSync, renameSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";

/**
 * The command in a handful of files instead of four hundred, bundled again whenever a source file has changed: reading the four hundred would be
 * half of what a short command takes.
 *
 * @param root of the repository. @param folder where bundles are kept. @returns the module to start.
 * @throws whatever keeps the bundler from it; the sources can be started as they are.
 */
export async function bundledCommand(root, folder) {
  const bundle = join(folder, `command-${stateOfSources(root)}`);
  const start = join(bundle, "start.mjs");
  if (existsSync(start)) return start;
  const { bundleCommand } = await import("../../infra/local/bundle-command.ts");
  const draft = join(folder, `draft-${process.pid}`);
  await bundleCommand(root, draft);
  for (const name of readdirSync(folder)) if (isLeftBehind(folder, name)) rmSync(join(folder, name), { recursive: true, force: true });
  try {
    renameSync(draft, bundle);
  } catch (error) {
    // Another process was faster: its bundle is the same.
    rmSync(draft, { recursive: true, force: true });
    if (!existsSync(start)) throw error;
  }
  return start;
}

/** What tells one state of the sources and packages from another without reading them. */
function stateOfSources(root) {
  const hash = createHash("sha256").update(process.version);
  const sources = readdirSync(join(root, "lib"), { recursive: true })
    .filter((name) => name.endsWith(".ts"))
    .toSorted()
    .map((name) => join("lib", name));
  for (const file of [...sources, "package.json", "package-lock.json"]) {
    const { mtimeMs, size } = statSync(join(root, file));
    hash.update(`${file} ${mtimeMs} ${size}\n`);
  }
  return hash.digest("hex").slice(0, 16);
}

const AN_HOUR_MS = 3_600_000;

/** Bundles of sources that are no more, but none that another process may be about to start. */
function isLeftBehind(folder, name) {
  return /^(?:command|draft)-/.test(name) && Date.now() - statSync(join(folder, name)).mtimeMs > AN_HOUR_MS;
}
