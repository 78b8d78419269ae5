import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as delay } from "node:timers/promises";

/** Doorman on one machine as a process of its own, as `npm start` runs it. */
export interface DoormanProcess {
  /** Everything printed so far. */
  output(): string;
  /** @returns the first match in what is printed, now or later. @throws Error if the process ends without it. */
  waitFor(pattern: RegExp): Promise<RegExpMatchArray>;
  signal(name: NodeJS.Signals): void;
  /** @returns the exit code, or the signal that ended it. */
  ended(): Promise<number | NodeJS.Signals | null>;
}

const LOOK_AGAIN_MS = 50;

/** @param words what stands behind `npm start --`. */
export function startDoorman(variables: Readonly<Record<string, string>>, words: readonly string[] = []): DoormanProcess {
  const child: ChildProcess = spawn(process.execPath, ["infra/local/main.ts", ...words], {
    env: { ...process.env, ...variables },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let printed = "";
  const take = (chunk: unknown) => {
    printed += String(chunk);
  };
  child.stdout?.on("data", take);
  child.stderr?.on("data", take);
  const end = once(child, "close");
  let isEnded = false;
  void end.then(() => {
    isEnded = true;
  });
  return {
    output: () => printed,
    waitFor: async (pattern) => {
      for (;;) {
        const match = printed.match(pattern);
        if (match !== null) return match;
        if (isEnded) throw new Error(`Doorman ended without printing ${pattern}:\n${printed}`);
        await delay(LOOK_AGAIN_MS);
      }
    },
    signal: (name) => {
      child.kill(name);
    },
    ended: async () => {
      await end;
      return child.exitCode ?? child.signalCode;
    },
  };
}
