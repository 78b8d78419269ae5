import { type Quantities, quantities, quantitiesOf, together } from "../costs/bill.ts";
import { gbSeconds, gbSecondsOfWork } from "../costs/deployment.ts";
import { LATENCY_MS, PLATFORM_LOG_BYTES, REQUEST_BYTES } from "../costs/measure/latencies.ts";
import { only, sum, times, type Units } from "../costs/units.ts";
import { HOURS_A_MONTH, targetsPerCampaign, type Usage, WEEKS_A_MONTH, windowsAMonth } from "../costs/usage.ts";
import { PROCESSOR_MS, SCAN_PAGE, START_MS } from "../world/assumptions.ts";
import { RECORD_BYTES } from "./scan.ts";

/**
 * What a rival's month takes, in the units that Doorman's own bill is made of. Granted to each: nothing but the work itself, so no metrics, alarms,
 * dashboard, queue, history, looks for drift, pre-flight, nor a sweep; one line of log per invocation beside Lambda's own.
 */
export interface RivalMonth {
  readonly quantities: Quantities;
  /** What the price list has no line for. */
  readonly otherUsd: number;
}

const MINUTES_A_MONTH = HOURS_A_MONTH * 60;
const GB = 1e9;
const LOG_BYTES = PLATFORM_LOG_BYTES + 150;
/** EventBridge Scheduler, us-east-1, checked at https://cloudburn.io/blog/amazon-eventbridge-pricing; 14 million a month are free. */
const SCHEDULER_USD = 1 / 1_000_000;
const READ_BYTES = 4_096;
/** The rival's own note of what it wrote to a target. */
const NOTE_BYTES = 150;

/** The memory that Doorman's reconcile has. */
function invocation(milliseconds: number, processorMs: number): Units {
  return only({
    invocations: 1,
    calling: gbSeconds("reconcile", milliseconds),
    computing: gbSecondsOfWork(processorMs),
    logBytes: LOG_BYTES,
  });
}

/** Reading everything once, eventually consistent, sixteen pages at a time, and deciding it. */
function readingAll(bytes: number, records: number, pagesAtOnce: number): Units {
  const pages = Math.ceil(bytes / SCAN_PAGE.bytes);
  return sum([
    invocation(Math.ceil(pages / pagesAtOnce) * SCAN_PAGE.milliseconds, PROCESSOR_MS.due * records),
    only({ reads: Math.max(0.5, Math.ceil(bytes / READ_BYTES) / 2) }),
  ]);
}

/** The fewest requests of a window that opens and closes: a coupon is read once and written twice, a promotion read and written twice. */
function ecwidRequests({ campaignsInTen: { coupon, pair, promotion } }: Usage): number {
  return (3 * (coupon + pair) + 4 * (promotion + pair)) / 10;
}

/** A worker for each boundary of a campaign: token, requests, and its note. */
function switching(usage: Usage): Units {
  const requests = ecwidRequests(usage) / 2;
  return sum([
    invocation(
      START_MS.to + LATENCY_MS.secrets + requests * LATENCY_MS.ecwid + LATENCY_MS.database,
      PROCESSOR_MS.message + PROCESSOR_MS.target,
    ),
    only({ reads: 1, writes: targetsPerCampaign(usage), secretCalls: 1, ecwidRequests: requests, sentBytes: requests * REQUEST_BYTES }),
  ]);
}

function editing(usage: Usage, stores: number): Units {
  return times(
    sum([only({ writes: 1 }), invocation(2 * LATENCY_MS.database, PROCESSOR_MS.message)]),
    usage.editsPerStoreAndWeek * WEEKS_A_MONTH * stores,
  );
}

function kept(bytes: number, stores: number): Quantities {
  return quantities({ "dynamodb-storage": bytes / GB, "dynamodb-recovery": bytes / GB, secret: stores });
}

function sizeOf(usage: Usage, stores: number) {
  const records = usage.campaignsPerStore * stores;
  const boundaries = 2 * windowsAMonth(usage) * stores;
  return { records, boundaries, bytes: records * (RECORD_BYTES + targetsPerCampaign(usage) * NOTE_BYTES) };
}

/** (a) and (c): the whole table at every tick. */
function reading(everyMinutes: number, pagesAtOnce: number, invokesEachStore: boolean) {
  return (usage: Usage, stores: number): RivalMonth => {
    const { records, boundaries, bytes } = sizeOf(usage, stores);
    const ticks = MINUTES_A_MONTH / everyMinutes;
    const read = readingAll(bytes, records, pagesAtOnce);
    // A store's own function reads what was last written there, decides, and says so.
    const eachStore = sum([invocation(LATENCY_MS.database, 2), only({ reads: 1 })]);
    const units = sum([
      times(read, ticks),
      times(switching(usage), boundaries),
      editing(usage, stores),
      ...(invokesEachStore ? [times(eachStore, ticks * stores)] : []),
    ]);
    return { quantities: together([quantitiesOf(units), kept(bytes, stores)]), otherUsd: 0 };
  };
}

function schedules(usage: Usage, stores: number): RivalMonth {
  const { boundaries, bytes } = sizeOf(usage, stores);
  // A schedule and an invocation for each target's boundary; making the schedules costs nothing but the edit's invocation.
  const ofTargets = boundaries * targetsPerCampaign(usage);
  const units = sum([times(times(switching(usage), 1 / targetsPerCampaign(usage)), ofTargets), editing(usage, stores)]);
  const more = only({
    invocations: ofTargets - boundaries,
    secretCalls: ofTargets - boundaries,
    logBytes: (ofTargets - boundaries) * LOG_BYTES,
  });
  return { quantities: together([quantitiesOf(sum([units, more])), kept(bytes, stores)]), otherUsd: ofTargets * SCHEDULER_USD };
}

/** What each rival's month takes, by its name. */
export const RIVAL_MONTHS: Readonly<Record<string, (usage: Usage, stores: number) => RivalMonth>> = {
  "cron + scan": reading(1, 16, false),
  "schedule per boundary": schedules,
  "period table, 1 min": reading(1, 1, true),
  "period table, 5 min": reading(5, 1, true),
};
