import { setTimeout as sleep } from "node:timers/promises";
import { workerData } from "node:worker_threads";
import { cpuMs, MOST_CPU_MS } from "./computing.ts";

/** Runs beside the tests, in a thread of its own: a test that never lets go of its thread can be ended by nobody within it. */
const BETWEEN_LOOKS_MS = 500;

const begun: Float64Array = workerData;
for (;;) {
  await sleep(BETWEEN_LOOKS_MS);
  const at = begun[0] ?? 0;
  if (at > 0 && cpuMs() - at > MOST_CPU_MS) process.kill(process.pid, "SIGKILL");
}
