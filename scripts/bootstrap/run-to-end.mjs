import { spawn } from "node:child_process";
import { constants } from "node:os";
import { Stop } from "./stop.mjs";

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"];
/** One Ctrl-C reaches this process twice (from the terminal, and passed on by npm): within this time it is one request. */
const SAME_REQUEST_MS = 3000;
const PARENT_CHECK_MS = 1000;
const PARENT = process.ppid;
/** How long an orphaned command may take to stop cleanly. */
const PATIENCE_MS = 20_000;

/**
 * Runs a command with the terminal of this process, in its process group, and waits for its end however long that takes.
 * Signals are passed on, never answered by stopping early. When this process loses its own parent (`kill -9` of npm), the command is stopped too.
 * @returns its exit code, or 128 + the number of the signal that ended it.
 */
export function runToEnd(program, args, options) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { ...options, stdio: "inherit" });
    const releases = [passSignalsOn(child), stopWhenOrphaned(child)];
    const release = () => releases.forEach((each) => void each());
    child.on("error", (error) => {
      release();
      reject(new Stop(126, `${program} could not be started: ${error.message}`));
    });
    child.on("exit", (code, signal) => {
      release();
      resolve(code ?? 128 + constants.signals[signal]);
    });
  });
}

function passSignalsOn(child) {
  const passedAt = new Map();
  const passOn = (signal) => {
    const now = performance.now();
    if (now - (passedAt.get(signal) ?? Number.NEGATIVE_INFINITY) < SAME_REQUEST_MS) return;
    passedAt.set(signal, now);
    child.kill(signal);
  };
  for (const signal of SIGNALS) process.on(signal, passOn);
  return () => {
    for (const signal of SIGNALS) process.off(signal, passOn);
  };
}

function stopWhenOrphaned(child) {
  const timers = [
    setInterval(() => {
      if (process.ppid === PARENT || timers.length > 1) return;
      child.kill("SIGTERM");
      timers.push(setTimeout(() => child.kill("SIGKILL"), PATIENCE_MS));
    }, PARENT_CHECK_MS),
  ];
  return () => timers.forEach((timer) => void clearTimeout(timer));
}
