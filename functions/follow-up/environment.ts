import * as z from "zod";
import type { QueueUrls } from "../../lib/adapters/queue/queue-urls.ts";
import { type LogLevel, logLevel, parseVariables, queueUrls, type RawVariables, text } from "../runtime/configuration.ts";

/** The variables of the follow-up function, by the names they have in its environment. */
export const followUpVariables = z.object({
  STATE_TABLE: text("the name of the state table"),
  HISTORY_TABLE: text("the name of the history table"),
  QUEUE_URL: queueUrls(),
  TOPIC_ARN: text("the ARN of the topic that people are subscribed to"),
  DEPLOYMENT: text("the stack's name, with which its alarms' names begin"),
  TICK_RULE: text("the name of the rule that starts a tick every minute"),
  CAMPAIGNS_TABLE: text("the name of the campaigns table, as messages say it"),
  CONTACT: z.string().optional(),
  LOG_LEVEL: logLevel(),
});

/** What the stack has to set; those with a default are optional. */
export type FollowUpVariables = z.input<typeof followUpVariables>;

export interface FollowUpEnvironment {
  readonly stateTable: string;
  readonly historyTable: string;
  readonly queueUrls: QueueUrls;
  readonly topicArn: string;
  readonly deployment: string;
  readonly tickRule: string;
  readonly campaignsTable: string;
  /** Whom messages say to turn to. */
  readonly contact: string | undefined;
  readonly logLevel: LogLevel;
}

/**
 * @param variables - `process.env`, or what stands for it on one machine.
 * @throws ConfigurationError naming every variable that is missing or wrong.
 */
export function parseEnvironment(variables: RawVariables): FollowUpEnvironment {
  const parsed = parseVariables("follow-up", followUpVariables, variables);
  return {
    stateTable: parsed.STATE_TABLE,
    historyTable: parsed.HISTORY_TABLE,
    queueUrls: parsed.QUEUE_URL,
    topicArn: parsed.TOPIC_ARN,
    deployment: parsed.DEPLOYMENT,
    tickRule: parsed.TICK_RULE,
    campaignsTable: parsed.CAMPAIGNS_TABLE,
    contact: parsed.CONTACT || undefined,
    logLevel: parsed.LOG_LEVEL,
  };
}
