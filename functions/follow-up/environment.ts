import * as z from "zod";
import { type LogLevel, logLevel, parseVariables, type RawVariables, text } from "../runtime/configuration.ts";

/** The variables of the follow-up function, by the names they have in its environment. */
export const followUpVariables = z.object({
  STATE_TABLE: text("the name of the state table"),
  HISTORY_TABLE: text("the name of the history table"),
  QUEUE_URL: text("the URL of the stores' queue"),
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
  readonly queueUrl: string;
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
    queueUrl: parsed.QUEUE_URL,
    topicArn: parsed.TOPIC_ARN,
    deployment: parsed.DEPLOYMENT,
    tickRule: parsed.TICK_RULE,
    campaignsTable: parsed.CAMPAIGNS_TABLE,
    contact: parsed.CONTACT || undefined,
    logLevel: parsed.LOG_LEVEL,
  };
}
