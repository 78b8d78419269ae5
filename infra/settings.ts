import { RetentionDays } from "aws-cdk-lib/aws-logs";
import * as z from "zod";
import type { LogLevel } from "../functions/runtime/configuration.ts";

/** What a deployment may choose, by CDK context (`-c stage=test`, or `context` in cdk.json). Everything has a default. */
export interface Settings {
  readonly stackName: string;
  readonly logRetention: RetentionDays;
  /** The most stores worked at a time; undefined: the account's limit. */
  readonly maxConcurrency: number | undefined;
  /** Undefined here and below: the function's own default. */
  readonly ecwidApiUrl: string | undefined;
  readonly logLevel: LogLevel | undefined;
}

const LOG_LEVELS = ["DEBUG", "INFO", "WARN", "ERROR"] as const satisfies readonly LogLevel[];
const NAME = /^[A-Za-z][A-Za-z0-9-]*$/;

const contextSchema = z.object({
  stage: z.string().max(20).regex(NAME, { error: "letters, digits and hyphens, beginning with a letter, such as test" }).optional(),
  // CloudFormation allows 128 characters, but the queue is named after it and a queue's name ends at 80.
  stackName: z.string().max(60).regex(NAME, { error: "letters, digits and hyphens, beginning with a letter, such as Doorman" }).optional(),
  // A month holds the busiest season up to its last review. CloudWatch takes only some numbers.
  logRetentionDays: z.coerce
    .number()
    .pipe(z.enum(RetentionDays, { error: "a number of days that CloudWatch Logs knows, such as 7, 30, 90 or 365" }))
    .default(RetentionDays.ONE_MONTH),
  maxConcurrency: z.coerce.number().int().min(2).max(1000).optional(),
  ecwidApiUrl: z.url().optional(),
  logLevel: z.enum(LOG_LEVELS).optional(),
});

/**
 * Reads a deployment's choices. Values given on the command line arrive as text.
 *
 * @param context - what CDK knows by a name, such as `app.node.tryGetContext`.
 * @throws Error naming every wrong value.
 */
export function readSettings(context: (name: string) => unknown): Settings {
  const found = Object.fromEntries(Object.keys(contextSchema.shape).map((name) => [name, context(name) ?? undefined]));
  const parsed = contextSchema.safeParse(found);
  if (!parsed.success) {
    const problems = parsed.error.issues.map(
      ({ path, message }) => `- ${path.join(".")} is ${JSON.stringify(found[path.join(".")])}: ${message}`,
    );
    throw new Error(`The CDK context is wrong (cdk.json, or -c name=value):\n${problems.join("\n")}`);
  }
  const { stage, stackName, logRetentionDays, maxConcurrency, ecwidApiUrl, logLevel } = parsed.data;
  return {
    stackName: stackName ?? (stage === undefined ? "Doorman" : `Doorman-${stage}`),
    logRetention: logRetentionDays,
    maxConcurrency,
    ecwidApiUrl,
    logLevel,
  };
}
