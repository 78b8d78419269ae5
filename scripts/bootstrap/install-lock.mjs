import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const RETRY_MS = 500;
/** A lock without a process id was left by a process that died while writing it. */
const UNWRITTEN_MS = 10_000;

/** Runs `work` while no other start in this folder does; waits for the other, and takes over from one that died. */
export async function withInstallLock(root, work) {
  // Not in node_modules: npm ci empties that.
  const file = join(root, ".doorman", "install.lock");
  mkdirSync(dirname(file), { recursive: true });
  for (let waits = 0; !take(file); waits += 1) {
    if (waits === 0) console.error(`doorman: waiting for another start that is installing (process ${owner(file) ?? "unknown"}, ${file}).`);
    await sleep(RETRY_MS);
  }
  try {
    await work();
  } finally {
    rmSync(file, { force: true });
  }
}

function take(file) {
  if (isAbandoned(file)) rmSync(file, { force: true });
  try {
    writeFileSync(file, String(process.pid), { flag: "wx" });
    return true;
  } catch (error) {
    if (error.code !== "EEXIST") throw error;
    return false;
  }
}

function isAbandoned(file) {
  try {
    const pid = owner(file);
    if (pid === undefined) return Date.now() - statSync(file).mtimeMs > UNWRITTEN_MS;
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return error.code === "ESRCH";
  }
}

function owner(file) {
  try {
    return Number.parseInt(readFileSync(file, "utf8"), 10) || undefined;
  } catch {
    return undefined;
  }
}
