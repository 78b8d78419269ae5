import { ALARM_KINDS } from "../../../lib/application/alarms/alarm-kinds.ts";

/** The functions that are measured; `follow-up` runs only when an alarm changes. */
export const FUNCTIONS = ["compile", "dispatch", "reconcile", "sweep"] as const;
export type FunctionName = (typeof FUNCTIONS)[number];

/** As in `infra/constructs/*-function.ts`; a test compares them. */
export const MEMORY_MIB: Readonly<Record<FunctionName, number>> = { compile: 512, dispatch: 256, reconcile: 512, sweep: 512 };

/** So much memory buys one whole processor (Lambda developer guide, "Configure function memory"). */
const MIB_A_PROCESSOR = 1_769;

const MIB_A_GB = 1_024;

/** @returns the GB-seconds of a function that is kept waiting for so long. */
export function gbSeconds(name: FunctionName, milliseconds: number): number {
  return (MEMORY_MIB[name] / MIB_A_GB) * (milliseconds / 1_000);
}

/** @returns the GB-seconds of so much work of a whole processor: with half of the memory it takes twice as long, and so costs the same. */
export function gbSecondsOfWork(processorMs: number): number {
  return (MIB_A_PROCESSOR / MIB_A_GB) * (processorMs / 1_000);
}

/** What a deployment has whether or not it has a store. */
export const STANDING = {
  /** The most that issue 5 allows. CloudWatch bills one only for the hours in which it was written. */
  customMetrics: 10,
  alarms: ALARM_KINDS.length,
  /** What the alarms look at: CloudWatch bills each metric of an alarm's expression. Counted in the template by `test/infra/alarms`. */
  alarmMetrics: 27,
  /** How many of them come with each further queue of the stores. */
  alarmMetricsAQueue: 4,
  dashboards: 1,
  /** Lambda polls an SQS queue with five pollers, each for 20 seconds (see docs/costs.md for what is documented). */
  pollers: 5,
  pollSeconds: 20,
  /** Encryption by the AWS-managed key: each role that uses a table has its key looked up again every five minutes at most. */
  keysLookedUp: 8,
  keyLookupSeconds: 300,
  /** Messages of the follow-up, each to one address. */
  emails: 10,
} as const;
