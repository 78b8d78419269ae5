import { spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { withInstallLock } from "./install-lock.mjs";
import { runNpm } from "./run-npm.mjs";
import { Stop } from "./stop.mjs";

const OLDEST_MAJOR = 24;
const FETCHED_VERSION = "24.21.0";

/**
 * Node 24 runs TypeScript as it is and is what Lambda runs. On Linux it is one of the locked packages; elsewhere the Node at hand is used
 * where it is new enough, and otherwise one is fetched.
 * @returns the path of a Node of version 24 or newer.
 */
export async function findNode24(root) {
  const locked = join(root, "node_modules", `node-${process.platform}-${process.arch}`, "bin", "node");
  if (runs(locked)) return locked;
  if (isNewEnough(process.version)) return process.execPath;
  const prefix = join(root, "node_modules", ".doorman-node");
  const fetched = join(prefix, "node_modules", "node", "bin", "node");
  if (runs(fetched)) return fetched;
  await withInstallLock(root, () => fetchNode(root, prefix));
  if (runs(fetched)) return fetched;
  throw new Stop(
    1,
    `Node ${OLDEST_MAJOR} is needed, this is ${process.version}, and none could be fetched for ${process.platform}-${process.arch}. Install Node ${OLDEST_MAJOR} from https://nodejs.org and run the command again.`,
  );
}

async function fetchNode(root, prefix) {
  console.error(`doorman: fetching Node ${FETCHED_VERSION}, because this is ${process.version}; about a minute.`);
  mkdirSync(prefix, { recursive: true });
  // This package's install script is what brings the binary of the platform.
  const exitCode = await runNpm(
    ["install", `node@${FETCHED_VERSION}`, "--prefix", prefix, "--no-save", "--no-package-lock", "--ignore-scripts=false"],
    root,
  );
  if (exitCode > 128) throw new Stop(exitCode);
}

/** A binary may be there and yet not run, as one made for glibc on Alpine. */
function runs(node) {
  const { stdout } = spawnSync(node, ["--version"], { encoding: "utf8" });
  return stdout != null && isNewEnough(stdout);
}

function isNewEnough(version) {
  return Number.parseInt(version.replace("v", ""), 10) >= OLDEST_MAJOR;
}
