import { Refusal } from "./refusal.ts";

/** As DynamoDB and SQS call it. */
const NOT_THERE = new Set(["ResourceNotFoundException", "QueueDoesNotExist"]);

/**
 * @param unreachable what it means if nothing answers at the place that was chosen.
 * @returns whatever went wrong as one sentence and an exit code: no stack trace reaches a person.
 */
export function refusalOf(error: unknown, unreachable: string): Refusal {
  if (error instanceof Refusal) return error;
  const codes = errorsIn(error).map((each) => ("code" in each ? each.code : undefined));
  if (codes.some((code) => code === "ECONNREFUSED" || code === "ENOTFOUND")) return new Refusal(unreachable, { cause: error });
  const [first] = errorsIn(error);
  if (first === undefined) return new Refusal("it failed, and nothing says why");
  if (NOT_THERE.has(first.name)) return new Refusal(`there is no such table or queue: ${oneLine(first.message)}`);
  if (first.name === "CredentialsProviderError") return new Refusal(`there are no AWS credentials: ${oneLine(first.message)}`);
  const name = ["Error", "TypeError", "FolderError"].includes(first.name) ? "" : `${first.name}: `;
  return new Refusal(`${name}${oneLine(first.message)}`, { cause: error });
}

/** The error itself and those that it stands for. */
function errorsIn(error: unknown): readonly Error[] {
  if (!(error instanceof Error)) return [];
  const inner = error instanceof AggregateError ? error.errors.flatMap(errorsIn) : [];
  return [error, ...inner, ...(error.cause === undefined ? [] : errorsIn(error.cause))];
}

function oneLine(text: string): string {
  const line = text.replaceAll(/\s+/g, " ").trim();
  return line === "" ? "it failed without a message" : line;
}
