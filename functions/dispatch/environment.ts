import * as z from "zod";
import type { QueueUrls } from "../../lib/adapters/queue/queue-urls.ts";
import { type LogLevel, logLevel, parseVariables, queueUrls, type RawVariables, text } from "../runtime/configuration.ts";

const STORES = "set it to the number of stores that are worked at a time, or leave it out";

/** How many workers the deployment holds ready, or has at most. */
function storesAtOnce() {
  return z
    .string()
    .regex(/^[1-9]\d{0,5}$/, { error: STORES })
    .transform(Number)
    .optional();
}

/** The variables of the dispatch function, by the names they have in its environment. */
export const dispatchVariables = z.object({
  STATE_TABLE: text("the name of the state table"),
  QUEUE_URL: queueUrls(),
  DEPLOYMENT: text("the name of the stack, under which metrics are kept"),
  STORES_AT_ONCE: storesAtOnce(),
  LOG_LEVEL: logLevel(),
});

/** What the stack has to set; those with a default are optional. */
export type DispatchVariables = z.input<typeof dispatchVariables>;

export interface DispatchEnvironment {
  readonly stateTable: string;
  readonly queueUrls: QueueUrls;
  /** What metrics are kept under. */
  readonly deployment: string;
  readonly storesAtOnce: number | undefined;
  readonly logLevel: LogLevel;
}

/**
 * @param variables - `process.env`, or what stands for it on one machine.
 * @throws ConfigurationError naming every variable that is missing or wrong.
 */
export function parseEnvironment(variables: RawVariables): DispatchEnvironment {
  const parsed = parseVariables("dispatch", dispatchVariables, variables);
  return {
    stateTable: parsed.STATE_TABLE,
    queueUrls: parsed.QUEUE_URL,
    deployment: parsed.DEPLOYMENT,
    storesAtOnce: parsed.STORES_AT_ONCE,
    logLevel: parsed.LOG_LEVEL,
  };
}
