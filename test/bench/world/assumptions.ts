import { LATENCY_MS } from "../costs/measure/latencies.ts";

/**
 * What the simulated AWS and Ecwid are taken to do. Documented figures carry the page they stand on; the others are assumptions, and the
 * document says so.
 */

/** Ecwid's replies take between these, uniformly. It documents nothing; the range is the issue's. */
export const ECWID_MS = { from: 80, to: 400 } as const;

/** Taken on by the cost measurements too. */
export const { database: DATABASE_MS, queue: QUEUE_MS, secrets: SECRETS_MS } = LATENCY_MS;

/** From a message in the queue, or an event, to the first line of a function that is warm. An assumption. */
export const START_MS = { from: 10, to: 40 } as const;
/** The same where a new environment has to be made. An assumption until cold starts are measured. */
export const COLD_START_MS = { from: 400, to: 900 } as const;

/** What share of a whole processor so much memory buys (Lambda developer guide: 1,769 MB are one). */
export function processorShare(memoryMiB: number): number {
  return Math.min(1, memoryMiB / 1_769);
}

/**
 * Work of a whole processor, in milliseconds. `message` and `target` are what `measured-units.json` has of a switch of one and of two targets;
 * `send` and `due` were measured on the same machine with the SDK's clients over a reply from memory, so without TLS.
 */
export const PROCESSOR_MS = { message: 18, target: 14, send: 0.75, sendOfTen: 0.12, due: 0.019 } as const;

/** EventBridge rules: "runs within that minute, but not on the precise 0th second" (eb-create-rule-schedule.html), so anywhere in it. */
export const TICK = {
  /** An event may come more than once (eb-troubleshooting.html); how often is not documented. An assumption. */
  twice: 0.01,
  /** Doorman gives an event 60 seconds and no retry, so one may be lost; how often is not documented. An assumption. */
  lost: 0.01,
} as const;

/** EventBridge Scheduler: "invoke their targets with 60 second precision … between 1:00:00 and 1:00:59" (UserGuide/schedule-types.html). */
export const SCHEDULER_PRECISION_MS = 60_000;

/** A page of a scan: so much is read at once (Scan, DynamoDB API reference), and it takes so long (an assumption). */
export const SCAN_PAGE = { bytes: 1_048_576, milliseconds: 40 } as const;
