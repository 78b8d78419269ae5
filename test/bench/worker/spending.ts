/** What a piece of work took of the processor. */
export interface Spending {
  readonly switches: number;
  readonly cpuMs: number;
}

/** What a worker says at its end. */
export interface WorkerReport {
  /** The first switch of the process, when nothing was warm. */
  readonly firstMs: number;
  readonly warm: Spending;
  /** After it, with the garbage collected. */
  readonly heapMb: number;
  /** The most that was resident at any time. */
  readonly peakMb: number;
}

/** @returns the processor time of this process while the work lasted. */
export async function spend(switches: number, work: () => Promise<void>): Promise<Spending> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return { switches, cpuMs: (user + system) / 1_000 };
}

/** @returns the report, from the first switch, those that follow it until everything is warm, and the rest. */
export function reportOf(first: Spending, warm: Spending): WorkerReport {
  globalThis.gc?.();
  const { heapUsed } = process.memoryUsage();
  return { firstMs: first.cpuMs, warm, heapMb: heapUsed / 1_048_576, peakMb: process.resourceUsage().maxRSS / 1_024 };
}
