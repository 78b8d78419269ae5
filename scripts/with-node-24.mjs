// Usage: node scripts/with-node-24.mjs <command> [arguments…]
// Installs what is missing, then runs the command on Node 24, whatever Node started this file (20 or newer).
// Plain JavaScript on nothing but Node itself: it has to run before anything is installed. For Linux and macOS (Windows: inside WSL).
// In package.json it is started with `exec`, so that npm is its parent: a shell between them would hide the death of npm from it,
// and a Ctrl-C could end that shell, and with it npm, while the command is still stopping.

import { existsSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { findNode24 } from "./bootstrap/find-node-24.mjs";
import { installPackages } from "./bootstrap/install-packages.mjs";
import { runToEnd } from "./bootstrap/run-to-end.mjs";
import { Stop } from "./bootstrap/stop.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const tools = join(root, "node_modules", ".bin");

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof Stop)) throw error;
  if (error.message !== "") console.error(`doorman: ${error.message}`);
  process.exitCode = error.exitCode;
}

/** @returns the exit code of the command. */
async function main([command, ...args]) {
  if (command === undefined) throw new Stop(2, "name a command, as in: node scripts/with-node-24.mjs vitest run");
  await installPackages(root);
  const node = await findNode24(root);
  return runToEnd(program(command, node), args, { cwd: root, env: environment(node) });
}

function program(command, node) {
  if (command === "node") return node;
  const tool = join(tools, command);
  if (!existsSync(tool)) throw new Stop(127, `there is no command "${command}" in node_modules/.bin. Is its package in package.json?`);
  return tool;
}

/** The tools start with `#!/usr/bin/env node`, so Node 24 has to come first on PATH. */
function environment(node) {
  const path = [dirname(node), tools, process.env.PATH].filter(Boolean).join(delimiter);
  return { ...process.env, PATH: path, DOORMAN_PARENT_PID: String(process.pid) };
}
