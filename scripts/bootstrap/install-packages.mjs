import { createHash } from "node:crypto";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { withInstallLock } from "./install-lock.mjs";
import { runNpm } from "./run-npm.mjs";
import { Stop } from "./stop.mjs";

/**
 * Makes node_modules what package-lock.json says; does nothing where it is so already.
 * No package needs its install script: Node 24 and esbuild come as locked platform packages, classic-level brings built binaries.
 */
export async function installPackages(root) {
  if (isInstalled(root)) return;
  await withInstallLock(root, async () => {
    if (isInstalled(root)) return;
    console.error(
      "doorman: installing the packages of package-lock.json (npm ci); a minute or two, a quarter of an hour on a slow machine.",
    );
    rmSync(stampFile(root), { force: true });
    // NODE_ENV=production would leave the tools out.
    const exitCode = await runNpm(["ci", "--ignore-scripts", "--prefer-offline", "--include=dev", "--include=optional"], root);
    if (exitCode !== 0) throw new Stop(exitCode, exitCode > 128 ? "" : "npm ci failed; its reason stands above. Nothing was started.");
    writeFileSync(stampFile(root), hashOfLock(root));
  });
}

function isInstalled(root) {
  return read(stampFile(root)) === hashOfLock(root) || isInstalledByHand(root);
}

/** Somebody ran `npm ci` or `npm install` themselves: npm's own record of what it put there names every locked version. */
function isInstalledByHand(root) {
  const text = read(join(root, "node_modules", ".package-lock.json"));
  if (text === undefined) return false;
  const { packages: present } = JSON.parse(text);
  const { packages: locked } = JSON.parse(lock(root));
  return Object.entries(locked).every(
    ([path, { version, optional }]) => path === "" || optional === true || present[path]?.version === version,
  );
}

function stampFile(root) {
  return join(root, "node_modules", ".doorman-lock-hash");
}

function hashOfLock(root) {
  return createHash("sha256").update(lock(root)).digest("hex");
}

function lock(root) {
  const text = read(join(root, "package-lock.json"));
  if (text === undefined) throw new Stop(1, `there is no package-lock.json in ${root}. Is this a whole clone?`);
  return text;
}

function read(file) {
  return existsSync(file) ? readFileSync(file, "utf8") : undefined;
}
