import { RetentionDays } from "aws-cdk-lib/aws-logs";
import * as z from "zod";
import type { LogLevel } from "../functions/runtime/configuration.ts";
import { MOST_QUEUES, OF_A_QUEUE, type RoomForWorkers, roomProblems } from "./room-for-workers.ts";

/** What a deployment may choose, by CDK context (`-c stage=test`, or `context` in cdk.json). Everything has a default. */
export interface Settings extends RoomForWorkers {
  readonly stackName: string;
  readonly logRetention: RetentionDays;
  /** Who is told by e-mail of what broke. AWS asks each of them to confirm. */
  readonly alertEmails: readonly string[];
  /** Whom people can reach who looks after this deployment, in their own words: messages about what broke name it. */
  readonly contact: string | undefined;
  /** A key of the customer's own for the topic of alerts; its policy has to let CloudWatch and EventBridge use it. */
  readonly alertKeyArn: string | undefined;
  /** Of every function; undefined: what each was measured to need. */
  readonly memoryMiB: number | undefined;
  /** What the tables and the index are made ready for; undefined: what every new table is ready for, 12,000 reads and 4,000 writes a second. */
  readonly warmThroughput: { readonly readUnitsPerSecond: number; readonly writeUnitsPerSecond: number } | undefined;
  /** Decides and records, and writes nothing to Ecwid. */
  readonly shadow: boolean;
  /** Undefined here and below: the function's own default. */
  readonly ecwidApiUrl: string | undefined;
  readonly logLevel: LogLevel | undefined;
}

/** What holds where nothing is chosen; the name is the stack's. */
export const DEFAULTS: Omit<Settings, "stackName"> = {
  // A month holds the busiest season up to its last review.
  logRetention: RetentionDays.ONE_MONTH,
  alertEmails: [],
  contact: undefined,
  alertKeyArn: undefined,
  memoryMiB: undefined,
  queues: 1,
  maxConcurrency: undefined,
  pollers: undefined,
  warmThroughput: undefined,
  shadow: false,
  ecwidApiUrl: undefined,
  logLevel: undefined,
};

const LOG_LEVELS = ["DEBUG", "INFO", "WARN", "ERROR"] as const satisfies readonly LogLevel[];
const NAME = /^[A-Za-z][A-Za-z0-9-]*$/;
const KEY_ARN = /^arn:aws[\w-]*:kms:[\w-]+:\d{12}:key\/[\w-]+$/;

function name(longest: number, example: string) {
  const error = `write letters, digits and hyphens, beginning with a letter and at most ${longest} long, such as ${example}`;
  return z.string({ error }).max(longest, { error }).regex(NAME, { error });
}

/** Text from the command line as well as a number in cdk.json. */
function count(from: number, to: number, meaning: string) {
  const error = `write ${meaning}, a whole number from ${from} to ${to}`;
  return z.coerce.number({ error }).int({ error }).min(from, { error }).max(to, { error });
}

const EMAILS = "write one e-mail address, or several with commas between them";
// It stands in the heading of every message, and in a variable.
const CONTACT = "write on one line, in 1 to 120 characters, whom to call or write to, such as shop-tech@agency.example, +49 30 1234567";
const ONE_LINE = /^[^\p{Cc}\u2028\u2029]{1,120}$/u;
const SWITCHED = "write true or false";
const warmUnits = (least: number, what: string) =>
  count(least, 1_000_000, `how many ${what} a second tables and index are to be ready for`);

