import { Worker } from "node:worker_threads";

/** What one test may compute with a mutant before that counts as running in circles. */
export const MOST_CPU_MS = 8_000;
/** A test that needs more than this without one is not asked. */
export const MOST_CPU_ALONE_MS = 1_000;

/** @returns how much this process has computed, in milliseconds: unlike time it does not pass while other processes have the machine. */
export function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}

/** Ends this process as soon as a test computes for too long. */
export interface Watchdog {
  /** Called before each test, and with `false` when nobody is to be watched. */
  readonly watch: (isTest: boolean) => void;
}

/** @returns a watchdog that sleeps until it is told of a test. */
export function createWatchdog(): Watchdog {
  const begun = new Float64Array(new SharedArrayBuffer(Float64Array.BYTES_PER_ELEMENT));
  new Worker(new URL("./watchdog.ts", import.meta.url), { workerData: begun }).unref();
  return {
    watch: (isTest) => {
      begun[0] = isTest ? cpuMs() : 0;
    },
  };
}
