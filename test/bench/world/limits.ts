import { A_POLLER, roomOfAQueue, storesAtOnce } from "../../../infra/room-for-workers.ts";

/** How fast and how far AWS lets a deployment grow. */
export interface Limits {
  readonly name: string;
  readonly why: string;
  /** Queues of the stores, each with a function of its own; what follows is for each of them. */
  readonly queues: number;
  /** Messages that Lambda works at a time: at first, how many more each minute, and the most. */
  readonly workers: { readonly atFirst: number; readonly perMinute: number; readonly most: number };
  /** Messages that are taken off the queue in a second. */
  readonly receivesASecond: number;
  /** New environments of one function in ten seconds (scaling-behavior.html). */
  readonly environmentsInTenSeconds: number;
  /** Request units a second of the state table, its index, the campaigns table and the history, each. */
  readonly tables: { readonly reads: number; readonly writes: number };
  /** As `pollers` tells the tick. */
  readonly storesAtOnce?: number | undefined;
  readonly memoryMiB: { readonly dispatch: number; readonly reconcile: number };
}

const ENVIRONMENTS = { environmentsInTenSeconds: 1_000 } as const;

/**
 * Nothing asked for: an account's 1,000 concurrent executions (gettingstarted-limits.html), 5 workers and 300 more a minute (services-sqs-scaling.html says
 * so of standard queues; of FIFO queues only that the number of groups is a limit too), and tables as they are when new: 4,000 writes and 12,000 reads a
 * second (warm-throughput-scenarios.html). How fast pollers take messages is not documented there, and taken not to matter.
 */
export const DOCUMENTED: Limits = {
  ...ENVIRONMENTS,
  name: "default limits",
  why: "no context: 5 workers, 300 more a minute, 1,000 at most; tables at 4,000 writes a second; 512 MiB, the tick 256",
  queues: 1,
  workers: { atFirst: 5, perMinute: 300, most: 1_000 },
  receivesASecond: 100_000,
  tables: { reads: 12_000, writes: 4_000 },
  memoryMiB: { dispatch: 256, reconcile: 512 },
};

/** As `infra` shares them out. A poller asks for as many messages in a second as it works at a time, of one message each (services-sqs-scaling.html). */
function withPollers(pollers: number, queues = 1): Pick<Limits, "queues" | "workers" | "receivesASecond" | "storesAtOnce"> {
  const room = { queues, pollers, maxConcurrency: undefined };
  const ready = A_POLLER * (roomOfAQueue(room).provisionedPollerConfig?.minimumPollers ?? 0);
  return {
    queues,
    workers: { atFirst: ready, perMinute: 1_000, most: ready },
    receivesASecond: ready,
    storesAtOnce: storesAtOnce(room),
  };
}

/** Pollers alone: a hundred are as many as an account's 1,000 concurrent executions have room for. */
export const POLLERS: Limits = {
  ...DOCUMENTED,
  ...withPollers(100),
  name: "100 pollers alone",
  why: "`pollers=100`: 1,000 workers, ready",
};

/** What the page recommends, and can be had without a word to AWS's people. */
export const PREPARED: Limits = {
  ...POLLERS,
  name: "prepared, 1,000 workers",
  why: "`pollers=100`, `warmReads=30000`, `warmWrites=12000`: 1,000 workers and tables that are ready",
  tables: { reads: 30_000, writes: 12_000 },
};

/** With a whole processor for each worker. */
export const WITH_MEMORY: Limits = {
  ...PREPARED,
  name: "prepared, more memory",
  why: "the same with `memoryMiB=1769`: a whole processor for each worker",
  memoryMiB: { dispatch: 1_769, reconcile: 1_769 },
};

/** Queues share the account's thousand executions, as `infra` leaves some of them to the others; nothing is paid for but their empty polls. */
function withQueues(queues: number): Pick<Limits, "queues" | "workers"> {
  const { atFirst, perMinute, most } = DOCUMENTED.workers;
  const { maxConcurrency = most } = roomOfAQueue({ queues, pollers: undefined, maxConcurrency: undefined });
  return { queues, workers: { atFirst, perMinute, most: maxConcurrency } };
}

export const TWO_QUEUES: Limits = {
  ...DOCUMENTED,
  ...withQueues(2),
  name: "2 queues alone",
  why: "`queues=2`: 10 workers, 600 more a minute, 900 at most; tables as they are when new",
};

export const QUEUES: Limits = {
  ...DOCUMENTED,
  ...withQueues(6),
  name: "6 queues alone",
  why: "`queues=6`: 30 workers, 1,800 more a minute, 900 at most; tables as they are when new",
};

/**
 * A worker for each of 5,000 stores, and some to spare, since stores do not share themselves out evenly. AWS raises the account's concurrency on request; a
 * table takes 40,000 without (Limits.html, "Read/write throughput").
 */
export const RAISED: Limits = {
  ...PREPARED,
  ...withPollers(600, 6),
  name: "prepared, 6,000 workers",
  why: "`queues=6`, `pollers=600`, `warmReads=40000`, `warmWrites=40000`, and the account's concurrency raised to more than 6,000",
  tables: { reads: 40_000, writes: 40_000 },
};