const contextSchema = z.object({
  stage: name(20, "test").optional(),
  // CloudFormation allows 128 characters, but the queue is named after it and a queue's name ends at 80.
  stackName: name(60, "Doorman").optional(),
  // CloudWatch takes only some numbers.
  logRetentionDays: z.coerce
    .number({ error: "write a number of days that CloudWatch Logs knows, such as 7, 30, 90 or 365" })
    .pipe(z.enum(RetentionDays, { error: "write a number of days that CloudWatch Logs knows, such as 7, 30, 90 or 365" }))
    .optional(),
  alertEmail: z
    .preprocess(
      (given) => (typeof given === "string" ? given.split(",").map((each) => each.trim()) : given),
      z.array(z.email(), { error: EMAILS }),
    )
    .optional(),
  contact: z.string({ error: CONTACT }).trim().regex(ONE_LINE, { error: CONTACT }).optional(),
  alertKeyArn: z
    .string()
    .regex(KEY_ARN, { error: "write the ARN of a KMS key, such as arn:aws:kms:eu-central-1:111122223333:key/1234abcd" })
    .optional(),
  memoryMiB: count(128, 10_240, "the memory of each function in MiB").optional(),
  queues: count(1, MOST_QUEUES, "how many queues the stores are shared out over").optional(),
  maxConcurrency: count(2, MOST_QUEUES * OF_A_QUEUE.maxConcurrency.most, "the most stores that are worked at a time").optional(),
  pollers: count(2, MOST_QUEUES * OF_A_QUEUE.pollers.most, "how many pollers are held ready, each for ten stores at a time").optional(),
  // Less than this every table is ready for by itself, and DynamoDB refuses it.
  warmReads: warmUnits(12_000, "reads").optional(),
  warmWrites: warmUnits(4_000, "writes").optional(),
  shadow: z.union([z.boolean(), z.stringbool()], { error: SWITCHED }).optional(),
  ecwidApiUrl: z.url({ error: "write the base URL of Ecwid's API, such as https://app.ecwid.com/api/v3" }).optional(),
  logLevel: z.enum(LOG_LEVELS, { error: `write one of ${LOG_LEVELS.join(", ")}` }).optional(),
});

type Context = z.output<typeof contextSchema>;

function warmThroughputOf({ warmReads, warmWrites }: Context): Settings["warmThroughput"] {
  if (warmReads === undefined && warmWrites === undefined) return undefined;
  return { readUnitsPerSecond: warmReads ?? 12_000, writeUnitsPerSecond: warmWrites ?? 4_000 };
}

/** @returns one sentence for each wrong value. A list has one sentence, however many of its entries are wrong. */
function problemsOf(error: z.ZodError, found: Readonly<Record<string, unknown>>): readonly string[] {
  const sentences = error.issues.map(({ path: [name], message }) => {
    const said = name === "alertEmail" ? EMAILS : message;
    return `- ${String(name)} is ${JSON.stringify(found[String(name)])}; ${said}.`;
  });
  return [...new Set(sentences)];
}

function wrongContext(problems: readonly string[]): Error {
  return new Error(`The CDK context is wrong (cdk.json, or -c name=value):\n${problems.join("\n")}`);
}

/**
 * Reads a deployment's choices. Values given on the command line arrive as text.
 *
 * @param context - what CDK knows by a name, such as `app.node.tryGetContext`.
 * @throws Error naming every wrong value; what goes together badly is looked at once each is right by itself.
 */
export function readSettings(context: (name: string) => unknown): Settings {
  const found = Object.fromEntries(Object.keys(contextSchema.shape).map((name) => [name, context(name) ?? undefined]));
  const parsed = contextSchema.safeParse(found);
  if (!parsed.success) throw wrongContext(problemsOf(parsed.error, found));
  const { stage, stackName, logRetentionDays, alertEmail, contact, alertKeyArn } = parsed.data;
  const { memoryMiB, queues = DEFAULTS.queues, maxConcurrency, pollers, shadow, ecwidApiUrl, logLevel } = parsed.data;
  const crowded = roomProblems({ queues, maxConcurrency, pollers });
  if (crowded.length > 0) throw wrongContext(crowded.map((sentence) => `- ${sentence}`));
  return {
    stackName: stackName ?? (stage === undefined ? "Doorman" : `Doorman-${stage}`),
    logRetention: logRetentionDays ?? DEFAULTS.logRetention,
    alertEmails: alertEmail ?? DEFAULTS.alertEmails,
    contact,
    alertKeyArn,
    memoryMiB,
    queues,
    maxConcurrency,
    pollers,
    warmThroughput: warmThroughputOf(parsed.data),
    shadow: shadow ?? DEFAULTS.shadow,
    ecwidApiUrl,
    logLevel,
  };
}
