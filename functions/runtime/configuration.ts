import * as z from "zod";
import { type QueueUrls, queueUrlsIn } from "../../lib/adapters/queue/queue-urls.ts";

/** What a function finds in its environment, `process.env` among others. */
export type RawVariables = Readonly<Record<string, string | undefined>>;

/** The deployment is wrong: thrown at the cold start, so that a bad deploy fails at once and in whole, with every problem in one message. */
export class ConfigurationError extends Error {
  override readonly name = "ConfigurationError";
  /** One sentence for each wrong variable. */
  readonly problems: readonly string[];

  constructor(functionName: string, problems: readonly string[]) {
    const lines = problems.map((problem) => `- ${problem}`).join("\n");
    super(`The ${functionName} function cannot start, its environment variables are wrong. Correct them and deploy again:\n${lines}`);
    this.problems = problems;
  }
}

/**
 * Reads a function's variables. An empty variable counts as absent, because a console cannot tell the two apart.
 *
 * @param functionName - for the message only.
 * @param schema - an object of the variables by name.
 * @returns the parsed variables, defaults filled in.
 * @throws ConfigurationError naming every problem, with the value found (an Ecwid token put there by mistake is left out).
 */
export function parseVariables<Shape extends z.ZodRawShape>(
  functionName: string,
  schema: z.ZodObject<Shape>,
  variables: RawVariables,
): z.output<z.ZodObject<Shape>> {
  const present = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== undefined && value !== ""));
  // Once in a process: the code that zod writes for a schema that is read often takes longer than reading it.
  const parsed = schema.safeParse(present, { jitless: true });
  if (parsed.success) {
    return parsed.data;
  }
  throw new ConfigurationError(
    functionName,
    parsed.error.issues.map((issue) => describe(issue, present)),
  );
}

function describe(issue: z.core.$ZodIssue, present: RawVariables): string {
  const name = issue.path.join(".");
  const value = present[name];
  return value === undefined ? `${name} is missing; ${issue.message}.` : `${name} is ${quote(value)}; ${issue.message}.`;
}

function quote(value: string): string {
  return JSON.stringify(value.replaceAll(/(secret|public)_\w+/g, "$1_…"));
}

/** A variable without a default. `meaning` finishes the sentence "set it to …" in a complaint. */
export function text(meaning: string): z.ZodString {
  return z.string({ error: `set it to ${meaning}` });
}

const QUEUES = "set it to the URL of the stores' queue, or of all of them with commas between";

/** Where the stores' messages are sent. */
export function queueUrls() {
  return z.string({ error: QUEUES }).transform((given, context): QueueUrls => {
    const urls = queueUrlsIn(given);
    if (urls !== undefined) return urls;
    context.addIssue(QUEUES);
    return z.NEVER;
  });
}

/** The base URL of a service, without a slash at its end. Plain http would show a token to the network, so it is for this machine only. */
export function serviceUrl(meaning: string) {
  const message = `set it to ${meaning}, as https://… (http:// only on localhost)`;
  return z
    .string({ error: message })
    .refine(isSafeUrl, { error: message })
    .transform((url) => url.replace(/\/+$/, ""));
}

function isSafeUrl(candidate: string): boolean {
  const url = URL.parse(candidate);
  if (url?.protocol === "https:") {
    return true;
  }
  return url?.protocol === "http:" && ["localhost", "127.0.0.1", "[::1]"].includes(url.hostname);
}

const LOG_LEVELS = ["DEBUG", "INFO", "WARN", "ERROR"] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** How much is logged; absent is INFO. */
export function logLevel() {
  return z.enum(LOG_LEVELS, { error: `set it to one of ${LOG_LEVELS.join(", ")}` }).default("INFO");
}
