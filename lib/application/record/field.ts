import * as z from "zod";
import { closestName } from "../../domain/windows/closest-name.ts";
import { printValue } from "./print-value.ts";

/**
 * A field that is read from whatever was typed.
 *
 * @param read gives what it means, or undefined if it means nothing. @param advice what may be written, following a colon.
 */
export function field<Value>(read: (typed: unknown) => Value | undefined, advice: string | ((typed: unknown) => string)) {
  return z.lazy(() =>
    z.unknown().transform((typed, context): Value => {
      const value = read(typed);
      if (value !== undefined) return value;
      context.issues.push({ code: "custom", message: refusal(typed, typeof advice === "string" ? advice : advice(typed)), input: typed });
      return z.NEVER;
    }),
  );
}

/** @returns the message on a value that cannot be used: what was got, and what to write instead. */
export function refusal(typed: unknown, advice: string): string {
  if (typed === undefined) return `it is missing: ${advice}`;
  if (typed instanceof Set) return `${printValue(typed)} cannot be used: in the DynamoDB console choose the type "List", not a set`;
  return `${printValue(typed)} cannot be used: ${advice}`;
}

/** A list; its entries are read one by one. */
export function listOf<Entry extends z.ZodType>(entry: Entry, advice: string) {
  return z.array(entry, { error: (issue) => refusal(issue.input, advice) });
}

/** One word of a closed set. */
export function oneOf<const Word extends string>(words: readonly Word[]) {
  const advice = `write ${words.map((word) => `"${word}"`).join(" or ")}`;
  return field(
    (typed) => words.find((word) => word === typed),
    (typed) => {
      const meant = typeof typed === "string" ? closestName(typed.trim(), words) : undefined;
      return meant === undefined ? advice : `did you mean "${meant}"?`;
    },
  );
}

/** @param known the names that its objects may have. @returns what is wrong, one for each field. */
export function issuesOf(
  error: z.ZodError,
  known: readonly string[],
): readonly { readonly path: readonly PropertyKey[]; readonly message: string }[] {
  return error.issues.flatMap((issue) =>
    issue.code === "unrecognized_keys"
      ? issue.keys.map((key) => ({ path: [...issue.path, key], message: noSuchField(key, known) }))
      : [{ path: issue.path, message: issue.message }],
  );
}

/** @returns the message on a field that there is not. @param known those that there are. */
export function noSuchField(name: string, known: readonly string[]): string {
  const meant = closestName(name.trim(), known);
  return `there is no such field: ${meant === undefined ? `take it out, or use one of ${known.join(", ")}` : `did you mean "${meant}"?`}`;
}
