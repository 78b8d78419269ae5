import * as z from "zod";
import type { QueueUrls } from "../../lib/adapters/queue/queue-urls.ts";
import { type LogLevel, logLevel, parseVariables, queueUrls, type RawVariables, text } from "../runtime/configuration.ts";

/** The variables of the compile function, by the names they have in its environment. */
export const compileVariables = z.object({
  CAMPAIGNS_TABLE: text("the name of the campaigns table"),
  STATE_TABLE: text("the name of the state table"),
  QUEUE_URL: queueUrls(),
  DEPLOYMENT: text("the name of the stack, under which metrics are kept"),
  LOG_LEVEL: logLevel(),
});

/** What the stack has to set; those with a default are optional. */
export type CompileVariables = z.input<typeof compileVariables>;

export interface CompileEnvironment {
  readonly campaignsTable: string;
  readonly stateTable: string;
  readonly queueUrls: QueueUrls;
  /** What metrics are kept under. */
  readonly deployment: string;
  readonly logLevel: LogLevel;
}

/**
 * @param variables - `process.env`, or what stands for it on one machine.
 * @throws ConfigurationError naming every variable that is missing or wrong.
 */
export function parseEnvironment(variables: RawVariables): CompileEnvironment {
  const parsed = parseVariables("compile", compileVariables, variables);
  return {
    campaignsTable: parsed.CAMPAIGNS_TABLE,
    stateTable: parsed.STATE_TABLE,
    queueUrls: parsed.QUEUE_URL,
    deployment: parsed.DEPLOYMENT,
    logLevel: parsed.LOG_LEVEL,
  };
}
