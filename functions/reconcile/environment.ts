import * as z from "zod";
import { ECWID_BASE_URL } from "../../lib/adapters/ecwid/ecwid-gateway.ts";
import type { QueueUrls } from "../../lib/adapters/queue/queue-urls.ts";
import { type LogLevel, logLevel, parseVariables, queueUrls, type RawVariables, serviceUrl, text } from "../runtime/configuration.ts";

/** The variables of the reconcile function, by the names they have in its environment. */
export const reconcileVariables = z.object({
  CAMPAIGNS_TABLE: text("the name of the campaigns table"),
  STATE_TABLE: text("the name of the state table"),
  HISTORY_TABLE: text("the name of the history table"),
  QUEUE_URL: queueUrls(),
  // Without the slash, store 1's secret would be looked for beside the folder, and the role would refuse it.
  SECRET_PREFIX: text("what stands before the store id in the name of a token's secret").endsWith("/", {
    error: "it has to end in a slash",
  }),
  DEPLOYMENT: text("the name of the stack, under which metrics are kept and which a store's secret may be tagged with"),
  ECWID_API_URL: serviceUrl("the base URL of Ecwid's API").default(ECWID_BASE_URL),
  LOG_LEVEL: logLevel(),
  // Not a flag that anything but these two words can set: what is misspelt here would write to stores.
  MODE: z.enum(["live", "shadow"], { error: "set it to live, or to shadow to write nothing to Ecwid" }).default("live"),
});

/** What the stack has to set; those with a default are optional. */
export type ReconcileVariables = z.input<typeof reconcileVariables>;

export interface ReconcileEnvironment {
  readonly campaignsTable: string;
  readonly stateTable: string;
  readonly historyTable: string;
  readonly queueUrls: QueueUrls;
  /** A token's secret is this followed by the store id. */
  readonly secretPrefix: string;
  /** A secret tagged with another deployment's name is not ours to use. */
  readonly deployment: string;
  /** No slash at its end. */
  readonly ecwidApiUrl: string;
  readonly logLevel: LogLevel;
  /** Shadow: decides and records, writes nothing to Ecwid. */
  readonly mode: "live" | "shadow";
}

/**
 * @param variables - `process.env`, or what stands for it on one machine.
 * @throws ConfigurationError naming every variable that is missing or wrong.
 */
export function parseEnvironment(variables: RawVariables): ReconcileEnvironment {
  const parsed = parseVariables("reconcile", reconcileVariables, variables);
  return {
    campaignsTable: parsed.CAMPAIGNS_TABLE,
    stateTable: parsed.STATE_TABLE,
    historyTable: parsed.HISTORY_TABLE,
    queueUrls: parsed.QUEUE_URL,
    secretPrefix: parsed.SECRET_PREFIX,
    deployment: parsed.DEPLOYMENT,
    ecwidApiUrl: parsed.ECWID_API_URL,
    logLevel: parsed.LOG_LEVEL,
    mode: parsed.MODE,
  };
}
