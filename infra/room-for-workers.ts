import { STORES_COUNTED_ON } from "../lib/application/dispatch/run-tick.ts";

/** How many stores are worked at a time, as a deployment chooses it. */
export interface RoomForWorkers {
  /** Queues that the stores are shared out over, each with a function of its own. */
  readonly queues: number;
  /** The most stores worked at a time, over all queues; undefined: the account's limit. */
  readonly maxConcurrency: number | undefined;
  /** Pollers of the queues that are held ready, all together, each for ten stores at a time; undefined: Lambda adds them once messages wait. */
  readonly pollers: number | undefined;
}

/** An alarm adds up a metric of each function, and CloudWatch takes ten metrics in one (monitoring/alarm-limits.html); there are four other functions. */
export const MOST_QUEUES = 6;
/** As few and as many as Lambda lets one queue have (API reference, ScalingConfig and ProvisionedPollerConfig). */
export const OF_A_QUEUE = { maxConcurrency: { least: 2, most: 1_000 }, pollers: { least: 2, most: 200 } } as const;

/** Each poller works ten messages at a time (Lambda developer guide, SQS parameters). */
export const A_POLLER = 10;

/** Up to here pollers are added by themselves, so that a small number held ready does not leave less room than none would: a thousand stores. */
const GROWS_TO = 100;
/**
 * The most workers of several queues together where nothing is chosen. One queue stops at the thousand that an account has; several would each go on to their
 * own thousand, and an invocation that the account has no room for counts as one of a message's two receives. A hundred are left to the other functions.
 */
const WORKERS_OF_SEVERAL = 900;

/** @returns how many workers one of the queues may have: pollers held ready, or the most; nothing where the account's own limit is to hold. */
export function roomOfAQueue({ queues, maxConcurrency, pollers }: RoomForWorkers) {
  if (pollers !== undefined) {
    const minimumPollers = Math.ceil(pollers / queues);
    const growsTo = queues === 1 ? GROWS_TO : Math.floor(WORKERS_OF_SEVERAL / A_POLLER / queues);
    return { provisionedPollerConfig: { minimumPollers, maximumPollers: Math.max(minimumPollers, growsTo) } };
  }
  const most = maxConcurrency ?? (queues === 1 ? undefined : WORKERS_OF_SEVERAL);
  return most === undefined ? {} : { maxConcurrency: Math.floor(most / queues) };
}

/** @returns how many stores fit into queues with room for so many each: a hash does not share them out evenly, and the fullest has three deviations more. */
function inAllQueues(each: number, queues: number): number {
  return queues === 1 ? each : Math.max(queues, Math.floor(queues * (each - 3 * Math.sqrt(each))));
}

/** @returns how many stores can be counted on to be worked at a time, over all queues; undefined where nothing is chosen. */
export function storesAtOnce(room: RoomForWorkers): number | undefined {
  const { provisionedPollerConfig, maxConcurrency } = roomOfAQueue(room);
  if (provisionedPollerConfig !== undefined) {
    return Math.max(STORES_COUNTED_ON, inAllQueues(A_POLLER * provisionedPollerConfig.minimumPollers, room.queues));
  }
  return room.maxConcurrency === undefined || maxConcurrency === undefined
    ? undefined
    : Math.min(STORES_COUNTED_ON, inAllQueues(maxConcurrency, room.queues));
}

const BOTH_POLLING =
  "pollers and maxConcurrency are both chosen; AWS takes one of the two: leave out maxConcurrency where pollers are to be held ready.";

/** The queues share `total` out evenly, and each would get less or more than AWS gives one. */
function shareProblems(name: keyof typeof OF_A_QUEUE, total: number | undefined, queues: number): readonly string[] {
  const { least, most } = OF_A_QUEUE[name];
  if (total === undefined || (total >= least * queues && total <= most * queues)) return [];
  const over = queues === 1 ? "one queue" : `${queues} queues`;
  return [
    `${name} is ${total} for ${over}; AWS gives each queue ${least} to ${most}, so write ${least * queues} to ${most * queues}, or choose another number of queues.`,
  ];
}

/** @returns a sentence for each thing that AWS would not take, or would take otherwise than it was meant. */
export function roomProblems({ queues, maxConcurrency, pollers }: RoomForWorkers): readonly string[] {
  if (!Number.isInteger(queues) || queues < 1 || queues > MOST_QUEUES)
    return [`queues is ${queues}; write a whole number from 1 to ${MOST_QUEUES}.`];
  return [
    ...(pollers !== undefined && maxConcurrency !== undefined ? [BOTH_POLLING] : []),
    ...shareProblems("maxConcurrency", maxConcurrency, queues),
    ...shareProblems("pollers", pollers, queues),
  ];
}
