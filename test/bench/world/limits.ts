/** How fast and how far AWS lets a deployment grow. */
export interface Limits {
  readonly name: string;
  readonly why: string;
  /** Messages that Lambda works at a time: at first, how many more each minute, and the most. */
  readonly workers: { readonly atFirst: number; readonly perMinute: number; readonly most: number };
  /** New environments of one function in ten seconds (scaling-behavior.html). */
  readonly environmentsInTenSeconds: number;
  /** Request units a second of the state table, its index, the campaigns table and the history, each. */
  readonly tables: { readonly reads: number; readonly writes: number };
  readonly memoryMiB: { readonly dispatch: number; readonly reconcile: number };
}

const ENVIRONMENTS = { environmentsInTenSeconds: 1_000 } as const;

/**
 * Nothing asked for: an account's 1,000 concurrent executions (gettingstarted-limits.html), 5 workers and 300 more a minute (services-sqs-scaling.html says
 * so of standard queues; of FIFO queues only that the number of groups is a limit too), and tables as they are when new: 4,000 writes and 12,000 reads a
 * second (warm-throughput-scenarios.html).
 */
export const DOCUMENTED: Limits = {
  ...ENVIRONMENTS,
  name: "default limits",
  why: "5 workers, 300 more a minute, 1,000 at most; tables at 4,000 writes a second; memory as the stack has it",
  workers: { atFirst: 5, perMinute: 300, most: 1_000 },
  tables: { reads: 12_000, writes: 4_000 },
  memoryMiB: { dispatch: 256, reconcile: 512 },
};

/**
 * What can be asked for without a word to AWS's people: provisioned mode with 100 pollers (each brings up to 10 concurrent invocations), which then stand
 * ready, up to the account's 1,000; warm throughput; more processor.
 */
export const PREPARED: Limits = {
  ...ENVIRONMENTS,
  name: "prepared, 1,000 workers",
  why: "provisioned pollers (100), warm throughput of 12,000 writes a second, 1,769 MiB for reconcile and dispatch",
  workers: { atFirst: 1_000, perMinute: 1_000, most: 1_000 },
  tables: { reads: 30_000, writes: 12_000 },
  memoryMiB: { dispatch: 1_769, reconcile: 1_769 },
};

/** With the account's concurrency raised, which AWS does on request. */
export const RAISED: Limits = {
  ...PREPARED,
  name: "prepared, 6,000 workers",
  why: "the same with an account limit of 6,000, 500 pollers, and warm throughput of 40,000 writes a second",
  workers: { atFirst: 5_000, perMinute: 1_000, most: 6_000 },
  tables: { reads: 80_000, writes: 40_000 },
};

/**
 * Not built: ten stores a worker, each at its own pace beside the others. A worker's processor is then shared by ten, and Lambda's limits count tens.
 */
export const TEN_A_WORKER: Limits = {
  ...PREPARED,
  name: "prepared, ten stores a worker (not built)",
  why: "as prepared with 1,000 workers, but each would take a batch of ten stores and work them at the same time",
  environmentsInTenSeconds: 10_000,
  workers: { atFirst: 10_000, perMinute: 10_000, most: 10_000 },
  memoryMiB: { dispatch: 1_769, reconcile: 177 },
};
